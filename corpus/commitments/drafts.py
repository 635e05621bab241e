"""A commitment while it is read, and how it gets its name."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.commitments.model import Commitment, Doubt, Form, Quote, Time
from corpus.model import Document

_WORDS = re.compile(r"\w+")
_LENGTH = 12  # hexadecimal digits of an id: two of a million commitments meet once in 560 corpora


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of one commitment; attributes as of ``Commitment``.

    Attributes:
        under: headings within a table that it stands under, beside those of its section.
    """

    form: Form
    block: int
    start: int
    end: int
    text: Quote | None
    activities: tuple[Quote, ...] = ()
    leads: tuple[Quote, ...] = ()
    times: tuple[Time, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    under: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it is known by: its text, else its first activity."""
        named = self.text or next(iter(self.activities), None)
        return plain_words(named.text) if named else ""

    @property
    def all_words(self) -> str:
        """What it is known by where others have the same text."""
        return " ".join(
            plain_words(one.text) for one in (*filter(None, (self.text,)), *self.activities)
        )


def plain_words(text: str) -> str:
    """Return the words of a text, for comparing: no case, no punctuation, no line breaks."""
    return " ".join(_WORDS.findall(text.casefold()))


def named(document: Document, drafts: Iterable[Draft]) -> tuple[Commitment, ...]:
    """Return commitments in reading order, each with an id that no other of the document has.

    The id is of the document's id and of the commitment's words, so a new version that says the
    same elsewhere keeps it. Where several say the same, what is to be done tells them apart, then
    their order.
    """
    ordered = sorted(drafts, key=lambda one: (one.block, one.start))
    names = _told_apart(ordered)
    return tuple(
        _commitment(document, draft, _hash(document.metadata.id, name))
        for draft, name in zip(ordered, names, strict=True)
    )


def _told_apart(drafts: Sequence[Draft]) -> list[str]:
    words = [draft.words for draft in drafts]
    once = Counter(words)
    names = [
        said if once[said] == 1 else draft.all_words
        for said, draft in zip(words, drafts, strict=True)
    ]
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


def _hash(document: str, words: str) -> str:
    return hashlib.sha256(f"{document}\n{words}".encode()).hexdigest()[:_LENGTH]


def _commitment(document: Document, draft: Draft, id_: str) -> Commitment:
    section = document.blocks[draft.block].section
    return Commitment(
        id_,
        document.metadata.id,
        document.metadata.version,
        section,
        (*document.sections[section].path, *draft.under),
        draft.form,
        draft.block,
        draft.start,
        draft.end,
        draft.text,
        draft.activities,
        draft.leads,
        draft.times,
        draft.doubts,
    )
