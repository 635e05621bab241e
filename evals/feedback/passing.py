"""Whether the case that was made of feedback passes by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.errors import CharterError
from evals.feedback.decisions import Decision
from evals.suites.folder import KeptRun, SuiteFolder
from evals.suites.model import Case, State

Came = Literal["passes", "fails", "not asked", "gone"]


@dataclass(frozen=True, slots=True)
class CaseNow:
    """What became of a case.

    Attributes:
        state: whether somebody reviewed it; None where it is gone.
        since: the day of the first of the runs that it passed without a break; else None.
    """

    suite: str
    case: str
    came: Came
    state: State | None
    since: date | None = None


class CasesNow:
    """What became of cases, for one page: each suite and what came of its runs are read once."""

    def __init__(self, folder: SuiteFolder) -> None:
        self._folder = folder
        self._read: dict[str, tuple[Mapping[str, Case], tuple[KeptRun, ...]]] = {}

    def of(self, decision: Decision) -> CaseNow | None:
        """Return what became of the case that a decision made; None where it made none."""
        if not decision.case:
            return None
        suite, name = decision.suite, decision.case
        cases, runs = self._suite(suite)
        if name not in cases:
            return CaseNow(suite, name, "gone", None)
        return _came(suite, cases[name], runs)

    def _suite(self, name: str) -> tuple[Mapping[str, Case], tuple[KeptRun, ...]]:
        if name not in self._read:
            try:
                cases = {one.id: one for one in self._folder.open(name).suite.cases}
                self._read[name] = cases, self._folder.runs(name)
            except CharterError:  # the suite is gone, or cannot be read: its own page says why
                self._read[name] = {}, ()
        return self._read[name]


def _came(suite: str, held: Case, runs: Sequence[KeptRun]) -> CaseNow:
    """Return what became of a case in the runs of its suite, newest first."""
    name = held.id
    since: date | None = None
    for run in runs:
        told = run.told.cases.get(name)
        if told is None:
            continue
        if told.verdict != "passed" or told.fingerprint != held.fingerprint:
            break
        since = run.told.asked_at.date()
    else:
        return CaseNow(suite, name, "passes" if since else "not asked", held.state, since)
    if since:
        return CaseNow(suite, name, "passes", held.state, since)
    edited = told.fingerprint != held.fingerprint
    return CaseNow(suite, name, "not asked" if edited else "fails", held.state)
