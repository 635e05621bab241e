"""The days that commitments fall due on an axis: what the page draws, as plain numbers.

Each quarter is a band, or each year where there would be too many; a band is as wide as what falls
due in it needs. In it every commitment is a mark, or all of them are a bar where there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from assistant.register.due import period_in_words
from assistant.register.listing import DONE
from assistant.register.model import Listed

MOST_MARKS = 150  # commitments that are drawn one by one

MarkKind = Literal["overdue", "open", "delivered", "closed"]

PITCH = 26  # pixels from one mark to the next: WCAG 2.2 asks for 24 between targets
_HIGHEST = 7  # marks in a column
_MOST_QUARTERS = 24  # bands; where there would be more, they are years
_NARROWEST = 58  # pixels of a band
_PADDING = 16  # pixels of a band around its marks
_BAR = 160  # pixels of the highest bar
_OVER, _UNDER = 30, 50  # pixels over the marks and under the axis


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many commitments fall due in a quarter.

    Attributes:
        first, last: its days.
    """

    first: date
    last: date
    count: int
    overdue: int

    @property
    def name(self) -> str:
        """Return "Q1 2024"."""
        return period_in_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Mark:
    """One commitment; ``x`` and ``y`` are its middle."""

    listed: Listed
    kind: MarkKind
    x: int
    y: int

    @property
    def state(self) -> str:
        """The word for what became of it."""
        return self.kind if self.kind in {"overdue", "delivered"} else self.listed.standing.words


@dataclass(frozen=True, slots=True)
class Band:
    """A quarter or a year on the axis.

    Attributes:
        name: "Q1 2024" or "2024", as the filter "due" takes it.
        x: where it begins.
        bar, late: heights of its bar and of the part that is overdue; 0 where there are marks.
    """

    first: date
    last: date
    name: str
    count: int
    overdue: int
    x: int = 0
    width: int = _NARROWEST
    bar: int = 0
    late: int = 0

    @property
    def middle(self) -> int:
        """Where its name stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn, in pixels.

    Attributes:
        axis: how far down the line is that the marks stand on.
        today: how far right the day asked about is; None where it lies off the axis.
    """

    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    width: int
    height: int
    axis: int
    today: int | None


def quarters_of(lines: Iterable[Listed]) -> tuple[Quarter, ...]:
    """Count the lines that have a date by quarter, in order of time."""
    dated = sorted((line.due, line.overdue) for line in lines if line.due)
    counted = []
    for (first, last), run in groupby(dated, key=lambda pair: quarter_of(pair[0])):
        overdue = [late for _, late in run]
        counted.append(Quarter(first, last, len(overdue), sum(overdue)))
    return tuple(counted)


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter that a day is in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, _last(first, 3)


def drawn(quarters: Sequence[Quarter], lines: Sequence[Listed], as_of: date) -> Timeline | None:
    """Lay commitments out on an axis.

    Args:
        quarters: how many fall due in each, in order of time.
        lines: all of these commitments, to be drawn one by one; none, to draw bars.
        as_of: the day asked about.

    Returns:
        What to draw; None where nothing has a date.
    """
    if not quarters:
        return None
    bands = _placed(_bands(quarters, as_of), by_one=bool(lines))
    if lines:
        highest = min(_HIGHEST, max(band.count for band in bands))
        axis = _OVER + highest * PITCH
        marks = tuple(_marks(bands, lines, axis))
    else:
        axis, marks = _OVER + _BAR, ()
        bands = _barred(bands)
    width = bands[-1].x + bands[-1].width
    return Timeline(bands, marks, width, axis + _UNDER, axis, _today(bands, as_of))


def _bands(quarters: Sequence[Quarter], as_of: date) -> list[Band]:
    """Return a band for each quarter or year from the first to the last, today's if it is near."""
    first, last = quarters[0].first, quarters[-1].first
    today, _ = quarter_of(as_of)
    with_today = min(first, today), max(last, today)
    months = 3
    if _steps(*with_today, 3) <= _MOST_QUARTERS:
        first, last = with_today
    elif _steps(first, last, 3) > _MOST_QUARTERS:
        months, first, last = 12, date(first.year, 1, 1), date(last.year, 1, 1)
    bands = []
    while first <= last:
        end = _last(first, months)
        inside = [one for one in quarters if first <= one.first <= end]
        count, overdue = sum(one.count for one in inside), sum(one.overdue for one in inside)
        bands.append(Band(first, end, period_in_words(first, end), count, overdue))
        first = end + timedelta(days=1)
    return bands


def _placed(bands: Iterable[Band], *, by_one: bool) -> tuple[Band, ...]:
    placed, x = [], 0
    for band in bands:
        columns = -(-band.count // _HIGHEST) if by_one else 1
        width = max(_NARROWEST, columns * PITCH + 2 * _PADDING)
        placed.append(replace(band, x=x, width=width))
        x += width
    return tuple(placed)


def _marks(bands: Sequence[Band], lines: Iterable[Listed], axis: int) -> Iterator[Mark]:
    """Yield the marks, stacked from the axis upwards, one column beside the other."""
    dated = sorted((line for line in lines if line.due), key=lambda line: line.due or date.max)
    for band in bands:
        inside = [line for line in dated if line.due and band.first <= line.due <= band.last]
        columns = -(-len(inside) // _HIGHEST)
        left = band.middle - (columns - 1) * PITCH // 2
        for place, line in enumerate(inside):
            column, row = divmod(place, _HIGHEST)
            y = axis - PITCH // 2 - row * PITCH
            yield Mark(line, _kind(line), left + column * PITCH, y)


def _kind(line: Listed) -> MarkKind:
    if line.overdue:
        return "overdue"
    status = line.standing.status
    return "delivered" if status == "delivered" else "closed" if status in DONE else "open"


def _barred(bands: Iterable[Band]) -> tuple[Band, ...]:
    bands = tuple(bands)
    most = max(band.count for band in bands)
    return tuple(
        replace(
            band,
            bar=max(2, _BAR * band.count // most) if band.count else 0,
            late=max(2, _BAR * band.overdue // most) if band.overdue else 0,
        )
        for band in bands
    )


def _today(bands: Sequence[Band], as_of: date) -> int | None:
    for band in bands:
        if band.first <= as_of <= band.last:
            days = (band.last - band.first).days + 1
            return band.x + band.width * (as_of - band.first).days // days
    return None


def _steps(first: date, last: date, months: int) -> int:
    return ((last.year - first.year) * 12 + last.month - first.month) // months + 1


def _last(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)
