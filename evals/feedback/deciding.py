"""A person decides: a draft case, no problem, done. Nothing of it decides a gate by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from assistant.ask import Assistant
from corpus.errors import RecordNotFound, SuiteNotFound, SuiteOutdated, SuiteRefused
from evals.feedback.decisions import About, Decision, Decisions
from evals.suites.authoring.editing import put
from evals.suites.files.checking import OnShelf, hold
from evals.suites.files.texts import id_from
from evals.suites.folder import Stored, SuiteFolder, check_name
from evals.suites.model import Case, Evidence, Suite, Why

Make = Literal["answer", "refuse", "watch"]
_RECEIPTS_NOTED = 5
_TRIES = 3
_DIGEST = 8  # characters
TAGS: dict[About, str] = {"votes": "from votes", "unanswered": "from questions"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided on.

    Attributes:
        about: where it comes from.
        wordings: of the question, without names; the first is the case's.
        receipts: ids of the replies, newest first.
    """

    about: About
    wordings: tuple[str, ...]
    receipts: tuple[str, ...]


class Deciding:
    """Makes draft cases of what staff said and asked, and keeps what was decided."""

    def __init__(self, assistant: Assistant, decisions: Decisions, folder: SuiteFolder) -> None:
        self._assistant = assistant
        self._decisions = decisions
        self._folder = folder

    def decide(self, subject: Subject, choice: Literal["no problem", "done"], reason: str) -> None:
        """Keep a decision that makes no case."""
        about, receipts, name = subject.about, subject.receipts, subject.wordings[0]
        self._decisions.add(Decision(about, choice, receipts, name, now(), reason.strip()))

    def draft(
        self, suite: str, subject: Subject, *, make: Make, why: Why = "not in documents"
    ) -> Case:
        """Make a draft of a question, put it into a suite, and keep that as decided.

        A draft decides nothing until somebody has reviewed it. Where the suite has the case that
        was made of one of the replies in the same way, that is taken and none made: the button was
        pressed twice, or what was begun came to no end.

        Args:
            suite: name of a suite; one that is not there is begun.
            subject: the question.
            make: a question to answer, one to refuse, or one that was answered well and is only
                watched: that one names what its reply cites.
            why: of one to refuse.

        Raises:
            SuiteRefused, SuiteUnusable, StorageError: the suite cannot be written.
        """
        names = [_made_of(receipt, make) for receipt in subject.receipts]
        case = self._put(check_name(suite), self._case(subject, make, why), names)
        about, receipts = subject.about, subject.receipts
        made = Decision(about, "case", receipts, case.question, now(), "", suite.strip(), case.id)
        self._decisions.add(made)
        return case

    def _case(self, subject: Subject, make: Make, why: Why) -> Case:
        question, *others = subject.wordings
        noted = ", ".join(subject.receipts[:_RECEIPTS_NOTED])
        return Case(
            # of the newest reply, which is listed longest
            f"{id_from(question)}-{_made_of(subject.receipts[0], make)}",
            question,
            tuple(others),
            expected="refuse" if make == "refuse" else "answer",
            why=why if make == "refuse" else None,
            evidence=self._cited(subject.receipts) if make == "watch" else (),
            importance="watch" if make == "watch" else "normal",
            state="draft",
            tags=(TAGS[subject.about],),
            notes=f"Receipts: {noted}" if noted else "",
        )

    def _put(self, name: str, case: Case, names: Sequence[str]) -> Case:
        """Add a case to a suite; who changes it at the same time loses nothing."""
        for _ in range(_TRIES):
            stored = self._opened(name)
            there = (one for one in stored.suite.cases if one.id.rpartition("-")[2] in names)
            if made := next(there, None):
                return made
            suite, made = put(stored.suite, case)
            try:
                self._folder.write(name, suite, state=stored.state)
            except SuiteOutdated:
                continue
            return made
        raise SuiteRefused(f"The suite “{name}” changes all the time.", "Try again.")

    def _opened(self, name: str) -> Stored:
        try:
            return self._folder.open(name)
        except SuiteNotFound:
            return Stored(name, Suite(name, ()), "")

    def _cited(self, receipts: Sequence[str]) -> tuple[Evidence, ...]:
        """Return what the newest reply that everybody may read cites, as it stands now."""
        for receipt in receipts:
            try:
                kept = self._assistant.receipt(receipt)
            except RecordNotFound:
                continue
            cited = json.loads(kept.reply)["citations"]
            library = OnShelf(self._assistant.shelf())
            places = (
                Evidence(one["document"], (one["section"] or [""])[-1], one["quote"])
                for one in cited
            )
            return tuple(held.evidence for held in (hold(one, library) for one in places))
        return ()


def _made_of(receipt: str, make: Make) -> str:
    """Return the last part of the id of a case that is made of a reply."""
    return hashlib.sha256(f"{receipt}\n{make}".encode()).hexdigest()[:_DIGEST]


def now() -> datetime:
    """Return the moment in UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)
