"""Suites and cases as pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.suites.folder import KeptRun, Stored
from evals.suites.model import Case, Suite
from evals.suites.reports.told import ToldCase


@dataclass(frozen=True, slots=True)
class Listed:
    """A suite in the list.

    Attributes:
        stored: None where its file cannot be read; ``problem`` says why.
        last: its last run.
    """

    name: str
    stored: Stored | None
    last: KeptRun | None
    problem: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with what came of it in the last run.

    Attributes:
        told: None where it was not asked.
        edited: it was changed since it was asked.
    """

    case: Case
    told: ToldCase | None
    edited: bool

    @property
    def result(self) -> str:
        """Whether it "passed" or "failed"; empty where it was not asked as it is now."""
        if self.told is None or self.edited:
            return ""
        return "passed" if self.told.verdict == "passed" else "failed"

    def meets(self, words: str, result: str, state: str) -> bool:
        """Tell whether it is asked for; what is empty asks for all."""
        if words and not _holds(self.case, words):
            return False
        if result and (self.result or "new") != result:
            return False
        return not state or self.case.state == state


def case_rows(suite: Suite, last: KeptRun | None) -> Sequence[CaseRow]:
    """Return the cases of a suite, in its order."""
    told = last.told.cases if last else {}
    return [
        CaseRow(case, one, edited=one is not None and one.fingerprint != case.fingerprint)
        for case in suite.cases
        for one in (told.get(case.id),)
    ]


def _holds(case: Case, words: str) -> bool:
    said = " ".join(
        (
            case.id,
            *case.questions,
            *case.tags,
            *case.must_say,
            *(f"{one.document} {one.section} {one.quote}" for one in case.evidence),
        )
    ).casefold()
    return all(word in said for word in words.casefold().split())
