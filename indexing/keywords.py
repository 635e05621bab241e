"""Words: how texts become tokens, and BM25 over them. The only file that imports bm25s and Stemmer.

Two fields are scored apart and added: the passage itself, and the headings that it stands under.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from math import log1p
from pathlib import Path

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import Stemmer  # type: ignore[import-not-found]  # a C extension without types
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from indexing.spelling import joined, one_spelling

KEYWORDS_VERSION = "2"  # of everything in this file that decides a score
K1 = 1.2  # saturation of repeated words, as Lucene sets it
B = 0.75  # weight of a passage's length, as Lucene sets it
HEADING_WEIGHT = 0.5  # of a word in the headings against one in the passage
FIELDS = ("body", "heading")

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+(?:[.,'’‐‑-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_STOP_WORDS = frozenset(
    # articles, pronouns, prepositions, auxiliaries and question words: they say nothing about
    # where an answer stands; "no" and "not" do
    "a about after all also am an and any are as at be been before being both but by can could did "
    "do does doing for from had has have having he her here hers him his how i if in into is it "
    "its itself just me more most my of off on once only or our ours out over own same she should "
    "so some such than that the their theirs them then there these they this those through to too "
    "under up us very was we were what when where which while who whom whose why will with would "
    "you your yours".split()
)


def tokens(text: str, language: str = "english") -> tuple[str, ...]:
    """Return the words of ``text`` as they are matched, in order.

    Lower case, without accents, stop words dropped, in one spelling, stemmed (Snowball). What a
    hyphen, dot or apostrophe joins counts in its parts and as one: "3.2" as it is, words without
    the sign.
    """
    # A stemmer is not safe to share between threads; making one takes microseconds.
    stem = Stemmer.Stemmer(language, 0).stemWord
    return tuple(stem(one_spelling(word)) for word in words(text) if word not in _STOP_WORDS)


def is_stop_word(word: str) -> bool:
    """Tell whether a word, in lower case, says nothing about where an answer stands."""
    return word in _STOP_WORDS


def words(text: str) -> Iterator[str]:
    """Give the words of a text as they are written, in lower case and without accents."""
    for match in _WORD.finditer(joined(folded(text))):
        word = _POSSESSIVE.sub("", match.group())
        if _THOUSANDS.fullmatch(word):
            word = word.replace(",", "")
        parts = re.split(r"[^\w]", word)
        if len(parts) > 1:
            has_digit = any(character.isdigit() for character in word)
            yield re.sub(r"[‐‑]", "-", word) if has_digit else "".join(parts)
        yield from parts


def folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


class KeywordIndex:
    """BM25 over passages, by ordinal; safe to read from several threads."""

    def __init__(self, body: bm25s.BM25, heading: bm25s.BM25) -> None:
        self._body = body
        self._heading = heading

    @property
    def size(self) -> int:
        """How many passages it holds."""
        return int(self._body.scores["num_docs"])

    def search(
        self,
        query: Sequence[str],
        *,
        limit: int,
        mask: Mask | None = None,
        weighed_in: Mask | None = None,
    ) -> list[tuple[int, float]]:
        """Return (ordinal, score) of the best passages that share a token with the query.

        Args:
            query: tokens; one that is given twice counts twice.
            limit: how many at most.
            mask: True for each passage that may be found; the others are never ranked.
            weighed_in: True for each passage that counts when it is told how rare a token is.
        """
        scores = self._scores(query, weighed_in)
        found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
        if len(found) > limit:
            last = -np.partition(-scores[found], limit - 1)[limit - 1]
            found = found[scores[found] >= last]
        best = found[np.argsort(-scores[found], kind="stable")][:limit]
        return [(int(ordinal), float(scores[ordinal])) for ordinal in best]

    def idf(self, token: str, *, mask: Mask | None = None) -> float:
        """Tell how rare a token is among the passages: about 0 in all of them, highest in none.

        ``mask`` is as for ``search``: the others count as if they were not there.
        """
        return _idf(self._body, token, mask)

    def knows(self, token: str, *, mask: Mask | None = None) -> bool:
        """Tell whether any passage or heading holds the token."""
        if mask is None:
            return token in self._body.vocab_dict or token in self._heading.vocab_dict
        return any(_count(field, token, mask) for field in (self._body, self._heading))

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        for name, field in zip(FIELDS, (self._body, self._heading), strict=True):
            field.save(folder / name, show_progress=False)

    def _scores(self, query: Sequence[str], weighed_in: Mask | None) -> Scores:
        body, heading = (
            _field_scores(field, query)
            if weighed_in is None
            else _weighed_scores(field, query, weighed_in)
            for field in (self._body, self._heading)
        )
        return body + np.float32(HEADING_WEIGHT) * heading


def build_keywords(passages: Iterable[tuple[str, str]]) -> KeywordIndex:
    """Index passages, each given as (text, headings), by their position."""
    body, heading = _Field(), _Field()
    for text, headings in passages:
        body.add(tokens(text))
        heading.add(tokens(headings))
    return KeywordIndex(body.indexed(), heading.indexed())


def load_keywords(folder: Path) -> KeywordIndex:
    """Open a saved index; its arrays stay on disk and are read as they are needed.

    Raises:
        IndexDamaged: a part is missing or cannot be read.
    """
    try:
        fields = [bm25s.BM25.load(folder / name, mmap=True, show_progress=False) for name in FIELDS]
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise IndexDamaged(
            f"The keyword index in {folder} cannot be read.", "Run `charter index` again."
        ) from error
    return KeywordIndex(*fields)


class _Field:
    """Tokens as numbers; the vocabulary is in order of appearance, the same at every build."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._rows: list[list[int]] = []

    def add(self, words: Sequence[str]) -> None:
        self._rows.append(
            [self._vocabulary.setdefault(word, len(self._vocabulary)) for word in words]
        )

    def indexed(self) -> bm25s.BM25:
        if not self._vocabulary:
            self._rows[0] = [self._vocabulary.setdefault("", 0)]  # bm25s takes no empty field
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        index.index((self._rows, self._vocabulary), create_empty_token=False, show_progress=False)
        return index


def _count(field: bm25s.BM25, token: str, mask: Mask | None) -> int:
    """Return in how many passages a token stands."""
    place = field.vocab_dict.get(token)
    if place is None:
        return 0
    first, end = field.scores["indptr"][place : place + 2]
    if mask is None:
        return int(end - first)
    return int(np.count_nonzero(mask[field.scores["indices"][first:end]]))


def _idf(field: bm25s.BM25, token: str, mask: Mask | None = None) -> float:
    size = int(field.scores["num_docs"] if mask is None else np.count_nonzero(mask))
    count = _count(field, token, mask)
    return log1p((size - count + 0.5) / (count + 0.5))


def _weighed_scores(field: bm25s.BM25, query: Sequence[str], weighed_in: Mask) -> Scores:
    """Return scores with the rarity of each token among some passages in place of all.

    A score holds the rarity as a factor, so it can be exchanged.
    """
    total = np.zeros(field.scores["num_docs"], dtype=np.float32)
    for token in query:
        if token in field.vocab_dict:
            factor = _idf(field, token, weighed_in) / _idf(field, token)
            total += np.float32(factor) * _field_scores(field, [token])
    return total


def _field_scores(field: bm25s.BM25, query: Sequence[str]) -> Scores:
    known = field.get_tokens_ids(list(query))
    if not known:
        return np.zeros(field.scores["num_docs"], dtype=np.float32)
    return np.asarray(field.get_scores_from_ids(known), dtype=np.float32)
