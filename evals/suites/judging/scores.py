"""The figures of a run: six that HR reads, and those that engineers read beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median, quantiles

from evals.caution import Point, auroc, risk_coverage
from evals.ranking import NAMES, as_numbers
from evals.shares import Scored, Unscored, mean, share
from evals.suites.asked import Failed, Said
from evals.suites.judging.judge import Cause, Judged
from evals.suites.judging.statistics import clustered_share
from evals.suites.model import Case, Why

NO_CASE = Unscored("no such case")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with the verdict on each of its wordings.

    A case passes if every wording does: whoever asks otherwise deserves the same answer.
    """

    case: Case
    wordings: tuple[Judged, ...]

    @property
    def passed(self) -> bool:
        """Whether every wording passed."""
        return all(one.verdict == "passed" for one in self.wordings)

    @property
    def failed_by_system(self) -> bool:
        """Whether some wording got no reply at all."""
        return any(one.verdict == "system failed" for one in self.wordings)

    @property
    def worst(self) -> Judged:
        """The first wording that did not pass, else the first."""
        return next((one for one in self.wordings if one.verdict != "passed"), self.wordings[0])


@dataclass(frozen=True, slots=True)
class Counted:
    """A share with what it is a share of: "88 of 96"."""

    part: int
    whole: int
    score: Scored


@dataclass(frozen=True, slots=True)
class Six:
    """What HR reads.

    Attributes:
        right: answerable cases that passed in every wording.
        sourced: places of cases that are cited.
        true_quotes: citations whose quote stands at its place, word for word.
        stops: cases that are not to be answered, and were not.
        dares: answerable questions that were answered.
        consistent: cases of several wordings that got one verdict.
    """

    right: Counted
    sourced: Counted
    true_quotes: Counted
    stops: Counted
    dares: Counted
    consistent: Counted


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a run.

    Attributes:
        refusals: by why a case is not to be answered, those that were refused.
        retrieval: measures by name, means over wordings that name a place.
        precision: of citations.
        facts: facts said, of those that must be.
        sure: how well confidence tells what is answerable; area under the curve.
        caution: risk against how much is answered.
        seconds: median and 95th percentile of a reply; None of no reply.
        errors: questions that got no reply.
    """

    six: Six
    refusals: Mapping[Why, Counted]
    retrieval: Mapping[str, Scored]
    precision: Counted
    facts: Counted
    sure: Scored
    caution: tuple[Point, ...]
    seconds: tuple[float, float] | None
    errors: int
    causes: Mapping[Cause, int]


def score(results: Sequence[CaseResult]) -> Scores:
    """Return the figures of some results; drafts are to be left out before."""
    judged = [one for result in results for one in result.wordings]
    answered = [(one, one.asked.came) for one in judged if isinstance(one.asked.came, Said)]
    seconds = [said.seconds for _, said in answered]
    answerable = {result.case.id for result in results if result.case.expected == "answer"}
    return Scores(
        six_of(results),
        _refusals(results),
        _retrieval(judged),
        _counted_pairs(one.precise for one in judged),
        _counted(fact.found == "said" for one in judged for fact in one.must),
        _sure(answered, answerable),
        _caution(answered, answerable),
        (median(seconds), _p95(seconds)) if seconds else None,
        sum(isinstance(one.asked.came, Failed) for one in judged),
        Counter(one.cause for result in results for one in (result.worst,) if one.cause),
    )


def six_of(results: Sequence[CaseResult]) -> Six:
    """Return the six numbers."""
    answers = [one for one in results if one.case.expected == "answer"]
    refusals = [one for one in results if one.case.expected != "answer"]
    asked = [one for result in answers for one in result.wordings]
    citations = [
        cited.valid
        for result in results
        for one in result.wordings
        if isinstance(one.asked.came, Said)
        for cited in one.asked.came.citations
    ]
    several = [one for one in results if len(one.wordings) > 1]
    return Six(
        _counted(one.passed for one in answers),
        _counted_pairs(one.cited for one in asked),
        _counted(citations),
        _counted(one.passed for one in refusals),
        _clustered([[_answers(one) for one in result.wordings] for result in answers]),
        _counted(len({one.verdict for one in result.wordings}) == 1 for result in several),
    )


def _answers(judged: Judged) -> bool:
    return isinstance(judged.asked.came, Said) and judged.asked.came.outcome == "answer"


def _refusals(results: Sequence[CaseResult]) -> dict[Why, Counted]:
    held = [one for one in results if one.case.expected != "answer" and one.case.why]
    held.sort(key=lambda one: str(one.case.why))
    return {
        why: _counted(one.passed for one in some)
        for why, some in groupby(held, key=lambda one: one.case.why)
        if why is not None
    }


def _retrieval(judged: Sequence[Judged]) -> dict[str, Scored]:
    measured = [as_numbers(one.ranking) for one in judged if one.ranking is not None]
    return {
        name: mean([one[name] for one in measured]) if measured else NO_CASE
        for name in NAMES.values()
    }


def _sure(answered: Sequence[tuple[Judged, Said]], answerable: set[str]) -> Scored:
    right = [said.confidence for one, said in answered if one.asked.case in answerable]
    wrong = [said.confidence for one, said in answered if one.asked.case not in answerable]
    return auroc(right, wrong)


def _caution(answered: Sequence[tuple[Judged, Said]], answerable: set[str]) -> tuple[Point, ...]:
    if not answered:
        return ()
    sure = [said.confidence for _, said in answered]
    right = [one.asked.case in answerable and one.verdict == "passed" for one, _ in answered]
    return tuple(risk_coverage(sure, right))


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def _counted(held: Iterable[bool]) -> Counted:
    told = list(held)
    return Counted(sum(told), len(told), share(sum(told), len(told)) if told else NO_CASE)


def _counted_pairs(pairs: Iterable[tuple[int, int]]) -> Counted:
    told = [pair for pair in pairs if pair[1]]
    part, whole = sum(one for one, _ in told), sum(one for _, one in told)
    return Counted(part, whole, share(part, whole) if whole else NO_CASE)


def _clustered(clusters: Sequence[Sequence[bool]]) -> Counted:
    flat = [one for cluster in clusters for one in cluster]
    return Counted(sum(flat), len(flat), clustered_share(clusters) if flat else NO_CASE)
