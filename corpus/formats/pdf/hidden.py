"""Text that nobody sees: of the colour behind it, painted over, or cut off."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.formats.pdf import calls
from corpus.formats.pdf.drawings import Paints
from corpus.formats.pdf.geometry import Boxes

_ALIKE = 8  # of 255; colours that no eye tells apart
_PAPER = (255, 255, 255)
_STROKED = (1, 2, 5, 6)  # render modes that draw outlines, in a colour of their own
_SOLID = 255
_MOST = 3_000_000  # runs times paints of a page; more is a drawing
_RECTANGLE = range(4, 6)  # points of its path
_STRAIGHT = 0.5  # points

Colour = tuple[int, int, int]
Mask = npt.NDArray[np.bool_]


def find_hidden(
    objects: Sequence[int], run: npt.NDArray[np.int32], boxes: Boxes, paints: Paints
) -> Mask:
    """Return which characters of a page nobody sees.

    ``objects[run[i]]`` is the text object of the i-th character, 0 for one that is not asked for.
    What is not known for certain counts as seen.
    """
    hidden = np.zeros(len(boxes), dtype=bool)
    if not len(boxes):
        return hidden
    starts = np.searchsorted(run, np.arange(len(objects)))
    around = _around(boxes, starts)
    colours = [calls.colour_of(obj) if obj else None for obj in objects]
    doubted = _doubted(objects, colours, around, paints)
    ends = [*starts[1:].tolist(), len(boxes)]
    clear: dict[int, Colour | None] = {}
    for number in np.flatnonzero(doubted).tolist():
        colour = colours[number]
        part = slice(int(starts[number]), ends[number])
        if colour is not None and calls.mode_of(objects[number]) not in _STROKED:
            order = paints.texts.get(objects[number])
            hidden[part] = _is_hidden(boxes[part], colour[:3], order, _Painted(paints, clear))
    return hidden


def _around(boxes: Boxes, starts: npt.NDArray[np.intp]) -> Boxes:
    """Return the box around each run's characters."""
    columns = [
        take.reduceat(boxes[:, side], starts)
        for side, take in enumerate((np.minimum, np.minimum, np.maximum, np.maximum))
    ]
    return np.stack(columns, axis=1)


def _doubted(
    objects: Sequence[int],
    colours: Sequence[tuple[int, int, int, int] | None],
    around: Boxes,
    paints: Paints,
) -> Mask:
    """Return which runs may be hidden: on their own colour, or under something."""
    known = np.array([colour or (0, 0, 0, 0) for colour in colours], dtype=np.int32)
    asked = np.array([colour is not None for colour in colours], dtype=bool)
    doubted: Mask = asked & (known[:, :3].min(axis=1) >= _PAPER[0] - _ALIKE)
    count = len(paints.objects)
    if not count or count * len(objects) > _MOST:
        return doubted & (count == 0)
    over = paints.boxes
    touch = (around[:, None, 0] < over[:, 2]) & (around[:, None, 2] > over[:, 0])
    touch &= (around[:, None, 1] < over[:, 3]) & (around[:, None, 3] > over[:, 1])
    fills = [calls.colour_of(obj) for obj in paints.objects]
    paint = np.array([fill or (-999, 0, 0, 0) for fill in fills], dtype=np.int32)
    alike = np.abs(known[:, None, :3] - paint[None, :, :3]).max(axis=2) <= _ALIKE
    order = np.array([paints.texts.get(obj, 0) for obj in objects])
    later = (order[:, None] < np.array(paints.orders)) & (order[:, None] > 0)
    result: Mask = doubted | (asked & (touch & (alike | later)).any(axis=1))
    return result


@dataclass(frozen=True, slots=True)
class _Painted:
    """The paints of a page; ``clear`` remembers what is known of them."""

    paints: Paints
    clear: dict[int, Colour | None]

    def colour(self, number: int) -> Colour | None:
        """Return the colour of a paint that hides all in its box; None for any other."""
        if number not in self.clear:
            self.clear[number] = _solid_colour(self.paints.objects[number])
        return self.clear[number]

    def fill(self, number: int) -> Colour | None:
        """Return the colour of a filled path, whatever its shape; None for a picture."""
        obj = self.paints.objects[number]
        found = calls.colour_of(obj) if calls.type_of(obj) == calls.PATH else None
        return found[:3] if found else None


def _is_hidden(boxes: Boxes, colour: Colour, order: int | None, painted: _Painted) -> Mask:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    same = np.full(len(boxes), _are_alike(colour, _PAPER))  # as what is behind
    covered = np.zeros(len(boxes), dtype=bool)
    for number, box in enumerate(painted.paints.boxes):
        inside = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
        if not inside.any():
            continue
        solid = painted.colour(number)
        if order is not None and painted.paints.orders[number] > order:
            covered |= inside & (solid is not None)
        elif order is None or solid is None:
            # its shape is not known: on what has its colour it changes nothing
            fill = painted.fill(number)
            if fill is None or not _are_alike(colour, fill):
                same &= ~inside
        else:
            same = np.where(inside, _are_alike(colour, solid), same)
    hidden: Mask = same | covered
    return hidden


def _are_alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE


def _solid_colour(obj: int) -> Colour | None:
    """Return the colour of an opaque rectangle that nothing cuts off; None for anything else."""
    kind_is_path = calls.type_of(obj) == calls.PATH
    if not kind_is_path or calls.has_transparency(obj) or not _is_rectangle(obj):
        return None
    clip = calls.clip_of(obj)
    if clip and calls.count_clips(clip) > 0:
        return None
    colour = calls.colour_of(obj)
    return colour[:3] if colour is not None and colour[3] == _SOLID else None


def _is_rectangle(obj: int) -> bool:
    count = calls.count_segments(obj)
    if count not in _RECTANGLE:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = set(), set()
    for number in range(count):
        segment = calls.segment_at(obj, number)
        if not segment or calls.segment_type(segment) not in calls.STRAIGHT:
            return False
        calls.segment_point(segment, ctypes.addressof(x), ctypes.addressof(y))
        xs.add(round(x.value / _STRAIGHT))
        ys.add(round(y.value / _STRAIGHT))
    return len(xs) == 2 and len(ys) == 2  # noqa: PLR2004  two sides each way
