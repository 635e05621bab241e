"""What came of a run, in a few lines that are read quickly: for lists of runs."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from evals.suites.judging.gates import Outcome
from evals.suites.judging.judge import Cause, Verdict
from evals.suites.judging.scores import Counted
from evals.suites.reports.wording import verdict_sentence
from evals.suites.run import ScoredRun
from indexing.storage import replace_file

_KEPT = 500  # of what came of runs: a list of runs is shown again and again


class Share(BaseModel):
    """So many of so many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: int
    whole: int


class ToldCase(BaseModel):
    """What came of one case.

    Attributes:
        cause: why it did not pass; None where it did.
        fingerprint: of the case as it was asked; another one now means that it was edited since.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Verdict
    cause: Cause | None
    fingerprint: str


class Told(BaseModel):
    """What came of a run.

    Attributes:
        asked_at: in UTC, without a zone.
        sentence: the verdict in words.
        right, stops: of those that decide, answerable cases that passed, and questions without
            an answer that got none.
        index: fingerprint of what was asked.
        cases: by id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    asked_at: datetime
    outcome: Outcome
    sentence: str
    right: Share
    stops: Share
    index: str
    cases: dict[str, ToldCase]


def told_of(scored: ScoredRun) -> Told:
    """Return what came of a run."""
    six = scored.scores.six
    return Told(
        asked_at=scored.run.ground.asked_at,
        outcome=scored.outcome,
        sentence=verdict_sentence(scored),
        right=_share(six.right),
        stops=_share(six.stops),
        index=scored.run.ground.index,
        cases={
            one.case.id: ToldCase(
                verdict="passed" if one.passed else one.worst.verdict,
                cause=one.worst.cause,
                fingerprint=one.case.fingerprint,
            )
            for one in scored.results
        },
    )


def save_told(told: Told, file: Path) -> None:
    """Write it; the file is whole or not there. Raises OSError where it cannot be written."""
    replace_file(file, told.model_dump_json().encode())


def load_told(file: Path) -> Told | None:
    """Read it; None where the file is no such thing, as of another version of Charter."""
    try:
        stamp = file.stat()
    except OSError:
        return None
    return _loaded(file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(_KEPT)
def _loaded(file: Path, changed_at: int, size: int) -> Told | None:
    del changed_at, size  # another stamp is another file
    try:
        return Told.model_validate_json(file.read_bytes())
    except (OSError, ValueError):
        return None


def _share(counted: Counted) -> Share:
    return Share(part=counted.part, whole=counted.whole)
