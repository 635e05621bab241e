"""A question in another language, carried into words that the documents may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.question.asked_language import ELIDED, Language
from assistant.question.asking_words import ASKING_WORDS
from assistant.question.cognates import english_word
from indexing.index import Index
from indexing.keywords import folded, tokens
from indexing.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.,'’‐‑-][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A question in another language, in words that the documents may have.

    Attributes:
        searched: the words that say what it is about, in the documents' language where they are
            shared.
        embedded: what the model is given.
        crosses: the model carries the question over, from a language that no document is in:
            that the documents lack its words tells nothing.
    """

    searched: str
    embedded: str
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """The words of a foreign question that say what it is about.

    Attributes:
        shared: those that the documents have, as they have them.
        unknown: the others.
    """

    shared: tuple[str, ...]
    unknown: tuple[str, ...]


def foreign(text: str, language: Language, index: Index, *, multilingual: bool) -> Foreign:
    """Carry a question into the language of the documents.

    ``multilingual`` tells that the embedding model reads other languages than English.
    """
    if language in index.once(_languages_of):
        return Foreign(" ".join(_subject_words(text, language)), text)
    carried = carry(text, language, index)
    shared = " ".join(carried.shared)
    searched = " ".join((*carried.shared, *carried.unknown))
    # an English model makes more of a few English words than of a sentence that it cannot read
    embedded = text if multilingual or not shared else shared
    return Foreign(searched, embedded, crosses=multilingual)


def carry(text: str, language: str, index: Index) -> Carried:
    """Find the words of a foreign question in the documents, as they are or as cognates."""

    def commonness(word: str) -> float:
        known = [index.idf(stem) for stem in tokens(word) if index.knows(stem)]
        return max((1 / (1 + idf) for idf in known), default=0.0)

    shared, unknown = list[str](), list[str]()
    for word in _subject_words(text, language):
        plain = folded(word)
        found = _as_written(word, commonness) or english_word(plain, language, commonness)
        (shared if found else unknown).append(found or plain)
    return Carried(tuple(shared), tuple(unknown))


def _languages_of(index: Index) -> frozenset[str]:
    """Return the languages that the documents are in, by their codes."""
    return frozenset(one.language.lower().partition("-")[0] for one in index.catalogue)


def _as_written(word: str, commonness: Callable[[str], float]) -> str:
    """Return figures, and short names that the documents know, as they are."""
    return word if _DIGIT.search(word) or (word.isupper() and commonness(word)) else ""


def _subject_words(text: str, language: str) -> Iterator[str]:
    """Return the words that a question is about, as they are written, without elided ones."""
    small = {folded(word) for word in STOP_WORDS[language] | ASKING_WORDS[language]}
    for match in _WORD.finditer(text.lower() if text.isupper() else text):
        word = ELIDED.sub("", match.group())
        parts = [word] if _DIGIT.search(word) else _PARTS.findall(word)
        yield from (part for part in parts if folded(part) not in small and len(part) > 1)
