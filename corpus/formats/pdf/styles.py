"""How the document is set as a whole: size of its text, distance of its lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf.layout import Piece
from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.sheets import Sheet

_WIDE = 0.3  # of the page: narrower lines are headings, lists, labels
_FARTHEST = 2.5  # times the size; lines farther apart are not of one paragraph
_OFTEN = 0.12  # of the lines of a size: a distance so frequent is that within paragraphs
_TRUSTED = 1.3  # lines in a tagged paragraph, on average; less, and every line is tagged alone


@dataclass(frozen=True, slots=True)
class Style:
    """Of a document.

    Attributes:
        body: size of most of its text, points. pitch: for each size (in half points) the usual
            distance from line to line. tagged: its tags say where paragraphs end.
    """

    body: float
    pitch: dict[int, float]
    tagged: bool

    def pitch_of(self, line: Line) -> float:
        """Return the usual distance of lines of this size, points."""
        return self.pitch.get(half_points(line.size), 1.2 * line.size)


def half_points(size: float) -> int:
    """Return a size in half points: sizes closer than that are one."""
    return round(size * 2)


def style_of(flows: Sequence[Sequence[Piece]], sheets: Sequence[Sheet]) -> Style:
    """Return how a document is set."""
    lines = [[piece for piece in flow if isinstance(piece, Line)] for flow in flows]
    every = [line for flow in lines for line in flow]
    wide: Counter[float] = Counter()
    narrow: Counter[float] = Counter()
    for line in every:
        size = half_points(line.size) / 2
        width = sheets[line.page].width
        (wide if line.x1 - line.x0 > _WIDE * width else narrow)[size] += len(line.text)
    counted = wide or narrow
    body = counted.most_common(1)[0][0] if counted else 0.0
    return Style(body, _pitches(lines), _are_tags_good(every, sheets))


def _pitches(flows: Iterable[Sequence[Line]]) -> dict[int, float]:
    """Return the smallest frequent distance of lines, for each size."""
    found: dict[int, Counter[float]] = defaultdict(Counter)
    for flow in flows:
        for above, below in pairwise(flow):
            size = half_points(below.size)
            pitch = below.top - above.top
            if half_points(above.size) == size and 0 < pitch <= _FARTHEST * below.size:
                found[size][round(pitch * 2) / 2] += 1
    pitches = {}
    for size, counts in found.items():
        total = sum(counts.values())
        near = {p: counts[p - 0.5] + n + counts[p + 0.5] for p, n in counts.items()}
        often = [p for p, n in near.items() if n >= max(2, _OFTEN * total)]
        pitches[size] = min(often, key=lambda p: (p, -near[p])) if often else min(counts)
        peak = max((p for p in often if p <= pitches[size] + 1), key=lambda p: counts[p], default=0)
        pitches[size] = peak or pitches[size]
    return pitches


def _are_tags_good(lines: Sequence[Line], sheets: Sequence[Sheet]) -> bool:
    """Say whether tags group lines to paragraphs; some programs tag each line alone."""
    blocks: Counter[tuple[int, int]] = Counter()
    for line in lines:
        tag = sheets[line.page].tags.get(line.mcid)
        if tag is not None and tag.block >= 0:
            blocks[line.page, tag.block] += 1
    tagged = sum(blocks.values())
    return tagged >= 0.8 * max(1, len(lines)) and tagged >= _TRUSTED * len(blocks)
