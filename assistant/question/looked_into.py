"""The document that a question looks into: "clause 6.3 of the travel policy".

Its words say where to look, not what for: "What does the policy on travel say about vaccines?" is
about vaccines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import document_key
from indexing.index import Index
from indexing.keywords import tokens

_KIND = (
    r"(?:polic(?:y|ies)|strateg(?:y|ies)|handbook|manual|guide(?:lines?)?|rules?|regulations?|"
    r"programme|procedures?|directive|circular|code|framework)"
)
_INTO = r"\b(?:in|under|of|from|per|by|according\s+to|does|do|did)\s+(?:(?:the|our|your|this)\s+)?"
_WORD = r"[^\W_][\w&’'-]*"
_BEFORE = re.compile(rf"{_INTO}(?P<title>(?:{_WORD}\s+){{1,6}}?{_KIND}\b)", re.IGNORECASE)
_AFTER = re.compile(
    rf"{_INTO}(?P<title>{_KIND}\s+(?:on|for|about|concerning|regarding|governing)\s+"
    rf"{_WORD}(?:\s+{_WORD}){{0,7}})",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(rf"\s+{_WORD}$")


@dataclass(frozen=True, slots=True)
class LookedInto:
    """What a question says about where to look.

    Attributes:
        keys: every version of the one document; empty where it names none, or one of several.
        rest: the question without the words that name it.
    """

    keys: frozenset[str]
    rest: str


@dataclass(frozen=True, slots=True)
class _Title:
    stems: frozenset[str]
    keys: frozenset[str]


def looked_into(text: str, index: Index) -> LookedInto:
    """Return the document that a question looks into, named by a part of its title."""
    for start, end in _places(text):
        titles = index.once(_titles)
        for stop in _shorter(text, start, end):
            stems = frozenset(tokens(text[start:stop]))
            found = [one for one in titles if len(stems) > 1 and stems <= one.stems]
            if found:
                named = found[0].keys if len(found) == 1 else frozenset[str]()
                return LookedInto(named, f"{text[:start]} {text[stop:]}" if named else text)
    return LookedInto(frozenset(), text)


def _places(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_AFTER, _BEFORE):
        for found in pattern.finditer(text):
            yield found.span("title")


def _shorter(text: str, start: int, end: int) -> Iterator[int]:
    """Give the ends of a phrase, whole and with ever more of its last words left out."""
    yield end
    while last := _LAST_WORD.search(text, start, end):
        end = last.start()
        yield end


def _titles(index: Index) -> tuple[_Title, ...]:
    """Return each document once, with the stems of all that its versions are called."""
    stems: dict[str, set[str]] = {}
    keys: dict[str, set[str]] = {}
    for one in index.catalogue:
        stems.setdefault(one.id, set()).update(tokens(f"{one.organisation} {one.title}"))
        keys.setdefault(one.id, set()).add(document_key(one.id, one.version))
    return tuple(_Title(frozenset(stems[id_]), frozenset(keys[id_])) for id_ in stems)
