"""Files of lists: what stands in them is what the documents say, and never a formula."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from assistant.ask import Assistant
from assistant.register.due import read_due
from assistant.register.model import Filters, Listed, Listing, Standing
from bots.register.csv_file import csv_of
from bots.register.ics_file import ics_of
from bots.register.rows import COLUMNS, rows_of
from bots.register.xlsx_file import xlsx_of
from corpus.commitments.model import Quote, Time
from corpus.figures.timeframes import time_frame
from corpus.formula_guard import guarded, unguarded

BASE = "https://charter.example.org"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    "\u22121+1",
    '=HYPERLINK("https://example.org","x")',
    "harmless; =1+1",
    "harmless;\n=1+1",
    "'=1+1",
]


@pytest.fixture(scope="module")
def listing(planned: Assistant) -> Listing:
    return planned.commitments()


def named(listed: Listed, text: str) -> Listed:
    """Return a line with another text."""
    return replace(listed, commitment=replace(listed.commitment, text=Quote(text, 0, len(text))))


def with_texts(listing: Listing, texts: list[str]) -> Listing:
    return replace(listing, lines=tuple(named(listing.lines[0], text) for text in texts))


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# CSV


def test_csv_opens_in_excel_as_utf_8_with_lines_and_quotes_as_rfc_4180_has_them(
    listing: Listing,
) -> None:
    data = csv_of(with_texts(listing, ['Say "yes", – and\nmore']), base=BASE)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    (row,) = read_csv(data)
    assert row["Commitment"] == 'Say "yes", – and more'


def test_csv_has_a_row_for_each_line_with_dates_and_the_place(listing: Listing) -> None:
    rows = read_csv(csv_of(listing, base=BASE))
    assert len(rows) == 9
    course = rows[0]
    assert course["Commitment"] == "Publish a course for managers"
    assert course["Due"] == "2026-03-31"
    assert course["Time frame"] == "Q1 2026"
    assert course["Timing"] == "overdue"
    assert course["Lead"] == "Staff Development & Learning"
    assert course["Status"] == "nothing said yet"
    assert course["Place"].startswith(f"{BASE}/documents/north?version=2026&start=")
    assert rows[-1]["Of the document"] == "Its period ended on 31 December 2025"
    assert rows[1]["Lead"] == "Staff Development & Learning; Policy and Social Security"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_that_reads_like_a_formula_begins_a_cell_of_csv(text: str) -> None:
    safe = guarded(text)
    for cell in re.split("[;\t\r\n]", safe):
        assert not re.match("[\\s\u00a0\ufeff]*[=+@\u2212\uff1d\uff0b\uff0d\uff20-]", cell)
    assert safe[0] not in "\t\r"
    assert unguarded(safe) == text


@pytest.mark.parametrize("text", ["", "Publish", "2026", "A – b", "a = b", "Q1; Q2", "(x) -y"])
def test_other_text_stays_as_it_is_in_csv(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet="ab'=+-@;\t\r\n \uff1d\u2212\ufeff"))
def test_the_guard_of_a_cell_can_always_be_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_the_texts_of_documents_are_guarded_wherever_they_stand(listing: Listing) -> None:
    row = read_csv(csv_of(listing))[3]
    assert row["Commitment"] == "'=1+1 is what the budget says"
    assert row["Activities"] == "Count;' =2+2"
    assert row["Theme"] == "'@Money"
    assert {unguarded(row["Commitment"]), unguarded(row["Activities"])} == {
        "=1+1 is what the budget says",
        "Count; =2+2",
    }


# Excel


def test_a_workbook_has_a_head_that_stays_filters_wrapped_text_and_real_dates(
    listing: Listing,
) -> None:
    book = load_workbook(io.BytesIO(xlsx_of(listing, base=BASE)))
    sheet = book["Commitments"]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(COLUMNS)).column_letter}10"
    assert sheet["A1"].font.bold
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width > 40
    due = sheet.cell(2, COLUMNS.index("Due") + 1)
    assert due.value == datetime(2026, 3, 31)  # noqa: DTZ001  a sheet knows no time zones
    assert due.number_format == "yyyy-mm-dd"
    link = sheet["A2"].hyperlink.target
    assert link.startswith(f"{BASE}/documents/north?version=2026&start=")
    assert sheet.max_row == 10


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_and_the_text_is_as_it_was(
    listing: Listing, text: str
) -> None:
    book = load_workbook(io.BytesIO(xlsx_of(with_texts(listing, [text]))))
    cell = book["Commitments"]["A2"]
    assert cell.value == " ".join(text.split())
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_what_excel_cannot_hold_is_left_out_and_what_it_takes_for_an_error_is_text(
    listing: Listing,
) -> None:
    texts = ["a\x00b\x1bc", "x" * 40_000, "#N/A", "TRUE", "12"]
    sheet = load_workbook(io.BytesIO(xlsx_of(with_texts(listing, texts))))["Commitments"]
    values = [sheet.cell(row, 1).value for row in range(2, 7)]
    assert values[0] == "a b c"
    assert len(values[1]) == 32_767
    assert values[1].endswith("…")
    assert values[2:] == ["#N/A", "TRUE", "12"]
    assert {sheet.cell(row, 1).data_type for row in range(2, 7)} == {"s"}


def test_the_second_sheet_says_what_the_list_is_a_list_of(planned: Assistant) -> None:
    wanted = read_due("by 2026", planned.today()).applied(Filters(leads=("Finance",)))
    found = planned.commitments(wanted)
    about = load_workbook(io.BytesIO(xlsx_of(found)))["About this list"]
    said = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert said["Asked for"] == "Lead: Finance; due: by 31 December 2026"
    assert said["Found"] == found.denominator
    assert said["As of"] == "4 May 2026"
    assert said["Document"] == "Action plan of the north; version 2026; in force"


# a calendar


def events(data: bytes) -> list[dict[str, object]]:
    return [dict(event) for event in Calendar.from_ical(data).walk("VEVENT")]


def test_a_calendar_has_an_all_day_event_for_each_day_that_something_falls_due(
    listing: Listing,
) -> None:
    calendar = Calendar.from_ical(ics_of(listing, base=BASE))
    found = calendar.walk("VEVENT")
    assert len(found) == 6
    first = found[0]
    assert first["SUMMARY"] == "Due: Publish a course for managers"
    assert first.decoded("DTSTART") == date(2026, 3, 31)
    assert first["UID"] == f"{listing.lines[0].commitment.id}@commitments.charter"
    assert first["URL"].startswith(f"{BASE}/documents/north?")
    assert "Lead: Staff Development & Learning" in first["DESCRIPTION"]
    assert "Time frame: Q1 2026" in first["DESCRIPTION"]
    assert len({event["UID"] for event in found}) == 6


def test_lines_of_a_calendar_are_75_octets_at_most_and_end_as_rfc_5545_has_it(
    listing: Listing,
) -> None:
    data = ics_of(with_texts(listing, ["Übung, «ä»; \\ or\nmore " * 9]), base=BASE)
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert "Übung, «ä»; \\ or more" in event["DESCRIPTION"]


def test_text_of_a_document_adds_nothing_to_a_calendar(listing: Listing) -> None:
    hostile = "Pay\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:https://example.org\x00"
    line = named(listing.lines[0], hostile)
    said = replace(line, leads=(hostile,))
    (event,) = Calendar.from_ical(ics_of(replace(listing, lines=(said,)))).walk("VEVENT")
    assert "ATTACH" not in event


def test_the_same_list_gives_the_same_calendar_and_an_event_keeps_its_name(
    planned: Assistant, listing: Listing
) -> None:
    assert ics_of(planned.commitments()) == ics_of(listing)
    later = planned.commitments(as_of=date(2026, 9, 1))
    assert [one["UID"] for one in events(ics_of(later))] == [
        one["UID"] for one in events(ics_of(listing))
    ]


def test_a_commitment_with_two_dates_has_two_events_and_a_dropped_one_is_cancelled(
    listing: Listing,
) -> None:
    line = listing.lines[0]
    when = [Time(Quote(text, 0, 7), time_frame(text)) for text in ("Q2 2026", "Q4 2026", "Ongoing")]
    twice = replace(line, commitment=replace(line.commitment, times=tuple(when)))
    dropped = replace(line, standing=Standing("dropped"))
    first, second, last = Calendar.from_ical(ics_of(replace(listing, lines=(twice, dropped)))).walk(
        "VEVENT"
    )
    assert first.decoded("DTSTART") == date(2026, 6, 30)
    assert second.decoded("DTSTART") == date(2026, 12, 31)
    assert second["UID"] == first["UID"].replace("@", "-2@")
    assert (first["STATUS"], last["STATUS"]) == ("CONFIRMED", "CANCELLED")


# rows for whatever shows a table


def test_rows_have_the_columns_that_are_asked_for_and_the_address_of_each(
    listing: Listing,
) -> None:
    said = Standing("in progress", "Draft is out.", "", "council", datetime(2026, 4, 2, tzinfo=UTC))
    line = replace(listing.lines[0], standing=said)
    made = rows_of(replace(listing, lines=(line,)), ("Due", "Status", "Note", "Said on"), base=BASE)
    assert made.header == ("Due", "Status", "Note", "Said on")
    (row,) = made.rows
    assert row.cells == (date(2026, 3, 31), "in progress", "Draft is out.", date(2026, 4, 2))
    assert row.url.startswith(f"{BASE}/documents/north?")


# the same in a program that many open them with

with_office = pytest.mark.skipif(
    OFFICE is None and os.environ.get("CHARTER_REQUIRE_OFFICE") != "1",
    reason="no LibreOffice here: `apt-get install libreoffice-calc`",
)
COMMA, SEMICOLON, QUOTE, UTF_8 = 44, 59, 34, 76
AS_CSV = f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF_8},1,,0,false,true"


def csv_filter(separator: int, *, quoted_is_text: bool) -> str:
    """Say how LibreOffice is to read CSV, as its dialogue would."""
    return f"--infilter=CSV:{separator},{QUOTE},{UTF_8},1,,0,{str(quoted_is_text).lower()}"


@pytest.mark.slow
@with_office
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_libreoffice_shows_every_cell_as_it_was_written(
    listing: Listing, tmp_path: Path, suffix: str
) -> None:
    lines = [named(listing.lines[0], text) for text in FORMULAS]
    whole = replace(listing, lines=(*listing.lines, *lines))
    made = {"xlsx": xlsx_of, "csv": csv_of}[suffix](whole, base=BASE)
    reading = [csv_filter(COMMA, quoted_is_text=True)] if suffix == "csv" else []
    shown = read_csv_rows(converted(made, tmp_path / f"list.{suffix}", AS_CSV, *reading))
    assert shown[0][: len(COLUMNS)] == list(COLUMNS)
    table = rows_of(whole, base=BASE)
    for row, found in zip(table.rows, shown[1:], strict=True):
        texts = [cell.isoformat() if isinstance(cell, date) else cell or "" for cell in row.cells]
        assert found[: len(COLUMNS)] == [guarded(t) if suffix == "csv" else t for t in texts]


@pytest.mark.slow
@with_office
@pytest.mark.parametrize("separator", [COMMA, SEMICOLON])
def test_libreoffice_finds_no_formula_in_csv_whatever_its_separator(
    listing: Listing, tmp_path: Path, separator: int
) -> None:
    data = csv_of(with_texts(listing, FORMULAS), base=BASE)
    reading = csv_filter(separator, quoted_is_text=False)
    assert formulas(converted(data, tmp_path / "list.csv", "xlsx", reading)) == []
    bare = "\n".join(unguarded(line) for line in data.decode("utf-8-sig").splitlines())
    bare = bare.replace("'=", "=")
    assert formulas(converted(bare.encode(), tmp_path / "bare.csv", "xlsx", reading))


def formulas(book: bytes) -> list[str]:
    sheets = load_workbook(io.BytesIO(book)).worksheets
    cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


def read_csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def converted(data: bytes, path: Path, to: str, *reading: str) -> bytes:
    """Open a file in LibreOffice, formulas as their results, and return it in another format."""
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    out = path.parent / "out" / path.stem
    command = [OFFICE or "soffice", profile, "--headless", *reading, "--convert-to", to]
    subprocess.run(  # noqa: S603  the arguments are the test's own
        [*command, "--outdir", str(out), str(path)], capture_output=True, check=True, timeout=180
    )
    (made,) = out.iterdir()
    return made.read_bytes()
