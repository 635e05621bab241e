"""One run of the benchmark of answers: sets in, results out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import calibration_of
from corpus.errors import BenchmarkUnusable
from evals.answers import ask_set
from evals.answers_page import Results
from evals.benchmark_files import PAGE
from evals.benchmark_index import indexed
from evals.benchmark_sets import BenchmarkSet
from evals.fitting import Rule, fit_decision
from evals.scoring import score_set
from indexing.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to do.

    Attributes:
        home: the index of each set is kept in a folder of this one, under the set's name.
        documents: folder of the real documents, for sets whose ids name files and pages.
        most: questions taken of each label, evenly spaced; 0 takes all.
        rule: what to fit the decision by; None fits nothing.
    """

    home: Path
    documents: Path | None = None
    most: int = 0
    rule: Rule | None = None


def run(
    sets: Sequence[BenchmarkSet],
    wanted: Wanted,
    *,
    embedder: Embedder,
    settings: Settings,
    say: Callable[[str], None],
) -> Results:
    """Index and ask every set, score it, and fit the decision if that is wanted.

    Args:
        sets: under different names.
        wanted: what to do.
        embedder: the model of the indexes and of the questions.
        settings: decide how a question is asked, and from which confidence it is answered.
        say: hears which set's turn it is.

    Raises:
        BenchmarkUnusable: two sets have one name, or nothing can be fitted to them.
        CorpusError, StorageError, ModelError, StoredIndexError: a set cannot be indexed.
    """
    if len({one.name for one in sets}) < len(sets):
        raise BenchmarkUnusable("Two sets have the same name.", "Give each folder its own name.")
    told = []
    for one in sets:
        say(f"{one.name}: indexing")
        documents = wanted.documents if _names_pages(one) else None
        with indexed(one, wanted.home / one.name, embedder, documents) as held:
            say(f"{one.name}: asking")
            others = [other for other in sets if other is not one]
            told.append(
                ask_set(held, others, embedder=embedder, settings=settings, most=wanted.most)
            )
    threshold = calibration_of(settings).answer_threshold
    scores = tuple(score_set(one, threshold) for one in told)
    if wanted.rule is None:
        return Results(tuple(told), scores, threshold)
    fitted, held_out = fit_decision(told, wanted.rule)
    return Results(tuple(told), scores, threshold, fitted, held_out)


def _names_pages(some_set: BenchmarkSet) -> bool:
    return any(PAGE in entry.id for entry in some_set.entries)
