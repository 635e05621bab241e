"""One child that reads a file, seen from the process that indexes: heard, limited, judged."""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from corpus.errors import DamagedFile, FileTooLarge, UnreadableFile
from corpus.files.folder import SourceFile
from indexing import frames
from indexing.frames import BadFrame, Frames, Job, TooMuch
from indexing.nursery import Lost, Nursery

OnFilePage = Callable[[SourceFile, int, int], None]

_GRACE = 10.0  # seconds in which a process that was killed is gone
_CHUNK = 1 << 20  # bytes
_STATUS = 4  # bytes of an exit code
_SAVE_AGAIN = "Open it in the program that made it, save it again, and put that copy here."
_SPLIT = "Split it into parts, or save it again in the program that made it."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        memory: address space of the process, bytes.
        seconds_for_page: without a page being finished; for all where there are no pages.
        seconds: altogether.
        result: bytes that a document may have on its way here.
    """

    memory: int = 2 << 30
    seconds_for_page: float = 60.0
    seconds: float = 1800.0
    result: int = 128 << 20


class Crash(Exception):
    """How a process ended that should have read a file; the cause of the error that names it."""


@dataclass
class Told:
    """What a child sent."""

    result: bytes = b""
    boxes: bytes = b""
    error: UnreadableFile | None = None
    out_of_memory: bool = False
    trace: str = ""


@dataclass
class Child:
    """Waits for one child: hears what it sends, and ends it when it goes past a limit."""

    nursery: Nursery
    job: Job
    limits: Limits
    on_page: OnFilePage
    told: Told = field(default_factory=Told)
    page_by: float = 0.0  # on the clock that only goes forward
    pages: tuple[int, int] = (0, 0)
    stopped: UnreadableFile | None = None
    status: bytes = b""

    def wait(self) -> Told:
        """Return what the child sent, with a result; raises UnreadableFile and Lost."""
        with ExitStack() as pipes:
            result, result_end = _pipe(pipes)
            status, status_end = _pipe(pipes)
            try:
                self.nursery.start(self.job, (result_end, status_end))
            finally:
                os.close(result_end)
                os.close(status_end)
            try:
                self._hear(result, status)
            except BaseException:  # Ctrl-C, or whoever hears of pages: nobody will wait any more
                self.nursery.stop(self.job)
                raise
        return self._judged()

    def _hear(self, result: int, status: int) -> None:
        """Take in what comes until the child is gone and its pipe is empty."""
        heard = Frames(self.limits.result)
        now = time.monotonic()
        last = now + self.limits.seconds
        self.page_by = now + self.limits.seconds_for_page
        with selectors.DefaultSelector() as selector:
            selector.register(result, selectors.EVENT_READ)
            selector.register(status, selectors.EVENT_READ)
            while True:
                left = min(last, self.page_by) - time.monotonic()
                if left <= 0 and not self.stopped:
                    self._stop(self._too_slow(by_page=self.page_by < last))
                ready = {key.fd for key, _ in selector.select(_GRACE if self.stopped else left)}
                if result in ready and not self._take(result, heard):
                    selector.unregister(result)
                if status in ready:
                    self.status = os.read(status, _STATUS)
                    while self._take(result, heard):
                        pass
                    return
                if self.stopped and not ready:
                    self.nursery.close()

    def _take(self, result: int, heard: Frames) -> bool:
        """Take in one chunk; False when there is none now."""
        try:
            chunk = os.read(result, _CHUNK)
        except BlockingIOError:
            return False
        if self.stopped:
            return bool(chunk)
        try:
            for kind, payload in heard.feed(chunk):
                self._keep(kind, payload)
        except TooMuch:
            problem = f"{self.job.source.relative} holds too much to be indexed."
            self._stop(FileTooLarge(problem, _SPLIT))
        except BadFrame as error:
            self._stop(damaged(self.job.source, str(error)))
        return bool(chunk)

    def _keep(self, kind: bytes, payload: bytes) -> None:
        match kind:
            case frames.PROGRESS:
                self._count(*frames.pages_of(payload))
            case frames.RESULT:
                self.told.result = payload
            case frames.BOXES:
                self.told.boxes = payload
            case frames.ERROR:
                self.told.error = frames.fault_of(payload)
            case frames.NO_MEMORY:
                self.told.out_of_memory = True
            case frames.ESCAPED:
                self.told.trace = payload.decode("utf-8", "replace")
            case _:
                raise BadFrame("a kind that nobody knows")

    def _count(self, number: int, total: int) -> None:
        if (number, total) != self.pages:  # a scan's pages are counted twice: read, recognised
            self.pages = number, total
            self.page_by = time.monotonic() + self.limits.seconds_for_page
        self.on_page(self.job.source, number, total)

    def _stop(self, error: UnreadableFile) -> None:
        self.stopped = error
        self.nursery.stop(self.job)

    def _too_slow(self, *, by_page: bool) -> FileTooLarge:
        name, limits = self.job.source.relative, self.limits
        if by_page and self.pages[0]:
            problem = f"{name} was given up after page {self.pages[0]}: the next took more than "
            problem += f"{limits.seconds_for_page:.0f} seconds."
        else:
            most = limits.seconds_for_page if by_page else limits.seconds
            problem = f"{name} was given up: reading it took more than {most:.0f} seconds."
        return FileTooLarge(problem, _SPLIT)

    def _judged(self) -> Told:
        """Return what was told if the child ended as it should; else raise what it comes to."""
        source, told = self.job.source, self.told
        if self.stopped:
            raise self.stopped
        if len(self.status) < _STATUS:
            self.nursery.is_gone = True
            raise Lost
        code = int.from_bytes(self.status, "big", signed=True)
        if told.error:
            raise told.error
        if told.out_of_memory or code in (-signal.SIGKILL, -signal.SIGXCPU):
            raise FileTooLarge(
                f"{source.relative} needs more memory or time to be read than is allowed.", _SPLIT
            ) from Crash(f"exit code {code}")
        if code or not told.result:
            raise damaged(source, told.trace or f"exit code {code}")
        return told


def _pipe(open_: ExitStack) -> tuple[int, int]:
    """Return both ends of a pipe; what is read does not block, and is closed in the end."""
    reading, writing = os.pipe()
    open_.callback(os.close, reading)
    os.set_blocking(reading, False)
    return reading, writing


def damaged(source: SourceFile, trace: str) -> DamagedFile:
    """Return the error of a file that its reader could not cope with; its cause says how."""
    error = DamagedFile(
        f"{source.relative} made the program that reads it stop: it is damaged, or made in a way "
        "that Charter does not know.",
        _SAVE_AGAIN,
    )
    error.__cause__ = Crash(trace)
    return error
