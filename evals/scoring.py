"""The scores of one set of questions, from its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.answers import Row, SetRows
from evals.caution import Point, answered_at, answered_from, area_of_risk, auroc, risk_coverage
from evals.evidence import Evidence
from evals.shares import Scored, mean, share_of
from evals.twins import FALSE_KINDS, KINDS, Kind

RATES = (0.05, 0.10, 0.20)  # of false answers, at which the answered share is told
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CURVE_POINTS = 12  # steps of the risk-coverage curve that are kept


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Of the questions that the documents answer.

    Attributes:
        answered: share that is answered.
        over_refused: share that is refused though its evidence was at hand to be quoted.
        right: share of the answered ones that quote their evidence.
        quoted, first, few: share of all whose evidence is among what is or would be quoted: at
            all, first, and among the first three.
        precision, recall: of the cited entries of the answered ones.
        both: share that shows both sources, of those that should.
    """

    answered: Scored
    over_refused: Scored
    right: Scored
    quoted: Scored
    first: Scored
    few: Scored
    precision: Scored
    recall: Scored
    both: Scored


@dataclass(frozen=True, slots=True)
class KindScores:
    """Of one kind of question that the documents do not answer.

    Attributes:
        false: share that is answered all the same.
        auroc: of the confidence, against the answerable ones whose evidence is quoted.
        answered_at: share of the answerable ones that is answered where the false-answer rate of
            this kind is held to each of ``RATES``.
    """

    false: Scored
    auroc: Scored
    answered_at: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One threshold: share of each kind of question that is answered from it on."""

    threshold: float
    answered: Mapping[Kind, Scored]


@dataclass(frozen=True, slots=True)
class SetScores:
    """All scores of one set.

    Attributes:
        wrong: AUROC of the confidence of right answers against wrong ones to answerable questions.
        valid: share of all quotes that stand word for word at their place.
        curve: of the answerable questions, at most ``CURVE_POINTS`` points; ``risk`` is its area.
        caution: what each threshold does.
    """

    name: str
    answers: AnswerScores
    kinds: Mapping[Kind, KindScores]
    wrong: Scored
    valid: Scored
    curve: tuple[Point, ...]
    risk: Scored
    caution: tuple[Step, ...]


def score_set(some: SetRows, threshold: float) -> SetScores:
    """Return the scores of one set; ``threshold`` is the one in use."""
    answerable = some.of("answerable")
    right = [row.sure for row in answerable if row.right]
    every = [row.sure for row in answerable]
    points = risk_coverage(every, [row.right for row in answerable])
    return SetScores(
        some.name,
        _answers(answerable),
        {kind: _kind(some.of(kind), right, every) for kind in FALSE_KINDS},
        auroc(right, [row.sure for row in answerable if not row.right]),
        share_of(place < row.valid for row in some.rows for place in range(row.quotes)),
        _thinned(points),
        area_of_risk(points),
        caution(some, threshold),
    )


def caution(some: SetRows, threshold: float) -> tuple[Step, ...]:
    """Return what each threshold answers, the one in use among them."""
    sure = {kind: [row.sure for row in some.of(kind)] for kind in KINDS}
    return tuple(
        Step(one, {kind: answered_from(values, one) for kind, values in sure.items()})
        for one in sorted({*THRESHOLDS, threshold})
    )


def _answers(rows: Sequence[Row]) -> AnswerScores:
    answered = [row for row in rows if row.verdict == "answer"]
    every, found = _evidence(rows), _evidence(answered)
    return AnswerScores(
        answered=share_of(row.verdict == "answer" for row in rows),
        over_refused=share_of(row.right and row.verdict != "answer" for row in rows),
        right=share_of(one.quoted for one in found),
        quoted=share_of(one.quoted for one in every),
        first=share_of(one.first for one in every),
        few=share_of(one.few for one in every),
        precision=mean(one.precision for one in found if one.precision is not None),
        recall=mean(one.recall for one in found),
        both=share_of(
            row.evidence.both and row.verdict == "answer"
            for row in rows
            if row.evidence and row.evidence.both is not None
        ),
    )


def _evidence(rows: Sequence[Row]) -> list[Evidence]:
    return [row.evidence for row in rows if row.evidence]


def _kind(rows: Sequence[Row], right: Sequence[float], every: Sequence[float]) -> KindScores:
    sure = [row.sure for row in rows]
    return KindScores(
        share_of(row.verdict == "answer" for row in rows),
        auroc(right, sure),
        tuple(answered_at(every, sure, rate) for rate in RATES),
    )


def _thinned(points: Sequence[Point]) -> tuple[Point, ...]:
    """Keep the last point and some evenly spaced before it."""
    step = max(1, -(-len(points) // CURVE_POINTS))
    return tuple(points[::-1][::step][::-1])
