"""What changed between two versions, written for the terminal; signs say what colour says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.compare import Change, Comparison
from assistant.library.edits import Edit
from assistant.library.shelf import Opened
from bots.commands.terminal import hanging, safe, written

SIGNS = {
    "added": ("+", "green"),
    "removed": ("−", "red"),  # noqa: RUF001  the sign for minus, as wide as the plus
    "changed": ("~", "yellow"),
    "moved": ("→", "cyan"),
}


def comparison_shown(older: Opened, newer: Opened, found: Comparison) -> RenderableType:
    """Write the changes section by section: ``[-removed-]`` and ``{+added+}`` inside a block."""
    first, last = older.entry.metadata, newer.entry.metadata
    parts: list[RenderableType] = [
        written(last.title, "bold"),
        written(
            f"version {first.version} ({older.entry.force}) → "
            f"version {last.version} ({newer.entry.force})"
        ),
        *(written(f"! {mark}", "bold yellow") for mark in newer.entry.marks),
        written(count_in_words(found), "dim"),
    ]
    for section, run in groupby(found.changes, key=lambda change: change.section):
        parts += [Text(), written(" › ".join(section) or last.title, "bold cyan")]
        parts += [Padding(_change(change), (0, 0, 0, 2)) for change in run]
    return Group(*parts)


def count_in_words(found: Comparison) -> str:
    """Say how many paragraphs, items and rows changed in which way."""
    if not found.changes:
        return f"Nothing changed in {found.unchanged} blocks of text."
    counts = [f"{found.count(kind)} {kind}" for kind in ("added", "removed", "changed", "moved")]
    said = ", ".join(count for count in counts if not count.startswith("0 "))
    return f"{said}; {found.unchanged} unchanged"


def _change(change: Change) -> RenderableType:
    return hanging(written(*SIGNS[change.kind]), Text.assemble(*_words(change)))


def _words(change: Change) -> Iterator[tuple[str, str]]:
    if change.kind == "moved" and change.older:
        yield f"moved from “{' › '.join(change.older.section)}”: ", "dim"
    if change.kind in ("added", "removed"):
        yield from ((_one_line(edit.text), SIGNS[change.kind][1]) for edit in change.edits)
    else:
        yield from marked(change.edits)


def marked(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Yield runs of words with their styles: what went as ``[-…-]``, what came as ``{+…+}``."""
    for edit in edits:
        text = _one_line(edit.text)
        if edit.kind == "same":
            yield text, ""
        elif edit.kind == "added":
            yield f"{{+{text}+}}", "bold green"
        else:
            yield f"[-{text}-]", "red strike"


def _one_line(text: str) -> str:
    return safe(text).replace("\t", " | ")
