"""Rows of a table: cells that stand under one header are one cell of several paragraphs.

Conversion tears a cell into several where its author began a paragraph, so that the rows of one
table differ in the number of their cells. Their headers tell which column they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import TypeVar

Part = TypeVar("Part")
Column = tuple[str, int]  # a header, and which of the columns without one


def by_column(cells: Iterable[tuple[str, Part]]) -> dict[Column, tuple[Part, ...]]:
    """Gather the parts of a row by column; a cell without a header is a column of its own."""
    gathered: dict[Column, tuple[Part, ...]] = {}
    unnamed = count(1)
    for header, part in cells:
        column = (header, 0 if header else next(unnamed))
        gathered[column] = (*gathered.get(column, ()), part)
    return gathered


def columns_of(rows: Sequence[Iterable[Column]]) -> tuple[Column, ...]:
    """Return every column that a row has, in the order of the row that has most."""
    longest = max((tuple(row) for row in rows), key=len, default=())
    others = (column for row in rows for column in row)
    return tuple(dict.fromkeys((*longest, *others)))
