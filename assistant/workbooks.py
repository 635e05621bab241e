"""Excel workbooks: the only file that writes with openpyxl.

Text is written as text, whatever it begins with: no cell is a formula. What begins like one also
carries Excel's own mark for that, so that it stays text when somebody edits it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from corpus.formula_guard import guarded

Value = str | int | date | None
Look = Literal["head", "name", "text", "one line"]

LONGEST = 32_767  # characters that a cell of Excel holds
_MOST_LINKS = 65_530  # links that a sheet of Excel holds
_TOP = Alignment(wrap_text=True, vertical="top")
_DAY, _LINK, _RISKY = "day", "link", "as text"
_LAST_ROW = 5_000  # to which drop-downs reach, at least


@dataclass(frozen=True, slots=True)
class Row:
    """A row of values; ``url`` is where its first cell leads."""

    values: Sequence[Value]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet shows.

    Attributes:
        widths: of its columns, in characters.
        header: names of the columns, frozen and with a filter; none for a sheet of text.
        keep: how many columns stay in sight.
        choices: number of a column, from 0 → what its cells may hold, as a drop-down.
        one_line: columns whose texts are not wrapped, for nobody reads them.
    """

    name: str
    widths: Sequence[float]
    rows: Sequence[Row]
    header: Sequence[str] = ()
    keep: int = 1
    choices: Mapping[int, Sequence[str]] | None = None
    one_line: frozenset[int] = frozenset()


def workbook_of(sheets: Iterable[Sheet], title: str, created: date) -> bytes:
    """Return a workbook; a text that no cell can hold is shortened.

    Args:
        sheets: in order; the names in the first column of one without a header are bold.
        title: as its properties show it.
        created: the day in its properties.
    """
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    book.properties.creator = "Charter"
    book.properties.title = title
    book.properties.created = datetime.combine(created, time())
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """Give each kind of cell its look; a cell that names one is written three times as fast."""
    white, green = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0A5750")
    yield NamedStyle("head", font=white, fill=green, alignment=Alignment(wrap_text=True))
    yield NamedStyle("name", font=Font(bold=True), alignment=_TOP)
    yield NamedStyle("text", alignment=_TOP)
    yield NamedStyle("one line", alignment=Alignment(vertical="top"))
    yield NamedStyle(_DAY, alignment=_TOP, number_format="yyyy-mm-dd")
    yield NamedStyle(_LINK, alignment=_TOP, font=Font(color="0A5750", underline="single"))
    yield NamedStyle(_RISKY, alignment=_TOP, number_format="@")


def _write(page: Any, sheet: Sheet) -> None:  # the published types do not know such a page
    if sheet.header:
        page.freeze_panes = f"{get_column_letter(sheet.keep + 1)}2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
        page.print_title_rows = "1:1"
    _set_up(page, sheet.widths)
    for place, choices in (sheet.choices or {}).items():
        _offer(page, place, choices, len(sheet.rows))
    if sheet.header:
        page.append([_cell(page, name, "head") for name in sheet.header])
    for number, row in enumerate(sheet.rows):
        cells = [_cell(page, value, _look(sheet, at)) for at, value in enumerate(row.values)]
        if row.url and number < _MOST_LINKS:
            _link(cells[0], row.url)
        page.append(cells)


def _set_up(page: Any, widths: Iterable[float]) -> None:
    """Set the widths of the columns, and pages that are as wide as all of them."""
    for place, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0  # as many pages as it needs
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _offer(page: Any, place: int, choices: Sequence[str], rows: int) -> None:
    """Let the cells of a column be chosen from a list; no formula, so nothing is looked up."""
    made = DataValidation(
        type="list",
        formula1='"' + ",".join(choices) + '"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not one of the list",
        error="Choose one of: " + ", ".join(choices),
    )
    column = get_column_letter(place + 1)
    made.add(f"{column}2:{column}{max(_LAST_ROW, 2 * rows)}")
    page.data_validations.append(made)


def _look(sheet: Sheet, column: int) -> Look:
    if column in sheet.one_line:
        return "one line"
    return "name" if column == 0 and not sheet.header else "text"


def _cell(page: Any, value: Value, look: Look) -> Any:
    """Return a cell with a date as a date and a text as a text, never as a formula."""
    if value is None or value == "":
        return None
    cell: Any = WriteOnlyCell(page)
    if isinstance(value, int):
        cell.value = value
        cell.style = look
        return cell
    if isinstance(value, date):
        cell.value = datetime.combine(value, time())
        cell.style = _DAY
        return cell
    cell.value = text = _shortened(ILLEGAL_CHARACTERS_RE.sub(" ", value))
    cell.data_type = "s"  # also where it reads like a formula or the name of an error
    risky = guarded(text) != text
    cell.style = _RISKY if risky else look
    cell.quotePrefix = risky
    return cell


def _link(cell: Any, url: str) -> None:
    """Let a cell lead to its place in the document."""
    cell.hyperlink = url
    if not cell.quotePrefix:
        cell.style = _LINK


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
