"""Fit the decision to sets of questions, and judge each set by what the other sets gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.decision.calibration import Calibration, Figure
from assistant.selection.signals import Signals
from corpus.errors import BenchmarkUnusable
from evals.answers import Row, SetRows
from evals.caution import answered_from, auroc, highest_reaching
from evals.logistic import fit_logistic
from evals.shares import Score, Scored
from evals.twins import FALSE_KINDS, KINDS, Kind

ANSWERED = 0.75  # of the answerable questions, at least
TOUCHED = 0.97  # of them that are shown the closest passages or more, at least


@dataclass(frozen=True, slots=True)
class Rule:
    """What a fit aims at.

    Attributes:
        answered: share of the answerable questions that must be answered, each set weighing the
            same; the threshold is the highest that does it.
        touched: the same of those that must at least be shown the closest passages.
        costs: how much a wrong answer to a kind of question counts; 1 where it is not named.
    """

    answered: float = ANSWERED
    touched: float = TOUCHED
    costs: Mapping[Kind, float] = field(default_factory=dict)

    def __str__(self) -> str:
        counted = ", ".join(f"{kind} {cost:g}" for kind, cost in sorted(self.costs.items()))
        return (
            f"the highest thresholds at which at least {self.answered:.0%} of the answerable "
            f"questions are answered, and {self.touched:.0%} are answered or shown the closest "
            "passages; sets weigh the same, and so do kinds"
            + (f" but for these: {counted}" if counted else "")
        )


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One set, decided by what was fitted to the others.

    Attributes:
        answered: share of each kind that is answered.
        auroc: of each kind against the answerable questions whose evidence is quoted.
    """

    name: str
    calibration: Calibration
    answered: Mapping[Kind, Scored]
    auroc: Mapping[Kind, Scored]


def fit_decision(sets: Sequence[SetRows], rule: Rule) -> tuple[Calibration, tuple[HeldOut, ...]]:
    """Return what fits all sets, with the figures of each set under what fits the others.

    With one set alone nothing can be held out, and there are no figures.

    Raises:
        BenchmarkUnusable: no question is answered rightly, or none is without an answer.
    """
    held = tuple(_held_out(sets, some, rule) for some in sets) if len(sets) > 1 else ()
    whole = _fitted(sets, rule)
    figures = tuple(
        Figure(one.name, kind, score.of, round(score.value, 4))
        for one in held
        for kind, score in one.answered.items()
        if isinstance(score, Score)
    )
    named = ", ".join(_counted(some) for some in sets)
    origin = f"logistic regression on {named}; the figures of each set are of a fit to the others"
    return replace(whole, rule=str(rule), origin=origin, figures=figures), held


def _held_out(sets: Sequence[SetRows], some: SetRows, rule: Rule) -> HeldOut:
    fitted = _fitted([one for one in sets if one is not some], rule)
    sure = {kind: [confidence_under(fitted, row) for row in some.of(kind)] for kind in KINDS}
    right = [confidence_under(fitted, row) for row in some.of("answerable") if row.right]
    return HeldOut(
        some.name,
        fitted,
        {kind: answered_from(sure[kind], fitted.answer_threshold) for kind in KINDS},
        {kind: auroc(right, sure[kind]) for kind in FALSE_KINDS},
    )


def confidence_under(calibration: Calibration, row: Row) -> float:
    """Return the confidence that decides; what is blocked stays so."""
    if row.signals is None or not row.sure:
        return 0.0
    return calibration.confidence(Signals(*row.signals))


def _fitted(sets: Sequence[SetRows], rule: Rule) -> Calibration:
    told = [one for some in sets for one in _weighed(some, rule.costs)]
    labels = np.array([float(row.right) for row, _ in told])
    if len(set(labels.tolist())) < 2:  # noqa: PLR2004  right and wrong
        raise BenchmarkUnusable(
            "These sets do not have both questions with an answer and questions without one.",
            "Give sets with gold, and more of their questions.",
        )
    measured = np.array([row.signals for row, _ in told], dtype=np.float64)
    mass = np.array([weight for _, weight in told])
    *weights, offset = fit_logistic(measured, labels, mass * len(told) / mass.sum())
    first = Calibration(
        Signals(*(round(float(weight), 3) for weight in weights)),
        round(float(offset), 3),
        answer_threshold=0.0,
        closest_threshold=0.0,
        rule="",
        origin="",
    )
    answerable = [[confidence_under(first, row) for row in some.of("answerable")] for some in sets]
    return replace(
        first,
        answer_threshold=_down(highest_reaching(answerable, rule.answered)),
        closest_threshold=_down(highest_reaching(answerable, max(rule.answered, rule.touched))),
    )


def _weighed(some: SetRows, costs: Mapping[Kind, float]) -> Iterator[tuple[Row, float]]:
    """Give the rows that a confidence decides, with what each counts.

    In every set right answers count 1 in all, and so do wrong ones, each kind its share by cost.
    A wrong answer to an answerable question is a kind of its own.
    """
    rows = [row for row in some.rows if row.signals is not None and row.sure]
    counts = Counter((row.kind, row.right) for row in rows)
    wrong = {kind: costs.get(kind, 1.0) for kind, right in counts if not right}
    total = sum(wrong.values())
    for row in rows:
        part = 1.0 if row.right else wrong[row.kind] / total if total else 0.0
        yield row, part / counts[row.kind, row.right]


def _down(threshold: float) -> float:
    """Round down, so that the question that sets the threshold still reaches it."""
    return int(threshold * 1000) / 1000


def _counted(some: SetRows) -> str:
    return f"{some.name} ({len(some.rows):,} questions)"
