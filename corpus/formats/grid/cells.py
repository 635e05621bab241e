"""Cells in rows and columns, as a spreadsheet or CSV file has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.traced import Traced

_PROSE_WORDS = 8
_SENTENCE = re.compile(r"[.!?…:;][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A filled cell.

    Attributes:
        marked: bold, or on a ground of its own colour, as headers are.
        number: a number or date; ``year`` for one that may be a year, and so name a column.
    """

    text: Traced
    bold: bool = False
    marked: bool = False
    number: bool = False
    year: bool = False


Area = tuple[int, int, int, int]  # top, left, bottom, right, all of them inside
Line = tuple[int, Mapping[int, Entry]]  # number of a row, and its filled cells by column


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of filled cells.

    Attributes:
        rows: in order; a row without a filled cell is left out and leaves a gap in the numbers.
        merged: areas of cells that are one.
        heads: numbers of the rows that the file itself calls header rows.
        named: the first row of a table is its header wherever it can be, as in CSV.
    """

    rows: Sequence[Line]
    merged: Sequence[Area] = ()
    heads: frozenset[int] = frozenset()
    named: bool = False


Rows = Sequence[Line]  # that stand directly together
Areas = Mapping[int, Sequence[Area]]  # by their top row


def places_of(area: Area) -> Iterator[tuple[int, int]]:
    """Return the row and column of every cell of an area."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def is_marked(cells: Mapping[int, Entry]) -> bool:
    """Say whether all filled cells of a row are set like a header."""
    return all(entry.marked for entry in cells.values())


def is_prose(text: str) -> bool:
    """Say whether a text is a sentence or as long as one."""
    return len(text.split()) >= _PROSE_WORDS or bool(_SENTENCE.search(text))
