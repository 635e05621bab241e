"""Tables ruled across only: lines part their rows, white strips their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from corpus.formats.pdf.lines import group_rows, line_of
from corpus.formats.pdf.loose import bands_of
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.strips import (
    column_of,
    columns_of,
    cut,
    strip_between,
    table_of,
    with_first_cells,
    words_of,
)
from corpus.formats.pdf.tables import Cell, PageTable

_SAME = 3.0  # points; rules of one table begin and end alike
_FEWEST_RULES = 3
_WIDE = 0.2  # of the page, that a table is at least
_PART = 0.2  # of the table, that a rule over some columns is at least
_LARGER = 1.1  # times the usual size: a heading between two tables
_FULL = 0.7  # of the lines between two rules that have all cells: each is a row

Rule = tuple[float, float, float]  # left, right, height; points
Rows = list[list[Segment]]


@dataclass(slots=True)
class _Rules:
    """Rules that begin and end alike, and those between them over some of the columns."""

    left: float
    right: float
    ys: list[float]
    parts: list[Rule] = field(default_factory=list)

    def parts_at(self, x: float, y: float) -> bool:
        """Say whether a rule parts what stands above and below it at a place."""
        return any(abs(y - full) <= _SAME for full in self.ys) or any(
            abs(y - at) <= _SAME and x0 - _SAME <= x <= x1 + _SAME for x0, x1, at in self.parts
        )


def find_ruled_across(sheet: Sheet, tables: Sequence[PageTable] = ()) -> list[PageTable]:
    """Return tables with rules between their rows only, out of the page's segments.

    ``tables`` are those of the page that have lines of their own.
    """
    found = []
    for rules in _rule_groups(sheet, tables):
        inside = [s for s in sheet.segments if _within(s, rules)]
        if not inside or len(_columns(inside, sheet)) < 2:  # noqa: PLR2004  one column is a list in a frame
            continue
        ys = sorted([*rules.ys, *{y for _, _, y in rules.parts}])
        for first, numbers, bands in _parted(inside, ys):
            columns = _columns([s for band in bands for s in band], sheet)
            if len(columns) < 2:  # noqa: PLR2004  as above
                continue
            bottom = max(s.bottom for band in bands for s in band)
            box = (rules.left, ys[first], rules.right, bottom)
            cells = [_cut(band, columns, sheet) for band in bands]
            table = _table((sheet.number, box), cells, columns)
            if len(table.cells) and table.rows == len(bands):
                table = _merged(table, [ys[number] for number in numbers], rules)
            found.append(table)
            taken = {id(s) for band in bands for s in band}
            sheet.segments = [s for s in sheet.segments if id(s) not in taken]
    return found


def _rule_groups(sheet: Sheet, tables: Sequence[PageTable]) -> list[_Rules]:
    """Return sets of rules that begin and end alike; lines of other tables are not among them."""
    rules = [
        (float(b[0]), float(b[2]), float(b[1] + b[3]) / 2)
        for b in sheet.drawings.across
        if not any(_lies_in(b, table.box) for table in tables)
    ]
    joined = _joined(rules)
    groups: list[_Rules] = []
    for x0, x1, y in joined:
        if x1 - x0 < _WIDE * sheet.width:
            continue
        for group in groups:
            if abs(group.left - x0) <= _SAME and abs(group.right - x1) <= _SAME:
                if y - group.ys[-1] > _SAME:
                    group.ys.append(y)
                break
        else:
            groups.append(_Rules(x0, x1, [y]))
    groups = [group for group in groups if len(group.ys) >= _FEWEST_RULES]
    for group in groups:
        group.parts = [rule for rule in joined if _is_part(rule, group)]
    return groups


def _lies_in(box: Sequence[float], table: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = table
    y = (box[1] + box[3]) / 2
    return top - _SAME <= y <= bottom + _SAME and left - _SAME <= box[0] and box[2] <= right + _SAME


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Join the pieces of a rule, which many programs draw cell by cell."""
    joined: list[Rule] = []
    for x0, x1, y in sorted(rules, key=lambda rule: (round(rule[2]), rule[0])):
        if joined and abs(joined[-1][2] - y) <= 1.5 and -1 <= x0 - joined[-1][1] <= _SAME:  # noqa: PLR2004  points
            joined[-1] = (joined[-1][0], max(x1, joined[-1][1]), y)
        else:
            joined.append((x0, x1, y))
    return sorted(joined, key=lambda rule: rule[2])


def _is_part(rule: Rule, group: _Rules) -> bool:
    """Say whether a rule goes over some columns to the table's side: the others are merged.

    A line under words ends with them.
    """
    x0, x1, y = rule
    width = group.right - group.left
    at_side = abs(x0 - group.left) <= _SAME or abs(x1 - group.right) <= _SAME
    inside = group.left - _SAME <= x0 and x1 <= group.right + _SAME
    between = group.ys[0] + _SAME < y < group.ys[-1] - _SAME
    apart = all(abs(y - full) > _SAME for full in group.ys)
    return at_side and inside and between and apart and x1 - x0 >= _PART * width


def _within(segment: Segment, rules: _Rules) -> bool:
    middle = (segment.top + segment.bottom) / 2
    return (
        rules.left - _SAME <= segment.x0
        and segment.x1 <= rules.right + _SAME
        and rules.ys[0] < middle < rules.ys[-1]
    )


def _columns(inside: Sequence[Segment], sheet: Sheet) -> list[float]:
    """Return the left edges of the columns of what stands between rules."""
    rows = [[w for s in row for w in words_of(s, sheet)] for row in group_rows(inside)]
    strip = strip_between(rows)
    return columns_of([_runs(row, strip) for row in rows], min(s.x0 for s in inside), strip)


def _runs(row: Sequence[Segment], strip: float) -> list[Segment]:
    """Return the words of a line; as one where no gap between them is wide enough for columns."""
    if any(b.x0 - a.x1 >= strip for a, b in pairwise(row)):
        return list(row)
    return [replace(row[0], x1=row[-1].x1)]


def _cut(band: Sequence[Segment], columns: Sequence[float], sheet: Sheet) -> list[Segment]:
    """Return the segments of a row, cut where a word begins in another column."""
    pieces: list[Segment] = []
    for segment in band:
        first = int(np.searchsorted(sheet.ink.at, segment.start))
        marks = [
            int(np.searchsorted(sheet.ink.at, word.start)) - first
            for before, word in pairwise(words_of(segment, sheet))
            if any(before.x1 <= x <= word.x0 + 1 for x in columns)
        ]
        pieces += cut(segment, marks, sheet)
    return pieces


def _parted(inside: Sequence[Segment], ys: Sequence[float]) -> list[tuple[int, list[int], Rows]]:
    """Return the tables between rules that begin and end alike: a heading parts two of them.

    Each with the number of its first rule, those of the rules over its rows, and what stands in
    its rows.
    """
    bands: Rows = [[] for _ in ys[1:]]
    for segment in inside:
        middle = (segment.top + segment.bottom) / 2
        bands[max(0, sum(y <= middle for y in ys) - 1)].append(segment)
    sizes = sorted(s.size for s in inside)
    usual = sizes[len(sizes) // 2]
    parts: list[tuple[int, list[int], Rows]] = []
    fresh = True
    for number, band in enumerate(bands):
        if band and min(s.size for s in band) > _LARGER * usual:
            fresh = True
        elif band:
            if fresh:
                parts.append((number, [], []))
            parts[-1][1].append(number)
            parts[-1][2].append(band)
            fresh = False
    return [part for part in parts if len(part[2]) > 1]


def _table(
    place: tuple[int, tuple[float, float, float, float]],
    bands: Rows,
    columns: Sequence[float],
) -> PageTable:
    """Return a table with a row between every two rules.

    With a rule only under its header, each line that has all cells is a row.
    """
    page, box = place
    if len(bands) != 2:  # noqa: PLR2004  header and body
        return table_of(page, box, bands, columns)
    lines = [line_of(row, page, (box[0], box[2])) for row in group_rows(bands[1])]
    full = [{column_of(s, columns) for s in line.segments} for line in lines]
    many = len(lines) > 2 and sum(len(f) == len(columns) for f in full) >= _FULL * len(lines)  # noqa: PLR2004  two may be one row
    if not many:
        return table_of(page, box, bands, columns)
    rows = [[s for line in row for s in line.segments] for row in bands_of(lines, columns)]
    return with_first_cells(table_of(page, box, [bands[0], *rows], columns))


def _merged(table: PageTable, tops: Sequence[float], rules: _Rules) -> PageTable:
    """Return a table with the cells made one that no rule parts; ``tops`` are its rows'."""
    if not rules.parts:
        return table
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}  # for each column the place of the cell above
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        place = open_cells.get(cell.column)
        above = cells[place] if place is not None else None
        apart = rules.parts_at(table.columns[cell.column] + 1, tops[cell.row])
        if above is not None and place is not None and not apart and above.columns == cell.columns:
            both = (*above.segments, *cell.segments)
            cells[place] = replace(above, rows=cell.row + 1 - above.row, segments=both)
            continue
        open_cells[cell.column] = len(cells)
        cells.append(cell)
    return replace(table, cells=tuple(cells))
