"""The processes that read files: one that waits and forks, and its children, one for each file.

The one that waits has imported the readers and parses nothing, so it cannot be harmed by a file.
A child sets its own limits, reads one file, sends what it found and ends. It writes no file,
starts no program and opens no connection: an audit hook refuses all three, and what C libraries
could do past it is limited by the system (RLIMIT_FSIZE 0) or switched off in them. Its output
goes nowhere.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from corpus.errors import UnreadableFile
from corpus.read import prepare
from indexing.frames import (
    ESCAPED,
    JOB,
    MEMBERS,
    NO_MEMORY,
    PAGES,
    PROGRESS,
    RESULT,
    Job,
    document_frames,
    fault_frame,
    frame,
)

START, STOP = b"s", b"k"
READY = b"r"
ORDER = 5  # bytes before a job: the order and the length of what follows
NUMBER = 8  # bytes of a job's number

_PARENT_DIED = 1  # PR_SET_PDEATHSIG
_BETWEEN_REPORTS = 0.05  # seconds; a reader may call on_page thousands of times a second
_LONGEST_TRACE = 20_000  # characters
_FORBIDDEN = frozenset(
    (
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.killpg",
        "os.link",
        "os.mkdir",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.startfile",
        "os.symlink",
        "os.system",
        "os.truncate",
        "pty.spawn",
        "socket.__new__",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendto",
        "subprocess.Popen",
        "urllib.Request",
    )
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def serve(control: int) -> None:
    """Fork a child for each job that comes over a socket, until its other end is closed.

    An order is one byte and a length, then the job (``START``, with the two pipes for what it
    gives and for how it ends) or its number (``STOP``). The reply to ``START`` is its process id,
    0 where none could be made. A job's last pipe hears the exit code of its process, negative
    for a signal, once it and all that it started are gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that indexes decides what Ctrl-C ends
    with socket.socket(fileno=control) as orders:
        orders.sendall(READY)
        _Nursery(orders).run()


class _Nursery:
    """The children that are reading, by the number of their job: process id and status pipe."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._children: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        ended, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler nothing is woken
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._orders, selectors.EVENT_READ)
            selector.register(ended, selectors.EVENT_READ)
            open_ = True
            while open_:
                ready = {key.fd for key, _ in selector.select()}
                if ended in ready:
                    os.read(ended, 4096)
                self._reap()
                if self._orders.fileno() in ready:
                    open_ = self._obey((ended, wake, selector.fileno()))
        for number in self._children:
            self._stop(number)

    def _obey(self, own: tuple[int, ...]) -> bool:
        """Take one order; False when there will be no more."""
        try:
            head, pipes, *_ = socket.recv_fds(self._orders, ORDER, 2)
            if len(head) < ORDER:
                return False
            told = _receive(self._orders, int.from_bytes(head[1:], "big"))
            if head[:1] == STOP:
                self._stop(int.from_bytes(told, "big"))
            else:
                child = self._start(JOB.validate_json(told), pipes, own)
                self._orders.sendall(child.to_bytes(NUMBER, "big"))
        except (ConnectionError, EOFError):
            return False
        return True

    def _start(self, job: Job, pipes: list[int], own: tuple[int, ...]) -> int:
        """Fork the child that reads; return its process id, 0 where the system allows no more."""
        with suppress(Exception):  # the child says what is wrong with it
            prepare(job.source.relative)
            import_module(job.function.partition(":")[0])
        result, status = pipes
        gc.freeze()  # what is there now stays shared with the children
        try:
            child = os.fork()
        except OSError:
            os.close(result)
            os.close(status)
            return 0
        if child == 0:
            others = (self._orders.fileno(), *own, *(pipe for _, pipe in self._children.values()))
            _read_alone(job, result, (status, *others))
        os.close(result)
        self._children[job.number] = (child, status)
        return child

    def _stop(self, number: int) -> None:
        if number in self._children:
            _end(self._children[number][0])

    def _reap(self) -> None:
        for number, (child, status) in list(self._children.items()):
            done, code = os.waitpid(child, os.WNOHANG)
            if done:
                _end(child)  # what it may have started
                del self._children[number]
                with suppress(BrokenPipeError):  # nobody waits for it any more
                    os.write(
                        status, os.waitstatus_to_exitcode(code).to_bytes(4, "big", signed=True)
                    )
                os.close(status)


def _end(child: int) -> None:
    """End a process and its group; it may not have made its group yet."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)


def _receive(orders: socket.socket, length: int) -> bytes:
    told = b""
    while len(told) < length:
        chunk = orders.recv(length - len(told))
        if not chunk:
            raise EOFError
        told += chunk
    return told


def _read_alone(job: Job, result: int, foreign: tuple[int, ...]) -> NoReturn:
    """Read one file and end; runs in the child."""
    code = 1
    try:
        parent = os.getppid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens: nothing more to do
        for pipe in foreign:
            os.close(pipe)
        os.setsid()
        _die_with(parent)
        _limit(job)
        _send(result, _outcome(job, result))
        code = 0
    finally:
        os._exit(code)


def _outcome(job: Job, result: int) -> bytes:
    """Return the frames of what a job gave, or of why it gave nothing."""
    try:
        module, name = job.function.split(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        sys.addaudithook(_refuse)
        return _given(job, function, result)
    except UnreadableFile as error:
        return fault_frame(error)
    except MemoryError:
        return frame(NO_MEMORY, b"")
    # this is the process's outermost loop: a library may raise whatever it likes on a broken file
    except Exception:  # noqa: BLE001
        return frame(ESCAPED, traceback.format_exc()[-_LONGEST_TRACE:].encode("utf-8", "replace"))


def _given(job: Job, function: Callable[..., Any], result: int) -> bytes:
    """Return the frames of what a job's function gives."""
    match job.gives:
        case "members":
            return frame(RESULT, MEMBERS.dump_json(function(job.source)))
        case "content":
            return frame(RESULT, function(job.source))
        case "picture":
            return frame(RESULT, function(job.source, job.drawing))
        case _:
            return document_frames(function(job.source, on_page=_Reports(result).page))


class _Reports:
    """Tells how many pages are finished, but not too often."""

    def __init__(self, result: int) -> None:
        self._result = result
        self._last = 0.0

    def page(self, number: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS or number == total:
            self._last = now
            _send(self._result, frame(PROGRESS, PAGES.dump_json((number, total))))


def _send(pipe: int, told: bytes) -> None:
    view = memoryview(told)
    while view:
        view = view[os.write(pipe, view) :]


def _die_with(parent: int) -> None:
    """Have the system end this process when its parent ends, where the system can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before
            os._exit(1)


def _limit(job: Job) -> None:
    """Set what the system will hold this process to."""
    # where memory runs out, a file being read is given up before the program that answers
    with suppress(OSError), Path("/proc/self/oom_score_adj").open("w") as score:  # Linux's own
        score.write("1000")
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: job.seconds,
        resource.RLIMIT_AS: job.memory,
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # macOS knows RLIMIT_AS and does not let it be set
            resource.setrlimit(limit, (most, most))
    sys.dont_write_bytecode = True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no reader of documents needs; an audit hook."""
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} in a process that reads a document")
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and path != os.devnull:
            raise PermissionError(f"writing to {path} in a process that reads a document")
