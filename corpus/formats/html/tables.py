"""Tables of a page: their grid, and whether they hold data or only lay the page out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import FileTooLarge
from corpus.formats.html.tree import Node

_PARTS = ("thead", "tbody", "tfoot")
_CELLS = frozenset(("td", "th"))
_LAYOUT_ROLES = frozenset(("presentation", "none"))
_PARAGRAPHS = frozenset(("p", "div", "ul", "ol"))
_HEADING = re.compile(r"h[1-6]$")
_LARGEST_SPAN = 1000  # columns or rows, as in browsers
_MOST_FILLED = 500_000  # cells that spans may fill; a page with more was made to do harm
_MOST_CELLS = 2_000_000
_FEWEST = 2  # rows and columns of a table without any header
_LONG = 0.6  # share of a table's letters in one cell that makes it a frame around the text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        rows: for each row the cells that begin in it, each in its column, else None.
        above, left: (row, column) of the places that a cell above or at the left reaches over.
        headers: how many rows at the top are headers.
    """

    rows: list[list[Node | None]]
    above: frozenset[tuple[int, int]]
    left: frozenset[tuple[int, int]]
    headers: int


def is_data(table: Node) -> bool:
    """Say whether a table holds data; otherwise it only puts text side by side."""
    if table.get("role") in _LAYOUT_ROLES:
        return False
    rows = list(_rows(table))
    width = max((len(_cells(row)) for _, row in rows), default=0)
    if any(cell.tag == "th" and cell.letters for _, row in rows for cell in _cells(row)):
        return width > 1
    filled = sum(row.letters > 0 for _, row in rows)
    if filled < _FEWEST or width < _FEWEST:
        return False
    marked = rows[0][0] == "thead" or table.get("border") not in ("", "0")
    holds_table = any(one.tag == "table" for one in table.below())
    if marked != holds_table:
        return marked
    return not _is_frame(table, [cell for _, row in rows for cell in _cells(row)])


def _is_frame(table: Node, cells: list[Node]) -> bool:
    """Say whether a table without any header holds headings, or most of its text in one cell."""
    if any(_HEADING.match(node.tag) for node in table.below()):
        return True
    largest = max(cells, key=lambda cell: cell.letters)
    paragraphs = sum(node.tag in _PARAGRAPHS for node in largest.below())
    return largest.letters > _LONG * table.letters and paragraphs >= _FEWEST


def grid_of(table: Node) -> Grid:
    """Return the grid of a table; raises FileTooLarge."""
    rows = list(_rows(table))
    spans = [[_span_of(cell) for cell in _cells(row)] for _, row in rows]
    if sum(width * height for row in spans for width, height in row) > _MOST_FILLED:
        spans = [[(1, 1) for _ in row] for row in spans]
    ends = _ends([part for part, _ in rows])
    grid: dict[tuple[int, int], Node] = {}
    above: set[tuple[int, int]] = set()
    left: set[tuple[int, int]] = set()
    for number, (_, row) in enumerate(rows):
        column = 0
        for cell, (width, height) in zip(_cells(row), spans[number], strict=True):
            while (number, column) in grid or (number, column) in above or (number, column) in left:
                column += 1
            grid[number, column] = cell
            last = min(number + (height or len(rows)), ends[number])
            taken = {(n, c) for n in range(number, last) for c in range(column, column + width)}
            left |= {place for place in taken if place[1] > column and place not in grid}
            below = ((n, column) for n in range(number + 1, last))
            above |= {place for place in below if place not in grid and place not in left}
            column += width
    # a column that no cell begins in is none; some programs reach over columns without need
    columns = {old: new for new, old in enumerate(sorted({column for _, column in grid}))}
    if len(columns) * len(rows) > _MOST_CELLS:
        raise FileTooLarge("A table of the page has millions of cells.", "Save it as a CSV file.")
    cells = [[grid.get((n, c)) for c in columns] for n in range(len(rows))]
    return Grid(
        cells,
        frozenset((n, columns[c]) for n, c in above if c in columns),
        frozenset((n, columns[c]) for n, c in left if c in columns),
        _headers([part for part, _ in rows], cells),
    )


def _rows(table: Node) -> Iterator[tuple[str, Node]]:
    """Give the rows, each with the part that it stands in: the head first, the foot last."""
    parts = [node for node in table.elements if node.tag in _PARTS or node.tag == "tr"]
    for wanted in (("thead",), ("tbody", "tr"), ("tfoot",)):
        for part in parts:
            if part.tag not in wanted or part.out:
                continue
            if part.tag == "tr":
                yield "tbody", part
            else:
                for row in part.elements:
                    if row.tag == "tr" and not row.out:
                        yield part.tag, row


def _cells(row: Node) -> list[Node]:
    return [node for node in row.elements if node.tag in _CELLS and not node.out]


def _span_of(cell: Node) -> tuple[int, int]:
    """Return how many columns and rows a cell has; 0 rows are all that follow in its part."""
    return max(1, _whole(cell.get("colspan"))), _whole(cell.get("rowspan"))


def _whole(written: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", written):
        return 1
    return min(int(written), _LARGEST_SPAN)


def _ends(parts: list[str]) -> list[int]:
    """Return for each row where its part ends: no cell reaches out of it."""
    ends = [len(parts)] * len(parts)
    for number in range(len(parts) - 2, -1, -1):
        same = parts[number] == parts[number + 1]
        ends[number] = ends[number + 1] if same else number + 1
    return ends


def _headers(parts: list[str], rows: list[list[Node | None]]) -> int:
    """Return how many rows at the top are headers: of the head, or of header cells throughout."""
    count = 0
    for part, row in zip(parts, rows, strict=True):
        filled = [cell for cell in row if cell is not None and cell.letters]
        if part != "thead" and not (filled and all(cell.tag == "th" for cell in filled)):
            break
        if part != "thead" and count and len(row) > 1 and filled == row[:1]:
            break  # a header cell over the whole width parts the rows below the header
        count += 1
    return count if count < len(rows) else min(count, 1) if len(rows) > 1 else 0
