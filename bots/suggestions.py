"""Questions to start with, made from the headings of the documents themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from assistant.library.catalogue import CatalogueEntry
from assistant.library.shelf import Shelf
from corpus.model import Document, Metadata, Section

MOST = 4
_DOCUMENTS_READ = 6  # documents opened for the start page, so that a large corpus costs no more
_WORDS = range(2, 8)
_LETTERS = re.compile(r"[^\W\d_]")


def suggest(shelf: Shelf, entries: Sequence[CatalogueEntry]) -> tuple[str, ...]:
    """Return up to four questions that documents in force speak to, one document each in turn."""
    valid = [entry.metadata for entry in entries if entry.force == "in force"]
    spread = _spread(sorted(valid, key=lambda one: one.sample), _DOCUMENTS_READ)
    documents = [shelf.open(one.id, one.version).document for one in spread]
    seen = Counter(
        heading for document in documents for heading in {s.heading for s in document.sections}
    )
    columns = [list(_questions(document, seen)) for document in documents]
    turns = (question for row in zip_longest(*columns) for question in row if question)
    return tuple(islice(turns, MOST))


def _spread(known: Sequence[Metadata], most: int) -> list[Metadata]:
    """Pick documents of every kind in turn."""
    kinds: dict[str, list[Metadata]] = {}
    for one in known:
        kinds.setdefault(one.kind, []).append(one)
    turns = (one for row in zip_longest(*kinds.values()) for one in row if one)
    return list(islice(turns, most))


def _questions(document: Document, seen: Counter[str]) -> Iterator[str]:
    """Ask for each section whose heading says what it is about and stands in one document only."""
    title = document.metadata.title
    for section in _leaves(document.sections):
        heading = section.heading.removeprefix(section.number).strip(" .:")
        if seen[section.heading] != 1 or not _tells(heading) or heading == title:
            continue
        if heading.endswith("?"):
            yield heading
        else:
            yield f"What does “{title}” say about {_inside_a_sentence(heading)}?"


def _inside_a_sentence(heading: str) -> str:
    """Write a heading with a small first letter, unless it is written like a name."""
    like_a_name = any(not word[0].islower() for word in heading.split()[1:])
    return heading if like_a_name else heading[0].lower() + heading[1:]


def _leaves(sections: Iterable[Section]) -> Iterator[Section]:
    sections = tuple(sections)
    parents = {section.parent for section in sections}
    return (section for place, section in enumerate(sections) if place not in parents)


def _tells(heading: str) -> bool:
    words = heading.split()
    return len(words) in _WORDS and all(_LETTERS.search(word) for word in words)
