"""From a page's own points, origin at the bottom left, to the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.floating]  # (n, 4): left, top, right, bottom
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page: its crop box in its own points, and how often it is turned.

    ``turns`` are quarter turns clockwise.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Width of the page as it is shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as it is shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def shown(self, boxes: Boxes) -> Boxes:
        """Return boxes (left, top, right, bottom; y upwards) as they stand on the shown page."""
        x0, x1 = boxes[:, 0] - self.left, boxes[:, 2] - self.left
        y0, y1 = self.top - boxes[:, 1], self.top - boxes[:, 3]
        if x0.size and (x1 < x0).any():
            x0, x1 = np.minimum(x0, x1), np.maximum(x0, x1)
        if y0.size and (y1 < y0).any():
            y0, y1 = np.minimum(y0, y1), np.maximum(y0, y1)
        straight = np.stack([x0, y0, x1, y1], axis=1)
        return turned(straight, self.right - self.left, self.top - self.bottom, self.turns)


def turned(boxes: Boxes, width: float, height: float, turns: int) -> Boxes:
    """Return boxes on a page of that size after quarter turns clockwise of the page."""
    x0, y0, x1, y1 = boxes.T
    turns %= _QUARTERS
    if turns == 1:
        columns = [height - y1, x0, height - y0, x1]
    elif turns == 2:  # noqa: PLR2004  half a turn
        columns = [width - x1, height - y1, width - x0, height - y0]
    elif turns == 3:  # noqa: PLR2004  a quarter turn the other way
        columns = [y0, width - x1, y1, width - x0]
    else:
        return boxes
    return np.stack(columns, axis=1).astype(np.float32)


def packed(boxes: Boxes) -> bytes:
    """Return boxes as ``Document.boxes`` has them: tenths of a point, 0 where there is none."""
    tenths = np.clip(np.rint(boxes * 10), 0, np.iinfo(np.uint16).max)
    return bytes(tenths.astype("<u2").tobytes())
