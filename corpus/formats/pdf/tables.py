"""Tables of a page, from ruling lines or tags, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from corpus.formats.pdf.grids import Grid, find_grids
from corpus.formats.pdf.segments import Segment, split
from corpus.formats.pdf.sheets import Sheet

_FEWEST = 2  # rows, columns of a table
_ROOM = 1.5  # points that text may reach out of its table
_MOST_WORDS = 400  # in one cell; one with more is a part of the page, not of a table
_SHARE = 0.8  # of a tagged table's cells that lines must tell apart to be used instead


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place, how many rows and columns it takes, and what stands in it.

    ``cuts`` are the numbers of those of its segments that begin on the next page or column.
    """

    row: int
    column: int
    rows: int
    columns: int
    segments: tuple[Segment, ...]
    header: bool = False
    cuts: tuple[int, ...] = ()

    @property
    def bold(self) -> bool:
        """Whether all that stands in it is bold, and something does."""
        return bool(self.segments) and all(segment.bold for segment in self.segments)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that stands on a page.

    Attributes:
        box: left, top, right, bottom, points. columns: left edges of the columns, points.
        header: how many of its first rows name the columns.
        page: from 0. ruled: lines or tags say where its cells end.
        edge: right edge of its last column, points; of the first part of a joined table.
    """

    page: int
    box: tuple[float, float, float, float]
    cells: tuple[Cell, ...]
    columns: tuple[float, ...]
    rows: int
    header: int = 0
    ruled: bool = True
    shaded: frozenset[int] = field(default=frozenset())
    edge: float = 0.0


def find_tables(sheet: Sheet) -> list[PageTable]:
    """Return the tables that lines or tags make, their text taken out of the page's segments."""
    grids = find_grids(sheet.drawings, sheet.width, sheet.height)
    tagged = _tagged_cells(sheet)
    if not grids and not tagged:
        return []
    numbers = _cell_numbers(sheet, grids, tagged)
    extra = np.zeros(len(sheet.ink.at), dtype=bool)
    extra[1:] = numbers[1:] != numbers[:-1]
    if extra.any():
        sheet.segments = split(sheet.text, sheet.ink, extra, page=sheet.number)
    tables = _from_tags(sheet, tagged)
    ruled = [table for grid in grids if (table := _from_grid(sheet, grid))]
    chosen = _choose(ruled, tables)
    taken = {id(segment) for table in chosen for cell in table.cells for segment in cell.segments}
    sheet.segments = [segment for segment in sheet.segments if id(segment) not in taken]
    return sorted(chosen, key=lambda table: (table.box[1], table.box[0]))


def _tagged_cells(sheet: Sheet) -> dict[int, int]:
    """Return the number of the table cell that each piece of marked content stands in."""
    return {mcid: tag.cell for mcid, tag in sheet.tags.items() if tag.table >= 0 and tag.cell >= 0}


def _cell_numbers(
    sheet: Sheet, grids: Sequence[Grid], tagged: dict[int, int]
) -> npt.NDArray[np.int64]:
    """Return for each mark of the page a number that changes from cell to cell."""
    boxes = sheet.ink.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    numbers = np.full(len(x), -1, dtype=np.int64)
    offset = 0
    for grid in grids:
        cells = grid.cells_at(x, y)
        numbers = np.where((numbers < 0) & (cells >= 0), cells + offset, numbers)
        offset += int(grid.region.max()) + 1
    if tagged:
        most = max(int(sheet.ink.mcid.max(initial=0)), *tagged) + 2
        lookup = np.full(most, -1, dtype=np.int64)
        for mcid, cell in tagged.items():
            lookup[mcid] = cell
        # -1, no marked content, finds the last place, which no content has
        numbers = numbers * (lookup.max() + 3) + lookup[sheet.ink.mcid]
    return numbers


def _from_grid(sheet: Sheet, grid: Grid) -> PageTable | None:
    """Return the table in a grid; None when it is a frame around prose or a drawing."""
    inside: dict[int, list[Segment]] = defaultdict(list)
    for segment in sheet.segments:
        x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
        if grid.holds(x, y):
            inside[int(grid.region[grid.place_of(x, y)])].append(segment)
    cells = []
    for number in range(int(grid.region.max()) + 1):
        places = np.argwhere(grid.region == number)
        (top, left), (low, right) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        segments = tuple(inside.get(number, ()))
        cells.append(Cell(top, left, low - top + 1, right - left + 1, segments))
    rows = len(grid.region)
    box = grid.box
    edges = tuple(grid.xs[:-1].tolist())
    table = PageTable(sheet.number, box, tuple(cells), edges, rows, edge=box[2])
    table = _without_empty(table)
    if not _is_table(table):
        return None
    table = _with_merged_firsts(table)
    shaded = _shaded_rows(sheet, table, grid)
    return replace(table, shaded=shaded)


def _without_empty(table: PageTable) -> PageTable:
    """Drop rows and columns that no cell with text begins in: double lines, margins in cells."""
    rows = sorted({cell.row for cell in table.cells if cell.segments})
    columns = sorted({cell.column for cell in table.cells if cell.segments})
    if not rows:
        return replace(table, cells=(), rows=0, columns=())
    narrow = _narrow(table, columns)
    columns = sorted({*columns, *narrow})
    cells = []
    for cell in table.cells:
        height = sum(cell.row <= row < cell.row + cell.rows for row in rows)
        width = sum(cell.column <= column < cell.column + cell.columns for column in columns)
        if height and width:
            row = sum(r < cell.row for r in rows)
            column = sum(c < cell.column for c in columns)
            cells.append(replace(cell, row=row, column=column, rows=height, columns=width))
    return replace(
        table,
        cells=tuple(cells),
        rows=len(rows),
        columns=tuple(table.columns[column] for column in columns),
    )


def _narrow(table: PageTable, filled: Sequence[int]) -> list[int]:
    """Return the columns without text that are wide enough to be meant: left to be filled in."""
    edges = [*table.columns, table.box[2]]
    return [
        column
        for column in range(len(table.columns))
        if column not in filled and edges[column + 1] - edges[column] > 18  # noqa: PLR2004  points
    ]


def _is_table(table: PageTable) -> bool:
    filled = [cell for cell in table.cells if cell.segments]
    if len(table.columns) < _FEWEST or len(filled) < _FEWEST:
        return False
    longest = max(sum(len(s.text.split()) for s in cell.segments) for cell in filled)
    if longest > _MOST_WORDS:
        return False
    rows = [sum(cell.row == row for cell in filled) for row in range(table.rows)]
    return max(rows) >= _FEWEST


def _with_merged_firsts(table: PageTable) -> PageTable:
    """Return a table whose merged first cells go on over empty ones that touch them.

    A table that merges the name of several rows leaves no row without a name: an empty cell under
    a merged one was cut off from it, at a page's end of the program that wrote it or by hand.
    """
    firsts = {cell.row: cell for cell in table.cells if cell.column == 0}
    named = {cell.row for cell in table.cells if cell.column and cell.segments}
    longer: dict[int, Cell] = {}  # by the place of the cell as it was
    gone: set[int] = set()
    for row in sorted(firsts):
        cell = firsts[row]
        while cell.segments and cell.rows > 1 and cell.columns == 1:
            below = firsts.get(cell.row + cell.rows)
            if below is None or below.segments or below.columns > 1 or below.row not in named:
                break
            gone.add(id(below))
            cell = longer[id(firsts[row])] = replace(cell, rows=cell.rows + below.rows)
    cells = (longer.get(id(cell), cell) for cell in table.cells if id(cell) not in gone)
    return replace(table, cells=tuple(cells))


def _shaded_rows(sheet: Sheet, table: PageTable, grid: Grid) -> frozenset[int]:
    """Return the rows all of whose text stands on a filled area."""
    if not len(sheet.drawings.fills):
        return frozenset()
    area = (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1])
    fills = sheet.drawings.fills
    sizes = (fills[:, 2] - fills[:, 0]) * (fills[:, 3] - fills[:, 1])
    fills = fills[sizes < 0.7 * area] if table.rows > 1 else fills  # not one behind all of it
    found = set()
    for row in range(table.rows):
        segments = [s for cell in table.cells if cell.row == row for s in cell.segments]
        if segments and all(_lies_on(segment, fills) for segment in segments):
            found.add(row)
    return frozenset(found)


def _lies_on(segment: Segment, fills: npt.NDArray[np.floating]) -> bool:
    x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
    inside = (fills[:, 0] <= x) & (x <= fills[:, 2]) & (fills[:, 1] <= y) & (y <= fills[:, 3])
    return bool(inside.any())


def _from_tags(sheet: Sheet, tagged: dict[int, int]) -> list[PageTable]:
    """Return the tables as tagged that have two rows and two columns or more."""
    if not tagged:
        return []
    inside: dict[int, list[Segment]] = defaultdict(list)
    for segment in sheet.segments:
        if segment.mcid in tagged:
            inside[tagged[segment.mcid]].append(segment)
    places: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for mcid, tag in sorted(sheet.tags.items(), key=lambda pair: pair[1].cell):
        if mcid in tagged:
            places[tag.table][tag.row].setdefault(tag.cell, mcid)
    tables = (_tagged_table(sheet, rows, inside) for rows in places.values())
    return [table for table in tables if table is not None]


def _tagged_table(
    sheet: Sheet, rows: dict[int, dict[int, int]], inside: dict[int, list[Segment]]
) -> PageTable | None:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    heads = []
    for row, number in enumerate(sorted(rows)):
        column = 0
        heads.append(True)
        for cell, mcid in sorted(rows[number].items()):
            while (row, column) in taken:
                column += 1
            tag = sheet.tags[mcid]
            high, wide = tag.span
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            segments = tuple(inside.get(cell, ()))
            cells.append(Cell(row, column, high, wide, segments, tag.header))
            heads[-1] &= tag.header
            column += wide
    found = [segment for cell in cells for segment in cell.segments]
    count = max((column for _, column in taken), default=-1) + 1
    if len(rows) < 1 or count < _FEWEST or not found:
        return None
    box = _box_of(found)
    edges = _edges_of(cells, count, box)
    header = next((n for n, head in enumerate(heads) if not head), len(heads))
    header = header if header < len(heads) else 1
    return PageTable(sheet.number, box, tuple(cells), edges, len(rows), header, edge=box[2])


def _box_of(segments: Sequence[Segment]) -> tuple[float, float, float, float]:
    return (
        min(s.x0 for s in segments) - _ROOM,
        min(s.top for s in segments) - _ROOM,
        max(s.x1 for s in segments) + _ROOM,
        max(s.bottom for s in segments) + _ROOM,
    )


def _edges_of(
    cells: Sequence[Cell], count: int, box: tuple[float, float, float, float]
) -> tuple[float, ...]:
    """Return the left edges of the columns, as far as the text in them shows."""
    edges = [box[0]]
    for column in range(1, count):
        lefts = [s.x0 for cell in cells if cell.column == column for s in cell.segments]
        edges.append(max(edges[-1], min(lefts, default=edges[-1])))
    return tuple(edges)


def _choose(ruled: Sequence[PageTable], tagged: Sequence[PageTable]) -> list[PageTable]:
    """Return the tagged tables, but the ruled one where its lines tell the same cells apart.

    Lines show which cells are merged, and tags often do not. Lines inside a tagged table that do
    not tell its cells apart are ornament.
    """
    chosen = list(ruled)
    for table in tagged:
        ids = [{id(s) for s in cell.segments} for cell in table.cells if cell.segments]
        text = set[int]().union(*ids)
        over = [other for other in chosen if _text_of(other) & text]
        cells = [{id(s) for s in cell.segments} for other in over for cell in other.cells]
        apart = sum(any(own & cell for cell in cells) for own in ids)
        own_cells = sum(bool(cell & text) for cell in cells)
        if len(over) == 1 and apart == len(ids) and own_cells >= _SHARE * len(ids):
            continue
        chosen = [other for other in chosen if other not in over]
        chosen.append(table)
    return chosen


def _text_of(table: PageTable) -> set[int]:
    return {id(segment) for cell in table.cells for segment in cell.segments}
