"""A proposed change of the folder is tried out while somebody waits: one at a time, beside them.

It runs in a process of its own, at low priority, as every build of a server does, so that questions
are answered as fast as ever meanwhile. What came of it is kept with the proposal.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from threading import Event, Lock, Thread
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from assistant.apart import Failed, Sender, Step, Tell, run_apart
from assistant.settings import Settings
from corpus.errors import CharterError, CheckBusy, CorpusMissing, StorageError
from evals.suites.change.ground import ground_of
from evals.suites.change.rehearsal import Rehearsal, rehearse
from indexing.plan import Plan
from indexing.progress import SilentProgress
from indexing.proposals import Proposal, Proposals
from indexing.storage import replace_file, writing_to
from indexing.survey import Instead

_FILE = "check.json"
_RETRY = 1.0  # seconds until the next try while another build runs
_TRIES = 300

State = Literal["running", "done", "failed", "stopped"]
Doing = Literal["waiting", "reading", "embedding", "asking"]


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
    step: Doing = "reading"
    done: int = 0
    of: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        ground: what it rests on, as ``ground_of`` has it; another now means that it is to be
            repeated.
    """

    ground: str
    rehearsal: Rehearsal


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
            self._stop.clear()
            # not waited for at the end of the process: a check that is cut off leaves nothing
            self._thread = Thread(target=self._run, args=(proposal,), name="check", daemon=True)
            self._thread.start()

    def stop(self, proposal: Proposal) -> None:
        """End the check of a proposal, if one is being done, and wait until it has ended."""
        with self._lock:
            now = self._progress
            if not (now and now.proposal == proposal.id and now.state == "running"):
                return
            self._stop.set()
        self.wait()

    def wait(self) -> CheckProgress | None:
        """Wait until no check is left."""
        if self._thread:
            self._thread.join()
        return self.progress

    def found(self, proposal: Proposal) -> Checked | None:
        """Return what came of a check.

        None where there was none, and where documents, suites, index or day are others since.
        """
        try:
            data = (self._proposals.place(proposal.id) / _FILE).read_bytes()
            checked = _adapter().validate_json(data)
            return checked if checked.ground == ground_of(self._settings) else None
        except (OSError, ValidationError, CorpusMissing):
            return None

    def _run(self, proposal: Proposal) -> None:
        try:
            ground = ground_of(self._settings)  # before: what changes meanwhile may be in it or not
            came = self._tried(self._proposals.instead(proposal))
            if isinstance(came, Failed):
                self._told(state="failed", problem=came.problem)
            elif came is None:
                self._told(state="stopped")
            else:
                self._keep(proposal, Checked(ground, came))
                self._told(state="done")
        except CharterError as error:
            self._told(state="failed", problem=str(error))
        except Exception as error:  # noqa: BLE001  the thread's outermost loop: it must not end unseen
            self._told(state="failed", problem=self._unexpected(error))

    def _tried(self, instead: Instead) -> Rehearsal | Failed | None:
        """Return what came of it; None where it was stopped."""
        work = partial(_check_here, self._settings, instead)
        came = run_apart(work, _Ear(self._hear), self._stop)
        for _ in range(_TRIES):
            if not (isinstance(came, Failed) and came.locked):
                break
            self._told(step="waiting", done=0, of=0)
            if self._stop.wait(_RETRY):
                return None
            came = run_apart(work, _Ear(self._hear), self._stop)
        return came

    def _hear(self, step: Doing, done: int, of: int) -> None:
        self._told(step=step, done=done, of=of)

    def _keep(self, proposal: Proposal, checked: Checked) -> None:
        place = self._proposals.place(proposal.id)
        with suppress(StorageError), writing_to(place):  # it may have been let go meanwhile
            replace_file(place / _FILE, _adapter().dump_json(checked))

    def _told(self, **change: object) -> None:
        with self._lock:
            if self._progress:
                self._progress = replace(self._progress, **change)  # type: ignore[arg-type]  # names of its fields


def _check_here(settings: Settings, instead: Instead, tell: Tell) -> Rehearsal:
    """Check; the work of a process of its own."""

    def asked(done: int, of: int) -> None:
        tell(Step("asking", (done, of)))

    return rehearse(settings, Sender(tell), (instead,), asked)


class _Ear(SilentProgress):
    """Hears how far a check is."""

    def __init__(self, tell: Callable[[Doing, int, int], None]) -> None:
        self._tell = tell
        self._of = self._done = 0

    def planned(self, todo: Plan) -> None:
        """Begin with so many files."""
        self._of = len(todo.add) + len(todo.replace)
        self._done = 0

    def read(self, relative: str, problem: str) -> None:
        """Count a file."""
        del relative, problem
        self._done = min(self._done + 1, self._of)
        self._tell("reading", self._done, self._of)

    def embedding(self, done: int, total: int) -> None:
        """Tell how many passages have their vector."""
        self._tell("embedding", done, total)

    def asking(self, done: int, of: int) -> None:
        """Tell how many questions of the gate were asked."""
        self._tell("asking", done, of)


@cache
def _adapter() -> TypeAdapter[Checked]:
    return TypeAdapter(Checked)
