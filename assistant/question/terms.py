"""The terms of a question: its stems, how much each weighs, and what may stand for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assistant.question.asking import LIGHT
from assistant.question.wording import Wording
from indexing.english import is_english
from indexing.index import Index
from indexing.keywords import folded, tokens

_WORD = re.compile(r"[^\W\d_]{2,}")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[‐‑-][^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Term:
    """One stem of the question with its inverse document frequency.

    Attributes:
        known: the stem, or what may stand for it, occurs in the documents.
        alternatives: groups of stems that together stand for it.
    """

    stem: str
    weight: float
    known: bool
    alternatives: tuple[frozenset[str], ...] = ()

    def is_in(self, stems: AbstractSet[str]) -> bool:
        """Tell whether a text with these stems has the term."""
        if self.stem in stems:
            return True
        # of most terms there are none, and asking ``any`` would take as long as all the rest
        return bool(self.alternatives) and any(group <= stems for group in self.alternatives)


def terms_of(subject: Sequence[str], wording: Wording, index: Index) -> tuple[Term, ...]:
    """Return the terms of a question for the stems that it is about."""
    needless = _compounds(wording.core) | {stem for stem in LIGHT if not index.knows(stem)}
    stems = [stem for stem in subject if stem not in needless] or subject
    return tuple(_term(stem, wording, index) for stem in stems)


def abbreviations(text: str, index: Index) -> set[str]:
    """Return the stems of words that the documents always write in capitals, whatever their case.

    A word of English is none: it may stand in capitals only in headings.
    """
    words = {folded(word) for word in _WORD.findall(text)}
    found = (one for one in words if index.vocabulary.is_abbreviation(one) and not is_english(one))
    return {stem for word in found for stem in tokens(word)}


def _term(stem: str, wording: Wording, index: Index) -> Term:
    """Weigh a stem; one that others stand for is at most as rare as the commonest of them."""
    groups = wording.alternatives(stem)
    weight = index.idf(stem)
    alone = any(one.stems == (stem,) for one in wording.expansions)
    if alone:
        weight = min(weight, *(max(map(index.idf, group)) for group in groups))
    known = index.knows(stem) or any(all(map(index.knows, group)) for group in groups)
    return Term(stem, weight, known, groups)


def _compounds(text: str) -> set[str]:
    """Return the stems of hyphened words as wholes, where their parts are terms as well."""
    found = set()
    for written in _COMPOUND.findall(text):
        parts = re.split("[‐‑-]", written)
        if sum(bool(tokens(part)) for part in parts) > 1:
            found |= set(tokens("".join(parts)))
    return found
