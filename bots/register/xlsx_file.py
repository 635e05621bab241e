"""A list as an Excel workbook: the only file that writes with openpyxl.

Text is written as text, whatever it begins with: no cell is a formula. What begins like one also
carries Excel's own mark for that, so that it stays text when somebody edits it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from assistant.register.model import Listing
from bots.register.csv_file import guarded
from bots.register.rows import Cell as Value
from bots.register.rows import rows_of
from bots.register.understood import about

Sheet = Any  # what a sheet has that is written row by row, the published types do not know

_LONGEST = 32_767  # characters that a cell of Excel holds
_MOST_LINKS = 65_530  # links that a sheet of Excel holds
_USUAL_WIDTH = 13  # characters
_WIDTHS = {
    "Commitment": 48,
    "Activities": 60,
    "Lead": 26,
    "Time frame": 16,
    "Theme": 40,
    "Document": 32,
    "Of the document": 28,
    "Note": 32,
    "Evidence": 28,
    "To check": 36,
    "Id": 15,
}
_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD, _NAME, _TEXT, _DAY, _LINK, _RISKY = "head", "name", "text", "day", "link", "as text"


def xlsx_of(listing: Listing, *, base: str = "") -> bytes:
    """Return a list as a workbook: a sheet that can be filtered, and one that says what it lists.

    Args:
        listing: all lines that the file is to hold.
        base: address of the server, for the links.
    """
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    book.properties.creator = "Charter"
    book.properties.title = "Commitments"
    book.properties.created = datetime.combine(listing.as_of, time())
    _write_list(book.create_sheet("Commitments"), listing, base)
    _write_about(book.create_sheet("About this list"), listing)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """Give each kind of cell its look; a cell that names one is written three times as fast."""
    white, green = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0A5750")
    yield NamedStyle(_HEAD, font=white, fill=green, alignment=Alignment(wrap_text=True))
    yield NamedStyle(_NAME, font=Font(bold=True), alignment=_TOP)
    yield NamedStyle(_TEXT, alignment=_TOP)
    yield NamedStyle(_DAY, alignment=_TOP, number_format="yyyy-mm-dd")
    yield NamedStyle(_LINK, alignment=_TOP, font=Font(color="0A5750", underline="single"))
    yield NamedStyle(_RISKY, alignment=_TOP, number_format="@")


def _write_list(sheet: Sheet, listing: Listing, base: str) -> None:
    made = rows_of(listing, base=base)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(made.header))}{len(listing.lines) + 1}"
    sheet.print_title_rows = "1:1"
    _set_up(sheet, [_WIDTHS.get(name, _USUAL_WIDTH) for name in made.header])
    sheet.append([_cell(sheet, name, _HEAD) for name in made.header])
    for number, row in enumerate(made.rows):
        cells = [_cell(sheet, value) for value in row.cells]
        if row.url and number < _MOST_LINKS:
            _link(cells[0], row.url)
        sheet.append(cells)


def _write_about(sheet: Sheet, listing: Listing) -> None:
    _set_up(sheet, [22, 90])
    for name, value in about(listing):
        sheet.append([_cell(sheet, name, _NAME), _cell(sheet, value)])


def _set_up(sheet: Sheet, widths: Iterable[float]) -> None:
    """Set the widths of the columns, and pages that are as wide as all of them."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it needs
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(sheet: Sheet, value: Value, style: str = _TEXT) -> Any:
    """Return a cell with a date as a date and a text as a text, never as a formula."""
    if not value:
        return None
    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, date):
        cell.value = datetime.combine(value, time())
        cell.style = _DAY
        return cell
    cell.value = text = _shortened(ILLEGAL_CHARACTERS_RE.sub(" ", value))
    cell.data_type = "s"  # also where it reads like a formula or the name of an error
    risky = guarded(text) != text
    cell.style = _RISKY if risky else style
    cell.quotePrefix = risky
    return cell


def _link(cell: Any, url: str) -> None:
    """Let a cell lead to its place in the document."""
    cell.hyperlink = url
    if not cell.quotePrefix:
        cell.style = _LINK


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
