"""The bounds that a text sets to amounts: "more than 2 years, up to 5 years", "14 or more"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.model import Quantity
from corpus.figures.quantities import quantities

_MORE, _LESS = "more|longer|greater|higher|older", "less|fewer|shorter|lower|younger"
_OVER = re.compile(rf"\b(?:(?:{_MORE}) than|over|above)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:at least|from|not less than|no fewer than)\s+$", re.IGNORECASE)
_UNDER = re.compile(rf"\b(?:(?:{_LESS}) than|under|below)\s+$", re.IGNORECASE)
_UP_TO = re.compile(rf"\b(?:up to|at most|not exceeding|not? (?:{_MORE}) than)\s+$", re.IGNORECASE)
_OR_MORE = re.compile(rf"^\s+(?:or|and) (?:{_MORE}|over|above)\b", re.IGNORECASE)
_OR_LESS = re.compile(rf"^\s+(?:or|and) (?:{_LESS}|under|below)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"^\s*(?:,|but|and)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A stretch of amounts; an end that is None is open.

    Attributes:
        above, below: the ends themselves do not belong to it.
    """

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    below: bool = False

    def holds(self, value: Decimal) -> bool:
        """Tell whether an amount of the same unit lies in it."""
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        if self.high is None:
            return True
        return value < self.high or (not self.below and value == self.high)


def limits(text: str) -> tuple[Limit, ...]:
    """Return the stretches of amounts that a text sets bounds to, in order.

    "Nine hours but less than 14 hours" is one; "six hours" alone sets none.
    """
    found = list(_bounded(text))
    joined: list[Limit] = []
    last_end = -1
    for start, end, one in found:
        goes_on = bool(joined) and _GOES_ON.match(_between(text, last_end, start)) is not None
        if goes_on and (both := _joined(joined[-1], one)):
            joined[-1] = both
        else:
            joined.append(one)
        last_end = end
    return tuple(one for one in joined if not _is_exact(one))


def _between(text: str, end: int, start: int) -> str:
    """Return what stands between two amounts without the words of the second's bound."""
    between = text[end:start] + " "
    for pattern in (_UP_TO, _UNDER):
        between = pattern.sub("", re.sub(r"\s+$", " ", between))
    return between


def _bounded(text: str) -> Iterator[tuple[int, int, Limit]]:
    for figure in quantities(text):
        if figure.quantity and figure.quantity.unit:
            before, after = text[: figure.start], text[figure.end :]
            yield figure.start, figure.end, _limit(figure.quantity, before, after)


def _limit(one: Quantity, before: str, after: str) -> Limit:
    if one.low != one.high:
        return Limit(one.unit, one.low, one.high)
    if _UP_TO.search(before) or _OR_LESS.match(after):
        return Limit(one.unit, high=one.high)
    if _OVER.search(before):
        return Limit(one.unit, one.low, above=True)
    if _UNDER.search(before):
        return Limit(one.unit, high=one.high, below=True)
    if _FROM.search(before) or _OR_MORE.match(after):
        return Limit(one.unit, one.low)
    return Limit(one.unit, one.low, one.high)


def _joined(one: Limit, other: Limit) -> Limit | None:
    """Join a lower bound, or a bare amount, with the upper bound that follows it."""
    if one.unit != other.unit or one.low is None or other.low is not None:
        return None
    if one.high not in {None, one.low}:
        return None
    return Limit(one.unit, one.low, other.high, above=one.above, below=other.below)


def _is_exact(one: Limit) -> bool:
    return one.low is not None and one.low == one.high
