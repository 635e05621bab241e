"""Tables as the blocks that every reader of a format returns: header, rows, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.formats.pdf.lines import group_rows
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.tables import Cell, PageTable
from corpus.formats.pdf.words import Typist
from corpus.raw import Caption, Paragraph, Raw, Row, Table
from corpus.repair.tables import has_header
from corpus.traced import Traced, joined, made

_BROAD = 1.7  # times the width of most letters
_ROOM = 1.0  # points that a letter more would have reached beyond the cell


def table_blocks(table: PageTable, typist: Typist, lines: tuple[int, int]) -> Iterator[Raw]:
    """Return a table's blocks: a title row is its caption; a lone row is no table."""
    grid = _grid_of(table)
    widths = _widths(table)
    texts = {id(cell): _cell_text(cell, typist, widths) for cell in table.cells}
    rows = [_row_of(table, row, grid, texts) for row in range(table.rows)]
    title = _title_rows(table)
    if title:
        text = joined([cell for cell in rows[0] if cell.text], " ")
        yield Caption(text, (lines[0], lines[0] + 1))
        lines = (lines[0] + 1, lines[1] + 1)
    header = max(_header_rows(table, rows, title), title)
    if header >= table.rows:
        header = title
    if table.rows - title < 2 and header == title:  # noqa: PLR2004  a lone row
        yield from (Paragraph(cell, lines) for cell in rows[title] if cell.text)
        return
    merged = [(place, cell) for place, cell in grid.items() if place != (cell.row, cell.column)]
    yield Table(
        tuple(rows[header:]),
        lines,
        _heads(rows, (title, header), grid, texts),
        exact=True,
        above=frozenset(
            (row - header, column) for (row, column), cell in merged if row > max(cell.row, header)
        ),
        left=frozenset(
            (row - header, column)
            for (row, column), cell in merged
            if row >= header and row in {cell.row, header} and column > cell.column
        ),
    )


def _grid_of(table: PageTable) -> dict[tuple[int, int], Cell]:
    """Return the cell at each row and column; a merged one is at several."""
    grid: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rows, table.rows)):
            for column in range(cell.column, min(cell.column + cell.columns, len(table.columns))):
                grid.setdefault((row, column), cell)
    return grid


def _row_of(
    table: PageTable,
    row: int,
    grid: Mapping[tuple[int, int], Cell],
    texts: Mapping[int, Traced],
) -> Row:
    """Return the texts of a row; a merged cell's stands where it begins."""
    found = (grid.get((row, column)) for column in range(len(table.columns)))
    return tuple(
        texts[id(cell)] if cell and (cell.row, cell.column) == (row, column) else made("")
        for column, cell in enumerate(found)
    )


def _cell_text(cell: Cell, typist: Typist, widths: Sequence[float]) -> Traced:
    if not cell.segments:
        return made("")
    rows: list[list[Segment]] = []
    for first, last in pairwise([0, *cell.cuts, len(cell.segments)]):
        rows += group_rows(cell.segments[first:last])
    parts = [typist.line(row) for row in rows]
    if len(rows) > 1 and cell.columns == 1 and widths:
        width = widths[cell.column]
        full = (_is_full(above[0], below[0], width) for above, below in pairwise(rows))
        parts = typist.mended(parts, [*full])
    return typist.lines(parts)


def _widths(table: PageTable) -> list[float]:
    """Return how wide lines in each column may be, points: as far from either side of its cells.

    Empty where no lines say where cells end.
    """
    if not table.ruled:
        return []
    edges = [*table.columns, table.edge]
    insets: list[list[float]] = [[] for _ in table.columns]
    for cell in table.cells:
        for segment in cell.segments:
            inset = segment.x0 - edges[cell.column]
            if 0 <= inset < (edges[cell.column + 1] - edges[cell.column]) / 4:
                insets[cell.column].append(inset)  # others are those of another page or column
    return [
        right - left - 2 * (sorted(found)[len(found) // 2] if found else 0.0)
        for (left, right), found in zip(pairwise(edges), insets, strict=True)
    ]


def _is_full(above: Segment, below: Segment, width: float) -> bool:
    """Say whether a line has no room for one letter more: a word too long is cut there."""
    letter = (below.x1 - below.x0) / max(1, len(below.text))
    if below.text[0] in "mwMW":
        letter *= _BROAD
    return width - (above.x1 - above.x0) < letter + _ROOM


def _title_rows(table: PageTable) -> int:
    """Return how many first rows are one cell over all columns: the table's title."""
    count = 0
    for row in range(max(0, table.rows - 2)):
        filled = [cell for cell in table.cells if cell.row == row and cell.segments]
        if len(filled) != 1 or filled[0].columns < len(table.columns) or filled[0].rows > 1:
            break
        count += 1
    return count if count == 1 else 0


def _header_rows(table: PageTable, rows: Sequence[Row], first: int) -> int:
    """Return the row after those that name the columns."""
    if table.header:
        return min(table.header, table.rows - 1) if table.header > first else first
    marked = first
    while marked < table.rows and (_is_bold(table, marked) or marked in table.shaded):
        marked += 1
    if first < marked < table.rows and marked - first <= 3:  # noqa: PLR2004  more are no header
        return _with_spans(table, first, marked)
    spans = [cell for cell in table.cells if cell.row == first]
    if any(1 < cell.columns < len(table.columns) and cell.segments for cell in spans) and any(
        cell.rows > 1 for cell in spans
    ):
        return _with_spans(table, first, first + 1)
    return first + 1 if has_header(rows[first:]) else first


def _with_spans(table: PageTable, first: int, header: int) -> int:
    """Return the row after a header, cells that reach farther down counted."""
    reach = [
        cell.row + cell.rows
        for cell in table.cells
        if first <= cell.row < header and cell.segments and cell.rows > 1
    ]
    low = max([header, *reach])
    return low if low - first <= 3 and low < table.rows else header  # noqa: PLR2004  as above


def _is_bold(table: PageTable, row: int) -> bool:
    filled = [cell for cell in table.cells if cell.row == row and cell.segments]
    return bool(filled) and all(cell.bold for cell in filled)


def _heads(
    rows: Sequence[Row],
    span: tuple[int, int],
    grid: Mapping[tuple[int, int], Cell],
    texts: Mapping[int, Traced],
) -> Row:
    """Return one header for each column: its texts from the outermost, joined."""
    first, last = span
    if first == last:
        return ()
    heads = []
    for column in range(len(rows[0])):
        parts: list[Traced] = []
        seen = set()
        for row in range(first, last):
            cell = grid.get((row, column))
            if cell is None or id(cell) in seen or not texts[id(cell)].text:
                continue
            seen.add(id(cell))
            parts.append(texts[id(cell)])
        heads.append(joined(parts, " ") if parts else made(""))
    return tuple(heads)
