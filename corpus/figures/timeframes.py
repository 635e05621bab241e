"""When something is to be done, as a commitment says it: a quarter, a year, a range, ongoing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.figures.model import Figure
from corpus.figures.times import times

TimeFrameKind = Literal["day", "month", "quarter", "half-year", "year", "range", "ongoing", "none"]

_KINDS: dict[str, TimeFrameKind] = {
    "date": "day",
    "month": "month",
    "quarter": "quarter",
    "half": "half-year",
    "year": "year",
}
_ONGOING = re.compile(
    r"\b(?:on-?going|continu(?:ous(?:ly)?|al(?:ly)?|ing)|permanent(?:ly)?|recurr(?:ing|ent)|"
    r"throughout|annual(?:ly)?|every year|each year|yearly|quarterly|monthly|weekly|onwards?|"
    r"permanente?|en continu|continu[aeo]?|au fil de l[’']eau|annuel(?:le)?(?:ment)?|"
    r"anual(?:mente)?|(?:fort)?laufend|jährlich|dauerhaft)\b",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r"\W*(?:onwards?|and (?:beyond|after)|ff)\b|"
    r"\s*(?:[–—-]|to)\s*(?:on-?going|continuous(?:ly)?)\b",
    re.IGNORECASE,
)
# alone it is a month; in running text it may number a circular
_MONTH_OF_YEAR = re.compile(r"\s*(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)\s*")
_SINCE = re.compile(
    r"\b(?:from|since|as of|as from|starting(?: in| from)?|beginning(?: in)?|à partir de|dès|"
    r"desde|ab)"
    r"\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|before|until|no later than)\s+(?:the\s+)?\Z", re.IGNORECASE)
_BY_START = re.compile(
    r"\b(?:by|before|until|no later than)\s+(?:the\s+)?(?:start|beginning)\s+of\s[^.;]*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """The time that a text gives.

    Attributes:
        first, last: the days that it runs from and to, both included. None where it is open on that
            side, or where no dated time is given.
    """

    kind: TimeFrameKind
    first: date | None = None
    last: date | None = None


def time_frame(text: str) -> TimeFrame:
    """Return when a text says that something happens: "Q1, 2024" is a quarter with its two days.

    Several times are the range from the first day to the last; "2025 onwards" and "from 2025" are
    ongoing from that year's first day; words such as "continuous" without a date are ongoing with
    no days.
    """
    month = _MONTH_OF_YEAR.fullmatch(text)
    if month:
        text = f"{month['year']}-{int(month['month']):02}"
    found = [figure for figure in times(text) if figure.period is not None]
    if not found:
        return TimeFrame("ongoing" if _ONGOING.search(text) else "none")
    first = min(figure.period.first for figure in found if figure.period)
    last = max(figure.period.last for figure in found if figure.period)
    one = found[0].name != "period" and len(found) == 1
    begun = one and _SINCE.search(text, 0, found[0].start)
    if begun or _ONWARDS.match(text, max(figure.end for figure in found)):
        return TimeFrame("ongoing", first)
    return TimeFrame(_kind(found), first, _by_then(text, found[0]) or last)


def _by_then(text: str, figure: Figure) -> date | None:
    """Return the day that "by mid-2024" and "by the start of Q2 2024" mean, sooner than their end.

    "Mid" is otherwise May to August.
    """
    if figure.period is None:
        return None
    if figure.name == "mid" and _BY.search(text, 0, figure.start):
        return date(figure.period.first.year, 6, 30)
    begins = _BY_START.search(text, 0, figure.end)
    return figure.period.first if begins else None


def _kind(found: list[Figure]) -> TimeFrameKind:
    several = len({figure.key for figure in found}) > 1
    return "range" if several else _KINDS.get(found[0].name, "range")
