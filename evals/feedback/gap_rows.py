"""The gap report as a table, for a spreadsheet: CSV and Excel, with no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.workbooks import Row, Sheet, Value, workbook_of
from corpus.formula_guard import guarded
from evals.feedback.gaps import Gap, GapReport, Looked
from evals.feedback.wording import share_in_words

HEADER = (
    "Question",
    "Asked",
    "Receipts",
    "First",
    "Last",
    "No answer",
    "Closest passages",
    "Passed on",
    "Said to be missing",
    "Said to need no answer",
    "Asked once",
    "Now",
    "Closest document",
    "Section",
    "Also asked as",
)
_WIDTHS = (60, 8, 9, 12, 12, 10, 10, 10, 12, 12, 10, 18, 34, 40, 60)
_NOW = {"answer": "answered", "closest_passages": "closest passages", "no_answer": "no answer"}


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap with what its question gets now; None where that was not looked at."""

    gap: Gap
    looked: Looked | None


def csv_of(lines: Sequence[GapLine]) -> bytes:
    """Return gaps as CSV (RFC 4180) in UTF-8 with its mark, which Excel on Windows needs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(HEADER)
    for line in lines:
        writer.writerow([_written(value) for value in _values(line)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(report: GapReport, lines: Sequence[GapLine]) -> bytes:
    """Return gaps as a workbook: a sheet to filter, and one that says what it lists."""
    rows = [Row(_values(line)) for line in lines]
    listed = Sheet("Unanswered", _WIDTHS, rows, header=HEADER)
    said = Sheet("About this list", (22, 90), [Row(pair) for pair in _about(report, lines)])
    return workbook_of((listed, said), "Unanswered questions", report.until)


def _written(value: Value) -> str | int:
    if isinstance(value, int):
        return value
    return guarded(str(value or ""))


def _values(line: GapLine) -> tuple[Value, ...]:
    gap, looked = line.gap, line.looked
    closest = looked.closest if looked else None
    return (
        gap.name,
        gap.times,
        len(gap.receipts),
        gap.first,
        gap.last,
        *(gap.no_answer, gap.closest, gap.passed_on, gap.missing, gap.wrongly),
        "yes" if gap.once else "no",
        _NOW[looked.outcome] if looked else "not looked at",
        closest.title if closest else "",
        " › ".join(closest.section) if closest else "",
        "\n".join(gap.wordings[1:]),
    )


def _about(report: GapReport, lines: Sequence[GapLine]) -> Iterator[tuple[str, str]]:
    yield "Days", f"{report.days}, until {report.until:%Y-%m-%d}"
    yield "Not answered", share_in_words(report)
    yield "Listed", f"{len(lines)} of {len(report.gaps)} questions"
    yield (
        "Names",
        "Names of people were removed by their form. Read the list before you pass it on.",
    )
    yield "Asked once", "The words are those of one person."
