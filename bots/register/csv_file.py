"""A list as CSV: UTF-8 with a byte order mark, for Excel on Windows guesses wrong without one."""

from __future__ import annotations

import csv
import io
from datetime import date

from assistant.register.model import Listing
from bots.register.rows import Cell, rows_of
from corpus.formula_guard import guarded


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


def _written(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""
