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
        reworded: failing in both, for another cause.
        left_out: ids of cases that only one run has.
        edited: cases that were edited between the two; they prove nothing and are told.
    """

    fixed: tuple[Pair, ...]
    broken: tuple[Pair, ...]
    reworded: tuple[Pair, ...]
    shared: int
    left_out: tuple[str, ...] = ()
    edited: tuple[Pair, ...] = ()

    @property
    def chance(self) -> float:
        """The chance of flips this uneven if nothing had changed."""
        return mcnemar(len(self.fixed), len(self.broken))

    @property
    def in_words(self) -> str:
        """Say what it is worth; what was edited in between is told and proves nothing."""
        said = flips_in_words(len(self.fixed), len(self.broken))
        if not self.edited:
            return said
        now = sum(pair.after.passed and not pair.before.passed for pair in self.edited)
        gone = sum(pair.before.passed and not pair.after.passed for pair in self.edited)
        many = "1 case was" if len(self.edited) == 1 else f"{len(self.edited)} cases were"
        passing = f", of which {now} passes now" if now == 1 else f", of which {now} pass now"
        failing = f", and {gone} no longer" if gone else ""
        return f"{said} {many} edited in between{passing if now else ''}{failing}."


def compare(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Comparison:
    """Compare two runs case by case, the same in both by what it asks for."""
    old = {one.case.fingerprint: one for one in before}
    pairs = [Pair(old[one.case.fingerprint], one) for one in after if one.case.fingerprint in old]
    shared = {pair.after.case.fingerprint for pair in pairs}
    left = {one.case.id: one for one in before if one.case.fingerprint not in shared}
    new = [one for one in after if one.case.fingerprint not in shared]
    edited = [Pair(left.pop(one.case.id), one) for one in new if one.case.id in left]
    alone = (*left, *(one.case.id for one in new))
    told = {pair.after.case.id for pair in edited}
    return Comparison(
        tuple(pair for pair in pairs if pair.after.passed and not pair.before.passed),
        tuple(pair for pair in pairs if pair.before.passed and not pair.after.passed),
        tuple(pair for pair in pairs if _still_fails_otherwise(pair)),
        len(pairs),
        tuple(one for one in dict.fromkeys(alone) if one not in told),
        tuple(edited),
    )


def _still_fails_otherwise(pair: Pair) -> bool:
    if pair.before.passed or pair.after.passed:
        return False
    return pair.before.worst.cause != pair.after.worst.cause
