"""The index kept in step with its folder while somebody watches it.

Each build runs in a process of its own, at low priority, so that questions are answered as fast
as ever meanwhile. What the folder is like is compared here first, from the files' stamps: no
process is started for a change that changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Protocol

from assistant.apart import Failed, Sender, Tell, run_apart
from assistant.held_back import forget_held_back
from assistant.settings import Settings
from assistant.wiring import index_corpus, mirrors_of, with_folder
from corpus.errors import CorpusMissing
from indexing.approval import Approve
from indexing.build import compare
from indexing.changes import changes, needs_polling
from indexing.digests import Stamp, stamp_of
from indexing.progress import Progress
from indexing.report import BuildReport
from indexing.survey import Options, list_roots

_SETTLE = 0.3  # seconds in which a file that is being written changes its size or time
_ROUNDS = 8  # of it; after that, files that still change are left for later
_LOOK = 2.0  # seconds after which it is looked whether the folder is still the same
_COMPARE = 60.0  # seconds after which it is compared though no change was told
_RETRY = 3.0  # seconds until the next try, where the folder is gone or another build runs
_AGAIN = 300.0  # seconds until a build that failed is tried again on the same files


class Listener(Progress, Protocol):
    """Hears of all that is done for the index, beside the steps of each build."""

    def following(self, folder: Path, *, poll: bool) -> None:
        """The folder is watched from now on."""

    def finished(self, report: BuildReport) -> None:
        """A build has ended, and its index is served."""

    def failed(self, problem: str) -> None:
        """The index could not be brought in step; the one from before is served."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What a build did not bring in step, and when.

    Attributes:
        standing: what an index was held back by; None where it was not held back.
    """

    files: Mapping[str, str]
    at: float
    standing: str | None = None

    def would_fail_again(self, files: Mapping[str, str], standing: str) -> bool:
        """Tell whether to try the same files again now is in vain."""
        if files != self.files:
            return False
        if self.standing is not None:
            return self.standing == standing
        return time.monotonic() - self.at < _AGAIN


def follow(
    settings: Settings, listener: Listener, stop: Event, approve: Approve | None = None
) -> None:
    """Bring the index in step whenever the folder changes, until ``stop`` is set.

    Args:
        settings: name the folder.
        listener: hears of it.
        stop: ends it.
        approve: looks at each new index before it is served, and may hold it back.
    """
    settings = with_folder(settings)
    folders = [settings.corpus, *(Path(mirror.folder) for mirror in mirrors_of(settings))]
    poll = settings.poll or any(map(needs_polling, folders))
    follower = _Follower(settings, listener, stop, approve)
    while not stop.is_set():
        try:
            follower.follow_until_it_moves(poll=poll)
        except FileNotFoundError:
            follower.tell_once(
                f"The folder {settings.corpus} is not there; nothing of it is shown."
            )
            stop.wait(_RETRY)
        except OSError as error:  # the system watches no more folders, or not this one
            listener.failed(f"The system does not tell of changes ({error}); looking for them.")
            stop.wait(_RETRY if poll else 0)
            poll = True


class _Follower:
    """One folder that is followed; remembers what it has told and what it tried in vain."""

    def __init__(
        self, settings: Settings, listener: Listener, stop: Event, approve: Approve | None
    ) -> None:
        self._settings = settings
        self._listener = listener
        self._stop = stop
        self._approve = approve
        self._told = ""
        self._tried: _Tried | None = None

    def follow_until_it_moves(self, *, poll: bool) -> None:
        """Follow the folder until it is gone, or another is mounted in its place."""
        folder, stop = self._settings.corpus, self._stop
        place = _place(folder)
        self._listener.following(folder, poll=poll)
        self._catch_up()
        # once more when it is watched: what changed in between was told to nobody
        compare_at = time.monotonic()
        mirrors = [Path(mirror.folder) for mirror in mirrors_of(self._settings)]
        folders = [folder, *(mirror for mirror in mirrors if mirror.is_dir())]
        for changed in changes(folders, poll=poll, every=_LOOK, stop=stop):
            if stop.is_set() or _place(folder) != place:
                return
            if changed or time.monotonic() >= compare_at:
                compare_at = time.monotonic() + (_COMPARE if self._catch_up() else 0)

    def tell_once(self, problem: str) -> None:
        """Tell a problem, unless it is the one that was told last."""
        if problem and problem != self._told:
            self._listener.failed(problem)
        self._told = problem

    def _catch_up(self) -> bool:
        """Build if there is anything to build; while another build is at it, wait for that.

        Tell whether the folder could be compared.
        """
        while not self._stop.is_set():
            try:
                options = self._options()
                survey = compare(self._settings.corpus, self._settings.home, options=options)
            except CorpusMissing as error:
                self.tell_once(str(error))
                return False
            if survey.served and survey.plan.changes_nothing:
                forget_held_back(self._settings.home)
                return True
            standing = self._approve.standing if self._approve else ""
            if self._tried and self._tried.would_fail_again(survey.present, standing):
                return True
            failed = self._build(options)
            if failed is None or not failed.locked:
                self.tell_once(failed.problem if failed else "")
                held = standing if failed and failed.held_back else None
                self._tried = _Tried(survey.present, time.monotonic(), held) if failed else None
                return True
            self._stop.wait(_RETRY)
        return True

    def _build(self, options: Options) -> Failed | None:
        work = partial(_build_here, self._settings, options)
        came = run_apart(work, self._listener, self._stop)
        if isinstance(came, BuildReport) and came.changed:
            self._listener.finished(came)
        return came if isinstance(came, Failed) else None

    def _options(self) -> Options:
        unsettled = _unsettled(self._settings, self._stop)
        return Options(
            mirrors=mirrors_of(self._settings), unsettled=unsettled, approve=self._approve
        )


def _unsettled(settings: Settings, stop: Event) -> frozenset[str]:
    """Wait until no file is being written; name those that still are after a while."""
    before = _stamps(settings)
    moving: frozenset[str] = frozenset()
    for _ in range(_ROUNDS):
        if stop.wait(_SETTLE):
            break
        now = _stamps(settings)
        moving = frozenset(name for name, stamp in now.items() if before.get(name) != stamp)
        if not moving:
            break
        before = now
    return moving


def _stamps(settings: Settings) -> Mapping[str, Stamp]:
    found = {}
    for file in list_roots(settings.corpus, mirrors_of(settings), without=settings.home):
        try:
            found[file.relative] = stamp_of(file.path)
        except OSError:  # gone since it was listed
            continue
    return found


def _place(folder: Path) -> tuple[int, int]:
    """Return what tells one folder from another that is mounted in its place."""
    found = folder.stat()
    return found.st_dev, found.st_ino


def _build_here(settings: Settings, options: Options, tell: Tell) -> BuildReport:
    """Build; the work of a process of its own."""
    return index_corpus(settings, Sender(tell), options)
