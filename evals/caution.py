"""What caution costs: confidence against being right, over all thresholds.

A confidence of 0 stands for a question that is refused at every threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from evals.shares import Score, Scored, Unscored, mean


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a risk-coverage curve.

    Attributes:
        threshold: confidence from which questions are answered.
        coverage: share of the questions that are then answered.
        risk: share of those that are answered wrongly.
    """

    threshold: float
    coverage: float
    risk: float


def auroc(positive: Sequence[float], negative: Sequence[float]) -> Scored:
    """Return the probability that a positive stands above a negative; ties count half."""
    if not positive or not negative:
        return Unscored("it compares two kinds of question, and one is missing")
    one, other = np.array(positive)[:, None], np.array(negative)[None, :]
    area = float(((one > other) + 0.5 * (one == other)).mean())
    return Score(area, len(positive) + len(negative), area, area)


def risk_coverage(sure: Sequence[float], right: Sequence[bool]) -> tuple[Point, ...]:
    """Return one point for each threshold that answers more questions, the strictest first.

    Args:
        sure: confidence of each question.
        right: whether its answer would be right.
    """
    points: list[Point] = []
    for threshold in sorted({value for value in sure if value > 0}, reverse=True):
        answered = [good for value, good in zip(sure, right, strict=True) if value >= threshold]
        risk = 1 - sum(answered) / len(answered)
        points.append(Point(threshold, len(answered) / len(sure), risk))
    return tuple(points)


def area_of_risk(points: Sequence[Point]) -> Scored:
    """Return the mean risk over all coverages that are reached; ties come in at once."""
    if not points:
        return Unscored("no question is answered at any threshold")
    before = [0.0, *(point.coverage for point in points)]
    steps = [point.coverage - last for point, last in zip(points, before, strict=False)]
    risks = [point.risk for point in points]
    area = float(np.dot(steps, risks)) / points[-1].coverage
    return Score(area, len(points), area, area)


def answered_from(sure: Sequence[float], threshold: float) -> Scored:
    """Return the share of the questions whose confidence reaches a threshold."""
    return mean(float(value > 0 and value >= threshold) for value in sure)


def answered_at(positive: Sequence[float], negative: Sequence[float], rate: float) -> Scored:
    """Return the share of the positives that is answered where at most ``rate`` of the others is.

    The threshold is the lowest that keeps the rate; equal confidences fall on one side.
    """
    if not negative:
        return Unscored("no such question")
    allowed = floor(rate * len(negative) + 1e-9)
    barred = sorted(negative, reverse=True)[allowed] if allowed < len(negative) else 0.0
    return mean(float(value > barred) for value in positive)


def highest_reaching(groups: Sequence[Sequence[float]], least: float) -> float:
    """Return the highest threshold at which the mean answered share of groups is ``least``.

    Groups weigh the same, whatever their sizes. Where no threshold reaches it, the lowest
    confidence above 0 is returned, and 0 where there is none.
    """
    filled = [np.sort(np.array(group)) for group in groups if len(group)]
    candidates = sorted({float(v) for group in filled for v in group if v > 0}, reverse=True)
    for threshold in candidates:
        shares = [1 - np.searchsorted(group, threshold) / len(group) for group in filled]
        if float(np.mean(shares)) >= least:
            return threshold
    return candidates[-1] if candidates else 0.0
