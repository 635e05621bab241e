"""A list as CSV: UTF-8 with a byte order mark, for Excel on Windows guesses wrong without one."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from assistant.register.model import Listing
from bots.register.rows import Cell, rows_of

# What spreadsheets take for the start of a formula, also in full width, and what they skip before
# it. An apostrophe is among it so that there is a way back; a tab or a return is risk enough.
_FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"  # = + - @
_STARTS = f"'=+\\-@\u2212{_FULL_WIDTH}"
_SKIPPED = "\\s\u200b-\u200f\u2060\ufeff"
_RISKY = f"(?=[{_SKIPPED}]*[{_STARTS}]|[\t\r])"
# A cell may also begin behind a semicolon, tab or line break within a text: where Excel's list
# separator is the semicolon, it cuts there, quotes or no quotes.
_START = "(?:^|(?<=[;\t\r\n]))"
_TO_GUARD = re.compile(_START + _RISKY)
_GUARD = re.compile(f"{_START}'{_RISKY}")


def csv_of(listing: Listing, *, base: str = "") -> bytes:
    """Return a list as CSV (RFC 4180), one row for each commitment and one for the header.

    Args:
        listing: all lines that the file is to hold.
        base: address of the server, for the links.
    """
    made = rows_of(listing, base=base)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([*made.header, "Place"])
    for row in made.rows:
        writer.writerow([*(guarded(_written(cell)) for cell in row.cells), guarded(row.url)])
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before it.

    Text that begins with an apostrophe gets one as well, so that ``unguarded`` finds the way back.
    """
    return _TO_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """Return the text that ``guarded`` was given."""
    return _GUARD.sub("", text)


def _written(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""
