"""Answers and refusals over sets of questions: every question as it is, and its twins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.decision.decide import Verdict
from assistant.settings import Settings
from corpus.errors import QuestionError
from evals.asking import Asking, Outcome
from evals.benchmark_index import IndexedSet
from evals.benchmark_problems import Problem
from evals.benchmark_sets import BenchmarkSet, Query
from evals.evidence import Evidence, entries_quoted, evidence
from evals.twins import Asked, Kind, Twins
from indexing.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one question.

    Attributes:
        query: id of the question that it is or was made of.
        source: name of the set that the question is from.
        sure: confidence that decides; 0 where no threshold would let it answer.
        signals: what the confidence was made of, in the order of ``Signals``; None where nothing
            was found to quote.
        quotes: how many there are; ``valid`` of them stand word for word at their place.
        evidence: of an answerable question.
    """

    kind: Kind
    query: str
    source: str
    verdict: Verdict
    sure: float
    signals: tuple[float, ...] | None
    quotes: int
    valid: int
    evidence: Evidence | None = None

    @property
    def right(self) -> bool:
        """Whether an answer is the right outcome, with its evidence."""
        return self.evidence is not None and self.evidence.quoted


@dataclass(frozen=True, slots=True)
class SetRows:
    """All questions of one set.

    Attributes:
        untaken: ids of the questions that cannot be asked, e.g. for their length.
    """

    name: str
    rows: tuple[Row, ...]
    untaken: tuple[str, ...]
    problems: tuple[Problem, ...]

    def of(self, kind: Kind) -> tuple[Row, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)


def ask_set(
    indexed: IndexedSet,
    others: Sequence[BenchmarkSet],
    *,
    embedder: Embedder,
    settings: Settings,
    most: int,
) -> SetRows:
    """Ask the questions of a set and their twins, and questions of other sets.

    Args:
        indexed: the set with its index.
        others: sets whose questions are off the topic of this one.
        embedder: the model that it was indexed with.
        settings: decide how it is asked.
        most: questions taken of each label, evenly spaced; 0 takes all. As many of other sets.
    """
    asking = Asking(indexed.index, embedder, settings)
    runner = _Runner(
        indexed, asking, Twins(indexed.some_set.name, indexed.some_set.entries, indexed)
    )
    queries = [one for one in indexed.some_set.queries if one.text]
    rows: list[Row] = []
    untaken: list[str] = []
    steps = chain(
        (runner.answerable(one) for one in evenly([q for q in queries if q.gold], most)),
        (
            runner.plainly(Asked("unanswerable", one.id, indexed.some_set.name, one.text))
            for one in evenly([q for q in queries if q.answerable is False], most)
        ),
        (runner.plainly(one) for one in off_topic(others, most)),
    )
    for met in steps:
        rows += [one for one in met if isinstance(one, Row)]
        untaken += [one for one in met if isinstance(one, str)]
    problems = (*indexed.some_set.problems, *indexed.problems)
    return SetRows(indexed.some_set.name, tuple(rows), tuple(dict.fromkeys(untaken)), problems)


def off_topic(others: Sequence[BenchmarkSet], most: int) -> Iterator[Asked]:
    """Return answerable questions of other sets, the same number of each."""
    each = -(-most // len(others)) if others else 0
    for other in others:
        for query in evenly([one for one in other.queries if one.text and one.gold], each):
            yield Asked("off-topic", query.id, other.name, query.text)


def evenly(queries: Sequence[Query], most: int) -> list[Query]:
    """Return at most so many, evenly spaced; 0 takes all."""
    if not most or len(queries) <= most:
        return list(queries)
    return [queries[place * len(queries) // most] for place in range(most)]


@dataclass(frozen=True, slots=True)
class _Runner:
    """Asks, and gives rows; the id of what cannot be asked in place of its row."""

    indexed: IndexedSet
    asking: Asking
    twins: Twins

    def answerable(self, query: Query) -> tuple[Row | str, ...]:
        asked = Asked("answerable", query.id, self.twins.name, query.text)
        try:
            outcome = self.asking.ask(query.text)
        except QuestionError:
            return (query.id,)
        entries = entries_quoted(self.indexed, outcome.quotes)
        found = _row(asked, outcome, evidence(query, outcome, entries))
        twins = self.twins.of(query, outcome, frozenset(entries))
        return (found, *chain.from_iterable(self.plainly(twin) for twin in twins))

    def plainly(self, asked: Asked) -> tuple[Row | str, ...]:
        try:
            return (_row(asked, self.asking.ask(asked.text, asked.hidden)),)
        except QuestionError:
            return (asked.query,)


def _row(asked: Asked, outcome: Outcome, found: Evidence | None = None) -> Row:
    return Row(
        asked.kind,
        asked.query,
        asked.source,
        outcome.verdict,
        outcome.sure,
        outcome.figures,
        len(outcome.quotes),
        outcome.valid,
        found,
    )
