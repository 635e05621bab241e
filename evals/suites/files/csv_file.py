"""A suite as CSV: what is said of the suite itself stands in rows of its own above the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from corpus.errors import SuiteUnusable, UnreadableFile
from corpus.formats.decode import decode
from corpus.formula_guard import guarded, unguarded
from evals.suites.files.read import ReadSuite
from evals.suites.files.table import (
    ABOUT,
    Line,
    RowResult,
    about_of,
    is_header,
    read_table,
    table_of,
)
from evals.suites.model import Suite

_SIGNS = ",;\t"
_LONGEST_CELL = 1_000_000  # characters


def read_csv(data: bytes, name: str) -> ReadSuite:
    """Return the suite in a CSV file; commas, semicolons or tabs part its cells.

    Args:
        data: the bytes of the file, in UTF-8 or what Excel writes.
        name: of the suite, where the file gives none.

    Raises:
        SuiteUnusable: it is no such table.
    """
    try:
        text, guesses = decode(data, f"{name}.csv")
    except UnreadableFile as error:
        raise SuiteUnusable(error.problem, error.remedy) from error
    if guesses:
        raise SuiteUnusable(
            f"{name}.csv is not in UTF-8, so letters such as “é” would have to be guessed.",
            "In Excel, save it as “CSV UTF-8”, or as .xlsx.",
        )
    lines = [
        Line(row, {place: cell for place, cell in enumerate(cells) if cell})
        for row, cells in _rows(text)
        if any(cells)
    ]
    return read_table(lines, (), name)


def csv_of(suite: Suite, results: Mapping[str, RowResult] | None = None) -> bytes:
    """Return a suite as CSV that Excel opens: UTF-8 with its mark, no cell a formula."""
    table = table_of(suite, results)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for name, said in about_of(suite):
        if said:
            writer.writerow([f"{ABOUT}{name.replace('_', ' ')}", guarded(said)])
    for row in (table.header, *table.rows):
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return rows, each with its number; cut by the sign that makes the best header."""
    found: list[tuple[int, list[str]]] = []
    best = -1
    for sign in _SIGNS:
        rows = list(_cut(text, sign))
        headers = (len(cells) for _, cells in rows if is_header(Line(0, dict(enumerate(cells)))))
        width = next(headers, 0)
        if width > best:
            found, best = rows, width
    return found


def _cut(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    hint = f"sep={sign}"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for number, cells in enumerate(reader, start=1):
            if cells and cells != [hint] and not (number == 1 and cells[0].startswith("sep=")):
                yield number, [_plain(cell) for cell in cells]
    except csv.Error as error:
        raise SuiteUnusable(
            f"This CSV cannot be read beyond line {reader.line_num}: a quotation mark was opened "
            "and never closed.",
            "Look at that line, or save the table as .xlsx.",
        ) from error


def _plain(cell: str) -> str:
    return unguarded(cell.replace("\r\n", "\n").replace("\r", "\n"))
