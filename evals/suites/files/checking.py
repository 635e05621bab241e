"""Evidence held against the documents that are indexed: found, or the nearest offered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal, Protocol

from rapidfuzz import fuzz, process

from assistant.library.shelf import Shelf
from corpus.model import Document, Section
from corpus.normalise import normalise
from corpus.sentences import sentences
from evals.suites.files.names import nearest
from evals.suites.model import Evidence
from evals.suites.places import Places, find_words, section_name, sections_named

_NEAR = 75.0  # of 100, from which on a text is worth offering
_NEAR_NAME = 85.0  # the same for titles and headings
_SHORTER = 0.6  # of the quote's length: what is shorter is a part of it by chance
_LONGEST_OFFER = 3.0  # times the quote: a whole list or table is no offer

Kind = Literal["rejected", "out of date", "remark"]


class Library(Protocol):
    """The documents that quotes are looked for in."""

    def titles(self) -> Sequence[str]:
        """Return the titles of all documents."""

    def document(self, name: str, as_of: date | None = None) -> Document | None:
        """Return the version in force on a day, today if none is named, by id or title."""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """The documents of one index; those in force on a day where none is asked for."""

    shelf: Shelf
    day: date | None = None

    def titles(self) -> Sequence[str]:
        """Return the titles of all documents."""
        return tuple(dict.fromkeys(one.metadata.title for one in self.shelf.entries()))

    def document(self, name: str, as_of: date | None = None) -> Document | None:
        """Return the version in force on a day, today if none is named, by id or title."""
        return Places(self.shelf).document(name, as_of or self.day)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a place of evidence.

    Attributes:
        kind: "rejected" cannot be used; "out of date" was right in another version; a "remark"
            is used as it is.
        reason: a sentence.
        offer: the place that may be meant.
        nearest: what to show of it.
    """

    kind: Kind
    reason: str
    offer: Evidence | None = None
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A place of evidence with the version that it was found in, and what is wrong with it."""

    evidence: Evidence
    finding: Finding | None = None


def hold(evidence: Evidence, library: Library, as_of: date | None = None) -> Held:
    """Look for a place of evidence in the documents in force on a day; today if none is named."""
    document = library.document(evidence.document, as_of)
    if document is None:
        return Held(evidence, _no_document(evidence, library.titles()))
    named = list(sections_named(document, evidence.section))
    if evidence.section and not named and not evidence.quote:
        return Held(evidence, _no_section(evidence, document))
    if not evidence.quote:
        return Held(_pinned(evidence, document))
    if evidence.section and any(
        find_words(document.text, evidence.quote, one.start, one.end) for one in named
    ):
        return Held(_pinned(evidence, document))
    elsewhere = find_words(document.text, evidence.quote)
    if elsewhere is None:
        return Held(evidence, _no_quote(evidence, document, named))
    filled = _pinned(evidence, document)
    return Held(filled, _moved(filled, document, elsewhere[0]) if evidence.section else None)


def _pinned(evidence: Evidence, document: Document) -> Evidence:
    """Remember the version that a case is written against, unless one is remembered already."""
    if evidence.version or evidence.sha256:
        return evidence
    return replace(evidence, version=document.metadata.version, sha256=_hash(document))


def _hash(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()


def _no_document(evidence: Evidence, titles: Sequence[str]) -> Finding:
    near = nearest(evidence.document, titles, bound=_NEAR_NAME)
    reason = f"no document “{evidence.document}” is indexed"
    if near is None:
        return Finding("rejected", reason)
    return Finding("rejected", reason, replace(evidence, document=near), near)


def _no_section(evidence: Evidence, document: Document) -> Finding:
    headings = [one.heading for one in document.sections if one.heading]
    near = nearest(evidence.section, headings, bound=_NEAR_NAME)
    reason = f"“{document.metadata.title}” has no section “{evidence.section}”"
    offer = replace(evidence, section=near) if near else None
    return Finding(_kind(evidence, document), reason, offer, near or "")


def _no_quote(evidence: Evidence, document: Document, named: Sequence[Section]) -> Finding:
    near = nearest_text(document, evidence.quote, named)
    title, version = document.metadata.title, document.metadata.version
    reason = f"the quote is not found in “{title}”, version {version}"
    offer = replace(evidence, quote=near, version="", sha256="") if near else None
    return Finding(_kind(evidence, document), reason, offer, near)


def _kind(evidence: Evidence, document: Document) -> Kind:
    """Tell what was wrong from the start from what was right in another version."""
    other = evidence.version not in ("", document.metadata.version)
    changed = evidence.sha256 not in ("", _hash(document))
    return "out of date" if other or changed else "rejected"


def _moved(evidence: Evidence, document: Document, start: int) -> Finding | None:
    around = [one for one in document.sections if one.start <= start < one.end]
    if not around:
        return None
    inner = max(around, key=lambda one: one.start)
    name = section_name(inner)
    reason = f"the quote does not stand in “{evidence.section}”, but in “{name}”"
    return Finding("remark", reason, replace(evidence, section=name), name)


def nearest_text(document: Document, quote: str, first: Sequence[Section] = ()) -> str:
    """Return the words of a document that come nearest to a quote; "" if nothing is near.

    Args:
        document: to look in.
        quote: that does not stand there.
        first: sections where it should; what is near in them goes before all else.
    """
    for spans in ([(one.start, one.end) for one in first], [(0, len(document.text))]):
        texts = [text for start, end in spans for text in _candidates(document, start, end)]
        found = _nearest(quote, texts)
        if found:
            return found
    return ""


def _nearest(quote: str, texts: Sequence[str]) -> str:
    plain = _plain(quote)
    fits = [
        text
        for text in texts
        if _SHORTER * len(plain) <= len(text) <= max(_LONGEST_OFFER * len(plain), 200)
    ]
    scored = process.extract(
        plain, fits, scorer=_likeness, processor=_plain, limit=3, score_cutoff=_NEAR
    )
    # of texts that hold the same words, the shortest
    best = max(scored, key=lambda one: (round(one[1]), -len(one[0])), default=None)
    return str(best[0]) if best else ""


def _likeness(quote: str, text: str, *, score_cutoff: float | None = None) -> float:
    """Compare a quote with the part of a text that is most like it, or with all of a shorter."""
    ruler = fuzz.partial_ratio if len(quote) < len(text) else fuzz.ratio
    return ruler(quote, text, score_cutoff=score_cutoff)


def _candidates(document: Document, start: int, end: int) -> Iterator[str]:
    """Give sentences, two that follow each other, and whole blocks, without their labels."""
    text = document.text
    for block in document.blocks:
        if block.kind == "heading" or not start <= block.start < block.end <= end:
            continue
        own = text[block.start : block.end].removeprefix(block.label).lstrip()
        first = block.end - len(own)
        spans = sentences(text, first, block.end)
        yield from (text[one:other] for one, other in spans)
        yield from (text[one:other] for (one, _), (_, other) in pairwise(spans))
        yield own


def _plain(text: str) -> str:
    return normalise(text).casefold()
