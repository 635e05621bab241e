"""What a difference between two runs is worth, and what a suite of some size can see."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import comb, exp, lgamma, log, log1p, sqrt

from evals.shares import Score, Scored, Unscored, share

CHANCE = 0.05  # below which a difference is not put down to chance
_NORMAL = 1.959964
_NEGLIGIBLE = 1e-9


def mcnemar(fixed: int, broken: int) -> float:
    """Return the chance, 0 to 1, of flips this uneven if both ways were equally likely.

    The exact two-sided test of McNemar (1947), by the binomial distribution.
    """
    flips = fixed + broken
    if not flips:
        return 1.0
    tail: float = sum(comb(flips, k) for k in range(min(fixed, broken) + 1)) / 2**flips
    return min(1.0, 2 * tail)


def flips_in_words(fixed: int, broken: int) -> str:
    """Say what the flips between two runs are worth: "fixed 9, broke 3: could still be chance"."""
    if not fixed + broken:
        return "Nothing changed."
    said = f"Fixed {fixed}, broke {broken}"
    chance = mcnemar(fixed, broken)
    if chance >= CHANCE:
        return f"{said}: this could still be chance (p = {chance:.2f})."
    better = "better" if fixed > broken else "worse"
    return f"{said}: it got {better}, and that is hardly chance (p = {chance:.3f})."


def clustered_share(clusters: Sequence[Sequence[bool]]) -> Scored:
    """Return a share of cases whose members hang together, with an interval that allows for that.

    The variance is that of the clusters (Miller, arXiv 2411.00640, equation for clustered errors);
    the interval is Wilson's over as many independent cases as would give that variance.
    """
    held = [cluster for cluster in clusters if cluster]
    cases = sum(map(len, held))
    if not cases:
        return Unscored("no such question")
    right = sum(map(sum, held))
    value = right / cases
    if len(held) < 2 or all(len(cluster) == 1 for cluster in held):  # noqa: PLR2004  one cluster has no variance
        return share(right, cases) if len(held) > 1 else _wilson(value, len(held))
    spread = sum(sum(one - value for one in cluster) ** 2 for cluster in held)
    variance = spread * len(held) / (len(held) - 1) / cases**2
    even = value * (1 - value)
    if not variance or not even:
        return _wilson(value, len(held))
    return _wilson(value, max(1.0, min(float(cases), even / variance)))


def _wilson(value: float, count: float) -> Score:
    """Return a share with Wilson's interval over a number of cases that may be no whole one."""
    square = _NORMAL**2
    centre = (value + square / (2 * count)) / (1 + square / count)
    spread = sqrt(value * (1 - value) / count + square / (4 * count**2))
    spread *= _NORMAL / (1 + square / count)
    return Score(value, max(1, round(count)), max(0.0, centre - spread), min(1.0, centre + spread))


def power(cases: int, drop: float, noise: float = 0.03) -> float:
    """Return how often, 0 to 1, the exact test tells a drop from chance.

    Args:
        cases: in the suite, each asked once.
        drop: share of cases that get worse, beside the noise.
        noise: share of cases that get better by themselves, and as many again that get worse.
    """
    worse, better = drop + noise, noise
    seen = 0.0
    for flips in range(1, cases + 1):
        likely = _binomial(flips, cases, worse + better)
        if likely > _NEGLIGIBLE:
            fixed = range(_most_fixed(flips) + 1)
            seen += likely * sum(_binomial(k, flips, better / (worse + better)) for k in fixed)
    return seen


def _binomial(k: int, n: int, p: float) -> float:
    """Return the probability of ``k`` of ``n``, by logarithms: factorials grow too large."""
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(p) + (n - k) * log1p(-p)) if p < 1 else float(k == n)


@cache
def _most_fixed(flips: int) -> int:
    """Return the most flips to the better with which so many are no chance; -1 where none is."""
    most = -1
    for fixed in range(flips // 2 + 1):
        if mcnemar(fixed, flips - fixed) >= CHANCE:
            break
        most = fixed
    return most


def power_in_words(cases: int) -> str:
    """Say what a suite can detect."""
    ten, five = (_often(power(cases, drop)) for drop in (0.10, 0.05))
    these = "1 case" if cases == 1 else f"{cases} cases"
    return (
        f"With {these}, a drop of 10 points would be told from chance {ten}, "
        f"one of 5 points {five}."
    )


def _often(share: float) -> str:
    times = round(100 * share)
    return f"about {times} times in 100" if times > 1 else "hardly ever"
