"""A build as the terminal shows it: a bar while it runs, a report in words when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from bots.terminal import console, hanging, written
from indexing.build import BuildReport
from indexing.progress import Progress


@contextmanager
def watched() -> Iterator[Progress]:
    """Show a build on stderr while it runs; where nobody watches, nothing is drawn."""
    out = console(to_stderr=True)
    with Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    ) as bars:
        yield _Bars(bars)


class _Bars:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._reading: TaskID | None = None
        self._embedding: TaskID | None = None

    def started(self, files: int) -> None:
        self._reading = self._bars.add_task("Reading", total=files)

    def reading(self, relative: str) -> None:
        del relative  # the bar counts; the report names what was left out
        if self._reading is not None:
            self._bars.advance(self._reading)

    def embedding(self, done: int, total: int) -> None:
        if self._embedding is None:
            self._embedding = self._bars.add_task("Embedding", total=total)
        self._bars.update(self._embedding, completed=done)

    def writing(self, part: str) -> None:
        self._bars.add_task(f"Writing {part}", total=None)


def report_shown(report: BuildReport) -> RenderableType:
    """Write what a build did, what it left out and why, and what it repaired."""
    size = f"{_count(report.documents, 'document')}, {_count(report.passages, 'passage')}"
    if report.changed:
        parts: list[RenderableType] = [written(f"Indexed {size}: {_changes(report)}.")]
    else:
        parts = [written(f"Nothing has changed: {size}.")]
    if report.notes:
        parts.append(written("Repaired or uncertain:", "bold"))
        parts += [hanging(written("•"), written(f"{n.relative}: {n.note}")) for n in report.notes]
    if report.skipped:
        parts.append(written("Left out:", "bold yellow"))
        parts += [
            hanging(written("!", "yellow"), written(f"{file.problem} {file.remedy}"))
            for file in report.skipped
        ]
    return Group(*parts)


def report_to_dict(report: BuildReport) -> dict[str, Any]:
    """Return a report as JSON has it."""
    return {
        "generation": report.generation,
        "changed": report.changed,
        "documents": report.documents,
        "passages": report.passages,
        "embedded": report.embedded,
        "reused": report.reused,
        "added": list(report.added),
        "replaced": list(report.replaced),
        "removed": list(report.removed),
        "unchanged": list(report.kept),
        "skipped": [
            {"path": file.relative, "problem": file.problem, "remedy": file.remedy}
            for file in report.skipped
        ],
        "notes": [{"path": note.relative, "note": note.note} for note in report.notes],
    }


def _changes(report: BuildReport) -> str:
    counts = {
        "new": report.added,
        "changed": report.replaced,
        "removed": report.removed,
        "unchanged": report.kept,
    }
    said = [f"{len(paths)} {word}" for word, paths in counts.items() if paths]
    return f"{', '.join(said)}; {_count(report.embedded, 'vector')} computed, {report.reused} kept"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
