"""A suite that runs while somebody watches: in a thread of its own, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Literal

from assistant.ask import Assistant
from corpus.errors import CharterError, SuiteBusy
from evals.suites.folder import SuiteFolder
from evals.suites.reports.told import told_of
from evals.suites.run import Run, run_suite, score_run

State = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        suite: name of the suite.
        done, of: questions; 0 of 0 while the index is opened.
        run: id of the run once it is done and kept.
        problem: why it failed.
    """

    suite: str
    begun_at: datetime
    state: State = "running"
    done: int = 0
    of: int = 0
    run: str = ""
    problem: str = ""


class _Stopped(Exception):
    """Somebody stopped the run."""


class Running:
    """Runs suites of a folder; the last one's progress can be looked at from any thread."""

    def __init__(
        self, assistant: Assistant, folder: SuiteFolder, unexpected: Callable[[Exception], str]
    ) -> None:
        """Take what is asked and where runs are kept.

        Args:
            assistant: is asked.
            folder: keeps the runs.
            unexpected: says what to tell of an error that nobody foresaw.
        """
        self._assistant = assistant
        self._folder = folder
        self._unexpected = unexpected
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress | None:
        """How far the run is that was begun last; None where none was."""
        with self._lock:
            return self._progress

    def start(self, name: str) -> Progress:
        """Begin to run a suite.

        Raises:
            SuiteBusy: another run is not done yet.
            SuiteNotFound, SuiteUnusable: there is nothing to run.
        """
        self._folder.open(name)
        with self._lock:
            if self._progress and self._progress.state == "running":
                raise SuiteBusy(
                    f"The suite “{self._progress.suite}” is being run.", "Wait, or stop it."
                )
            begun = Progress(name, datetime.now(UTC).replace(tzinfo=None, microsecond=0))
            self._progress = begun
            self._stop.clear()
            # not waited for at the end of the process: a run that is cut off leaves nothing
            self._thread = Thread(target=self._run, args=(name,), name="suite", daemon=True)
            self._thread.start()
        return begun

    def stop(self) -> None:
        """Stop the run before its next question; nothing of it is kept."""
        self._stop.set()

    def wait(self) -> Progress | None:
        """Wait until no run is left."""
        if self._thread:
            self._thread.join()
        return self.progress

    def _run(self, name: str) -> None:
        try:
            suite = self._folder.open(name).suite
            asked = run_suite(suite, self._assistant, self._tell)
            self._told(state="done", run=self._kept(name, asked))
        except _Stopped:
            self._told(state="stopped")
        except CharterError as error:
            self._told(state="failed", problem=str(error))
        except Exception as error:  # noqa: BLE001  the thread's outermost loop: it must not end unseen
            self._told(state="failed", problem=self._unexpected(error))

    def _kept(self, name: str, asked: Run) -> str:
        scored = score_run(asked, self._assistant, self._folder.labels(name))
        return self._folder.keep(name, asked, told_of(scored))

    def _tell(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._told(done=done, of=of)

    def _told(self, **change: object) -> None:
        with self._lock:
            if self._progress:
                self._progress = replace(self._progress, **change)  # type: ignore[arg-type]  # names of its fields
