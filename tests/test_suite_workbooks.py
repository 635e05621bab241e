"""Suites in workbooks: drop-downs, what is refused and why, and what LibreOffice makes of them."""

import io
import os
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from test_suite_files import OFFICE, SUITE, book_of, said

from corpus.errors import SuiteUnusable
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.names import HEADERS
from evals.suites.files.suite_file import parse_suite, read_suite, write_suite, write_template
from evals.suites.files.table import RowResult
from evals.suites.files.xlsx_file import read_xlsx, xlsx_of
from evals.suites.model import Case, Suite


def test_a_workbook_has_drop_downs_a_header_that_stays_and_instructions():
    book = load_workbook(io.BytesIO(xlsx_of(SUITE)))
    assert book.sheetnames == ["Cases", "Instructions", "About"]
    sheet = book["Cases"]
    assert [cell.value for cell in sheet[1]] == [*HEADERS.values(), "Asked by"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:T3"
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {
        "D2:D5000": '"answer,refuse,redirect"',
        "K2:K5000": '"off topic,not in documents,near miss,personal data,needs a person"',
        "L2:L5000": '"critical,normal,watch"',
        "Q2:Q5000": '"draft,reviewed"',
    }
    words = " ".join(str(cell.value) for row in book["Instructions"].rows for cell in row)
    assert all(header in words for header in HEADERS.values())


def test_a_workbook_comes_back_whole_and_equal_suites_are_equal_files():
    assert read_xlsx(xlsx_of(SUITE), "file").suite == SUITE
    assert xlsx_of(SUITE) == xlsx_of(SUITE)


def test_results_are_appended_for_sorting_and_not_read_back():
    results = {"carried": RowResult("failed", "search miss", "45 days", "2026-11-30")}
    made = xlsx_of(SUITE, results)
    rows = list(load_workbook(io.BytesIO(made))["Cases"].values)
    assert rows[0][-4:] == ("result", "cause", "answer given", "asked on")
    assert rows[1][-4:] == ("failed", "search miss", "45 days", "2026-11-30")
    assert read_xlsx(made, "file").suite == SUITE
    assert read_csv(csv_of(SUITE, results), "file").suite == SUITE


def test_a_text_longer_than_a_cell_is_refused_not_cut():
    long = Suite("S", (Case("a", "Q?", must_say=("x",), notes="x" * 40_000),))
    with pytest.raises(SuiteUnusable, match="“notes” has 40,000 characters"):
        xlsx_of(long)


def test_numbers_and_days_are_read_as_their_cells_show_them():
    def percent(sheet):
        sheet["B2"].number_format = "0%"

    data = book_of(
        ["question", "must say", "as of"], ["Q?", 0.3, date(2026, 1, 31)], change=percent
    )
    (case,) = read_xlsx(data, "file").suite.cases
    assert (case.must_say, case.as_of) == (("30%",), date(2026, 1, 31))


def test_a_formula_is_named_with_its_row_and_column():
    data = book_of(
        ["question", "must say", "Own"],
        ['="How "&"many?"', "30", ""],
        ["When?", "May", "=1+1"],
        ["Who?", "HR", ""],
    )
    read = read_xlsx(data, "file")
    assert (2, "", "“question” holds a formula; write its text") in said(read)
    assert (3, "", "“Own” holds a formula; write its text") in said(read)
    assert [case.question for case in read.suite.cases] == ["Who?"]


def test_merged_cells_are_named_in_each_of_their_rows():
    data = book_of(
        ["question", "must say"],
        ["One?", "30"],
        ["Two?", None],
        ["Three?", "x"],
        change=lambda sheet: sheet.merge_cells("B2:B3"),
    )
    read = read_xlsx(data, "file")
    merged = "the cells B2:B3 are merged; split them, and fill each one"
    assert [(2, "", merged), (3, "", merged)] == [one for one in said(read) if one[2] == merged]
    assert [case.question for case in read.suite.cases] == ["Three?"]


def test_rows_that_a_filter_hides_are_read_as_well():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    data = book_of(["question", "must say"], ["One?", "30"], ["Two?", "x"], change=hide)
    assert [case.must_say for case in read_xlsx(data, "file").suite.cases] == [("30",), ("x",)]


def test_a_table_with_a_title_above_it_in_any_sheet_is_found():
    book = Workbook()
    book.active.append(["Nothing here"])
    sheet = book.create_sheet("Our questions")
    for row in (["Leave 2026"], [], ["Question", "Must say"], ["Q?", "x"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    read = read_xlsx(file.getvalue(), "file")
    assert read.rows == {"q": 4}


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "large.xlsx"
    with file.open("wb") as large:
        large.truncate(50_000_000)
    with pytest.raises(SuiteUnusable, match=r"large.xlsx has 50 MB; a suite has at most 20\."):
        parse_suite(file)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(3):
            bomb.writestr(f"xl/{number}.xml", b"\0" * 100_000_000)
    with pytest.raises(SuiteUnusable, match="unpacks to more"):
        parse_suite(file)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of the old kind"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        ("cut.xlsx", b"PK\3\4", "cut off or damaged"),
        ("sheet.xls", b"", "a kind that Charter does not read"),
        ("sheet.ods", b"", "a kind that Charter does not read"),
        ("sheet.pdf", b"", "no suite by its name"),
    ],
)
def test_files_that_are_no_suites_are_told_in_words(tmp_path, name, data, reason):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(SuiteUnusable, match=reason):
        parse_suite(file)


def test_a_file_that_is_not_there_is_told_in_words(tmp_path):
    with pytest.raises(SuiteUnusable, match="cannot be read: No such file"):
        parse_suite(tmp_path / "none.yaml")


def test_a_file_is_replaced_as_a_whole_or_left_alone(tmp_path):
    file = tmp_path / "s.yaml"
    write_suite(SUITE, file)
    with pytest.raises(SuiteUnusable, match="cannot be written"):
        write_suite(SUITE, tmp_path / "none" / "s.yaml")
    assert read_suite(file) == SUITE
    assert [one.name for one in tmp_path.iterdir()] == ["s.yaml"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "yaml"])
def test_a_template_is_a_suite_without_a_case_and_replaces_nothing(tmp_path, suffix):
    file = tmp_path / f"new.{suffix}"
    write_template(file)
    assert read_suite(file) == Suite("new", ())
    with pytest.raises(SuiteUnusable, match="is there already"):
        write_template(file)


@pytest.mark.slow
@pytest.mark.skipif(
    OFFICE is None and os.environ.get("CHARTER_REQUIRE_OFFICE") != "1",
    reason="no LibreOffice here: `apt-get install libreoffice-calc`",
)
def test_a_suite_saved_by_libreoffice_comes_back_whole(tmp_path):
    write_suite(SUITE, tmp_path / "suite.xlsx")
    assert parse_suite(_saved_by_office(tmp_path / "suite.xlsx")).suite == SUITE
    first, *others = SUITE.cases
    plain = replace(SUITE, cases=(replace(first, must_say=("60 days", "by May")), *others))
    write_suite(plain, tmp_path / "suite.csv")
    as_text = "--infilter=CSV:44,34,76,1,,0,true"
    assert parse_suite(_saved_by_office(tmp_path / "suite.csv", as_text)).suite == plain


def _saved_by_office(file: Path, *reading: str) -> Path:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    out = file.parent / "out" / file.suffix
    command = [OFFICE or "soffice", profile, "--headless", *reading, "--convert-to", "xlsx"]
    subprocess.run(  # noqa: S603  the arguments are the test's own
        [*command, "--outdir", str(out), str(file)], capture_output=True, check=True, timeout=180
    )
    return out / "suite.xlsx"
