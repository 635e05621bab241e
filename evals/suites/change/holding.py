"""The gate before a new index is served: the suites of ``CHARTER_GATE``, which it has to pass.

Each suite is asked of the new index and of what is served. A new index is held back where a gate
of a suite fails on it. NOT ENOUGH EVIDENCE is said and holds nothing back: a small suite would
else stop every change. Where nothing is served, or nothing that can be used, a failure is said
and holds nothing back either: to answer nobody is worse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.ask import Assistant
from assistant.held_back import HeldBack, forget_held_back, keep_held_back
from assistant.settings import Settings
from assistant.wiring import assistant_of, build_embedder, today
from corpus.errors import CharterError, IndexHeldBack, SettingsError, SuiteNotFound
from evals.suites.files.yaml_file import yaml_of
from evals.suites.folder import SuiteFolder
from evals.suites.judging.comparison import Comparison, compare
from evals.suites.judging.gates import Gate, Outcome
from evals.suites.judging.judge import Cause
from evals.suites.judging.labels import Labels
from evals.suites.judging.scores import CaseResult
from evals.suites.model import Suite
from evals.suites.run import ScoredRun, Tell, run_suite, score_run, with_regression
from indexing.approval import Approve, Candidate
from indexing.generations import generation_folder

# What a change of documents does to a case that passed, and chance does not: the same question
# with the same settings is answered the same (promise 8), so one such case is enough.
BY_THE_DOCUMENTS: frozenset[Cause] = frozenset({"document missing", "out of date", "wrong value"})
_NAMED = 5  # cases in a sentence; the rest are counted
_REMEDY = (
    "Mend the documents or the cases, or serve it all the same: `charter index --serve-anyway`. "
    "Until then what was served before goes on."
)


def _nobody(done: int, of: int) -> None:
    del done, of


@dataclass(frozen=True, slots=True)
class FailedCase:
    """A case that decides and does not pass.

    Attributes:
        action: what to do next.
        passed_before: it passes on what is served; None where nothing is, or it is not asked there.
    """

    id: str
    question: str
    cause: Cause | None
    action: str
    passed_before: bool | None

    @property
    def in_words(self) -> str:
        """Say which and why."""
        return f"{self.id} ({self.cause})"


@dataclass(frozen=True, slots=True)
class SuiteVerdict:
    """What a suite says of a new index.

    Attributes:
        name: of its file.
        gates: all of them, with what each says.
        failed: cases that do not pass, those that pass on what is served first.
        served: what the same suite says of what is served; None where nothing is.
    """

    name: str
    outcome: Outcome
    gates: tuple[Gate, ...]
    failed: tuple[FailedCase, ...]
    served: Outcome | None

    @property
    def in_words(self) -> str:
        """Say it in a sentence or two, with the causes of what fails."""
        said = f"{self.name}: {self.outcome}."
        reasons = [one.reason for one in self.gates if one.outcome == self.outcome != "PASS"]
        if self.outcome == "FAIL" and self.served == "FAIL":
            reasons.append("What is served fails it too.")
        return " ".join([said, *reasons, *self._worse])

    @property
    def _worse(self) -> list[str]:
        """Name the cases behind a failure that no gate names."""
        if self.outcome != "FAIL" or any(one.name == "quoted text" for one in self.gates):
            return []
        return [f"Not passed: {_listed(self.failed)}."] if self.failed else []


@dataclass(frozen=True, slots=True)
class GateSuite:
    """A suite of the gate, with what people said of replies to it."""

    suite: Suite
    labels: Labels

    def scored(self, assistant: Assistant, tell: Tell) -> ScoredRun:
        """Ask it and judge the replies."""
        return score_run(run_suite(self.suite, assistant, tell), assistant, self.labels)


@dataclass(frozen=True, slots=True)
class SuiteGate:
    """Lets a new index be served where the suites pass that the settings name.

    Attributes:
        serve_anyway: say what they say, and hold nothing back.
    """

    settings: Settings
    serve_anyway: bool = False

    @property
    def standing(self) -> str:
        """A hash over the suites as they are now and the day; unreadable ones count by name."""
        parts = [
            str(today()),
            *(f"{name} {_state(self.settings, name)}" for name in self.settings.gate),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def __call__(self, candidate: Candidate) -> tuple[str, ...]:
        """Ask the suites; return what each says.

        Raises:
            IndexHeldBack: one of them fails.
            SettingsError, SuiteUnusable: one of them is not there, or cannot be read.
        """
        verdicts = judge_candidate(self.settings, candidate)
        said = tuple(f"Suite {one.in_words}" for one in verdicts)
        failed = [one for one in verdicts if one.outcome == "FAIL"]
        if failed and candidate.served and not self.serve_anyway:
            raise self._held_back(candidate.served.generation, failed)
        forget_held_back(self.settings.home)
        if not failed:
            return said
        why = "as was asked for" if self.serve_anyway else "for nothing was served before"
        return (*said, f"It is served all the same, {why}.")

    def _held_back(self, served: str, failed: Sequence[SuiteVerdict]) -> IndexHeldBack:
        told = " ".join(f"Suite {one.in_words}" for one in failed)
        problem = f"The new index is held back, for it does not pass its suites. {told}"
        now = datetime.now(UTC).isoformat(timespec="seconds")
        keep_held_back(self.settings.home, HeldBack(now, problem, _REMEDY, served))
        return IndexHeldBack(problem, _REMEDY)


def gate_of(settings: Settings, *, serve_anyway: bool = False) -> Approve | None:
    """Return the gate that the settings ask for; None where they name no suite.

    Raises:
        SettingsError: they name a suite that is not there.
    """
    if not settings.gate:
        return None
    gate_suites(settings)
    return SuiteGate(settings, serve_anyway)


def gate_suites(settings: Settings) -> Mapping[str, GateSuite]:
    """Return the suites of the gate by the name of their file.

    Raises:
        SettingsError: one of them is not there; the message names those that are.
        SuiteUnusable: one cannot be read.
    """
    folder = SuiteFolder(settings.suites_folder)
    try:
        return {
            name: GateSuite(folder.open(name).suite, folder.labels(name)) for name in settings.gate
        }
    except SuiteNotFound as error:
        raise SettingsError(
            f"The setting gate (CHARTER_GATE) names a suite that is not there. {error.problem}",
            error.remedy,
        ) from error


def judge_candidate(
    settings: Settings, candidate: Candidate, tell: Tell = _nobody
) -> tuple[SuiteVerdict, ...]:
    """Ask the suites of the gate of a new index and of what is served.

    Raises:
        SettingsError, SuiteUnusable: as ``gate_suites``.
        StoredIndexError, ModelError: one of the two cannot be asked.
    """
    suites = gate_suites(settings)
    if not suites:
        return ()
    embedder = build_embedder(settings)
    with closing(assistant_of(settings, candidate.folder, embedder)) as fresh:
        if candidate.served is None:
            return judge_suites(suites, fresh, None, tell)
        before = generation_folder(candidate.home, candidate.served.generation)
        with closing(assistant_of(settings, before, embedder)) as served:
            return judge_suites(suites, fresh, served, tell)


def judge_suites(
    suites: Mapping[str, GateSuite],
    fresh: Assistant,
    served: Assistant | None,
    tell: Tell = _nobody,
) -> tuple[SuiteVerdict, ...]:
    """Ask suites of a new index and of what is served.

    Args:
        suites: by the name of their file.
        fresh: answers from the new index.
        served: answers from what is served; None where nothing is.
        tell: hears how many questions of how many were asked, of all suites and both indexes.
    """
    cases = [case for one in suites.values() for case in one.suite.cases]
    rounds = 1 if served is None else 2
    steps = _Steps(tell, sum(len(case.questions) for case in cases) * rounds)
    told = []
    for name, one in suites.items():
        after = one.scored(fresh, steps.heard())
        before = one.scored(served, steps.heard()) if served else None
        told.append(_verdict(name, after, before))
    return tuple(told)


class _Steps:
    """Counts the questions of several runs as those of one."""

    def __init__(self, tell: Tell, of: int) -> None:
        self._tell = tell
        self._of = of
        self._before = 0

    def heard(self) -> Tell:
        """Return what the next run tells."""
        begun = self._before

        def tell(done: int, of: int) -> None:
            self._before = begun + of
            self._tell(begun + done, self._of)

        return tell


def _verdict(name: str, after: ScoredRun, before: ScoredRun | None) -> SuiteVerdict:
    failed = [one for one in after.counting if not one.passed]
    if before is None:
        return SuiteVerdict(name, after.outcome, after.gates, _told(failed, {}), None)
    against = compare(before.counting, after.counting)
    with_both = with_regression(after, against)
    quoted = _quoted_text(against)
    scored = replace(with_both, gates=(*with_both.gates, quoted)) if quoted else with_both
    passed = {one.case.id: one.passed for one in before.counting}
    told = _told(failed, passed)
    return SuiteVerdict(name, scored.outcome, scored.gates, told, before.outcome)


def _quoted_text(against: Comparison) -> Gate | None:
    """Fail where a case that passed does not because its words are not there or not the same."""
    lost = [one for one in against.broken if one.after.worst.cause in BY_THE_DOCUMENTS]
    if not lost:
        return None
    cases = "1 case that passes" if len(lost) == 1 else f"{len(lost)} cases that pass"
    named = _listed(_told([pair.after for pair in lost], {}))
    return Gate(
        "quoted text",
        "FAIL",
        f"{cases} on what is served would not: the documents no longer say the same. {named}.",
    )


def _told(failed: Sequence[CaseResult], passed: Mapping[str, bool]) -> tuple[FailedCase, ...]:
    told = [
        FailedCase(
            one.case.id,
            one.case.question,
            one.worst.cause,
            one.worst.action,
            passed.get(one.case.id),
        )
        for one in failed
    ]
    return tuple(sorted(told, key=lambda one: not one.passed_before))


def _listed(failed: Sequence[FailedCase]) -> str:
    named = ", ".join(one.in_words for one in failed[:_NAMED])
    return f"{named} and {len(failed) - _NAMED} more" if len(failed) > _NAMED else named


def _state(settings: Settings, name: str) -> str:
    """Return a hash over a suite and its labels; empty where they cannot be read."""
    folder = SuiteFolder(settings.suites_folder)
    try:
        data = yaml_of(folder.open(name).suite)
    except CharterError:
        return ""
    return f"{hashlib.sha256(data).hexdigest()} {folder.labels(name).state}"
