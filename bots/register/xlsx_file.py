"""A list as an Excel workbook."""

from __future__ import annotations

from assistant.register.model import Listing
from assistant.workbooks import Row, Sheet, workbook_of
from bots.register.rows import rows_of
from bots.register.understood import about

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


def xlsx_of(listing: Listing, *, base: str = "") -> bytes:
    """Return a list as a workbook: a sheet that can be filtered, and one that says what it lists.

    Args:
        listing: all lines that the file is to hold.
        base: address of the server, for the links.
    """
    made = rows_of(listing, base=base)
    lines = Sheet(
        "Commitments",
        [_WIDTHS.get(name, _USUAL_WIDTH) for name in made.header],
        [Row(row.cells, row.url) for row in made.rows],
        header=made.header,
    )
    said = Sheet("About this list", [22, 90], [Row(pair) for pair in about(listing)])
    return workbook_of((lines, said), "Commitments", listing.as_of)
