"""Segments: stretches of characters on one line that no wide gap parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.formats.pdf.characters import Characters
from corpus.formats.pdf.geometry import Boxes, turned

_GAP = 1.6  # em; between words of one line it is narrower, between columns seldom
_BACK = 0.6  # em that the next character may stand before the last one's end
_OVERLAP = 0.3  # of the lower character's height, on one line
_SPACES = np.array([9, 10, 13, 32, 0xA0, 0x3000], dtype=np.uint32)
_SMALL = 0.8  # times the main size, and
_HIGH = 0.08  # of it above the others' feet: a raised mark
_MIXED = 0.05  # of the size, by which two sizes differ
_ALL_BOLD = 0.9  # of its characters; a closing bracket is often not


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters ``[start, end)`` of the page's text, on one line.

    Attributes:
        x0, top, x1, bottom: in points on the page as its text is read.
        size: of most characters, points.
        bold, italic: throughout. lead: how many characters at its start are bold.
        mcid: number of the marked content that its end belongs to (a bullet may be one of its
            own), -1 for none.
        artifact: the file says that it is no part of the text.
        turned: it does not stand like the page's other text.
        table: it stands for the table with this position on its page; -1 for text.
        raised: spans of its text that are set small and high, as marks of notes are.
        page: from 0. tail: its last character is bold.
    """

    start: int
    end: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    lead: int = 0
    mcid: int = -1
    artifact: bool = False
    turned: bool = False
    table: int = -1
    raised: tuple[tuple[int, int], ...] = ()
    page: int = 0
    tail: bool = False

    @property
    def height(self) -> float:
        """Height of its line, points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Ink:
    """The characters that leave a mark, as arrays; ``at`` are their places in the page's text.

    Boxes are those of the page turned so that most of its text stands upright.
    """

    at: npt.NDArray[np.intp]
    boxes: Boxes
    size: npt.NDArray[np.floating]
    bold: npt.NDArray[np.bool_]
    italic: npt.NDArray[np.bool_]
    turns: npt.NDArray[np.int8]
    mcid: npt.NDArray[np.int32]
    artifact: npt.NDArray[np.bool_]


def ink_of(characters: Characters, width: float, height: float) -> tuple[Ink, int]:
    """Return the characters that leave a mark, and the quarter turns that set them upright."""
    at = np.flatnonzero(~np.isin(characters.codes, _SPACES))
    run = characters.run[at]
    runs = characters.runs
    turns = _column([r.turns for r in runs], np.int8)[run]
    upright = int(np.bincount(turns, minlength=4).argmax()) if turns.size else 0
    boxes = characters.boxes[at]
    if upright:
        boxes = turned(boxes, width, height, 4 - upright)
    ink = Ink(
        at,
        boxes,
        _column([r.size for r in runs], np.float32)[run],
        _column([r.bold for r in runs], np.bool_)[run],
        _column([r.italic for r in runs], np.bool_)[run],
        ((turns - upright) % 4).astype(np.int8),
        _column([r.mcid for r in runs], np.int32)[run],
        _column([r.artifact for r in runs], np.bool_)[run],
    )
    return ink, upright


def _column(values: Iterable[object], kind: type) -> npt.NDArray[Any]:
    return np.array(list(values), dtype=kind)


def split(
    text: str, ink: Ink, extra: npt.NDArray[np.bool_] | None = None, *, page: int = 0
) -> list[Segment]:
    """Return the segments of a page in the file's order.

    ``extra`` are further places where one ends: ``extra[i]`` parts character i from i - 1.
    """
    count = len(ink.at)
    if count == 0:
        return []
    new = _breaks(text, ink)
    if extra is not None:
        new |= extra
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], count)
    lengths = ends - starts
    x0 = np.minimum.reduceat(ink.boxes[:, 0], starts)
    top = np.minimum.reduceat(ink.boxes[:, 1], starts)
    x1 = np.maximum.reduceat(ink.boxes[:, 2], starts)
    bottom = np.maximum.reduceat(ink.boxes[:, 3], starts)
    small = np.minimum.reduceat(ink.size, starts)
    large = np.maximum.reduceat(ink.size, starts)
    bold = np.add.reduceat(ink.bold.astype(np.int32), starts)
    italic = np.add.reduceat(ink.italic.astype(np.int32), starts)
    rows = zip(
        starts.tolist(), ends.tolist(), lengths.tolist(), x0.tolist(), top.tolist(), x1.tolist(),
        bottom.tolist(), small.tolist(), large.tolist(), bold.tolist(), italic.tolist(),
        ink.at[starts].tolist(), (ink.at[ends - 1] + 1).tolist(), ink.mcid[ends - 1].tolist(),
        ink.artifact[starts].tolist(), ink.turns[starts].tolist(),
        ink.bold[ends - 1].tolist(), strict=True,
    )  # fmt: skip
    found = []
    for a, b, n, left, high, right, low, least, most, heavy, slanted, begin, end, *rest in rows:
        main = _Main(most, high, low)
        if most - least > _MIXED * most:  # a raised mark, a drop capital
            main = _main_of(ink, (a, b), begin)
        lead = n if heavy == n else int(np.argmin(ink.bold[a:b])) if heavy else 0
        found.append(
            Segment(
                begin, end, text[begin:end], left, main.top, right, main.bottom, main.size,
                lead > 0 and heavy >= _ALL_BOLD * n, slanted >= _ALL_BOLD * n,
                _length_of(ink, a, lead, begin), rest[0], rest[1], rest[2] != 0, -1, main.raised,
                page, rest[3],
            )
        )  # fmt: skip
    return found


def _length_of(ink: Ink, first: int, lead: int, begin: int) -> int:
    """Return how long the first ``lead`` marks of a segment are, spaces between them counted."""
    return int(ink.at[first + lead - 1]) + 1 - begin if lead else 0


@dataclass(frozen=True, slots=True)
class _Main:
    """The characters of a segment's main size, and the spans of those that are raised."""

    size: float
    top: float
    bottom: float
    raised: tuple[tuple[int, int], ...] = ()


def _main_of(ink: Ink, marks: tuple[int, int], begin: int) -> _Main:
    """Return what most characters of a segment of several sizes are like.

    Raised are small characters whose feet stand above those of the others.
    """
    a, b = marks
    boxes, sizes = ink.boxes[a:b], ink.size[a:b]
    size = float(np.median(sizes))
    main = np.abs(sizes - size) <= _MIXED * size
    if not main.any():
        return _Main(size, float(boxes[:, 1].min()), float(boxes[:, 3].max()))
    foot = np.median(boxes[main, 3])
    places = np.flatnonzero((sizes <= _SMALL * size) & (boxes[:, 3] < foot - _HIGH * size))
    groups = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    raised = tuple(
        (int(ink.at[a + group[0]]) - begin, int(ink.at[a + group[-1]]) + 1 - begin)
        for group in groups
        if group.size
    )
    return _Main(size, float(boxes[main, 1].min()), float(boxes[main, 3].max()), raised)


def _breaks(text: str, ink: Ink) -> npt.NDArray[np.bool_]:
    """Return for each mark whether a segment begins with it."""
    boxes, size = ink.boxes, np.maximum(ink.size, 1)
    new = np.ones(len(ink.at), dtype=bool)
    if len(new) == 1:
        return new
    before, after = boxes[:-1], boxes[1:]
    em = np.maximum(size[:-1], size[1:])
    gap = after[:, 0] - before[:, 2]
    lower = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
    shared = np.minimum(before[:, 3], after[:, 3]) - np.maximum(before[:, 1], after[:, 1])
    same = (np.abs(before - after) < 0.01).all(axis=1)  # noqa: PLR2004  one glyph, two letters
    upright = (ink.turns[:-1] == 0) & (ink.turns[1:] == 0)
    jump = (gap > _GAP * em) | (gap < -_BACK * em) | (shared < _OVERLAP * lower)
    middle = np.abs((before[:, :2] + before[:, 2:]) - (after[:, :2] + after[:, 2:])).max(axis=1) / 2
    jump = np.where(upright, jump, middle > (_GAP + 1) * em)
    jump |= ink.turns[:-1] != ink.turns[1:]
    jump |= ink.artifact[:-1] != ink.artifact[1:]
    new[1:] = (jump & ~same) | _broken_between(text, ink.at)
    return new


def _broken_between(text: str, at: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return for each mark but the first whether a line break stands before it."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    breaks = np.cumsum((codes == 10) | (codes == 13))  # noqa: PLR2004  line feed, carriage return
    passed: npt.NDArray[np.bool_] = breaks[at[1:]] != breaks[at[:-1]]
    return passed
