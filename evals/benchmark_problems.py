"""What is wrong with a set of questions: named, counted, never passed over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "line that cannot be read",
    "duplicate entry id",
    "duplicate query id",
    "entry without text",
    "empty query",
    "metadata that cannot be read",
    "judgement that cannot be read",
    "judgement given twice",
    "judgement of a query that is not there",
    "judgement of an entry that is not there",
    "gold of a query said to be unanswerable",
    "query without gold, not said to be unanswerable",
    "document that is not there, its entries taken from the corpus",
    "file that is no entry, left out",
    "entry that could not be indexed",
    "entry not in force today, so never found",
    "query that Charter does not take, nothing found",
]

_SHOWN = 5  # ids of one problem


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem.

    Attributes:
        count: how often it was met.
        first: the first few ids, or file names with line numbers.
    """

    kind: ProblemKind
    count: int
    first: tuple[str, ...]


class Problems:
    """Counts problems while a set is read."""

    def __init__(self) -> None:
        self._met: dict[ProblemKind, list[str]] = defaultdict(list)

    def note(self, kind: ProblemKind, where: str) -> None:
        """Count one problem."""
        self._met[kind].append(where)

    def note_all(self, kind: ProblemKind, places: Iterable[str]) -> None:
        """Count one problem for each place."""
        for where in places:
            self.note(kind, where)

    def told(self) -> tuple[Problem, ...]:
        """Return what was met, in the order in which each kind was met first."""
        return tuple(
            Problem(kind, len(places), tuple(places[:_SHOWN])) for kind, places in self._met.items()
        )
