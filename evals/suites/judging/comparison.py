"""Two runs side by side: what was fixed, what broke, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.suites.judging.scores import CaseResult
from evals.suites.judging.statistics import flips_in_words, mcnemar


@dataclass(frozen=True, slots=True)
class Pair:
    """A case in both runs."""

    before: CaseResult
    after: CaseResult


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, over the cases that both runs have and that ask the same.

    Attributes:
        reworded: failing in both, with another reply.
        left_out: ids of cases that only one run has, or that were edited between them.
    """

    fixed: tuple[Pair, ...]
    broken: tuple[Pair, ...]
    reworded: tuple[Pair, ...]
    shared: int
    left_out: tuple[str, ...]

    @property
    def chance(self) -> float:
        """The chance of flips this uneven if nothing had changed."""
        return mcnemar(len(self.fixed), len(self.broken))

    @property
    def in_words(self) -> str:
        """Say what it is worth."""
        return flips_in_words(len(self.fixed), len(self.broken))


def compare(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Comparison:
    """Compare two runs by case; a case that was edited in between is left out and named."""
    old = {one.case.fingerprint: one for one in before}
    new = {one.case.fingerprint: one for one in after}
    pairs = [Pair(old[key], one) for key, one in new.items() if key in old]
    shared = {pair.after.case.fingerprint for pair in pairs}
    alone = [one.case.id for one in (*before, *after) if one.case.fingerprint not in shared]
    return Comparison(
        tuple(pair for pair in pairs if pair.after.passed and not pair.before.passed),
        tuple(pair for pair in pairs if pair.before.passed and not pair.after.passed),
        tuple(pair for pair in pairs if _still_fails_otherwise(pair)),
        len(pairs),
        tuple(dict.fromkeys(alone)),
    )


def _still_fails_otherwise(pair: Pair) -> bool:
    if pair.before.passed or pair.after.passed:
        return False
    return pair.before.worst.cause != pair.after.worst.cause
