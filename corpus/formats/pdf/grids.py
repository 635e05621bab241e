"""Ruled tables: lines drawn across and down that enclose cells, merged ones included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.formats.pdf.drawings import Drawings
from corpus.formats.pdf.geometry import Boxes

_TOUCH = 3.0  # points between a line and one that it meets
_SAME = 2.5  # points between two lines that are one
_OPEN = 6.0  # points that lines go on beyond the last one that they meet: the side is open
_MOST_LINES = 1500  # across or down; a drawing with more is no table
_MOST_CELLS = 20_000
_PAGE = 0.97  # of the page's width and height: a frame around all of it


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells between lines: ``region[row, column]`` is the number of the cell that lies there.

    Attributes:
        xs, ys: the lines' places, points; one more than there are columns and rows.
    """

    xs: npt.NDArray[np.floating]
    ys: npt.NDArray[np.floating]
    region: npt.NDArray[np.int32]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def place_of(self, x: float, y: float) -> tuple[int, int]:
        """Return the row and column at a point in it."""
        row = int(np.searchsorted(self.ys, y)) - 1
        column = int(np.searchsorted(self.xs, x)) - 1
        rows, columns = self.region.shape
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)

    def cells_at(
        self, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]
    ) -> npt.NDArray[np.int32]:
        """Return for each point the number of the cell that it lies in, -1 outside."""
        rows, columns = self.region.shape
        row = np.searchsorted(self.ys, y) - 1
        column = np.searchsorted(self.xs, x) - 1
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        cells = self.region[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
        result: npt.NDArray[np.int32] = np.where(inside, cells, -1)
        return result


def find_grids(drawings: Drawings, width: float, height: float) -> list[Grid]:
    """Return the grids of a page with two cells or more, the uppermost first."""
    across, down = _inside(drawings.across, width, height), _inside(drawings.down, width, height)
    if not len(across) or not len(down) or max(len(across), len(down)) > _MOST_LINES:
        return []
    grids = []
    for rows, columns in _components(across, down):
        grid = _grid(across[rows], down[columns])
        if grid is None:
            continue
        left, top, right, bottom = grid.box
        whole = right - left > _PAGE * width and bottom - top > _PAGE * height
        if not whole and grid.region.max() > 0:
            grids.append(grid)
    return _outermost(sorted(grids, key=lambda g: (g.box[1], g.box[0])))


def _inside(boxes: Boxes, width: float, height: float) -> Boxes:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    result: Boxes = boxes[(x >= 0) & (x <= width) & (y >= 0) & (y <= height)]
    return result


def _components(
    across: Boxes, down: Boxes
) -> Iterable[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Return the sets of lines that touch one another, each as places in the two arrays."""
    y = (across[:, 1] + across[:, 3]) / 2
    x = (down[:, 0] + down[:, 2]) / 2
    meet = (
        (across[:, :1] - _TOUCH <= x)
        & (x <= across[:, 2:3] + _TOUCH)
        & (down[:, 1] - _TOUCH <= y[:, None])
        & (y[:, None] <= down[:, 3] + _TOUCH)
    )
    free = meet.any(axis=1)
    while free.any():
        rows: npt.NDArray[np.bool_] = np.zeros(len(across), dtype=bool)
        rows[np.argmax(free)] = True
        columns: npt.NDArray[np.bool_] = np.zeros(len(down), dtype=bool)
        size = -1
        while size != rows.sum() + columns.sum():
            size = rows.sum() + columns.sum()
            columns = np.asarray(meet[rows].any(axis=0))
            rows = np.asarray(meet[:, columns].any(axis=1))
        free &= ~rows
        yield np.flatnonzero(rows), np.flatnonzero(columns)


def _grid(across: Boxes, down: Boxes) -> Grid | None:
    middle_y = (across[:, 1] + across[:, 3]) / 2
    middle_x = (down[:, 0] + down[:, 2]) / 2
    ys = _with_open_sides(_merged(middle_y), down[:, 1].min(), down[:, 3].max())
    xs = _with_open_sides(_merged(middle_x), across[:, 0].min(), across[:, 2].max())
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST_CELLS:
        return None
    under = np.zeros((len(ys), columns), dtype=bool)  # a line along the top of the row
    for box, y in zip(across, middle_y, strict=True):
        centres = (xs[:-1] + xs[1:]) / 2
        row = int(np.abs(ys - y).argmin())
        under[row] |= (box[0] - _SAME <= centres) & (centres <= box[2] + _SAME)
    beside = np.zeros((rows, len(xs)), dtype=bool)
    for box, x in zip(down, middle_x, strict=True):
        centres = (ys[:-1] + ys[1:]) / 2
        column = int(np.abs(xs - x).argmin())
        beside[:, column] |= (box[1] - _SAME <= centres) & (centres <= box[3] + _SAME)
    return Grid(xs, ys, _regions(under, beside, rows, columns))


def _merged(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return the values, those that are nearly the same made one."""
    values = np.sort(values)
    groups = np.split(values, np.flatnonzero(np.diff(values) > _SAME) + 1)
    return np.array([group.mean() for group in groups], dtype=np.float32)


def _with_open_sides(
    lines: npt.NDArray[np.floating], first: float, last: float
) -> npt.NDArray[np.floating]:
    """Add the ends of the lines that they meet, where those go on beyond."""
    parts = [[first]] if lines[0] - first > _OPEN else []
    parts += [list(lines)]
    parts += [[last]] if last - lines[-1] > _OPEN else []
    return np.array(sum(parts, []), dtype=np.float32)  # noqa: RUF017  three parts


def _regions(
    under: npt.NDArray[np.bool_], beside: npt.NDArray[np.bool_], rows: int, columns: int
) -> npt.NDArray[np.int32]:
    """Number the cells: places with no line between them are one cell, always a rectangle."""
    region = np.full((rows, columns), -1, dtype=np.int32)
    number = 0
    for row in range(rows):
        for column in range(columns):
            if region[row, column] >= 0:
                continue
            last = column
            while last + 1 < columns and not beside[row, last + 1] and region[row, last + 1] < 0:
                last += 1
            low = row
            while low + 1 < rows and _goes_down(under, beside, low + 1, (column, last)):
                low += 1
            region[row : low + 1, column : last + 1] = number
            number += 1
    return region


def _goes_down(
    under: npt.NDArray[np.bool_],
    beside: npt.NDArray[np.bool_],
    row: int,
    columns: tuple[int, int],
) -> bool:
    first, last = columns
    open_above = not under[row, first : last + 1].any()
    return open_above and not beside[row, first + 1 : last + 1].any()


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Drop grids inside another one: small boxes in a cell."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda g: -_area(g)):
        left, top, right, bottom = grid.box
        x, y = (left + right) / 2, (top + bottom) / 2
        if not any(other.holds(x, y) for other in kept):
            kept.append(grid)
    return sorted(kept, key=lambda g: (g.box[1], g.box[0]))


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)
