"""Exit codes, one table for every command."""

from __future__ import annotations

from enum import IntEnum

from corpus.errors import (
    CharterError,
    CommitmentNotFound,
    DocumentNotFound,
    QuestionError,
    RecordNotFound,
    StatusRefused,
)


class Exit(IntEnum):
    """What a script learns from a command's end."""

    OK = 0
    FAILED = 1
    USAGE = 2
    CLOSEST_PASSAGES = 3
    NO_ANSWER = 4
    NOT_FOUND = 5
    DIFFERENT = 6
    UNEXPECTED = 70
    INTERRUPTED = 130


MEANINGS: dict[Exit, str] = {
    Exit.OK: "an answer, or all is well",
    Exit.FAILED: "it cannot be done: index, model, documents, disk, port or settings",
    Exit.USAGE: "wrong usage, or a question or status that cannot be taken",
    Exit.CLOSEST_PASSAGES: "no answer, but passages that come closest",
    Exit.NO_ANSWER: "no answer in the documents",
    Exit.NOT_FOUND: "no such document, section, receipt or commitment",
    Exit.DIFFERENT: "a replayed receipt gave other bytes, or a new index touches cases of suites",
    Exit.UNEXPECTED: "an error that nobody foresaw; its id stands in the log",
    Exit.INTERRUPTED: "stopped with Ctrl-C",
}


def exit_of(error: CharterError) -> Exit:
    """Return the exit code of an error that Charter raised on purpose."""
    if isinstance(error, QuestionError | StatusRefused):
        return Exit.USAGE
    if isinstance(error, CommitmentNotFound | DocumentNotFound | RecordNotFound):
        return Exit.NOT_FOUND
    return Exit.FAILED
