"""What a build tells whoever watches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Protocol

from corpus.files.folder import SourceFile
from indexing.plan import Plan
from indexing.sources import Source
from indexing.survey import Survey


class Progress(Protocol):
    """Hears of each step of a build, one at a time."""

    def started(self, files: int) -> None:
        """The folder was listed."""

    def planned(self, todo: Plan) -> None:
        """It was compared with what is served."""

    def reading(self, relative: str) -> None:
        """A file is about to be read, maybe beside others; kept files are not read, not named."""

    def page(self, relative: str, number: int, total: int) -> None:
        """So many of all pages of a file have been read, where it has pages."""

    def read(self, relative: str, problem: str) -> None:
        """A file was read or taken over; ``problem`` says why not, and is empty otherwise."""

    def embedding(self, done: int, total: int) -> None:
        """So many of all passages have their vector."""

    def writing(self, part: str) -> None:
        """A part of the index is about to be written, such as "keywords" or "pointer"."""


class SilentProgress:
    """Tells nobody."""

    def started(self, files: int) -> None:
        """Ignore it."""

    def planned(self, todo: Plan) -> None:
        """Ignore it."""

    def reading(self, relative: str) -> None:
        """Ignore it."""

    def page(self, relative: str, number: int, total: int) -> None:
        """Ignore it."""

    def read(self, relative: str, problem: str) -> None:
        """Ignore it."""

    def embedding(self, done: int, total: int) -> None:
        """Ignore it."""

    def writing(self, part: str) -> None:
        """Ignore it."""


class Heard:
    """Brings what several readers tell at once to a Progress, one word at a time."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = Lock()

    def surveyed(self, survey: Survey) -> None:
        """Tell what is there and what has to be done."""
        self._progress.started(len(survey.found))
        self._progress.planned(survey.plan)

    def page(self, source: SourceFile, number: int, total: int) -> None:
        """Tell how far a file is; it begins with page 0."""
        with self._lock:
            if number:
                self._progress.page(source.relative, number, total)
            else:
                self._progress.reading(source.relative)

    def reading(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Pass sources on, and tell of each."""
        for source in sources:
            with self._lock:
                self._progress.read(source.record.relative, source.record.problem)
            yield source
