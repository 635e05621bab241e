"""What people say of replies: right or not, remembered for the same case and the same words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.suites.asked import Said
from evals.suites.judging.lines_file import LinesFile
from evals.suites.model import Case

FILE = "labels.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one reply to one case.

    Attributes:
        case: fingerprint of the case; a case that is edited is another one.
        reply: hash of the reply’s words, from ``reply_hash``.
        by: who says so, in words of their own; may be empty.
    """

    case: str
    reply: str
    right: bool
    by: str
    day: date


class Labels:
    """The labels of one suite, in a file that only grows; the last word on a reply holds.

    Args:
        file: such as ``suites/runs/NAME/labels.jsonl``, from ``SuiteFolder.labels`` or
            ``labels_beside``; it is made with the first label.
    """

    def __init__(self, file: Path) -> None:
        self._file = LinesFile(file, Label)

    def add(self, case: Case, said: Said, *, right: bool, by: str, day: date) -> Label:
        """Remember what somebody says of the reply to a case.

        Args:
            case: as it was asked, from the run.
            said: the reply that was looked at, from the run.
            right: whether it is a right reply to the case.
            by: who says so, in words of their own.
            day: on which they say so.

        Raises:
            StorageError: it cannot be written.
        """
        label = Label(case.fingerprint, reply_hash(said), right, " ".join(by.split()), day)
        self._file.add(label)
        return label

    def all(self) -> tuple[Label, ...]:
        """Return what holds: the last label of each reply.

        Raises:
            SuiteUnusable, StorageError: the file cannot be read.
        """
        return tuple({(one.case, one.reply): one for one in self._file.read()}.values())

    @property
    def state(self) -> int:
        """A number that is another one once somebody has said more."""
        return self._file.size

    def of(self, case: Case, said: Said) -> Label | None:
        """Return what was last said of a reply with the same words to the same case.

        Raises:
            SuiteUnusable, StorageError: the file cannot be read.
        """
        about = case.fingerprint, reply_hash(said)
        return next((one for one in self.all() if (one.case, one.reply) == about), None)


def labels_beside(suite: Path) -> Labels:
    """Return the labels of a suite’s file: they lie with its runs, as in the folder of suites."""
    return Labels(suite.parent / "runs" / suite.stem / FILE)


def reply_hash(said: Said) -> str:
    """Return a hash over what was replied: the kind of reply and its words, in order."""
    words = json.dumps([said.outcome, *said.lines], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
