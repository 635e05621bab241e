"""Words: how texts become tokens, and BM25 over them. The only file that imports Stemmer.

Three fields are scored apart and added: the passage itself, the headings that it stands under, and
the keys of its clauses, which only a question for a clause has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, repeat
from math import log1p
from pathlib import Path

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import Stemmer  # type: ignore[import-not-found]  # a C extension without types
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from corpus.figures.spelling import spelled_alike
from indexing.spelling import joined, one_spelling
from indexing.word_order import WordOrder, load_word_order, word_order

# Of everything that decides a token or a score: this file, ``indexing.spelling``,
# ``indexing.word_order`` and ``corpus.figures.spelling``.
KEYWORDS_VERSION = "4"
# Saturation of repeated words, and weight of a passage's length. Passages are clauses of about one
# length: against Lucene's 1.2 and 0.75, MAP@10 on regulation text rose from .461 to .492.
K1 = 0.9
B = 0.4
HEADING_WEIGHT = 0.25  # of a word in the headings against one in the passage
FIELDS = ("body", "heading", "clause")
# One question takes the words of the same passages and headings several times; 5 MB.
_TEXTS_KEPT = 1_024
_COUNTS_KEPT, _MASKS_KEPT = 1_024, 8

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+(?:[.,'’‐‑-][^\W_]+)*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
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


@lru_cache(_TEXTS_KEPT)
def tokens(text: str, language: str = "english") -> tuple[str, ...]:
    """Return the words of ``text`` as they are matched, in order.

    Lower case, without accents, stop words dropped, in one spelling, stemmed (Snowball). What a
    hyphen, dot or apostrophe joins counts in its parts and as one: "3.2" as it is, words without
    the sign. Figures are in one spelling as well: "thirty days" is "30 days", "the first quarter of
    2024" is "Q1 2024".
    """
    # A stemmer is not safe to share between threads; making one takes microseconds.
    stemmer = Stemmer.Stemmer(language, 0)
    alike = spelled_alike(text) if language == "english" else text
    kept = [one_spelling(word) for word in words(alike) if word not in _STOP_WORDS]
    return tuple(stemmer.stemWords(kept))


def is_stop_word(word: str) -> bool:
    """Tell whether a word, in lower case, says nothing about where an answer stands."""
    return word in _STOP_WORDS


def words(text: str) -> Iterator[str]:
    """Give the words of a text as they are written, in lower case and without accents."""
    for match in _WORD.finditer(joined(folded(text))):
        if match.group().isalnum():  # nearly all: nothing joins it
            yield match.group()
            continue
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
    if text.isascii():  # most texts: four times as fast
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _NOT_ASCII.sub(_without_accents, decomposed)


def _without_accents(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if not unicodedata.combining(letter))


class KeywordIndex:
    """BM25 over passages, by ordinal; safe to read from several threads."""

    def __init__(self, fields: Sequence[bm25s.BM25], order: WordOrder) -> None:
        self._body, self._heading, self._clause = fields
        self._order = order
        # not shared between indexes: they would hold what a build has replaced
        self._counted = lru_cache(_COUNTS_KEPT)(_counted)
        self._sized = lru_cache(_MASKS_KEPT)(_size)

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
        return best_of(self.scores(query, weighed_in=weighed_in), limit, mask)

    def scores(self, query: Sequence[str], *, weighed_in: Mask | None = None) -> Scores:
        """Return the score of every passage, (passages,); the arguments are as for ``search``."""
        body, heading, clause = (
            self._field_scores(field, query, weighed_in)
            for field in (self._body, self._heading, self._clause)
        )
        return body + np.float32(HEADING_WEIGHT) * heading + clause

    def stands_in(self, token: str, ordinals: range) -> bool:
        """Tell whether one of these passages, or a heading above it, holds the token."""
        return any(
            bool(np.any((found >= ordinals.start) & (found < ordinals.stop)))
            for found in (_places(field, token) for field in (self._body, self._heading))
        )

    def idf(self, token: str, *, mask: Mask | None = None) -> float:
        """Tell how rare a token is among the passages: about 0 in all of them, highest in none.

        ``mask`` is as for ``search``: the others count as if they were not there.
        """
        return self._idf(self._body, token, mask)

    def knows(self, token: str, *, mask: Mask | None = None) -> bool:
        """Tell whether any passage or heading holds the token."""
        return any(
            self._count(field, token, mask) for field in (self._body, self._heading, self._clause)
        )

    def examine(
        self, words: Sequence[str], ordinals: Sequence[int], *, weighed_in: Mask | None = None
    ) -> tuple[Scores, Scores]:
        """Return what each word adds to the score of each passage: twice (ordinals, words).

        The first for the passage itself, the second for its headings, before they are weighed.
        """
        places = np.asarray(ordinals, dtype=np.int64)
        body, heading = (
            np.stack([self._word_scores(field, word, places, weighed_in) for word in words], axis=1)
            if words
            else np.zeros((len(places), 0), dtype=np.float32)
            for field in (self._body, self._heading)
        )
        return body, heading

    def named(self, clauses: Sequence[str], ordinals: Sequence[int]) -> NDArray[np.bool_]:
        """Tell which passages are, or belong to, one of these clauses: (ordinals,)."""
        places = np.asarray(ordinals, dtype=np.int64)
        found = np.zeros(len(places), dtype=np.bool_)
        for clause in clauses:
            found |= self._word_scores(self._clause, clause, places, None) > 0
        return found

    def stems(self, ordinal: int) -> frozenset[str]:
        """Return the words of one passage, as ``tokens`` gives them of its text."""
        words = self._words
        return frozenset(words[number] for number in self._order.of(ordinal).tolist())

    @cached_property
    def _words(self) -> list[str]:
        """The vocabulary of the passages, each word at its number."""
        numbers: dict[str, int] = self._body.vocab_dict
        return sorted(numbers, key=numbers.__getitem__)

    def together(
        self, pairs: Sequence[tuple[str, str]], ordinals: Sequence[int]
    ) -> NDArray[np.bool_]:
        """Tell which passages hold which pairs of words side by side: (ordinals, pairs)."""
        numbers = self._body.vocab_dict
        known = [(numbers.get(one, -1), numbers.get(other, -1)) for one, other in pairs]
        return self._order.together(ordinals, known)

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        fields = (self._body, self._heading, self._clause)
        for name, field in zip(FIELDS, fields, strict=True):
            field.save(folder / name, show_progress=False)
        self._order.save(folder)

    def _count(self, field: bm25s.BM25, token: str, mask: Mask | None) -> int:
        """Return in how many passages a token stands."""
        if mask is None:
            return len(_places(field, token))
        return self._counted(field, token, _Same(mask))

    def _idf(self, field: bm25s.BM25, token: str, mask: Mask | None = None) -> float:
        size = int(field.scores["num_docs"]) if mask is None else self._sized(_Same(mask))
        count = self._count(field, token, mask)
        return log1p((size - count + 0.5) / (count + 0.5))

    def _field_scores(
        self, field: bm25s.BM25, query: Sequence[str], weighed_in: Mask | None
    ) -> Scores:
        """Return scores with the rarity of each token among some passages in place of all.

        A score holds the rarity as a factor, so it can be exchanged.
        """
        total = np.zeros(field.scores["num_docs"], dtype=np.float32)
        for token in query:
            if token in field.vocab_dict:
                span = _span(field, token)
                own = np.asarray(field.scores["data"][span])
                if weighed_in is not None:
                    own = (
                        np.float32(self._idf(field, token, weighed_in) / self._idf(field, token))
                        * own
                    )
                total[field.scores["indices"][span]] += own
        return total

    def _word_scores(
        self, field: bm25s.BM25, word: str, places: NDArray[np.int64], weighed_in: Mask | None
    ) -> Scores:
        """Return what one word adds to the score of some passages."""
        found = np.zeros(len(places), dtype=np.float32)
        number = field.vocab_dict.get(word)
        if number is None or not len(places):
            return found
        first, end = field.scores["indptr"][number : number + 2]
        holders = field.scores["indices"][first:end]  # in rising order
        at = np.minimum(np.searchsorted(holders, places), len(holders) - 1)
        held = holders[at] == places
        factor = (
            1.0
            if weighed_in is None
            else self._idf(field, word, weighed_in) / self._idf(field, word)
        )
        found[held] = np.float32(factor) * field.scores["data"][first:end][at[held]]
        return found


def best_of(scores: Scores, limit: int, mask: Mask | None = None) -> list[tuple[int, float]]:
    """Return (ordinal, score) of the best passages above 0; equal ones in index order.

    The arguments are as for ``KeywordIndex.search``.
    """
    found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
    if len(found) > limit:
        last = -np.partition(-scores[found], limit - 1)[limit - 1]
        found = found[scores[found] >= last]
    best = found[np.argsort(-scores[found], kind="stable")][:limit]
    return [(int(ordinal), float(scores[ordinal])) for ordinal in best]


def build_keywords(
    passages: Iterable[tuple[str, str]], clauses: Iterable[Sequence[str]] = ()
) -> KeywordIndex:
    """Index passages, each given as (text, headings), by their position.

    ``clauses`` are the keys of each passage's clauses, which are matched as they are.
    """
    body, heading, clause = _Field(), _Field(), _Field()
    for (text, headings), keys in zip(passages, chain(clauses, repeat(())), strict=False):
        body.add(tokens(text))
        heading.add(tokens(headings))
        clause.add(keys)
    fields = [field.indexed() for field in (body, heading, clause)]
    return KeywordIndex(fields, body.order())


def load_keywords(folder: Path) -> KeywordIndex:
    """Open a saved index; its arrays stay on disk and are read as they are needed.

    Raises:
        IndexDamaged: a part is missing or cannot be read.
    """
    try:
        fields = [_load_field(folder / name) for name in FIELDS]
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise IndexDamaged(
            f"The keyword index in {folder} cannot be read.", "Run `charter index` again."
        ) from error
    return KeywordIndex(fields, load_word_order(folder))


class _Field:
    """Tokens as numbers; the vocabulary is in order of appearance, the same at every build."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._rows: list[list[int]] = []

    def add(self, words: Sequence[str]) -> None:
        self._rows.append(
            [self._vocabulary.setdefault(word, len(self._vocabulary)) for word in words]
        )

    def order(self) -> WordOrder:
        return word_order(self._rows)

    def indexed(self) -> bm25s.BM25:
        if not self._vocabulary:
            self._rows[0] = [self._vocabulary.setdefault("", 0)]  # bm25s takes no empty field
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        index.index((self._rows, self._vocabulary), create_empty_token=False, show_progress=False)
        return index


def _load_field(folder: Path) -> bm25s.BM25:
    field = bm25s.BM25.load(folder, mmap=True, show_progress=False)
    for name in ("data", "indices", "indptr"):
        # as mapped as before; a part of a memmap takes ten times as long
        field.scores[name] = np.asarray(field.scores[name])
    return field


def _places(field: bm25s.BM25, token: str) -> NDArray[np.integer]:
    """Return the ordinals of the passages that a token stands in."""
    return np.asarray(field.scores["indices"][_span(field, token)])


def _span(field: bm25s.BM25, token: str) -> slice:
    """Return where the passages of a token stand in the field's arrays."""
    place = field.vocab_dict.get(token)
    if place is None:
        return slice(0, 0)
    first, end = field.scores["indptr"][place : place + 2]
    return slice(int(first), int(end))


class _Same:
    """A mask that is known again by being the same array; nobody writes into a mask."""

    __slots__ = ("mask",)

    def __init__(self, mask: Mask) -> None:
        self.mask = mask

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.mask is other.mask

    def __hash__(self) -> int:
        return id(self.mask)


# One question asks some 150 times how often one of its 20 words stands in what may be read; among
# 500,000 passages each count takes 0.2 ms.
def _counted(field: bm25s.BM25, token: str, among: _Same) -> int:
    return int(np.count_nonzero(among.mask[_places(field, token)]))


def _size(among: _Same) -> int:
    return int(np.count_nonzero(among.mask))
