"""Paragraphs and tables that columns and pages cut: joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.formats.pdf.paragraphs import Unit
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.tables import Cell, PageTable

_STOP = re.compile(r"[.:;!?。…][\"'”’)\]]*$")
_UNFINISHED = re.compile(
    r"[,–—-]$|\b(?:and|or|of|the|a|an|in|to|for|with|by|on|that|is|are)$", re.IGNORECASE
)
_SIZES = 0.5  # points
_FULL = 0.8  # of the column's width, that a cut line fills
_NEAR = 8.0  # points that columns may shift from page to page

Units = list[Unit | PageTable]


def join_units(units: Units) -> Units:
    """Join paragraphs and items that go on in the next column or on the next page."""
    joined: Units = []
    for unit in units:
        before = joined[-1] if joined else None
        if isinstance(before, Unit) and isinstance(unit, Unit) and _is_cut(before, unit):
            before.lines += unit.lines
            before.flow = unit.flow
        else:
            joined.append(unit)
    return joined


def _is_cut(before: Unit, after: Unit) -> bool:
    if before.flow == after.flow or after.item:
        return False
    if abs(before.last.size - after.first.size) > _SIZES or before.bold != after.bold:
        return False
    text, start = before.last.text.rstrip(), after.first.text[:1]
    if _STOP.search(text):
        return False
    if start.islower() or _UNFINISHED.search(text):
        return True
    left, right = before.last.column
    full = before.last.x1 - left >= _FULL * (right - left)
    return full and len(before.lines) > 1 and not before.bold and len(after.lines) > 1


def join_tables(units: Units) -> Units:
    """Join the parts of tables that run over pages, under the first part's header."""
    joined: Units = []
    for unit in units:
        before = joined[-1] if joined else None
        if (
            isinstance(before, PageTable)
            and isinstance(unit, PageTable)
            and _continues(before, unit)
        ):
            joined[-1] = _appended(before, unit)
        else:
            joined.append(unit)
    return joined


def _continues(before: PageTable, after: PageTable) -> bool:
    if len(before.columns) != len(after.columns):
        return False
    if after.page == before.page:  # from column to column
        beside = after.box[0] >= before.box[2] and after.box[1] < before.box[3]
        return beside and (repeats_header(before, after) > 0 or _is_cut_at_end(before, after))
    if after.page != before.page + 1:
        return False
    starts = zip(before.columns, after.columns, strict=True)
    shifts = [b - a for a, b in starts]
    return max(shifts) - min(shifts) <= 2 * _NEAR or repeats_header(before, after) > 0


def _is_cut_at_end(before: PageTable, after: PageTable) -> bool:
    return _goes_on(before, [cell for cell in after.cells if cell.row == 0])


def repeats_header(before: PageTable, after: PageTable) -> int:
    """Return how many of the second part's rows repeat the first rows of the first."""
    count = 0
    for row in range(min(before.header or 1, after.rows)):
        if not _words(after, row) or _words(after, row) != _words(before, row):
            break
        count += 1
    return count


def _words(table: PageTable, row: int) -> list[str]:
    return [
        " ".join(" ".join(s.text for s in cell.segments).split()).casefold()
        for cell in table.cells
        if cell.row == row and cell.segments
    ]


def _appended(before: PageTable, after: PageTable) -> PageTable:
    drop = repeats_header(before, after)
    rows = [cell for cell in after.cells if cell.row >= drop]
    cells = list(before.cells)
    offset = before.rows - drop
    first = [cell for cell in rows if cell.row == drop]
    if first and _goes_on(before, first):
        cells = _with_rest(cells, before.rows - 1, first)
        rows = [cell for cell in rows if cell.row > drop]
        offset -= 1
    cells += [replace(cell, row=cell.row + offset) for cell in rows]
    return replace(
        before,
        cells=tuple(cells),
        rows=offset + after.rows,
        page=after.page,
        box=after.box,
    )


def _goes_on(before: PageTable, first: Sequence[Cell]) -> bool:
    """Say whether a page's first row is the rest of the last page's last row.

    Its first cell is empty and another one goes on in mid-sentence.
    """
    filled = [cell for cell in first if cell.segments]
    if not filled or len(first) == 1:
        return False
    above = {cell.column: cell for cell in before.cells if cell.row + cell.rows == before.rows}
    rest = [
        bool(above.get(cell.column) and _cut_between(above[cell.column], cell)) for cell in filled
    ]
    keyless = not any(cell.column == 0 for cell in filled)
    return (keyless and any(rest)) or all(rest)


def _cut_between(above: Cell, below: Cell) -> bool:
    if not above.segments:
        return False
    text = above.segments[-1].text.rstrip()
    start = below.segments[0].text[:1]
    if _STOP.search(text):
        return False
    return start.islower() or bool(_UNFINISHED.search(text))


def _with_rest(cells: Sequence[Cell], last: int, rest: Sequence[Cell]) -> list[Cell]:
    more: dict[int, tuple[Segment, ...]] = {cell.column: cell.segments for cell in rest}
    return [
        replace(
            cell,
            segments=(*cell.segments, *more[cell.column]),
            cuts=(*cell.cuts, len(cell.segments)),
        )
        if cell.row <= last < cell.row + cell.rows and more.get(cell.column)
        else cell
        for cell in cells
    ]
