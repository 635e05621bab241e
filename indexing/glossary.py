"""The glossary of an index: what its documents explain, and what its owners set.

What is kept is who says it and where, so that a pair which stands only in documents that somebody
may not read does not exist for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import IndexDamaged
from corpus.glossary import find_definitions
from corpus.model import Document
from indexing.glossary_file import Row
from indexing.keywords import tokens

_FILE = "glossary.json"
Pair = tuple[str, tuple[str, ...]]  # what two entries have in common that say the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document explains a term: canonical ``[start, end)``."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A term that a document explains there."""

    term: str
    meaning: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """A pair as somebody sees it.

    Attributes:
        places: where documents say so; empty where only ``glossary.csv`` does.
        line: of ``glossary.csv`` that says so or switches it off; 0 where none does.
        used: questions are read with it.
    """

    term: str
    meaning: str
    places: tuple[Place, ...] = ()
    line: int = 0
    used: bool = True

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Of the term."""
        return tokens(self.term)

    @cached_property
    def meant(self) -> tuple[str, ...]:
        """The stems of the meaning."""
        return tokens(self.meaning)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All that is said, by documents and by ``glossary.csv``."""

    sayings: tuple[Saying, ...] = ()
    rows: tuple[Row, ...] = ()

    def entries(self, keys: frozenset[str] | None = None) -> tuple[Entry, ...]:
        """Return the pairs that a reader of some documents sees, by term; None is all of them.

        A line of ``glossary.csv`` that repeats what a document says is no news of its own: who
        may not read the document does not learn it from there.
        """
        found: dict[Pair, list[Saying]] = {}
        explained = set[Pair]()
        for one in self.sayings:
            explained.add(_pair(one.term, one.meaning))
            if keys is None or one.place.key in keys:
                found.setdefault(_pair(one.term, one.meaning), []).append(one)
        rows = {_pair(row.term, row.meaning): row for row in self.rows}
        entries = [_entry(some, rows) for some in found.values()]
        entries += [
            Entry(row.term, row.meaning, line=row.line, used=row.used)
            for pair, row in rows.items()
            if row.meaning and pair not in explained
        ]
        return tuple(sorted(entries, key=lambda one: (one.term.casefold(), one.meaning)))


def sayings_of(document: Document) -> Iterator[Saying]:
    """Give what a document explains."""
    for one in find_definitions(document):
        yield Saying(one.term, one.meaning, Place(document.key, one.start, one.end))


def rows_of(entries: Iterable[Entry]) -> Iterator[Row]:
    """Give entries as rows of a ``glossary.csv``."""
    for one in entries:
        yield Row(one.line, one.term, one.meaning, one.used)


def write_glossary(folder: Path, glossary: Glossary) -> None:
    """Write it into the folder of a new generation."""
    (folder / _FILE).write_bytes(_adapter().dump_json(glossary))


def read_glossary(folder: Path) -> Glossary:
    """Read the glossary of a generation.

    Raises:
        IndexDamaged: it is missing or cannot be read.
    """
    try:
        return _adapter().validate_json((folder / _FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(
            f"The glossary of the index in {folder} cannot be read.", "Run `charter index` again."
        ) from error


def _entry(said: list[Saying], rows: dict[Pair, Row]) -> Entry:
    term, meaning = said[0].term, said[0].meaning
    row = rows.get(_pair(term, meaning))
    off = rows.get(_pair(term, ""))
    if row is None and off is not None and not off.used:
        row = off
    places = tuple(one.place for one in said)
    return Entry(term, meaning, places, row.line if row else 0, row.used if row else True)


def _pair(term: str, meaning: str) -> Pair:
    return term.casefold(), tokens(meaning)


@cache
def _adapter() -> TypeAdapter[Glossary]:
    return TypeAdapter(Glossary)
