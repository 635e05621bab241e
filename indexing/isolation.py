"""Files are read in processes of their own, so that a bad one costs only itself.

    with Readers() as readers:
        for outcome in readers.read_all(sources):      # in the order of sources
            outcome.source; outcome.document or outcome.error
        document = readers.read(source)                # or raises UnreadableFile
        members = readers.members(source)              # of an archive; the same errors

``Readers(workers=…, limits=Limits(…), on_page=…)``. ``on_page(source, number, total)`` hears of
each file when it begins (0, 0) and as its pages are finished; it is called on the threads that
wait for the processes, several at once.

One process is started, at the first use, by running Python anew: forking this one would copy its
threads' locks. It imports the readers and nothing else, and forks a child for each file, which
costs milliseconds. See ``indexing/reading_process.py``. Whatever becomes of the child, the file
ends in a Document or in a leaf of UnreadableFile. All methods can be called from several threads.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from typing import Self

from corpus.errors import ReadersUnavailable, UnreadableFile
from corpus.files.folder import SourceFile
from corpus.model import Document
from corpus.places import Drawing
from indexing import frames
from indexing.frames import BadFrame, Job, is_text
from indexing.nursery import Lost, Nursery
from indexing.reading_child import Child, Crash, Limits, OnFilePage, Told, damaged

__all__ = ["Crash", "Limits", "OnFilePage", "Outcome", "Readers", "usable_cores"]

_READ = "corpus.read:read_document"
_EXPAND = "corpus.files.containers:expand"
_CONTENT = "corpus.read:content_of"
_PICTURE = "corpus.formats.pdf_picture:picture_of"
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_WORKERS = 4
_AHEAD = 2  # results kept for each worker while the first is waited for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file gave: one of ``document`` and ``error``, the other is None."""

    source: SourceFile
    document: Document | None = None
    error: UnreadableFile | None = None


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _tell_nobody(source: SourceFile, number: int, total: int) -> None:
    pass


class Readers:
    """Reads files, several at once, each in a process of its own.

    Args:
        workers: files at once; as many as there are cores, at most four, if 0.
        limits: for each file.
        on_page: hears how far each file is.
        read: "module:name" of what reads one file in the child.
    """

    def __init__(
        self,
        *,
        workers: int = 0,
        limits: Limits = Limits(),  # noqa: B008  frozen
        on_page: OnFilePage = _tell_nobody,
        read: str = _READ,
    ) -> None:
        self.workers = workers or min(_MOST_WORKERS, usable_cores())
        self._limits = limits
        self._on_page = on_page
        self._function = read
        self._numbers = count()
        self._lock = threading.Lock()
        self._nursery: Nursery | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, also those that are still reading; what they read is lost."""
        with self._lock:
            self._closed = True
            if self._nursery:
                self._nursery.close()

    def read_all(self, sources: Iterable[SourceFile]) -> Iterator[Outcome]:
        """Give what each file gave, in the order of the files; reads a few of them ahead."""
        rest = iter(sources)
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="reader")
        waiting: deque[Future[Outcome]] = deque()
        try:
            for source in islice(rest, self.workers * _AHEAD):
                waiting.append(pool.submit(self._outcome, source))
            while waiting:
                outcome = waiting.popleft().result()
                for source in islice(rest, 1):
                    waiting.append(pool.submit(self._outcome, source))
                yield outcome
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def read(self, source: SourceFile) -> Document:
        """Return the document in a file; raises UnreadableFile."""
        told = self._run(source, self._function, "document")
        try:
            return frames.document_of(told.result, told.boxes, source)
        except BadFrame as error:
            raise damaged(source, str(error)) from error

    def members(self, source: SourceFile) -> tuple[SourceFile, ...]:
        """Return the files in an archive; raises UnreadableFile."""
        told = self._run(source, _EXPAND, "members")
        try:
            return frames.members_of(told.result, source)
        except BadFrame as error:
            raise damaged(source, str(error)) from error

    def content(self, source: SourceFile) -> bytes:
        """Return the bytes of a document, out of what it is packed in; raises UnreadableFile."""
        return self._run(source, _CONTENT, "content").result

    def picture(self, source: SourceFile, drawing: Drawing) -> bytes:
        """Return a page of a PDF as PNG; raises UnreadableFile."""
        png = self._run(source, _PICTURE, "picture", drawing).result
        if not png.startswith(_PNG):
            raise damaged(source, "a picture that is none")
        return png

    def _outcome(self, source: SourceFile) -> Outcome:
        try:
            return Outcome(source, document=self.read(source))
        except UnreadableFile as error:
            return Outcome(source, error=error)

    def _run(
        self, source: SourceFile, function: str, gives: str, drawing: Drawing | None = None
    ) -> Told:
        """Run a function on a file in a child; once more where the fault was not the file's."""
        if not is_text(source.path, source.relative):
            shown = source.relative.encode("utf-8", "replace").decode()
            raise UnreadableFile(
                f"The name of {shown} holds bytes that are no letters.", "Give it another name."
            )
        self._on_page(source, 0, 0)
        limits = self._limits
        for _ in range(2):
            number = next(self._numbers)
            seconds = int(limits.seconds) + 1
            job = Job(number, function, gives, source, limits.memory, seconds, drawing)
            try:
                return Child(self._running(), job, limits, self._on_page).wait()
            except Lost as error:
                lost = error
        raise UnreadableFile(
            f"{source.relative} was not read: the process that reads files was ended, twice.",
            "Look whether the machine has run out of memory, then index again.",
        ) from lost

    def _running(self) -> Nursery:
        """Return the process that forks the others; start it if there is none."""
        with self._lock:
            if self._closed:
                raise ReadersUnavailable("Reading was stopped.", "Start it again.")
            if self._nursery and self._nursery.is_gone:
                self._nursery.close()
                self._nursery = None
            if self._nursery is None:
                self._nursery = Nursery()
            return self._nursery
