"""The rows of a table of OpenDocument, covered cells told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats.odt.names import TABLE, whole
from corpus.formats.wordtext.seen import Grid, GridCell, GridRow

_WIDEST = 1000  # columns
_MOST_REPEATED = 1000  # rows written once; more of them are a slip, and empty
_ROW, _HEADER = f"{TABLE}table-row", f"{TABLE}table-header-rows"
_GROUPS = frozenset((_HEADER, f"{TABLE}table-rows", f"{TABLE}table-row-group"))
_CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))

ReadCell = Callable[[Element], GridCell]


def read_table(table: Element, read_cell: ReadCell) -> Grid:
    """Return a table; ``read_cell`` reads what is in a cell."""
    reader = _Rows(read_cell)
    grid = Grid([])
    for row, header in _rows(table, header=False):
        read = GridRow(reader.cells(row), header=header)
        empty = not any(cell.blocks for cell in read.cells)
        times = whole(row.get(f"{TABLE}number-rows-repeated"), 1)
        grid.rows += [read] * (1 if empty else min(max(times, 1), _MOST_REPEATED))
    return grid


def _rows(element: Element, *, header: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        if child.tag == _ROW:
            yield child, header
        elif child.tag in _GROUPS:
            yield from _rows(child, header=header or child.tag == _HEADER)


@dataclass(slots=True)
class _Rows:
    """Remembers which cells reach down from the rows above: column to (columns, rows left)."""

    read_cell: ReadCell
    reaching: dict[int, tuple[int, int]] = field(default_factory=dict)

    def cells(self, row: Element) -> list[GridCell]:
        found: list[GridCell] = []
        column = 0
        places = list(_places(row))
        while column < len(places):
            if column in self.reaching:
                span, left = self.reaching.pop(column)
                if left > 1:
                    self.reaching[column] = (span, left - 1)
                found.append(GridCell([], span=span, goes_on_above=True))
                column += span
                continue
            element = places[column]
            if element.tag != f"{TABLE}table-cell":
                found.append(GridCell([]))
                column += 1
                continue
            cell = self.read_cell(element)
            cell.span = _span(element, "columns")
            if (rows := _span(element, "rows")) > 1:
                self.reaching[column] = (cell.span, rows - 1)
            found.append(cell)
            column += cell.span
        return found


def _places(row: Element) -> Iterator[Element]:
    """Yield the element at each column."""
    count = 0
    for child in row:
        if child.tag in _CELLS:
            for _ in range(max(1, whole(child.get(f"{TABLE}number-columns-repeated"), 1))):
                if count == _WIDEST:
                    return
                count += 1
                yield child


def _span(cell: Element, kind: str) -> int:
    return max(1, min(whole(cell.get(f"{TABLE}number-{kind}-spanned"), 1), _WIDEST))
