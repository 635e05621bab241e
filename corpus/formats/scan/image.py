"""The picture of a scanned page: made straight, its ruled lines found and taken out.

Arrays are (height, width) of grey values, 0 black to 255 white; ink is 0 for paper to 1 for black.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from PIL import Image

Grey = NDArray[np.uint8]
Ink = NDArray[np.float32]
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels, half open

LEAST_SKEW = 0.15  # degrees; half a line of text across an A4 page is 0.5

_STEEPEST = 5.0  # degrees; a page that lies worse is put in by hand, not by a feeder
_COARSE, _FINE = 0.5, 0.1  # degrees between the angles that are tried
_SMALL = 700  # pixels on the longest side: enough to see lines of text by
_TILE = 32  # pixels; a tile of text is still half paper
_LEAST_CONTRAST = 60.0  # grey values; less than that is a stain
_GRAIN = 9.0  # times the usual unevenness of the paper; grain must not become ink

# inches, so that they hold at every resolution; all measured on clean, noisy and slanting scans
_LONG = 0.5  # a rule at least; the serifs of bold type run together over 0.3
_TALL = 0.35  # two rows of small type; no letter is as tall outside a title page
_WINDOW = 0.12  # over which noise is averaged out
_ASIDE = (0.02, 0.05)  # how far from a thin and from a thick rule there is paper again
_FAINT = 0.2  # ink; a grey hairline
_UNIFORM = 0.9  # share of a rule's pixels that bear ink
_GAP = 0.03  # in a rule that was scanned badly
_CORNER = 0.05  # between rules that meet, as drawn by hand or scanned badly
_SOFT = 2  # pixels
_TOUCHING = 3  # rows of pixels; between the pieces of a rule that slants there may be a blank one
_MOST_LINES = 1_000  # of a page; beyond that it is a picture or a hatched plan
_BREAK = 0.25  # between the pieces of a rule that was scanned worse


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruled lines of a page as boxes in pixels."""

    across: tuple[Box, ...]
    upright: tuple[Box, ...]

    @property
    def edged(self) -> tuple[Box, ...]:
        """The boxes with the soft edges of the lines."""
        return tuple(
            (left - _SOFT, top - _SOFT, right + _SOFT, bottom + _SOFT)
            for left, top, right, bottom in (*self.across, *self.upright)
        )


def ink_of(grey: Grey) -> Ink:
    """Return how much ink each pixel bears, uneven light and the paper's colour taken out."""
    paper = _paper(grey)
    darkness = np.subtract(paper, grey, dtype=np.float32)
    sample = darkness[::4, ::4]
    grain = float(np.median(np.abs(sample))) * _GRAIN
    full = max(_LEAST_CONTRAST, grain, float(np.percentile(sample, 99.5)))
    ink: Ink = np.clip(darkness / full, 0, 1, dtype=np.float32)
    return ink


def _paper(grey: Grey) -> NDArray[np.float32]:
    """Return the grey of the paper everywhere: the median of each tile, smoothed."""
    height, width = grey.shape
    rows, columns = max(1, height // _TILE), max(1, width // _TILE)
    tall, wide = min(_TILE, height), min(_TILE, width)
    tiles = grey[: rows * tall, : columns * wide].reshape(rows, tall, columns, wide)
    medians = np.median(tiles[:, ::4, :, ::4], axis=(1, 3)).astype(np.float32)
    smooth = Image.fromarray(medians).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(smooth)


def skew_of(ink: Ink) -> float:
    """Return the degrees by which lines of text fall to the right; 0 where there are none."""
    step = max(1, -(-max(ink.shape) // _SMALL))
    height, width = (side // step * step for side in ink.shape)
    if not height or not width:
        return 0.0
    small = ink[:height, :width].reshape(height // step, step, width // step, step).mean((1, 3))
    best = _sharpest(small, np.arange(-_STEEPEST, _STEEPEST + _COARSE / 2, _COARSE))
    return _sharpest(small, best + np.arange(-_COARSE, _COARSE + _FINE / 2, _FINE))


def _sharpest(small: Ink, angles: Iterable[float]) -> float:
    """Return the angle along which lines and the gaps between them differ most."""
    rows, columns = np.nonzero(small > _FAINT)
    if not len(rows):
        return 0.0
    weights = small[rows, columns]
    middle = small.shape[1] / 2
    scores = {}
    for angle in angles:
        places = rows - (columns - middle) * np.tan(np.radians(angle))
        profile = np.bincount(
            (places - places.min()).astype(np.int64), weights, minlength=small.shape[0]
        )
        # equal scores go to the straightest
        scores[float(angle)] = (float(np.square(np.diff(profile)).sum()), -abs(float(angle)))
    return max(scores, key=scores.__getitem__)


def lines_of(ink: Ink, dpi: float) -> Lines:
    """Return the ruled lines of a straight page."""
    across = _runs_of_rule(ink, dpi, _LONG)
    upright = _runs_of_rule(np.ascontiguousarray(ink.T), dpi, _TALL)
    return Lines(
        tuple(across), tuple((top, left, bottom, right) for left, top, right, bottom in upright)
    )


def _runs_of_rule(ink: Ink, dpi: float, least: float) -> list[Box]:
    window = max(3, round(dpi * _WINDOW) | 1)
    mean = _smoothed(ink, window)
    marked = _smoothed((ink > 0.4 * mean).astype(np.float32), window) >= _UNIFORM
    marked &= mean > _FAINT
    alone = np.zeros_like(marked)
    for aside in _ASIDE:
        alone |= _darker_than_around(mean, max(2, round(dpi * aside)))
    gap = max(1, round(dpi * _GAP))
    pieces = _grown_together(_runs(marked & alone, gap), gap)
    long = [box for box in pieces if box[2] - box[0] >= dpi * least / 2]
    whole = _in_one_line(long, round(dpi * _BREAK), gap)
    return [_to_its_ends(ink, box, window) for box in whole if box[2] - box[0] >= dpi * least]


def _smoothed(values: Ink, window: int) -> Ink:
    """Return the mean over ``window`` pixels of a row around each."""
    half = window // 2
    padded = np.pad(values, ((0, 0), (half + 1, half)), mode="edge")
    total = np.cumsum(padded, axis=1, dtype=np.float32)
    return (total[:, window:] - total[:, :-window]) / np.float32(window)


def _darker_than_around(mean: Ink, aside: int) -> NDArray[np.bool_]:
    """Say where a row bears at least twice the ink of those ``aside`` above and below."""
    above, below = np.zeros_like(mean), np.zeros_like(mean)
    above[aside:], below[:-aside] = mean[:-aside], mean[aside:]
    return np.maximum(above, below) < mean * 0.5


def _runs(marked: NDArray[np.bool_], gap: int) -> NDArray[np.int64]:
    """Return the runs of a row's marked pixels as (row, first, end); short gaps closed."""
    height, width = marked.shape
    wide = width + gap + 2
    flat = np.zeros((height, wide), dtype=np.bool_)
    flat[:, 1 : width + 1] = marked
    edges = np.flatnonzero(flat.ravel()[1:] != flat.ravel()[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return np.empty((0, 3), dtype=np.int64)
    apart = np.append(True, starts[1:] - ends[:-1] > gap)
    first = starts[apart]
    last = ends[np.append(np.flatnonzero(apart)[1:], len(starts)) - 1]
    return np.stack([first // wide, first % wide - 1, last - first + first % wide - 1], axis=1)


def _grown_together(runs: NDArray[np.int64], gap: int) -> list[Box]:
    """Join runs of neighbouring rows that touch: a rule is a few pixels thick and may slant."""
    boxes: list[list[int]] = []
    recent: list[tuple[int, int, int, list[int]]] = []  # row, first, end, its box
    for row, first, end in runs.tolist():
        recent = [one for one in recent if row - one[0] < _TOUCHING]
        touching = (box for _, a, b, box in recent if first <= b + gap and end >= a - gap)
        box = next(touching, None)
        if box is None:
            box = [first, row, end, row + 1]
            boxes.append(box)
        else:
            box[:] = [min(box[0], first), box[1], max(box[2], end), row + 1]
        recent.append((row, first, end, box))
    return [(box[0], box[1], box[2], box[3]) for box in boxes]


def _in_one_line(boxes: list[Box], reach: int, aside: int) -> list[Box]:
    """Join pieces that lie behind one another."""
    whole: list[Box] = []
    for box in sorted(boxes):
        for place, other in enumerate(whole):
            middle = (box[1] + box[3] - other[1] - other[3]) / 2
            if abs(middle) <= aside and box[0] - other[2] <= reach:
                whole[place] = (
                    other[0],
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                break
        else:
            whole.append(box)
    return whole


def _to_its_ends(ink: Ink, box: Box, reach: int) -> Box:
    """Return a rule as far as there is ink: averaging cut its ends off."""
    left, top, right, bottom = box
    band: NDArray[np.bool_] = np.any(ink[max(0, top - 1) : bottom + 1] > _FAINT / 2, axis=0)
    after = np.append(band[right : right + reach], False)
    before = np.append(band[max(0, left - reach) : left][::-1], False)
    return left - int(np.argmin(before)), top, right + int(np.argmin(after)), bottom


def cells_of(lines: Lines, dpi: float) -> tuple[Box, ...]:
    """Return the cells of ruled tables, row by row, without their rules.

    A frame around one piece of text is no table.
    """
    edges = [_edge(box, "h") for box in lines.across] + [_edge(box, "v") for box in lines.upright]
    if not lines.across or not lines.upright or len(edges) > _MOST_LINES:
        return ()
    near = dpi * _CORNER
    edges = merge_edges(edges, near, near, near, near)
    cells = intersections_to_cells(edges_to_intersections(edges, near, near))
    found = []
    for table in cells_to_tables(cells):
        columns, rows = ({cell[side] for cell in table} for side in (0, 1))
        if len(columns) > 1 and len(rows) > 1:
            found += sorted(table, key=lambda cell: (cell[1], cell[0]))
    return tuple(
        (round(left) + 2, round(top) + 2, round(right) - 1, round(bottom) - 1)
        for left, top, right, bottom in found
        if right - left > near and bottom - top > near
    )


def _edge(box: Box, orientation: str) -> dict[str, float | str]:
    """Return a rule as pdfplumber has it."""
    left, top, right, bottom = (float(side) for side in box)
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
    }


def without(ink: Ink, boxes: Iterable[Box]) -> Ink:
    """Return the picture with these boxes made paper.

    Tesseract takes a rule for a letter (l, I, |) or for a part of one.
    """
    clean = ink.copy()
    for left, top, right, bottom in boxes:
        clean[max(0, top) : bottom, max(0, left) : right] = 0
    return clean


def picture_of(ink: Ink) -> Image.Image:
    """Return ink as a picture for Tesseract, which takes a shadow for black."""
    return Image.fromarray(np.rint(255 - 255 * ink).astype(np.uint8))


def stroke_of(ink: Ink, box: Box) -> float:
    """Return the mean thickness of the strokes in a box, in pixels; 0 where it is empty."""
    left, top, right, bottom = box
    dark = np.pad(ink[max(0, top) : bottom, max(0, left) : right] > 0.5, 1)  # noqa: PLR2004  half
    edges = np.count_nonzero(dark[1:] != dark[:-1]) + np.count_nonzero(dark[:, 1:] != dark[:, :-1])
    return 2 * np.count_nonzero(dark) / edges if edges else 0.0
