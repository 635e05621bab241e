"""Whether the case that was made of feedback passes by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.errors import CharterError
from evals.feedback.decisions import Decision
from evals.suites.folder import SuiteFolder
from evals.suites.model import State

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


def case_now(decision: Decision, folder: SuiteFolder) -> CaseNow | None:
    """Return what became of the case that a decision made; None where it made none."""
    if not decision.case:
        return None
    suite, name = decision.suite, decision.case
    try:
        held = next((one for one in folder.open(suite).suite.cases if one.id == name), None)
    except CharterError:  # the suite is gone, or cannot be read: its own page says why
        held = None
    if held is None:
        return CaseNow(suite, name, "gone", None)
    since: date | None = None
    for run in folder.runs(suite):
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
