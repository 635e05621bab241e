"""A suite as an Excel workbook: its cases with drop-downs, what they mean, and about the suite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from assistant.workbooks import LONGEST, Row, Sheet, workbook_of
from corpus.errors import EncryptedFile, SuiteUnusable, UnreadableFile
from corpus.formats.package import open_package
from corpus.formats.sheets.workbook import Area, letters, open_workbook, read_sheets
from corpus.formats.sheets.workbook import Sheet as ReadSheet
from evals.suites.files import names
from evals.suites.files.instructions import INSTRUCTIONS
from evals.suites.files.read import ReadSuite
from evals.suites.files.table import Line, RowResult, about_of, is_header, read_table, table_of
from evals.suites.model import EXPECTED, IMPORTANCE, STATES, WHY, Suite

CASES, ABOUT = "Cases", "About"
_MADE_ON = date(2020, 1, 1)  # one day for all, so that equal suites are equal files
_OLE = b"\xd0\xcf\x11\xe0"  # begins old workbooks, and new ones under a password
_CHOICES = {"expected": EXPECTED, "why": WHY, "importance": IMPORTANCE, "state": STATES}
_OF_SUITE = frozenset(name.replace("_", " ") for name in names.ABOUT)
_USUAL_WIDTH = 16  # characters
_WIDTHS = {
    "id": 20,
    "question": 44,
    "other wordings": 36,
    "must say": 28,
    "nice to say": 24,
    "must not say": 24,
    "document": 26,
    "section": 26,
    "exact quote": 48,
    "why not answerable": 20,
    "notes": 36,
    "answer given": 48,
}


def read_xlsx(data: bytes, name: str) -> ReadSuite:
    """Return the suite in a workbook: its first sheet with a column for the question.

    Args:
        data: the bytes of the file.
        name: of the suite, where the file gives none.

    Raises:
        SuiteUnusable: it cannot be opened, or holds no such table.
    """
    if data.startswith(_OLE):
        raise _old(name, locked="EncryptedPackage".encode("utf-16-le") in data)
    try:
        workbook = open_workbook(open_package(data, f"{name}.xlsx"))
        sheets = list(read_sheets(workbook, all_cells=True))
    except EncryptedFile as error:
        raise _old(name, locked=True) from error
    except UnreadableFile as error:
        raise SuiteUnusable(error.problem, error.remedy) from error
    pages = {sheet.name: list(_lines(sheet)) for sheet in sheets}
    about = [
        (line.number, line.cells[0], line.cells.get(1, ""))
        for line in pages.get(ABOUT, ())
        if line.cells.get(0, "").casefold() in _OF_SUITE
    ]
    with_header = (lines for name, lines in pages.items() if any(map(is_header, lines)))
    chosen = pages.get(CASES) or next(with_header, [])
    return read_table(chosen, about, name)


def xlsx_of(suite: Suite, results: Mapping[str, RowResult] | None = None) -> bytes:
    """Return a suite as a workbook.

    Raises:
        SuiteUnusable: a text is longer than a cell can be.
    """
    table = table_of(suite, results)
    for case, row in zip(suite.cases, table.rows, strict=True):
        for header, text in zip(table.header, row, strict=True):
            if len(text) > LONGEST and header not in names.RESULTS:
                raise SuiteUnusable(
                    f"The case “{case.id}” does not fit: its “{header}” has {len(text):,} "
                    f"characters, and a cell of Excel holds {LONGEST:,}.",
                    "Shorten it, or write the suite as .yaml or .csv.",
                )
    keys = list(names.HEADERS)
    cases = Sheet(
        CASES,
        [_WIDTHS.get(header, _USUAL_WIDTH) for header in table.header],
        [Row(row) for row in table.rows],
        header=table.header,
        keep=2,
        choices={keys.index(key): choices for key, choices in _CHOICES.items()},
        one_line=frozenset({keys.index("sha256")}),
    )
    told = Sheet("Instructions", [24, 100, 44], [Row(row) for row in INSTRUCTIONS])
    about = Sheet(ABOUT, [22, 60], [Row(pair) for pair in _about(suite)])
    return workbook_of((cases, told, about), suite.name, _MADE_ON)


def _about(suite: Suite) -> Iterator[tuple[str, str]]:
    for name, text in about_of(suite):
        yield name.replace("_", " "), text


def _lines(sheet: ReadSheet) -> Iterator[Line]:
    """Give the rows that hold something, a formula without a result too."""
    formulas: dict[int, set[int]] = {}
    for row, column in sheet.formulas:
        formulas.setdefault(row, set()).add(column)
    for row in sorted({*sheet.rows, *formulas}):
        cells = {column: cell.text for column, cell in sheet.rows.get(row, {}).items()}
        areas = tuple(_reference(area) for area in sheet.merged if area[0] <= row <= area[2])
        yield Line(row + 1, cells, frozenset(formulas.get(row, ())), areas)


def _reference(area: Area) -> str:
    top, left, bottom, right = area
    return f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"


def _old(name: str, *, locked: bool) -> SuiteUnusable:
    if locked:
        return SuiteUnusable(
            f"{name} is protected by a password.", "Save a copy of it without one, and take that."
        )
    return SuiteUnusable(f"{name} is a workbook of the old kind (.xls).", "Save it as .xlsx.")
