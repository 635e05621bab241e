"""What is drawn on a page besides text: ruling lines, filled areas, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from pypdfium2 import raw

from corpus.formats.pdf import calls
from corpus.formats.pdf.geometry import Boxes, Frame

_THIN = 3.0  # points; a filled rectangle that thin is a line
_SHORTEST = 4.0  # points; shorter lines are parts of a picture
_MOST_OBJECTS = 30_000  # of a page; a drawing with more is no table
_MOST_POINTS = 400  # of a path; one with more is a drawing
_FEW_POINTS = 5  # a line or a rectangle: its bounds say all
_DEEPEST = 6  # forms in forms
_WHITE = 250
_LINE, _MOVE = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO
Matrix = tuple[float, float, float, float, float, float]
_EVERYWHERE = (-1e6, 1e6, 1e6, -1e6)  # a gradient's bounds are not known
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Paints:
    """What is painted on a page, in order; valid while the page is open.

    Attributes:
        boxes: of fills, pictures and colour gradients, on the page as shown.
        objects: their addresses. orders: their places among all objects.
        texts: for each text object on the page itself its place among all objects.
    """

    boxes: Boxes = field(default_factory=lambda: np.zeros((0, 4), dtype=np.float32))
    objects: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawings:
    """Boxes on the page as shown, points: lines across, lines down, filled areas, pictures.

    Attributes:
        coverage: share of the page that the largest picture covers.
        shaded: colour gradients are about, so what lies behind a text is not known.
    """

    across: Boxes
    down: Boxes
    fills: Boxes
    images: Boxes
    coverage: float
    shaded: bool
    paints: Paints = field(default_factory=Paints)


def read_drawings(page: object, frame: Frame) -> Drawings:
    """Return what is drawn on a page."""
    reader = _Reader()
    for obj, matrix in _objects(calls.address_of(page)):
        reader.take(obj, matrix)
    shown = [frame.shown(_array(found)) for found in (reader.lines, reader.fills, reader.images)]
    lines, fills, images = shown
    wide = (lines[:, 2] - lines[:, 0]) >= (lines[:, 3] - lines[:, 1])
    area = frame.width * frame.height
    on_page = np.clip(images, 0, [frame.width, frame.height] * 2)
    sizes = (on_page[:, 2] - on_page[:, 0]) * (on_page[:, 3] - on_page[:, 1])
    coverage = float(sizes.max()) / area if sizes.size and area else 0.0
    # pictures in strips: many programs cut a scan so
    if sizes.size and float(sizes.sum()) / area > coverage:
        coverage = min(1.0, float(sizes.sum()) / area)
    paints = replace(reader.paints, boxes=frame.shown(_array(reader.painted)))
    return Drawings(lines[wide], lines[~wide], fills, images, coverage, reader.shaded, paints)


def _array(boxes: list[tuple[float, float, float, float]]) -> Boxes:
    return np.array(boxes, dtype=np.float32).reshape(-1, 4)


def _objects(page: int) -> Iterator[tuple[int, Matrix]]:
    """Return the page's objects, those inside forms with the form's matrix."""
    left = _MOST_OBJECTS
    stack: list[tuple[Iterator[int], Matrix]] = [
        (_children(page, calls.count_objects, calls.page_object), _IDENTITY)
    ]
    while stack and left:
        children, matrix = stack[-1]
        obj = next(children, 0)
        if not obj:
            stack.pop()
            continue
        left -= 1
        if calls.type_of(obj) == raw.FPDF_PAGEOBJ_FORM:
            if len(stack) < _DEEPEST:
                inner = _times(_matrix_of(obj), matrix)
                inside = _children(obj, calls.count_form_objects, calls.form_object)
                stack.append((inside, inner))
        else:
            yield obj, matrix


def _children(owner: int, count: object, get: object) -> Iterator[int]:
    for number in range(max(0, count(owner))):  # type: ignore[operator]  # a foreign function
        yield get(owner, number) or 0  # type: ignore[operator]  # the same


def _matrix_of(obj: int) -> Matrix:
    buffer = calls.MATRIX()
    if not calls.object_matrix(obj, ctypes.addressof(buffer)):
        return _IDENTITY
    a, b, c, d, e, f = buffer
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _moved(box: tuple[float, float, float, float], m: Matrix) -> tuple[float, float, float, float]:
    """Return the bounds of a box after a matrix; left, top, right, bottom with y upwards."""
    if m == _IDENTITY:
        return box
    x0, y1, x1, y0 = box
    points = [(x0, y0), (x0, y1), (x1, y0), (x1, y1)]
    xs = [m[0] * x + m[2] * y + m[4] for x, y in points]
    ys = [m[1] * x + m[3] * y + m[5] for x, y in points]
    return min(xs), max(ys), max(xs), min(ys)


class _Reader:
    """Sorts what is drawn into lines, filled areas and pictures; in the page's own points."""

    def __init__(self) -> None:
        self.lines: list[tuple[float, float, float, float]] = []
        self.fills: list[tuple[float, float, float, float]] = []
        self.images: list[tuple[float, float, float, float]] = []
        self.shaded = False
        self.painted: list[tuple[float, float, float, float]] = []  # boxes of the paints
        self.paints = Paints()
        self._order = 0
        self._box = calls.RECT()
        self._address = ctypes.addressof(self._box)
        self._mode = (ctypes.c_int * 2)()
        self._colour = (ctypes.c_uint * 4)()

    def take(self, obj: int, matrix: Matrix) -> None:
        kind = calls.type_of(obj)
        self._order += 1
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if matrix is _IDENTITY:
                self.paints.texts[obj] = self._order
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            self.shaded = True
            self._paint(obj, _EVERYWHERE)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            bounds = self._bounds(obj, matrix)
            if bounds is None:
                return
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images.append(bounds)
                self._paint(obj, bounds)
            else:
                self._path(obj, matrix, bounds)

    def _paint(self, obj: int, bounds: tuple[float, float, float, float]) -> None:
        self.painted.append(bounds)
        self.paints.objects.append(obj)
        self.paints.orders.append(self._order)

    def _bounds(self, obj: int, matrix: Matrix) -> tuple[float, float, float, float] | None:
        at = self._address
        if not calls.bounds_of(obj, at, at + 12, at + 8, at + 4):  # left, bottom, right, top
            return None
        left, top, right, bottom = self._box
        return _moved((left, top, right, bottom), matrix)

    def _path(self, obj: int, matrix: Matrix, bounds: tuple[float, float, float, float]) -> None:
        if max(bounds[2] - bounds[0], bounds[1] - bounds[3]) < _SHORTEST:
            return
        mode = ctypes.addressof(self._mode)
        if not calls.draw_mode(obj, mode, mode + 4):
            return
        filled, stroked = self._mode[0] != 0, self._mode[1] != 0
        if not filled and not stroked:
            return
        if filled and min(bounds[2] - bounds[0], bounds[1] - bounds[3]) > _THIN:
            self._paint(obj, bounds)
        dark = filled and not self._is_white(obj)
        points = calls.count_segments(obj)
        if points <= _FEW_POINTS:
            self._shape(bounds, filled=filled, dark=dark, stroked=stroked)
        elif points <= _MOST_POINTS:
            for box in _subpaths(obj, points, _times(_matrix_of(obj), matrix)):
                self._shape(box, filled=filled, dark=dark, stroked=stroked)
        elif dark:
            self.fills.append(bounds)

    def _is_white(self, obj: int) -> bool:
        at = ctypes.addressof(self._colour)
        if not calls.fill_of(obj, at, at + 4, at + 8, at + 12):
            return False
        return min(self._colour[:3]) >= _WHITE or self._colour[3] == 0

    def _shape(
        self,
        box: tuple[float, float, float, float],
        *,
        filled: bool,
        dark: bool,
        stroked: bool,
    ) -> None:
        """File one line or rectangle."""
        x0, top, x1, bottom = box
        wide, high = x1 - x0, top - bottom
        if min(wide, high) <= _THIN:
            if max(wide, high) >= _SHORTEST and (stroked or filled):
                self.lines.append(box)
            return
        if stroked:
            self.lines += [
                (x0, top, x1, top), (x0, bottom, x1, bottom),
                (x0, top, x0, bottom), (x1, top, x1, bottom),
            ]  # fmt: skip
        if dark:
            self.fills.append(box)


def _subpaths(obj: int, count: int, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Return the bounds of each piece of a path: an open line point by point, a rectangle whole."""
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    piece: list[tuple[float, float]] = []
    for number in range(count):
        segment = calls.segment_at(obj, number)
        if not segment:
            continue
        kind = calls.segment_type(segment)
        calls.segment_point(segment, at_x, at_y)
        a, b, c, d, e, f = matrix
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == _MOVE:
            yield from _pieces(piece)
            piece = [point]
        elif kind == _LINE:
            piece.append(point)
        else:  # a curve: no ruling line
            piece = []
    yield from _pieces(piece)


def _pieces(piece: list[tuple[float, float]]) -> Iterator[tuple[float, float, float, float]]:
    if len(piece) < 2:  # noqa: PLR2004  a lone point
        return
    xs, ys = [x for x, _ in piece], [y for _, y in piece]
    if 4 <= len(piece) <= 5 and len({round(x, 1) for x in xs}) == 2:  # noqa: PLR2004  a rectangle
        yield min(xs), max(ys), max(xs), min(ys)
        return
    for (x0, y0), (x1, y1) in pairwise(piece):
        if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
            yield min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1)
