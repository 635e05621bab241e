"""Lines of text in the order in which a reader takes them: column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf.segments import Segment

_SAME_LINE = 0.5  # of the lower one's height that two segments of one line share
_GUTTER = 6.0  # points; the least that parts two columns
_PROSE = 5  # lines on each side that make columns of prose
_FILL = 0.75  # of the column's width, that its lines have on average
_ALIKE = 0.45  # how wide the narrower column is, against the wider
_FEWEST = 3  # lines on each side of any columns
_LINE = 12.0  # points; where there is no line to tell
_DEEPEST = 4  # columns in columns
_CLEAR = 2.2  # line heights without text at its right, around a heading over both columns
_LARGER = 1.15  # times the usual size: a heading over both columns


@dataclass(frozen=True, slots=True)
class Line:
    """Segments on one line of one column.

    ``column`` is the (left, right) of the column that it stands in, points; ``page`` from 0.
    """

    segments: tuple[Segment, ...]
    page: int
    column: tuple[float, float]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def size(self) -> float:
        """Size of its longest segment, points."""
        return max(self.segments, key=lambda s: len(s.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments if _wordy(segment))

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(segment.italic for segment in self.segments)

    @property
    def mcid(self) -> int:
        """Marked content of its last segment: the first one may be a bullet of its own."""
        return self.segments[-1].mcid

    @property
    def height(self) -> float:
        """Height, points."""
        return self.bottom - self.top


def _wordy(segment: Segment) -> bool:
    return len(segment.text) > 1 or segment.text.isalnum()


def order(segments: Sequence[Segment], page: int, level: int = 0) -> list[list[Line]]:
    """Return the lines of a page or a part of it, as flows: within one they follow directly."""
    if not segments:
        return []
    gutter = _find_gutter(segments) if level < _DEEPEST else None
    if gutter is None:
        return [_lines(segments, page)]
    flows: list[list[Line]] = []
    for band in _bands(segments, gutter):
        left = [segment for segment in band if segment.x1 <= gutter]
        right = [segment for segment in band if segment.x0 >= gutter]
        if left and right:
            flows += order(left, page, level + 1)
            flows += order(right, page, level + 1)
        else:
            flows.append(_lines(band, page))
    return flows


def group_rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments that stand on one line together, from the top, each from the left."""
    rows: list[list[Segment]] = []
    top = bottom = 0.0
    for segment in sorted(segments, key=lambda s: (s.top + s.bottom, s.x0)):
        if segment.table >= 0:
            rows.append([segment])
            top = bottom = 0.0
            continue
        shared = min(bottom, segment.bottom) - max(top, segment.top)
        if rows and bottom > top and shared >= _SAME_LINE * min(bottom - top, segment.height):
            rows[-1].append(segment)
            if segment.height > bottom - top:
                top, bottom = segment.top, segment.bottom
        else:
            rows.append([segment])
            top, bottom = segment.top, segment.bottom
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _lines(segments: Sequence[Segment], page: int) -> list[Line]:
    column = (min(s.x0 for s in segments), max(s.x1 for s in segments))
    return [line_of(row, page, column) for row in group_rows(segments)]


def line_of(row: Sequence[Segment], page: int, column: tuple[float, float]) -> Line:
    """Return segments of one line, from the left, as a line."""
    return Line(
        tuple(row),
        page,
        column,
        min(s.x0 for s in row),
        min(s.top for s in row),
        max(s.x1 for s in row),
        max(s.bottom for s in row),
    )


def _find_gutter(segments: Sequence[Segment]) -> float | None:
    """Return the left edge of the right column, or None where there is one column."""
    if len(segments) < 2 * _FEWEST and all(segment.table < 0 for segment in segments):
        return None
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    edges: dict[int, list[float]] = {}
    for segment in segments:
        if segment.x0 > left + 0.15 * (right - left):
            times = _FEWEST if segment.table >= 0 else 1
            edges.setdefault(round(segment.x0), []).extend([segment.x0] * times)
    best, most = None, 0
    for key in sorted(edges):
        near = [x for k in (key - 1, key, key + 1) for x in edges.get(k, [])]
        if len(near) < _FEWEST:
            continue
        gutter = min(near) - 0.5
        score = _columns_at(segments, gutter)
        if score > most:
            best, most = gutter, score
    return best


def _columns_at(segments: Sequence[Segment], gutter: float) -> int:
    """Return how many lines a gutter sets side by side, 0 if they are no columns."""
    score = 0
    for band in _bands(segments, gutter):
        left = [s for s in band if s.x1 <= gutter]
        right = [s for s in band if s.x0 >= gutter]
        if not left or not right:
            continue
        if min(s.x0 for s in right) - max(s.x1 for s in left) < _GUTTER:
            continue
        if _are_columns(band, left, right, gutter):
            score += min(len(left), len(right))
    crossing = sum(s.x0 < gutter < s.x1 for s in segments)
    return score if score > crossing // 8 else 0


def _are_columns(
    band: Sequence[Segment], left: Sequence[Segment], right: Sequence[Segment], gutter: float
) -> bool:
    rows = min(_count_rows(left), _count_rows(right))
    if rows < _FEWEST:
        return False
    shared = min(max(s.bottom for s in left), max(s.bottom for s in right)) - max(
        min(s.top for s in left), min(s.top for s in right)
    )
    if shared <= 0:
        return False
    sides = [s.x0 < gutter for s in sorted(band, key=lambda s: s.start)]
    switches = sum(a != b for a, b in pairwise(sides))
    if switches <= 1 or (rows >= _PROSE and switches <= rows // 4):
        # written column by column; a table so written would have its rows side by side
        return rows >= _PROSE or not _side_by_side(left, right)
    if rows < _PROSE or switches < 1.2 * rows:
        return False
    widths = [_width(left), _width(right)]
    alike = min(widths) >= _ALIKE * max(widths)
    return alike and _fill(left) > _FILL and _fill(right) > _FILL


def _count_rows(segments: Sequence[Segment]) -> int:
    """Return how many lines stand below each other; a table counts for as many as it is high."""
    heights = sorted(s.height for s in segments if s.table < 0)
    usual = max(heights[len(heights) // 2] if heights else _LINE, 1.0)
    tall = (max(1, round(s.height / usual)) for s in segments if s.table >= 0)
    return len(group_rows([s for s in segments if s.table < 0])) + sum(tall)


def _side_by_side(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    tops = {round(s.top) for s in left}
    return sum(round(s.top) in tops for s in right) >= 0.8 * len(right)


def _width(segments: Sequence[Segment]) -> float:
    return max(s.x1 for s in segments) - min(s.x0 for s in segments)


def _fill(segments: Sequence[Segment]) -> float:
    rows = group_rows(segments)
    return sum(_width(row) for row in rows) / (len(rows) * max(_width(segments), 1))


def _bands(segments: Sequence[Segment], gutter: float) -> list[list[Segment]]:
    """Return the parts of a page, from the top, that lines across the gutter part."""
    across = [s for s in segments if s.x0 < gutter < s.x1]
    across += _heads_over_both(segments, gutter)
    if not across:
        return [list(segments)]
    left = set(map(id, across))
    bands: list[list[Segment]] = []
    spanning = False  # whether the last band is one of lines across
    for row in group_rows(across):
        middle = (row[0].top + row[0].bottom) / 2
        above = [s for s in segments if id(s) not in left and s.top + s.bottom < 2 * middle]
        left.update(map(id, above))
        if above:
            bands.append(above)
        if spanning and not above:
            bands[-1] += row
        else:
            bands.append(list(row))
        spanning = True
    rest = [s for s in segments if id(s) not in left]
    return [*bands, rest] if rest else bands


def _heads_over_both(segments: Sequence[Segment], gutter: float) -> list[Segment]:
    """Return headings at the left that stand over both columns: nothing is at their right.

    A heading of the left column alone has the lines of the right one beside it.
    """
    right = [s for s in segments if s.x0 >= gutter]
    if not right:
        return []
    others = [*right, *(s for s in segments if s.x0 < gutter < s.x1)]
    sizes = sorted(s.size for s in segments)
    usual = sizes[len(sizes) // 2]
    found = []
    for s in segments:
        if s.x1 > gutter or not (s.bold or s.size > _LARGER * usual):
            continue
        above = max((r.bottom for r in others if r.top < s.top), default=None)
        below = min((r.top for r in others if r.bottom > s.bottom), default=None)
        if above is None or below is None:
            continue
        if above <= s.top and below >= s.bottom and below - above > _CLEAR * s.height:
            found.append(s)
    return found
