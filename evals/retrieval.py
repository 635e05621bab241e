"""How well the right entries are found: every query of a set, asked the product's own way."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.ask import Assistant
from assistant.library.catalogue import Catalogue
from assistant.retrieval.retrieve import CANDIDATES
from assistant.settings import Settings
from assistant.wiring import build_assistant
from corpus.errors import QuestionError
from evals.benchmark_index import IndexedSet, indexed
from evals.benchmark_problems import Problem, Problems
from evals.benchmark_sets import BenchmarkSet, Query
from evals.memory import peak_mib
from evals.ranking import DEPTH, NAMES, Measures, as_numbers, best_of_each, measure
from evals.uncertainty import Interval, interval
from indexing.progress import Progress

Reason = Literal["unanswerable", "no gold", "empty"]

# all that both rankings can give: what stands behind the hits that the product goes on with still
# tells how near it came
_HITS = 2 * CANDIDATES


@dataclass(frozen=True, slots=True)
class Scored:
    """A query that was asked.

    Attributes:
        ranked: ids of the first ten entries, best first.
    """

    query: str
    ranked: tuple[str, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class Unscored:
    """A query that retrieval cannot be measured with."""

    query: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Cost:
    """What measuring took on this machine.

    Attributes:
        index_seconds: of writing the files and bringing the index in step with them.
        embedded, reused: texts whose vector was computed, and was there from before.
        p50_ms, p95_ms: of one query, warm, by the clock; None where none was asked.
        cpu_p50_ms, cpu_p95_ms: the same in processor time over all cores, which other programs on
            the machine disturb less.
        peak_mib: most memory that this process has held since it began, other sets included.
    """

    index_seconds: float
    embedded: int
    reused: int
    p50_ms: float | None
    p95_ms: float | None
    cpu_p50_ms: float | None
    cpu_p95_ms: float | None
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Run:
    """The retrieval of one set.

    Attributes:
        index: fingerprint of the index that was asked.
        outcomes: one for each query, in the set's order.
    """

    name: str
    split: str
    index: str
    entries: int
    documents: int
    passages: int
    outcomes: tuple[Scored | Unscored, ...]
    problems: tuple[Problem, ...]
    cost: Cost

    @property
    def scored(self) -> tuple[Scored, ...]:
        """The queries that count."""
        return tuple(one for one in self.outcomes if isinstance(one, Scored))

    @property
    def unscored(self) -> Mapping[Reason, int]:
        """How many queries do not count, by reason."""
        return Counter(one.reason for one in self.outcomes if isinstance(one, Unscored))

    def values(self, name: str) -> dict[str, float]:
        """Return one measure of every query that counts, by query id."""
        return {one.query: as_numbers(one.measures)[name] for one in self.scored}

    def means(self) -> dict[str, Interval | None]:
        """Return each measure's mean over the queries that count, with its interval."""
        return {name: interval(list(self.values(name).values())) for name in NAMES.values()}


def _tell_nobody(done: int, total: int) -> None:
    del done, total


def run_set(
    some_set: BenchmarkSet,
    settings: Settings,
    documents: Path | None = None,
    *,
    progress: Progress,
    asked: Callable[[int, int], None] = _tell_nobody,
) -> Run:
    """Index a set in the settings' home and ask all its queries.

    Args:
        some_set: the set.
        settings: those to measure.
        documents: as for ``indexed``.
        progress: hears of the build.
        asked: hears how many of how many queries were asked.

    Raises:
        CorpusError, StoredIndexError, ModelError, StorageError: why it cannot be done.
    """
    # nobody changes the folder meanwhile, so it need not be followed
    assistant = build_assistant(settings.model_copy(update={"follow": False}))
    with closing(assistant):
        assistant.embedder.embed(["The model is loaded before the clock runs."])
        with indexed(
            some_set, settings.home, assistant.embedder, documents, progress=progress
        ) as held:
            return _run(held, assistant, asked)


def _run(held: IndexedSet, assistant: Assistant, asked: Callable[[int, int], None]) -> Run:
    asking = _Asking(held, assistant, asked)
    outcomes = tuple(asking.outcomes())
    asking.note_not_in_force()
    manifest = held.index.manifest
    return Run(
        held.some_set.name,
        held.some_set.split,
        held.index.fingerprint,
        len(held.some_set.entries),
        held.report.documents,
        manifest.passages,
        outcomes,
        (*held.some_set.problems, *held.problems, *asking.problems.told()),
        Cost(
            held.seconds,
            held.report.embedded,
            held.report.reused,
            _percentile(asking.times, 50),
            _percentile(asking.times, 95),
            _percentile(asking.cpu_times, 50),
            _percentile(asking.cpu_times, 95),
            peak_mib(),
        ),
    )


class _Asking:
    """Asks the queries of one set, with the clock beside."""

    def __init__(
        self, held: IndexedSet, assistant: Assistant, asked: Callable[[int, int], None]
    ) -> None:
        self._held = held
        self._assistant = assistant
        self._asked = asked
        self.problems = Problems()
        self.times: list[float] = []  # milliseconds by the clock
        self.cpu_times: list[float] = []  # milliseconds of processor time

    def outcomes(self) -> Iterator[Scored | Unscored]:
        """Give what each query gave."""
        self._warm_up()
        queries = self._held.some_set.queries
        for done, query in enumerate(queries):
            self._asked(done, len(queries))
            if reason := _reason(query):
                yield Unscored(query.id, reason)
                continue
            ranked = self._ranked(query)
            yield Scored(query.id, ranked[:DEPTH], measure(ranked, query.gold))

    def note_not_in_force(self) -> None:
        """Note the entries that nobody is answered from today, because of dates found in them."""
        index = self._held.index
        valid = Catalogue(index.catalogue).keys_in_force(self._assistant.today())
        self.problems.note_all(
            "entry not in force today, so never found",
            (entry for entry, keys in self._held.keys.items() if not valid.intersection(keys)),
        )

    def _warm_up(self) -> None:
        """Ask the first query before the clock runs: it opens the index."""
        for query in self._held.some_set.queries:
            if _reason(query) is None:
                with suppress(QuestionError):  # noted where it counts
                    self._assistant.search(query.text)
                return

    def _ranked(self, query: Query) -> tuple[str, ...]:
        began, busy = time.perf_counter(), time.process_time()
        try:
            hits = self._assistant.search(query.text, limit=_HITS)
        except QuestionError:
            self.problems.note("query that Charter does not take, nothing found", query.id)
            return ()
        self.times.append(1000 * (time.perf_counter() - began))
        self.cpu_times.append(1000 * (time.process_time() - busy))
        return best_of_each(self._held.entry_of(hit.ordinal) for hit in hits)


def _reason(query: Query) -> Reason | None:
    if not query.text:
        return "empty"
    if query.gold:
        return None
    return "unanswerable" if query.answerable is False else "no gold"


def _percentile(times: Sequence[float], percent: int) -> float | None:
    return float(np.percentile(times, percent)) if times else None
