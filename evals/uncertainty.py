"""How sure a mean is, and whether one run is better than another: the bootstrap, seeded.

Queries are drawn again with replacement; the middle 95 % of the means of many such draws are the
interval. The same values give the same interval at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
_SEED = 20240229
_TAILS = (2.5, 97.5)  # percent

Verdict = Literal["better", "worse", "could be chance", "the same"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over so many values, and where it would lie 95 times in 100."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to another, over the queries that both have.

    Attributes:
        change: mean of the new values less the old ones, with its interval.
        verdict: better or worse only where the interval leaves out 0; the same where no query
            changed.
    """

    before: float
    after: float
    change: Interval
    verdict: Verdict


def interval(values: Sequence[float]) -> Interval | None:
    """Return the mean with its interval; None where there is no value.

    Raises:
        ValueError: a value is no number.
    """
    if not values:
        return None
    held = np.asarray(values, dtype=np.float64)
    if not np.isfinite(held).all():
        raise ValueError("A mean is taken of numbers only.")
    low, high = np.percentile(_means(held), _TAILS)
    return Interval(float(held.mean()), float(low), float(high), len(values))


def difference(after: Mapping[str, float], before: Mapping[str, float]) -> Difference | None:
    """Compare two runs by query; None where they share none."""
    shared = sorted(after.keys() & before.keys())
    changes = [after[query] - before[query] for query in shared]
    change = interval(changes)
    if change is None:
        return None
    old = sum(before[query] for query in shared) / len(shared)
    return Difference(old, old + change.mean, change, _verdict(changes, change))


def _verdict(changes: Sequence[float], change: Interval) -> Verdict:
    if not any(changes):
        return "the same"
    if change.low > 0:
        return "better"
    return "worse" if change.high < 0 else "could be chance"


def _means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each draw; one at a time, so that a million values fit."""
    random = np.random.default_rng(_SEED)
    size = len(values)
    return np.array([values[random.integers(0, size, size)].mean() for _ in range(DRAWS)])
