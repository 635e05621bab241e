"""Where a case's evidence stands in the documents that are indexed now."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.library.catalogue import CatalogueEntry
from assistant.library.shelf import Shelf
from corpus.model import Document, Section
from corpus.normalise import normalise
from evals.suites.model import Evidence

Lost = Literal["document missing", "quote gone", "section gone"]


@dataclass(frozen=True, slots=True)
class Place:
    """Canonical ``[start, end)`` of one version of a document."""

    key: str
    start: int
    end: int

    def shared(self, key: str, start: int, end: int) -> int:
        """Return how many characters of it lie in a span."""
        if key != self.key:
            return 0
        return max(0, min(self.end, end) - max(self.start, start))

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Places:
    """Finds evidence among the documents of one index."""

    shelf: Shelf

    def find(self, evidence: Evidence, as_of: date | None = None) -> Place | Lost:
        """Return where evidence stands in the version in force on a day, or how it was lost.

        The day is today if none is named.
        """
        document = self.document(evidence.document, as_of)
        if document is None:
            return "document missing"
        sections = list(sections_named(document, evidence.section))
        if evidence.section and not sections and not evidence.quote:
            return "section gone"
        if not evidence.quote:
            whole = sections[0] if sections else None
            return Place(document.key, *((whole.start, whole.end) if whole else _all(document)))
        for section in sections:
            found = find_words(document.text, evidence.quote, section.start, section.end)
            if found:
                return Place(document.key, *found)
        found = find_words(document.text, evidence.quote)
        return Place(document.key, *found) if found else "quote gone"

    def all_of(self, evidence: Evidence, as_of: date | None = None) -> tuple[Place, ...] | Lost:
        """Return every section that goes by the name of one, or the whole document.

        A heading may stand twice; what is to be hidden must not be left over under its namesake.
        """
        document = self.document(evidence.document, as_of)
        if document is None:
            return "document missing"
        if not evidence.section:
            return (Place(document.key, *_all(document)),)
        sections = sections_named(document, evidence.section)
        return tuple(Place(document.key, one.start, one.end) for one in sections) or "section gone"

    def document(self, name: str, as_of: date | None = None) -> Document | None:
        """Open the version in force of the document with an id or title; None if there is none."""
        entry = self._entry(name)
        return self.shelf.open(entry.metadata.id, as_of=as_of).document if entry else None

    def _entry(self, name: str) -> CatalogueEntry | None:
        wanted = _bare(name)
        entries = self.shelf.entries()
        by_id = (one for one in entries if one.metadata.id == name)
        by_title = (one for one in entries if _bare(one.metadata.title) == wanted)
        return next(by_id, None) or next(by_title, None)


def find_words(
    text: str, quote: str, start: int = 0, end: int | None = None
) -> tuple[int, int] | None:
    """Return where a quote stands in a text, told by the one normaliser; None if it does not."""
    plain, offsets = _plain_with_offsets(text[start:end])
    wanted = normalise(quote)
    at = plain.find(wanted) if wanted else -1
    if at < 0:
        return None
    return start + offsets[at], start + offsets[at + len(wanted) - 1] + 1


@lru_cache(64)
def _plain_with_offsets(text: str) -> tuple[str, list[int]]:
    """Normalise a canonical text, with the place of each character that is left."""
    plain: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        for one in normalise(character) or (" " if character.isspace() else ""):
            if one == " " and (not plain or plain[-1] == " "):
                continue
            plain.append(one)
            offsets.append(place)
    return "".join(plain), offsets


def sections_named(document: Document, name: str) -> Iterator[Section]:
    """Give the sections that go by a heading, a number, or the end of a path."""
    wanted = _bare(name)
    if not wanted:
        return
    for section in document.sections:
        unnumbered = section.heading.removeprefix(section.number)
        names = (section.heading, unnumbered, section.number, " ".join(section.path))
        numbered = f"{section.number} {section.heading}" if section.number else section.heading
        if wanted in {_bare(one) for one in (*names, numbered) if one}:
            yield section


def section_name(section: Section) -> str:
    """Return number and heading, by which the section is found again."""
    if section.heading.startswith(section.number):
        return section.heading
    return f"{section.number} {section.heading}"


def _all(document: Document) -> tuple[int, int]:
    return 0, len(document.text)


def _bare(name: str) -> str:
    """Return letters and digits alone: people write dashes, quotes and spaces as they like."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))
