"""What a suite is: cases that say what a good reply holds, and where it stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal, get_args

Expected = Literal["answer", "refuse", "redirect"]
Why = Literal["off topic", "not in documents", "near miss", "personal data", "needs a person"]
Importance = Literal["critical", "normal", "watch"]
State = Literal["draft", "reviewed"]

EXPECTED: tuple[Expected, ...] = get_args(Expected)
WHY: tuple[Why, ...] = get_args(Why)
IMPORTANCE: tuple[Importance, ...] = get_args(Importance)
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a case's answer stands, in words that outlive an index: never the id of a passage.

    Attributes:
        document: id or title of the document.
        section: its heading, or the last of its path; empty where the quote alone says it.
        quote: words of the document, as they stand there; empty where none is pinned.
        version: of the document that the case was written against; empty where that is not known.
        sha256: of the text of that version, hexadecimal; empty as above.
    """

    document: str
    section: str = ""
    quote: str = ""
    version: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a good reply holds.

    Attributes:
        id: unique in its suite.
        wordings: the same question in other words; with it they count as one.
        must_say: what an answer has to say, each in plain words ("30 working days"); of several
            ways to say it, divided by " / ", one is enough.
        nice_to_say: what it had better say; never decides.
        must_not_say: what would make it wrong, such as a value that no longer holds.
        evidence: where the answer stands; of several places each has to be cited.
        why: for a question that is not to be answered, why not.
        state: a draft never decides.
        without: documents or sections that are hidden while it is asked, without quotes: so a
            question that is answered becomes one that is not (a twin).
        more: columns that Charter does not know, name and text, kept as they came.
    """

    id: str
    question: str
    wordings: tuple[str, ...] = ()
    expected: Expected = "answer"
    must_say: tuple[str, ...] = ()
    nice_to_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    why: Why | None = None
    importance: Importance = "normal"
    state: State = "reviewed"
    tags: tuple[str, ...] = ()
    notes: str = ""
    as_of: date | None = None
    without: tuple[Evidence, ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Every wording, the question itself first."""
        return (self.question, *self.wordings)

    @property
    def counts(self) -> bool:
        """Whether it decides anything: a draft does not, nor what is only watched."""
        return self.state == "reviewed" and self.importance != "watch"

    @property
    def asks_for_nothing(self) -> bool:
        """Whether any answer would pass: nothing says what it must hold or where it stands."""
        held = self.must_say or self.must_not_say or self.evidence
        return self.expected == "answer" and not held

    @property
    def fingerprint(self) -> str:
        """A hash over what decides whether it passes, to compare runs of suites that changed."""
        said = asdict(self)
        for free in ("notes", "tags", "more", "state", "importance"):
            del said[free]
        for place in said["evidence"]:  # what it was written against decides nothing
            del place["version"], place["sha256"]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases of one area, with whom they belong to.

    Attributes:
        name: as it is shown.
        review_by: the day after which it should be read again.
        target: least share of cases that must pass, beyond doubt; 0 to 1.
    """

    name: str
    cases: tuple[Case, ...]
    owner: str = ""
    language: str = "en"
    review_by: date | None = None
    target: float = 0.8

    @property
    def fingerprint(self) -> str:
        """A hash over all cases."""
        parts = "".join(sorted(case.id + case.fingerprint for case in self.cases))
        return hashlib.sha256(parts.encode()).hexdigest()[:16]
