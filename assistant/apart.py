"""A build in a process of its own, at low priority: whoever asks is answered as fast as ever."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import BuildLocked, CharterError, IndexHeldBack
from indexing.plan import Plan
from indexing.progress import Progress

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_T = TypeVar("_T")
_LOOK = 0.3  # seconds after which it is looked whether it is to stop
_NICE = 10  # how far it steps back behind whoever answers
_PATIENCE = 10.0  # seconds in which a process that is told to stop is gone


@dataclass(frozen=True, slots=True)
class Step:
    """What the work tells: a method of whoever listens, and what it is called with."""

    name: str
    told: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why the work could not be done.

    Attributes:
        locked: another build is at it.
        held_back: a new index was made and held back.
    """

    problem: str
    locked: bool = False
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of the work."""

    value: object


Tell = Callable[[Step], None]


def run_apart(work: Callable[[Tell], _T], listener: Progress, stop: Event) -> _T | Failed | None:
    """Do some work in a process of its own, and return what comes of it.

    Args:
        work: is sent to that process, and called with what sends steps from it.
        listener: has a method for each step that the work tells.
        stop: ends the process; then None is returned.
    """
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of all threads
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_work_here, args=(work, writer), daemon=True)
    process.start()
    writer.close()
    ended = False
    came: object = Failed("The build ended before it was done.")
    try:
        for said in _heard(reader, stop):
            if isinstance(said, Step):
                getattr(listener, said.name)(*said.told)
            else:
                came = said.value if isinstance(said, _Came) else said
        ended = not stop.is_set()
    finally:
        _end(process, at_once=not ended)
        reader.close()
    return came if ended else None  # type: ignore[return-value]  # a pipe knows no types


def _heard(reader: Connection, stop: Event) -> Iterator[object]:
    while not stop.is_set():
        if reader.poll(_LOOK):
            try:
                yield reader.recv()
            except EOFError:
                return


def _end(process: SpawnProcess, *, at_once: bool) -> None:
    if at_once:
        process.terminate()
    process.join(_PATIENCE if at_once else None)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _work_here(work: Callable[[Tell], object], writer: Connection) -> None:
    """Do the work and send what it tells; the whole of its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it, who ends it
    os.nice(_NICE)
    try:
        came = work(writer.send)
    except CharterError as error:
        held_back = isinstance(error, IndexHeldBack)
        writer.send(Failed(str(error), isinstance(error, BuildLocked), held_back))
    else:
        writer.send(_Came(came))


class Sender:
    """Sends each step of a build to the process that started it."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def started(self, files: int) -> None:
        """Send it, as all that follow."""
        self._tell(Step("started", (files,)))

    def planned(self, todo: Plan) -> None:
        """Send it."""
        self._tell(Step("planned", (todo,)))

    def reading(self, relative: str) -> None:
        """Send it."""
        self._tell(Step("reading", (relative,)))

    def page(self, relative: str, number: int, total: int) -> None:
        """Send it."""
        self._tell(Step("page", (relative, number, total)))

    def read(self, relative: str, problem: str) -> None:
        """Send it."""
        self._tell(Step("read", (relative, problem)))

    def embedding(self, done: int, total: int) -> None:
        """Send it."""
        self._tell(Step("embedding", (done, total)))

    def writing(self, part: str) -> None:
        """Send it."""
        self._tell(Step("writing", (part,)))
