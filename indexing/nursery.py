"""The process that forks a child for each file, seen from the one that indexes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress

from corpus.errors import ReadersUnavailable, UnreadableFile
from indexing import frames
from indexing.frames import Job
from indexing.reading_process import NUMBER, READY, START, STOP

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from indexing.reading_process import serve; serve(int(sys.argv[2]))"
)
# what a reader may need; passwords and tokens stand in the environment too, and stay here
_ENVIRONMENT = (
    "DYLD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "TESSDATA_PREFIX",
    "TZ",
)
# two files are read at once already, and threads of the one that waits would be lost in a fork
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
_GRACE = 10.0  # seconds in which a process that was told to end is gone


class Lost(Exception):
    """The process that forks the others is gone."""


class Nursery:
    """The process that forks a child for each file, seen from here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_gone = False
        self._orders, other = socket.socketpair()
        kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        paths = json.dumps([path or os.getcwd() for path in sys.path])  # noqa: PTH109  as sys.path
        command = [sys.executable, "-I", "-W", "ignore", "-c", _START, paths, str(other.fileno())]
        with other:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(other.fileno(),),
                env=kept | _ONE_THREAD,
                start_new_session=True,  # Ctrl-C in the terminal is for this process alone
            )
        try:
            ready = self._orders.recv(1) == READY
        except OSError:
            ready = False
        if not ready:
            self.close()
            raise ReadersUnavailable(
                "The process that reads files cannot be started.",
                "Look whether the machine has run out of memory or processes.",
            )

    def start(self, job: Job, pipes: tuple[int, int]) -> None:
        """Have a child read a file; raises Lost, or FileTooLarge if there can be no child."""
        told = frames.JOB.dump_json(job)
        with self._lock:
            try:
                head = START + len(told).to_bytes(4, "big")
                socket.send_fds(self._orders, [head], pipes)
                self._orders.sendall(told)
                child = self._orders.recv(NUMBER, socket.MSG_WAITALL)
            except OSError as error:
                self.is_gone = True
                raise Lost from error
            if len(child) < NUMBER:
                self.is_gone = True
                raise Lost
        if not int.from_bytes(child, "big"):
            raise UnreadableFile(
                f"{job.source.relative} was not read: the system allows no more processes.",
                "Close other programs, or allow this account more, then index again.",
            )

    def stop(self, job: Job) -> None:
        """End the child of a job; nothing happens if it has ended."""
        told = job.number.to_bytes(NUMBER, "big")
        with self._lock, suppress(OSError):
            self._orders.sendall(STOP + len(told).to_bytes(4, "big") + told)

    def close(self) -> None:
        """End it and all its children."""
        self.is_gone = True
        # not the lock: a thread may hold it while it waits for this very process
        with suppress(OSError):
            self._orders.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._orders.close()
