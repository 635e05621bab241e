"""A build as the terminal shows it: bars while it runs, lines where nobody watches them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from bots.commands.build_report import changes_in_words, correction_in_words, count, size_in_words
from bots.commands.terminal import console, safe
from indexing.plan import Plan
from indexing.progress import Progress
from indexing.report import BuildReport

_EVERY = 10.0  # seconds between two lines where no bar can be drawn
_LONGEST_NAME = 40  # characters of a file's name beside a bar
_SURE = 3.0  # seconds of reading after which the time left can be guessed


@contextmanager
def watched() -> Iterator[Progress]:
    """Show a build on stderr while it runs: as bars, or as a line now and then."""
    out = console(to_stderr=True)
    if not out.is_terminal:
        yield _Lines(to_stderr)
        return
    with Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        console=out,
        transient=True,
    ) as bars:
        yield _Bars(bars)


class Pace:
    """How fast files are read, and how long the rest will take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._pages: dict[str, int] = {}
        self.total = 0
        self.done = 0

    def plan(self, todo: Plan) -> None:
        """Begin with so many files to read."""
        self._began = self._clock()
        self._pages.clear()
        self.total = len(todo.add) + len(todo.replace)
        self.done = 0

    def page(self, relative: str, number: int) -> None:
        """Count the pages of a file that have been read."""
        self._pages[relative] = number

    def read(self) -> None:
        """Count a file that has been read."""
        self.done = min(self.done + 1, self.total)

    @property
    def words(self) -> str:
        """Say pages a second and the time left; nothing where they are not known."""
        seconds = self._clock() - self._began
        said = []
        pages = sum(self._pages.values())
        if pages and seconds >= 1:
            said.append(f"{pages / seconds:.1f} pages/s")
        if self.done and seconds >= _SURE:
            left = seconds / self.done * (self.total - self.done)
            said.append(f"about {timedelta(seconds=round(left))} left")
        return ", ".join(said)


class _Bars:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._pace = Pace()
        self._changed: frozenset[str] = frozenset()
        self._reading: TaskID | None = None
        self._embedding: TaskID | None = None

    def started(self, files: int) -> None:
        del files  # those that are kept are not read

    def planned(self, todo: Plan) -> None:
        self._pace.plan(todo)
        self._changed = frozenset((*todo.add, *todo.replace))
        self._reading = self._bars.add_task("Reading", total=self._pace.total, pace="")

    def reading(self, relative: str) -> None:
        self._show(_short(relative))

    def page(self, relative: str, number: int, total: int) -> None:
        self._pace.page(relative, number)
        self._show(f"{_short(relative)}, page {number} of {total}")

    def read(self, relative: str, problem: str) -> None:
        del problem  # the report names what was left out
        if relative in self._changed:
            self._pace.read()
            self._show(_short(relative))

    def embedding(self, done: int, total: int) -> None:
        if self._embedding is None:
            self._embedding = self._bars.add_task("Embedding", total=total, pace="passages")
        self._bars.update(self._embedding, completed=done)

    def writing(self, part: str) -> None:
        self._bars.add_task(f"Writing {part}", total=None, pace="")

    def _show(self, what: str) -> None:
        if self._reading is not None:
            self._bars.update(
                self._reading,
                completed=self._pace.done,
                description=f"Reading {what}",
                pace=self._pace.words,
            )


class _Lines:
    """Says now and then how far a long build is."""

    def __init__(
        self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._say = say
        self._clock = clock
        self._last = clock()
        self._pace = Pace(clock)
        self._changed: frozenset[str] = frozenset()

    def started(self, files: int) -> None:
        del files

    def planned(self, todo: Plan) -> None:
        self._pace.plan(todo)
        self._last = self._clock()
        self._changed = frozenset((*todo.add, *todo.replace))

    def reading(self, relative: str) -> None:
        self._tell(relative)

    def page(self, relative: str, number: int, total: int) -> None:
        self._pace.page(relative, number)
        self._tell(f"{relative}, page {number} of {total}")

    def read(self, relative: str, problem: str) -> None:
        del problem
        if relative in self._changed:
            self._pace.read()

    def embedding(self, done: int, total: int) -> None:
        if self._is_due():
            self._say(f"Embedded {done:,} of {count(total, 'passage')}.")

    def writing(self, part: str) -> None:
        del part

    def _tell(self, what: str) -> None:
        if self._is_due():
            pace = f"; {self._pace.words}" if self._pace.words else ""
            self._say(
                f"Read {self._pace.done:,} of {count(self._pace.total, 'file')}, now {what}{pace}."
            )

    def _is_due(self) -> bool:
        now = self._clock()
        due = now - self._last >= _EVERY
        self._last = now if due else self._last
        return due


class Journal(_Lines):
    """Tells line by line what is done for an index that follows its folder."""

    def following(self, folder: Path, *, poll: bool) -> None:
        """Say what is watched."""
        how = "looking at it again and again" if poll else "told of changes by the system"
        self._say(f"Following {folder} ({how}).")

    def planned(self, todo: Plan) -> None:
        """Say what has to be done."""
        super().planned(todo)
        told = changes_in_words(todo)
        if told:
            self._say(f"The folder changed: {told}.")

    def read(self, relative: str, problem: str) -> None:
        """Say what was read, and what was not and why."""
        super().read(relative, problem)
        if relative in self._changed:
            self._say(f"Not read: {problem}" if problem else f"Read {relative}.")

    def finished(self, report: BuildReport) -> None:
        """Say what is served from now on."""
        for one in report.corrections:
            self._say(correction_in_words(one))
        self._say(f"The index is in step: {size_in_words(report)}.")

    def failed(self, problem: str) -> None:
        """Say why the index is not in step."""
        self._say(f"The index is not in step: {problem}")


def _short(relative: str) -> str:
    shown = safe(relative)
    return shown if len(shown) <= _LONGEST_NAME else f"…{shown[1 - _LONGEST_NAME :]}"


def to_stderr(line: str) -> None:
    """Write one line to whoever watches."""
    sys.stderr.write(f"{safe(line)}\n")
    sys.stderr.flush()
