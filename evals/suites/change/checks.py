"""A proposed change of the folder is tried out while somebody waits: one at a time, beside them.

It runs in a process of its own, at low priority, as every build of a server does, so that questions
are answered as fast as ever meanwhile. What came of it is kept with the proposal.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from threading import Event, Lock, Thread
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from assistant.settings import Settings
from corpus.errors import BuildLocked, CharterError, CheckBusy, StorageError, StoredIndexError
from evals.suites.change.rehearsal import Rehearsal, rehearse
from indexing.generations import current_name
from indexing.plan import Plan
from indexing.progress import SilentProgress
from indexing.proposals import Proposal, Proposals
from indexing.storage import replace_file, writing_to
from indexing.survey import Instead

_FILE = "check.json"
_NICE = 10  # how far it steps back behind whoever answers
_RETRY = 1.0  # seconds until the next try while another build runs
_TRIES = 300

State = Literal["running", "done", "failed"]
Step = Literal["waiting", "reading", "embedding", "asking"]


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check is.

    Attributes:
        proposal: id of what is checked.
        step: what is being done; "waiting" is for another build to end.
        done, of: files, passages or questions, by the step; 0 of 0 where that is not known.
        problem: why it failed.
    """

    proposal: str
    state: State = "running"
    step: Step = "reading"
    done: int = 0
    of: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        served: generation that was served then; another one now means that it is to be repeated.
    """

    served: str
    rehearsal: Rehearsal


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: str
    locked: bool


class Checks:
    """Checks proposals; how far the last one is can be looked at from any thread.

    Args:
        settings: of the server.
        proposals: where they wait, and what came of checks is kept.
        unexpected: says what to tell of an error that nobody foresaw.
    """

    def __init__(
        self, settings: Settings, proposals: Proposals, unexpected: Callable[[Exception], str]
    ) -> None:
        self._settings = settings
        self._proposals = proposals
        self._unexpected = unexpected
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._progress: CheckProgress | None = None

    @property
    def progress(self) -> CheckProgress | None:
        """How far the check is that was begun last; None where none was."""
        with self._lock:
            return self._progress

    def start(self, proposal: Proposal) -> None:
        """Begin to check a proposal.

        Raises:
            CheckBusy: another check is not done yet.
        """
        with self._lock:
            if self._progress and self._progress.state == "running":
                raise CheckBusy("Another change is being checked.", "Wait until that is done.")
            self._progress = CheckProgress(proposal.id)
            # not waited for at the end of the process: a check that is cut off leaves nothing
            self._thread = Thread(target=self._run, args=(proposal,), name="check", daemon=True)
            self._thread.start()

    def wait(self) -> CheckProgress | None:
        """Wait until no check is left."""
        if self._thread:
            self._thread.join()
        return self.progress

    def found(self, proposal: Proposal) -> Checked | None:
        """Return what came of a check; None where there was none, or of another index."""
        try:
            data = (self._proposals.place(proposal.id) / _FILE).read_bytes()
            checked = _adapter().validate_json(data)
        except (OSError, ValidationError):
            return None
        return checked if checked.served == _served(self._settings) else None

    def _run(self, proposal: Proposal) -> None:
        try:
            served = _served(self._settings)
            came = self._tried(self._proposals.instead(proposal))
            if isinstance(came, _Failed):
                self._told(state="failed", problem=came.problem)
                return
            self._keep(proposal, Checked(served, came))
            self._told(state="done")
        except CharterError as error:
            self._told(state="failed", problem=str(error))
        except Exception as error:  # noqa: BLE001  the thread's outermost loop: it must not end unseen
            self._told(state="failed", problem=self._unexpected(error))

    def _tried(self, instead: Instead) -> Rehearsal | _Failed:
        came: Rehearsal | _Failed = _Failed("The check ended before it was done.", locked=False)
        for _ in range(_TRIES):
            came = _in_a_process(self._settings, instead, self._hear)
            if not (isinstance(came, _Failed) and came.locked):
                break
            self._told(step="waiting", done=0, of=0)
            self._stop.wait(_RETRY)
        return came

    def _hear(self, step: Step, done: int, of: int) -> None:
        self._told(step=step, done=done, of=of)

    def _keep(self, proposal: Proposal, checked: Checked) -> None:
        place = self._proposals.place(proposal.id)
        with suppress(StorageError), writing_to(place):  # it may have been let go meanwhile
            replace_file(place / _FILE, _adapter().dump_json(checked))

    def _told(self, **change: object) -> None:
        with self._lock:
            if self._progress:
                self._progress = replace(self._progress, **change)  # type: ignore[arg-type]  # names of its fields


def _in_a_process(
    settings: Settings, instead: Instead, hear: Callable[[Step, int, int], None]
) -> Rehearsal | _Failed:
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of all threads
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_check_here, args=(settings, instead, writer), daemon=True)
    process.start()
    writer.close()
    came: Rehearsal | _Failed = _Failed("The check ended before it was done.", locked=False)
    try:
        while True:
            said = reader.recv()
            if isinstance(said, Rehearsal | _Failed):
                came = said
            else:
                hear(*said)
    except EOFError:
        process.join()
    finally:
        process.close()
        reader.close()
    return came


def _check_here(settings: Settings, instead: Instead, writer: Connection) -> None:
    """Check and send what comes of it; the whole of its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it, who ends it
    os.nice(_NICE)

    def asked(done: int, of: int) -> None:
        writer.send(("asking", done, of))

    try:
        writer.send(rehearse(settings, _Sender(writer), (instead,), asked))
    except CharterError as error:
        writer.send(_Failed(str(error), isinstance(error, BuildLocked)))


class _Sender(SilentProgress):
    """Sends how far a build is."""

    def __init__(self, writer: Connection) -> None:
        self._writer = writer
        self._of = self._done = 0

    def planned(self, todo: Plan) -> None:
        """Begin with so many files."""
        self._of = len(todo.add) + len(todo.replace)

    def read(self, relative: str, problem: str) -> None:
        """Count a file."""
        del relative, problem
        self._done = min(self._done + 1, self._of)
        self._writer.send(("reading", self._done, self._of))

    def embedding(self, done: int, total: int) -> None:
        """Tell how many passages have their vector."""
        self._writer.send(("embedding", done, total))


def _served(settings: Settings) -> str:
    try:
        return current_name(settings.home)
    except StoredIndexError:
        return ""


@cache
def _adapter() -> TypeAdapter[Checked]:
    return TypeAdapter(Checked)
