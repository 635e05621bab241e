"""Stretches of days that a filter names: "Q1 2024", "mid-2024", "this quarter", "90 days"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal

from corpus.errors import FilterUnreadable
from corpus.figures.model import Figure, Period
from corpus.figures.numbers import value_of
from corpus.figures.times import times

CAN_BE_READ = (
    "Write it as “Q1 2024”, “by mid-2024”, “2024”, “before 2025-03-01”, “this quarter”, "
    "“ongoing”, “none” or “overdue”."
)
Edge = Literal["", "start", "mid", "end"]

_UNIT_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "semester": 6, "year": 12}
_UNIT = r"week|month|quarter|half-year|semester|year"
_COUNT = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_OWN = re.compile(
    r"\b(?P<iso>(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>0[1-9]|1[0-2]))(?![-\d]|/\d)"
    rf"|\b(?:the\s)?(?P<which>this|current|next|coming|following|last|previous|past)\s"
    rf"(?:calendar\s)?(?P<unit>{_UNIT})\b"
    rf"|(?<=of\sthe\s)(?P<whole>{_UNIT})\b"
    rf"|\b(?:the\s)?(?P<way>within|next|coming|following|last|previous|past)\s"
    rf"(?:(?:the\s)?next\s)?(?P<count>{_COUNT})\s(?P<units>day|{_UNIT})s?\b"
    r"|\b(?P<day>today|tomorrow|yesterday)\b",
    re.IGNORECASE,
)
_MID_FIRST = re.compile(r"mid", re.IGNORECASE)
_MID_LAST = re.compile(r"\bmid(?:dle)?(?:\sof\s|[\s-])\d{4}$", re.IGNORECASE)
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_BEFORE = {"last", "previous", "past"}
_AFTER = {"next", "coming", "following"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that a text names, with their place in it.

    Attributes:
        edge: where the text speaks of the middle, or of an end, rather than of the whole.
        runs: it has two ends of its own, as "2024 to 2026".
    """

    start: int
    end: int
    period: Period
    edge: Edge = ""
    runs: bool = False


def stretches(text: str, today: date) -> tuple[Stretch, ...]:
    """Return the stretches of days that a text names, in order.

    Args:
        text: as somebody typed it.
        today: what "this quarter" and "tomorrow" are counted from.

    Raises:
        FilterUnreadable: one has no year, or can be two days.
    """
    own = [_relative(found, today) for found in _OWN.finditer(text)]
    found = list(own)
    figures = list(times(text))
    for one, following in zip_longest(figures, figures[1:]):
        if any(one.start < other.end and other.start < one.end for other in own):
            continue
        if following is not None and following.start == one.start:
            written = text[one.start : one.end]
            raise FilterUnreadable(
                f"“{written}” can be two days.", "Write the day as 2024-04-03, year first."
            )
        found.append(_dated(one, text))
    return tuple(sorted(found, key=lambda stretch: stretch.start))


def _dated(figure: Figure, text: str) -> Stretch:
    written = text[figure.start : figure.end]
    if figure.period is None:
        raise FilterUnreadable(f"“{written}” names no year.", f"Say which: “{written} 2024”.")
    edge: Edge = ""
    period = figure.period
    if figure.name == "period":
        period = _between_middles(period, written)
    elif figure.name == "mid":
        edge = "mid"
    elif re.match("start|beginning|end", written, re.IGNORECASE):
        edge = "end" if figure.name == "late" else "start"
        if edge == "end":
            # the end of a year is its last day, not the months that the word may mean elsewhere
            period = Period(date(period.last.year, 1, 1), period.last)
    return Stretch(figure.start, figure.end, period, edge, runs=figure.name == "period")


def _between_middles(period: Period, written: str) -> Period:
    """Return a stretch between two times with the middle of a year as one point, not as months."""
    first, last = period.first, period.last
    if _MID_FIRST.match(written):
        first = date(first.year, 7, 1)
    if _MID_LAST.search(written):
        last = date(last.year, 6, 30)
    return Period(first, last)


def _relative(found: re.Match[str], today: date) -> Stretch:
    if found["iso"]:
        first = date(int(found["iso_year"]), int(found["iso_month"]), 1)
        period = Period(first, _later(first, 1) - timedelta(days=1))
    elif found["day"]:
        day = today + timedelta(days=_DAYS[found["day"].lower()])
        period = Period(day, day)
    elif found["count"]:
        period = _counted(found, today)
    else:
        which = (found["which"] or "this").lower()
        steps = (which in _AFTER) - (which in _BEFORE)
        period = _whole((found["unit"] or found["whole"]).lower(), steps, today)
    return Stretch(*found.span(), period)


def _counted(found: re.Match[str], today: date) -> Period:
    number, unit = int(value_of(found["count"])), found["units"].lower()
    if found["way"].lower() in _BEFORE:
        return Period(_moved(today, -number, unit), today)
    return Period(today, _moved(today, number, unit))


def _moved(day: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    return _later(day, number * _UNIT_MONTHS[unit])


def _whole(unit: str, steps: int, today: date) -> Period:
    """Return the week, month, quarter, half-year or year that holds today, or one beside it."""
    if unit == "week":
        monday = today + timedelta(days=7 * steps - today.weekday())
        return Period(monday, monday + timedelta(days=6))
    length = _UNIT_MONTHS[unit]
    first = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    first = _later(first, steps * length)
    return Period(first, _later(first, length) - timedelta(days=1))


def _later(day: date, months: int) -> date:
    """Return the day some months later; 31 January and one month is the last of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_order(text: str, found: tuple[Stretch, ...]) -> Iterator[tuple[str, Stretch, str]]:
    """Yield each stretch with the words between it and the one before, and those after it."""
    position = 0
    for place, stretch in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(text)
        yield text[position : stretch.start], stretch, text[stretch.end : end]
        position = stretch.end
