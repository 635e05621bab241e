"""Where a span of the canonical text stands in the original: its pages and its boxes on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document

LITTLE_CERTAINTY = 0.9  # mean confidence of a page; below it more than one word in 20 is wrong

_NUMBERS = 4  # of a box: left, top, right, bottom
_TENTHS = 10  # boxes are in tenths of a point
_SPACE = 2.0  # line heights; characters further apart stand in different columns or cells


@dataclass(frozen=True, slots=True)
class Rect:
    """A piece of a line on page ``page``, from 1; points from the shown page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page that is to be drawn, with the places to mark on it; ``width`` is in pixels."""

    page: int
    rects: tuple[Rect, ...]
    width: int


def page_of(document: Document, position: int) -> int | None:
    """Return the page, from 1, that one canonical character stands on.

    None for a character that the reader put there, or where the format has no pages.
    """
    return first_page(document, position, position + 1)


def first_page(document: Document, start: int, end: int) -> int | None:
    """Return the page of the first character of ``[start, end)`` that has a place."""
    if not document.pages:
        return None
    for first, _ in _sources(document, start, end):
        return _page_at(document, first)
    return None


def page_label(document: Document, page: int | None) -> str:
    """Return the number printed on a page where it differs from its position; else nothing."""
    if page is None:
        return ""
    label = document.pages[page - 1].label
    return "" if label == str(page) else label


def confidence(document: Document, start: int, end: int) -> float | None:
    """Return the least confidence with which the pages of a span were recognised, 0 to 1.

    None where none of them is a scan.
    """
    if all(page.confidence is None for page in document.pages):
        return None
    numbers = set[int]()
    for first, last in _sources(document, start, end):
        numbers.update(range(_page_at(document, first), _page_at(document, last - 1) + 1))
    sure = (document.pages[number - 1].confidence for number in numbers)
    return min((one for one in sure if one is not None), default=None)


def rects(document: Document, start: int, end: int, *, boxes: bytes = b"") -> tuple[Rect, ...]:
    """Return where ``[start, end)`` stands on its pages, a piece for each line or cell of it.

    The index holds a document's ``boxes`` apart from it; then they are to be given.
    """
    table = np.frombuffer(boxes or document.boxes, dtype="<u2").reshape(-1, _NUMBERS)
    runs = [np.arange(*run) for run in _sources(document, start, end)]
    if not runs or not len(table) or not document.pages:
        return ()
    sources = np.concatenate(runs)
    sources = sources[sources < len(table)]
    sources = sources[table[sources].any(axis=1)]
    if not len(sources):
        return ()
    starts = np.array([page.start for page in document.pages])
    pages = np.searchsorted(starts, sources, side="right")
    return _pieces(table[sources].astype(np.float64) / _TENTHS, pages)


def _pieces(boxes: NDArray[np.float64], pages: NDArray[np.intp]) -> tuple[Rect, ...]:
    """Merge the boxes of characters that follow one another on a line, whichever way it runs."""
    along, sign = _direction(boxes)
    across = 1 - along
    low, high = boxes[:, along], boxes[:, along + 2]
    first, last = (low, high) if sign > 0 else (-high, -low)
    top, bottom = boxes[:, across], boxes[:, across + 2]
    middle = (top + bottom) / 2
    # a raised figure is beside its line, and its line beside it
    beside = ((middle[1:] >= top[:-1]) & (middle[1:] <= bottom[:-1])) | (
        (middle[:-1] >= top[1:]) & (middle[:-1] <= bottom[1:])
    )
    gap = first[1:] - last[:-1]
    height = np.maximum((bottom - top)[1:], (bottom - top)[:-1])
    goes_on = beside & (gap < _SPACE * height) & (gap > -height) & (pages[1:] == pages[:-1])
    firsts = np.append(0, np.flatnonzero(~goes_on) + 1)
    corners = np.minimum.reduceat(boxes[:, :2], firsts).tolist()
    opposite = np.maximum.reduceat(boxes[:, 2:], firsts).tolist()
    return tuple(
        Rect(int(page), *corner, *other)
        for page, corner, other in zip(pages[firsts], corners, opposite, strict=True)
    )


def _direction(boxes: NDArray[np.float64]) -> tuple[int, int]:
    """Return whether text runs along x (0) or y (1), and forwards (1) or backwards (-1).

    On a page that was scanned lying on its side or upside down it does not run to the right.
    """
    steps = np.diff((boxes[:, :2] + boxes[:, 2:]) / 2, axis=0)
    if not len(steps):
        return 0, 1
    along = int(np.median(np.abs(steps[:, 1]) - np.abs(steps[:, 0])) > 0)
    return along, -1 if np.median(steps[:, along]) < 0 else 1


def _sources(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the runs of the original, half open, that canonical ``[start, end)`` comes from."""
    origin = document.origin
    first = max(0, bisect_right(origin.starts, start) - 1)
    for run in takewhile(lambda run: origin.starts[run] < end, range(first, len(origin.starts))):
        low = max(start, origin.starts[run])
        high = min(end, origin.starts[run] + origin.lengths[run])
        if low < high:
            source = origin.sources[run] - origin.starts[run]
            yield source + low, source + high


def _page_at(document: Document, source: int) -> int:
    """Return the page that a character of the original stands on; the first if before all."""
    starts = [page.start for page in document.pages]
    return max(1, bisect_right(starts, source))
