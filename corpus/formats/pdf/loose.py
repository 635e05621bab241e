"""Tables without any rules: white space parts their columns and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from corpus.formats.pdf.lines import Line, line_of
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.strips import (
    column_of,
    columns_of,
    cut,
    table_of,
    with_first_cells,
)
from corpus.formats.pdf.tables import PageTable

_SAME = 3.0  # points; what stands so near a column's edge begins there
_WORD_GAP = 0.42  # em; wider than the space between words
_AT_EDGE = 1.6  # points that a cell's text may begin off its column's edge
_APART = 1.0  # em between two cells of a row
_FAR = 2.2  # line heights to the next row; farther is another table
_JUMP = 1.15  # times the usual distance of lines: the next row begins
_LOOSE = 1.6  # times the size: lines so far apart are not of one cell
_FEWEST = 3  # rows
_NARROW = 0.45  # of the table's width, that the first of two columns has at most
_STOP = re.compile(r"[.;:!?]$")
_LABEL = re.compile(r"^(?:[^\w\s]|[o§])$|^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$|^[\d.]{3,}$")
_MOST_WORDS = 60  # in a cell on average; more is prose in columns

Row = list[list[Segment]]  # cells of a line, each with its segments


def find_borderless(
    flow: Sequence[Line], sheet: Sheet, last: PageTable | None = None
) -> list[Line | PageTable]:
    """Return the lines of a flow, those that are a table without rules made one.

    ``last`` is such a table at the end of the page before, which may go on.
    """
    out: list[Line | PageTable] = []
    place = 0
    while place < len(flow):
        found = _span_at(flow, place, sheet, last if not out else None)
        if found is None:
            out.append(flow[place])
            place += 1
            continue
        lines, columns = found
        segments = [s for line in lines for s in line.segments]
        box = (
            min(s.x0 for s in segments), min(s.top for s in segments),
            max(s.x1 for s in segments), max(s.bottom for s in segments),
        )  # fmt: skip
        bands = [[s for line in band for s in line.segments] for band in bands_of(lines, columns)]
        out.append(with_first_cells(table_of(lines[0].page, box, bands, columns)))
        place += len(lines)
    return out


def _cells(line: Line, columns: Sequence[float] = ()) -> Row:
    """Return the segments of a line as cells: a wide gap or a column's edge parts them."""
    cells: Row = []
    for segment in line.segments:
        if not cells or _is_apart(cells[-1][-1], segment, columns):
            cells.append([segment])
        else:
            cells[-1].append(segment)
    return cells


def _is_apart(before: Segment, segment: Segment, columns: Sequence[float]) -> bool:
    gap = segment.x0 - before.x1
    at_edge = any(abs(segment.x0 - x) <= _AT_EDGE for x in columns)
    return gap >= (_WORD_GAP if at_edge else _APART) * segment.size


def _span_at(
    flow: Sequence[Line], first: int, sheet: Sheet, last: PageTable | None
) -> tuple[list[Line], list[float]] | None:
    """Return the table that begins with a line, if one does: its lines and columns."""
    edges = list(last.columns) if last else []
    start = _cut_at(flow[first], edges, sheet)
    if start.segments[0].table >= 0 or (len(_cells(start)) < 2 and not edges):  # noqa: PLR2004  a row has cells
        return None
    goes_on = bool(edges) and _keeps_to(start, edges)
    if not goes_on and len(_cells(start)) < 2:  # noqa: PLR2004  as above
        return None
    lines = [start]
    columns = edges if goes_on else columns_of([_merged(start, [])], start.x0)
    for raw in flow[first + 1 :]:
        line = _cut_at(raw, columns, sheet)
        before = lines[-1]
        if line.segments[0].table >= 0 or line.top - before.bottom > _FAR * before.height:
            break
        wider = columns_of([_merged(other, columns) for other in [*lines, line]], line.x0)
        if goes_on:
            if not _keeps_to(line, columns):
                break
        elif len(wider) < 2 or (len(_cells(line, columns)) == 1 and not _fits(line, columns)):  # noqa: PLR2004  as above
            break
        else:
            columns = wider
        lines.append(line)
    while len(lines) > 1 and len(_cells(lines[-1], columns)) == 1 and _ends_flush(lines):
        lines.pop()
    return (lines, columns) if goes_on or _is_table(lines, columns) else None


def _keeps_to(line: Line, columns: Sequence[float]) -> bool:
    """Say whether all that stands on a line begins at a column and ends before the next."""
    for cell in _cells(line, columns):
        column = column_of(cell[0], columns)
        if abs(cell[0].x0 - columns[column]) > _SAME:
            return False
        if column + 1 < len(columns) and cell[-1].x1 > columns[column + 1] - 1:
            return False
    return True


def _cut_at(line: Line, columns: Sequence[float], sheet: Sheet) -> Line:
    """Return a line with its segments cut where a word begins at a column's edge.

    Cells may stand so near each other that no more than a wide space parts them.
    """
    if len(columns) < 2 or line.segments[0].table >= 0:  # noqa: PLR2004  nothing to cut at
        return line
    pieces: list[Segment] = []
    for segment in line.segments:
        pieces += _cut_segment(segment, columns, sheet)
    if len(pieces) == len(line.segments):
        return line
    return line_of(pieces, line.page, line.column)


def _cut_segment(segment: Segment, columns: Sequence[float], sheet: Sheet) -> list[Segment]:
    inner = [x for x in columns if segment.x0 + 1 < x < segment.x1 - 1]
    if not inner:
        return [segment]
    a, b = np.searchsorted(sheet.ink.at, [segment.start, segment.end])
    boxes = sheet.ink.boxes[a:b]
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    wide: list[int] = np.flatnonzero(gaps > _WORD_GAP * segment.size).tolist()
    marks = [
        place + 1 for place in wide if min(abs(boxes[place + 1, 0] - x) for x in inner) <= _AT_EDGE
    ]
    return cut(segment, marks, sheet)


def _merged(line: Line, columns: Sequence[float]) -> list[Segment]:
    return [
        Segment(c[0].start, c[-1].end, "", c[0].x0, c[0].top, c[-1].x1, c[0].bottom, c[0].size)
        for c in _cells(line, columns)
    ]


def _fits(line: Line, columns: Sequence[float]) -> bool:
    """Say whether a line with one cell goes on with a cell of the row before."""
    return any(abs(line.x0 - column) <= _SAME for column in columns) and not any(
        line.x0 < column - _SAME and line.x1 > column for column in columns
    )


def _ends_flush(lines: Sequence[Line]) -> bool:
    """Say whether the last line is rather the paragraph after: set apart at the left margin."""
    line, before = lines[-1], lines[-2]
    pitch = min((b.top - a.top for a, b in pairwise(lines[:-1])), default=before.height)
    return (
        line.top - before.top > _JUMP * max(pitch, before.height) + 1
        and abs(line.x0 - lines[0].x0) <= _SAME
    )


def _is_table(lines: Sequence[Line], columns: Sequence[float]) -> bool:
    rows = [cells for line in lines if len(cells := _cells(line, columns)) > 1]
    head = lines[0].bold and not all(line.bold for line in lines)
    fewest = _FEWEST - 1 if head and len(columns) > 2 else _FEWEST  # noqa: PLR2004  a header is sure
    if len(rows) < fewest or len(columns) < 2:  # noqa: PLR2004  as above
        return False
    firsts = [" ".join(s.text for s in row[0]) for row in rows]
    if sum(bool(_LABEL.match(first.strip())) for first in firsts) > len(rows) / 2:
        return False  # a list with its labels set apart
    words = sum(len(s.text.split()) for line in lines for s in line.segments)
    if words > _MOST_WORDS * len(rows) * len(columns):
        return False
    if len(columns) > 2:  # noqa: PLR2004  three columns are seldom chance
        return head or _aligned(rows, columns) >= 0.6 * len(rows)
    width = max(line.x1 for line in lines) - lines[0].x0
    narrow = columns[1] - columns[0] <= _NARROW * width
    full = len(rows) >= 0.5 * len(lines)
    return (head and full) or (
        narrow and len(rows) > _FEWEST and full and _aligned(rows, columns) >= 0.8 * len(rows)
    )


def _aligned(rows: Sequence[Row], columns: Sequence[float]) -> int:
    """Return how many rows have all their cells where columns begin or end."""
    ends: dict[int, list[float]] = {}
    for row in rows:
        for cell in row:
            ends.setdefault(column_of(cell[0], columns), []).append(cell[-1].x1)
    usual = {column: sorted(found)[len(found) // 2] for column, found in ends.items()}
    return sum(
        all(
            abs(cell[0].x0 - columns[column_of(cell[0], columns)]) <= _SAME
            or abs(cell[-1].x1 - usual[column_of(cell[0], columns)]) <= _SAME
            for cell in row
        )
        for row in rows
    )


def bands_of(lines: Sequence[Line], columns: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each row.

    Where the distance of lines varies, rows are set apart by more of it; else each line with a
    first cell begins one. Lines that are all far apart are a row each.
    """
    pitches = [b.top - a.top for a, b in pairwise(lines)]
    least = min(pitches, default=0.0)
    if least > _LOOSE * max(line.size for line in lines):
        return [[line] for line in lines]
    jumps = [pitch > _JUMP * least + 0.5 for pitch in pitches]
    if all(jumps) or not any(jumps):
        jumps = [_begins(line, columns) for line in lines[1:]]
    bands = [[lines[0]]]
    for line, jump in zip(lines[1:], jumps, strict=True):
        if jump:
            bands.append([line])
        else:
            bands[-1].append(line)
    return bands


def _begins(line: Line, columns: Sequence[float]) -> bool:
    return column_of(line.segments[0], columns) == 0
