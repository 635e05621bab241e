"""Scores with what they rest on; a score and the lack of one are different types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

_NORMAL = 1.959964  # of the normal distribution, 95 % two-sided


@dataclass(frozen=True, slots=True)
class Score:
    """A figure from some cases.

    Attributes:
        of: how many cases it rests on, at least 1.
        low, high: 95 % interval; both equal to the value where none is known.
    """

    value: float
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Unscored:
    """No figure, and why there is none."""

    reason: str


Scored = Score | Unscored


def share(part: int, whole: int) -> Scored:
    """Return ``part`` of ``whole`` with its Wilson interval; nothing of nothing is unscored.

    Source: Wilson (1927), without continuity correction.
    """
    if not whole:
        return Unscored("no such question")
    value, square = part / whole, _NORMAL**2
    centre = (value + square / (2 * whole)) / (1 + square / whole)
    spread = sqrt(value * (1 - value) / whole + square / (4 * whole**2))
    spread *= _NORMAL / (1 + square / whole)
    return Score(value, whole, max(0.0, centre - spread), min(1.0, centre + spread))


def share_of(cases: Iterable[bool]) -> Scored:
    """Return the share of the cases that hold."""
    told = list(cases)
    return share(sum(told), len(told))


def mean(values: Iterable[float]) -> Scored:
    """Return the mean of some figures, without an interval."""
    told = list(values)
    if not told:
        return Unscored("no such question")
    value = sum(told) / len(told)
    return Score(value, len(told), value, value)


def mean_score(scores: Iterable[Scored]) -> Scored:
    """Return the mean of those that are scored, each weighing the same; ``of`` adds up."""
    told = [one for one in scores if isinstance(one, Score)]
    if not told:
        return Unscored("no such question")
    value = sum(one.value for one in told) / len(told)
    return Score(value, sum(one.of for one in told), value, value)


def percent(score: Scored) -> str:
    """Write a score as a percentage, an absent one as a dash."""
    return f"{100 * score.value:.1f}" if isinstance(score, Score) else "–"


def percent_within(score: Scored) -> str:
    """Write a share as a percentage with its interval."""
    if isinstance(score, Unscored):
        return "–"
    return f"{100 * score.value:.1f} ({100 * score.low:.0f}–{100 * score.high:.0f})"


def decimals(score: Scored) -> str:
    """Write a score with three decimals, an absent one as a dash."""
    return f"{score.value:.3f}" if isinstance(score, Score) else "–"
