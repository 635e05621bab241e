"""What a language model thinks of a reply: the port that every model fits, its fake, its opinions.

An opinion is shown beside a verdict and is no verdict. What it may settle, and when, is decided in
``evals.suites.opinions.opinion``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from indexing.keywords import tokens

Vote = Literal["right", "not right", "unsure"]

VOTES = 3  # of one model on one reply; the majority is its opinion


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What a model is shown: one reply, and what a right one would hold.

    Attributes:
        must_say: what a right reply says, each in plain words.
        quotes: of the documents, where the answer stands.
        lines: of the reply, in order.
    """

    question: str
    must_say: tuple[str, ...]
    quotes: tuple[str, ...]
    lines: tuple[str, ...]


class ModelJudge(Protocol):
    """A language model that votes on replies.

    Attributes:
        name: for people.
        fingerprint: of everything that decides a vote: the model and how it is asked.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  described in the class

    @property
    def fingerprint(self) -> str: ...  # noqa: D102  the same

    def vote(self, exhibit: Exhibit) -> Vote:
        """Say whether a reply is right; asked several times, it may say something else.

        Raises:
            ModelError: the model cannot be asked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model thinks of one reply.

    Attributes:
        model: its name.
        votes: at least one.
    """

    model: str
    votes: tuple[Vote, ...]

    @property
    def majority(self) -> Vote:
        """What more than half of the votes say; unsure where no half does."""
        vote, count = Counter(self.votes).most_common(1)[0]
        return vote if 2 * count > len(self.votes) else "unsure"

    @property
    def steady(self) -> bool:
        """Whether all votes are the same."""
        return len(set(self.votes)) == 1

    @property
    def in_words(self) -> str:
        """The opinion as it is shown: "a model thinks: right, 3 of 3"."""
        count = Counter(self.votes)[self.majority]
        return f"a model thinks: {self.majority}, {count} of {len(self.votes)}"


@dataclass(frozen=True, slots=True)
class FakeModelJudge:
    """Stands for a model in tests: right where enough stems of each fact stand in the reply.

    Attributes:
        least: share of the stems, 0 to 1.
    """

    least: float = 0.5
    name: str = "fake model"

    @property
    def fingerprint(self) -> str:
        """Name and bound."""
        return f"{self.name} {self.least}"

    def vote(self, exhibit: Exhibit) -> Vote:
        """Vote by words alone, each time the same."""
        there = _stems(exhibit.lines)
        shares = [_share(_stems((fact,)), there) for fact in exhibit.must_say]
        if not shares:
            return "unsure"
        return "right" if min(shares) >= self.least else "not right"


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(stem for text in texts for stem in tokens(text))


def _share(wanted: frozenset[str], there: Iterable[str]) -> float:
    return len(wanted.intersection(there)) / len(wanted) if wanted else 1.0
