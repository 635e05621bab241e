"""Cells side by side without lines between them: the white strips that part their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.tables import Cell, PageTable

GUTTER = 4.0  # points of white space between columns
_WIDER = 1.35  # times the usual space between words: a strip that parts columns
_MANY = 2  # cells of a row that has more to say than a note
_SPACE = 0.25  # em, where no two words stand side by side


def words_of(segment: Segment, sheet: Sheet) -> list[Segment]:
    """Return the words of a segment, each a segment of its own."""
    a, b = np.searchsorted(sheet.ink.at, [segment.start, segment.end])
    places = sheet.ink.at[a:b]
    return cut(segment, (np.flatnonzero(np.diff(places) > 1) + 1).tolist(), sheet)


def cut(segment: Segment, marks: Sequence[int], sheet: Sheet) -> list[Segment]:
    """Return a segment in pieces: one begins with each of these of its marks, from 0."""
    if not marks:
        return [segment]
    a, b = np.searchsorted(sheet.ink.at, [segment.start, segment.end])
    boxes, places = sheet.ink.boxes[a:b], sheet.ink.at[a:b]
    pieces = []
    for first, last in pairwise([0, *marks, len(places)]):
        start, end = int(places[first]), int(places[last - 1]) + 1
        begin = start - segment.start
        pieces.append(
            replace(
                segment,
                start=start,
                end=end,
                text=segment.text[begin : end - segment.start],
                x0=float(boxes[first, 0]),
                x1=float(boxes[last - 1, 2]),
                lead=min(max(0, segment.lead - begin), end - start),
                raised=tuple(
                    (low - begin, high - begin)
                    for low, high in segment.raised
                    if low >= begin and high <= end - segment.start
                ),
            )
        )
    return pieces


def strip_between(rows: Sequence[Sequence[Segment]]) -> float:
    """Return how wide, in points, white space is at least that parts columns of these words."""
    sizes = [word.size for row in rows for word in row]
    gaps = [b.x0 - a.x1 for row in rows for a, b in pairwise(row) if 0 < b.x0 - a.x1 < b.size]
    space = sorted(gaps)[len(gaps) // 2] if gaps else _SPACE * max(sizes, default=1.0)
    return min(_WIDER * space, GUTTER)


def columns_of(
    rows: Sequence[Sequence[Segment]], left: float, strip: float = GUTTER
) -> list[float]:
    """Return the left edges of columns: strips of white, so wide at least, run down between them.

    A line that lies over every gap is a title over all columns and does not count.
    """
    several = [row for row in rows if len(row) > 1]
    spans = sorted((s.x0, s.x1) for row in several for s in row)
    spans += sorted(
        (row[0].x0, row[0].x1)
        for row in rows
        if len(row) == 1 and not _covers_gap(row[0], spans, strip)
    )
    if not spans:
        return [left]
    spans.sort()
    columns, end = [spans[0][0]], spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - end >= strip:
            columns.append(x0)
        end = max(end, x1)
    return columns


def _covers_gap(segment: Segment, spans: Sequence[tuple[float, float]], strip: float) -> bool:
    end = None
    for x0, x1 in spans:
        if end is not None and x0 - end >= strip and segment.x0 < end and segment.x1 > x0:
            return True
        end = x1 if end is None else max(end, x1)
    return False


def table_of(
    page: int,
    box: tuple[float, float, float, float],
    bands: Sequence[Sequence[Segment]],
    columns: Sequence[float],
) -> PageTable:
    """Return the table of rows whose cells begin at the columns' edges."""
    cells: list[Cell] = []
    for row, band in enumerate(bands):
        inside: list[list[Segment]] = [[] for _ in columns]
        for segment in band:
            inside[column_of(segment, columns)].append(segment)
        cells += _cells_of(row, inside, columns)
    return PageTable(page, box, tuple(cells), tuple(columns), len(bands), ruled=False)


def _cells_of(row: int, inside: Sequence[list[Segment]], columns: Sequence[float]) -> list[Cell]:
    cells: list[Cell] = []
    skip = 0
    for column, segments in enumerate(inside):
        if skip:
            skip -= 1
            continue
        right = max((s.x1 for s in segments), default=0)
        wide = 1
        while (
            segments
            and column + wide < len(columns)
            and not inside[column + wide]
            and right > columns[column + wide] + GUTTER
        ):
            wide += 1
        skip = wide - 1
        cells.append(Cell(row, column, 1, wide, tuple(segments)))
    return cells


def column_of(segment: Segment, columns: Sequence[float]) -> int:
    """Return the number of the column that a segment begins in."""
    return max(0, sum(x <= segment.x0 + 1 for x in columns) - 1)


def with_first_cells(table: PageTable) -> PageTable:
    """Return a table without rules, its first cells gone on with over the rows that have none.

    A row without a first cell, but with others, is a further one of what is named above it.
    """
    filled = [0] * table.rows
    for cell in table.cells:
        filled[cell.row] += bool(cell.segments)
    head = _heads(table)
    firsts = {cell.row: cell for cell in table.cells if cell.column == 0}
    cells = [cell for cell in table.cells if cell.column]
    above: Cell | None = None
    for row in range(table.rows):
        first = firsts.get(row)
        if first is None:
            continue
        if above is not None and row > head and not first.segments and filled[row] >= _MANY:
            above = replace(above, rows=row + 1 - above.row)
            cells[-1] = above
            continue
        cells.append(first)
        above = first if first.segments and row >= head else None
    return replace(table, cells=tuple(sorted(cells, key=lambda one: (one.row, one.column))))


def _heads(table: PageTable) -> int:
    """Return how many first rows are bold, so that they name the columns."""
    for row in range(table.rows):
        filled = [cell for cell in table.cells if cell.row == row and cell.segments]
        if not filled or not all(cell.bold for cell in filled):
            return row
    return 0
