"""How far a model's opinions can be relied on: against what people say, and against itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from evals.shares import Score, Scored, Unscored
from evals.suites.opinions.model_judge import Opinion

LEAST_KAPPA = 0.6
LEAST_LABELS = 50
LEAST_STEADY = 0.95
_NORMAL = 1.959964


@dataclass(frozen=True, slots=True)
class Agreement:
    """A model's opinions held against people's labels of one suite.

    Attributes:
        model: its name.
        labels: replies that a person and the model spoke of.
        agree: of these, those on which they say the same.
        kappa: Cohen's, of people and model; unscored where chance explains all.
        opinions: replies that the model spoke of.
        steady: of these, those on which all its votes were the same.
        settled: ids of cases whose verdict it settled.
        problem: why it could not be asked; empty where it could.
    """

    model: str
    labels: int
    agree: int
    kappa: Scored
    opinions: int
    steady: int
    settled: tuple[str, ...] = ()
    problem: str = ""

    @property
    def trusted(self) -> bool:
        """Whether it may settle what is to confirm."""
        return (
            not self.problem
            and self.labels >= LEAST_LABELS
            and isinstance(self.kappa, Score)
            and self.kappa.value >= LEAST_KAPPA
            and self.steady >= LEAST_STEADY * self.opinions
        )

    @property
    def in_words(self) -> str:
        """What the model is worth, in sentences."""
        if self.problem:
            return f"{self.problem} No opinion of it counts."
        kappa = f"kappa {self.kappa.value:.2f}" if isinstance(self.kappa, Score) else "no kappa"
        said = (
            f"{self.model} agrees with people on {self.agree} of {self.labels} replies ({kappa}) "
            f"and with itself on {self.steady} of {self.opinions}."
        )
        if not self.trusted:
            return (
                f"{said} Its opinions decide nothing: that takes {LEAST_LABELS} labels, a kappa "
                f"of {LEAST_KAPPA} and {LEAST_STEADY:.0%} agreement with itself."
            )
        settled = ", ".join(self.settled) or "none"
        return f"{said} It may settle what is to confirm; of these it settled: {settled}."


def agreement_of(
    model: str, pairs: Sequence[tuple[bool, Opinion]], opinions: Sequence[Opinion]
) -> Agreement:
    """Hold a model's opinions against people's labels.

    Args:
        model: its name.
        pairs: what a person said of a reply, and what the model thinks of it.
        opinions: all that it thinks of this suite.
    """
    said = [("right" if right else "not right", one.majority) for right, one in pairs]
    return Agreement(
        model,
        len(said),
        sum(person == thinks for person, thinks in said),
        cohen_kappa(said),
        len(opinions),
        sum(one.steady for one in opinions),
    )


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> Scored:
    """Return how far two judges agree beyond chance, 1 at most; Cohen (1960).

    The interval is the normal one with his standard error.
    """
    count = len(pairs)
    if not count:
        return Unscored("nobody spoke of the same reply")
    same = sum(one == other for one, other in pairs) / count
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(ones[word] * others[word] for word in ones) / count**2
    if chance == 1:
        return Unscored("all say the same of every reply")
    value = (same - chance) / (1 - chance)
    spread = _NORMAL * sqrt(same * (1 - same) / count) / (1 - chance)
    return Score(value, count, max(-1.0, value - spread), min(1.0, value + spread))
