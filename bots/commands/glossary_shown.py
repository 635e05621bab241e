"""The glossary, written for the terminal and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.shelf import Shelf
from bots.commands.terminal import hanging, written
from corpus.errors import StorageError
from corpus.model import Metadata, document_key
from indexing.glossary import Entry, Place, rows_of
from indexing.glossary_file import GLOSSARY_FILE, glossary_csv
from indexing.storage import writing_to

_ELSEWHERE = 2  # documents that are named beside a pair; the others are counted


def glossary_shown(shelf: Shelf) -> RenderableType:
    """Write every pair that a reader sees, and under each where it comes from."""
    titles = _titles(shelf)
    entries = shelf.index.glossary
    parts: list[RenderableType] = []
    for one in entries:
        meaning = written(one.meaning if one.used else f"{one.meaning} (switched off)")
        parts.append(hanging(written(f"{one.term}:", "bold"), meaning))
        parts.append(Padding(written(_source(one, titles), "dim"), (0, 0, 0, 2)))
    return Group(*parts, Text() if parts else "", written(_count(entries), "dim"))


def glossary_to_dict(shelf: Shelf) -> dict[str, Any]:
    """Return the pairs that a reader sees as JSON has them."""
    known = {document_key(one.id, one.version): one for one in shelf.index.catalogue}
    return {
        "entries": [
            {
                "term": one.term,
                "meaning": one.meaning,
                "use": one.used,
                "line": one.line or None,
                "places": [_place(place, known[place.key]) for place in one.places],
            }
            for one in shelf.index.glossary
        ]
    }


def save_glossary(entries: Sequence[Entry], path: Path) -> None:
    """Write pairs as a ``glossary.csv``; what is there is never written over.

    Raises:
        StorageError: the file is there, or cannot be written.
    """
    if path.exists():
        raise StorageError(f"The file {path} is there already.", "Name another, or remove it.")
    with writing_to(path.parent):
        path.write_text(glossary_csv(rows_of(entries)), "utf-8-sig")  # Excel asks for the mark


def _titles(shelf: Shelf) -> Mapping[str, str]:
    return {
        document_key(one.id, one.version): f"“{one.title}” (version {one.version})"
        for one in shelf.index.catalogue
    }


def _source(entry: Entry, titles: Mapping[str, str]) -> str:
    """Say where a pair comes from: documents, ``glossary.csv``, or both."""
    named = list(dict.fromkeys(titles[place.key] for place in entry.places))
    said = named[:_ELSEWHERE]
    if len(named) > _ELSEWHERE:
        said.append(f"{len(named) - _ELSEWHERE:,} more")
    if entry.line:
        said.append(f"{GLOSSARY_FILE}, line {entry.line}")
    return "; ".join(said)


def _place(place: Place, metadata: Metadata) -> dict[str, Any]:
    return {
        "document": metadata.id,
        "version": metadata.version,
        "start": place.start,
        "end": place.end,
    }


def _count(entries: Sequence[Entry]) -> str:
    if not entries:
        return (
            "The documents explain no abbreviation. A file glossary.csv in their folder can add "
            "some: term,meaning,use."
        )
    off = sum(not one.used for one in entries)
    return f"{len(entries):,} pairs" + (f", {off:,} switched off." if off else ".")
