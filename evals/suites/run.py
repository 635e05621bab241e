"""One run of a suite: ask every wording, judge every reply, count, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

import numpy as np

from assistant.ask import Assistant
from assistant.library.shelf import Shelf
from corpus.errors import SuiteNotFound
from corpus.model import document_key
from evals.asking import Asking
from evals.machine import machine_in_words
from evals.suites.asked import Asked, Asker, Said
from evals.suites.judging.comparison import Comparison
from evals.suites.judging.gates import Gate, Outcome, gates, outcome_of
from evals.suites.judging.judge import Judge
from evals.suites.judging.labels import Labels
from evals.suites.judging.matching import Ruler
from evals.suites.judging.scores import CaseResult, Scores, score
from evals.suites.model import Case, Suite
from evals.suites.opinions.agreement import Agreement
from evals.suites.places import Lost, Place, Places
from indexing.embedding import Embedder
from indexing.index import Index

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ground:
    """What was run on what, so that it can be run again.

    Attributes:
        asked_at: in UTC, without a zone.
        index, settings: fingerprints.
        documents: key of each version in the index → SHA-256 of its file.
    """

    asked_at: datetime
    index: str
    settings: str
    model: str
    machine: str
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """A suite with what came of every question.

    Attributes:
        places: id of a case → where its evidence stood when it was asked, or how it was lost: a
            run keeps its verdicts whatever becomes of the documents.
    """

    suite: Suite
    ground: Ground
    asked: tuple[Asked, ...]
    places: Mapping[str, tuple[Place | Lost, ...]]

    def reply(self, case: str, wording: int = 0) -> tuple[Case, Said]:
        """Return a case and what was replied to one of its wordings, counted from 0.

        Raises:
            SuiteNotFound: the run has no reply to that.
        """
        cases = {one.id: one for one in self.suite.cases}
        for one in self.asked:
            if (one.case, one.wording) == (case, wording) and isinstance(one.came, Said):
                return cases[case], one.came
        raise SuiteNotFound(
            f"The run has no reply to wording {wording + 1} of a case “{case}”.",
            "Name a case by its id, as the run shows it.",
        )


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """A run with its verdicts.

    Attributes:
        results: of every case, drafts and watched ones too.
        counting: those of the cases that decide.
        scores: of the latter.
        agreement: what the opinions of a language model are worth; None where none was asked.
    """

    run: Run
    results: tuple[CaseResult, ...]
    scores: Scores
    gates: tuple[Gate, ...]
    agreement: Agreement | None = None

    @property
    def counting(self) -> tuple[CaseResult, ...]:
        """The results that decide."""
        return tuple(one for one in self.results if one.case.counts)

    @property
    def outcome(self) -> Outcome:
        """What the gates come to."""
        return outcome_of(self.gates)


def run_suite(suite: Suite, assistant: Assistant, tell: Tell = lambda done, of: None) -> Run:  # noqa: ARG005  nobody listens
    """Ask every wording of every case; nothing of it is kept in the records.

    It is asked for everybody: of documents for others a run holds nothing, not even their names.

    Raises:
        StoredIndexError, ModelError: nothing can be asked at all.
    """
    assistant.ready()
    index = assistant.shelf().index
    asker = Asker(assistant, Asking(index, assistant.embedder, assistant.settings))
    wanted = [(case, n) for case in suite.cases for n in range(len(case.questions))]
    asked = []
    for done, (case, wording) in enumerate(wanted, start=1):
        asked.append(asker.ask(case, wording))
        tell(done, len(wanted))
    return Run(suite, _ground(assistant, index), tuple(asked), _places(suite, assistant.shelf()))


def score_run(run: Run, assistant: Assistant, labels: Labels | None = None) -> ScoredRun:
    """Judge a run by what stood in the documents when it was asked; asks nothing.

    Args:
        run: to judge.
        assistant: weighs words and compares meanings.
        labels: what people said of replies to this suite: it settles what would be to confirm.

    Raises:
        SuiteUnusable, StorageError: the labels cannot be read.
    """
    judge = Judge(
        ruler_of(assistant.shelf().index, assistant.embedder),
        run.places,
        labels={(one.case, one.reply): one for one in (labels.all() if labels else ())},
    )
    cases = {case.id: case for case in run.suite.cases}
    results = tuple(
        CaseResult(cases[name], tuple(judge.judge(cases[name], one) for one in some))
        for name, some in groupby(run.asked, key=lambda one: one.case)
    )
    return scored_from(run, results)


def scored_from(run: Run, results: tuple[CaseResult, ...]) -> ScoredRun:
    """Return a run with its figures and gates, from the verdicts on its cases."""
    counting = [one for one in results if one.case.counts]
    scores = score(counting)
    return ScoredRun(run, results, scores, gates(run.suite, counting, scores))


def try_case(case: Case, assistant: Assistant) -> CaseResult:
    """Ask one case now and judge what comes; nothing of it is kept."""
    run = run_suite(Suite("", (case,)), assistant)
    return score_run(run, assistant).results[0]


def with_regression(scored: ScoredRun, against: Comparison) -> ScoredRun:
    """Return a run that must be no worse than an earlier one as well."""
    told = gates(scored.run.suite, scored.counting, scored.scores, against)
    return replace(scored, gates=told)


def ruler_of(index: Index, embedder: Embedder) -> Ruler:
    """Return a ruler that weighs words as the index does and compares meaning as its model does."""

    def likeness(text: str, others: Sequence[str]) -> float:
        if not others:
            return 0.0
        one, *rest = embedder.embed([text, *others])
        return float(max(np.asarray(other) @ np.asarray(one) for other in rest))

    return Ruler(index.idf, likeness)


def _places(suite: Suite, shelf: Shelf) -> dict[str, tuple[Place | Lost, ...]]:
    places = Places(shelf)
    return {
        case.id: tuple(places.find(one, case.as_of) for one in case.evidence)
        for case in suite.cases
    }


def _ground(assistant: Assistant, index: Index) -> Ground:
    return Ground(
        datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        index.fingerprint,
        assistant.settings_fingerprint,
        assistant.embedder.fingerprint,
        machine_in_words(),
        {
            key: index.document(key).sha256
            for key in sorted(document_key(one.id, one.version) for one in index.catalogue)
        },
    )
