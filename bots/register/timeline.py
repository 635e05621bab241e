"""The days that commitments fall due on an axis: what the page draws, as plain numbers.

Each quarter is a band, or each year where there would be too many; a band is as wide as what falls
due in it needs. In it every commitment is a mark, or all of them are one bar where there are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.register.model import Listed
from bots.register.rows import title_of

MOST_MARKS = 150  # commitments that are drawn one by one

MarkKind = Literal["overdue", "open", "done", "closed"]

PITCH = 28  # pixels from one mark to the next: a finger's width, as WCAG 2.2 asks of targets
_HIGHEST = 6  # marks in a column
_MOST_BANDS = 24  # quarters; beyond that the bands are years
_PADDING = 14
_BAR_HEIGHT = 150
_LABELS = 46  # pixels under the axis
_TODAY = 24  # pixels over the marks, for the word


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fall due in a quarter.

    Attributes:
        first, last: its days.
        name: "Q1 2024".
    """

    first: date
    last: date
    name: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One commitment on the axis; x and y are its middle."""

    listed: Listed
    kind: MarkKind
    x: int
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A quarter or a year on the axis.

    Attributes:
        due: what the filter "due" says for it.
        bar, late: heights of the bar and of its part that is overdue, where there are no marks.
    """

    name: str
    due: str
    x: int
    width: int
    count: int
    overdue: int
    bar: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn, in pixels.

    Attributes:
        axis: how far down the line with the bands is.
        today: how far right the day asked about is; None where it lies off the axis.
    """

    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    width: int
    height: int
    axis: int
    today: int | None
