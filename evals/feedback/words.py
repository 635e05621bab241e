"""What is known of a word before it is taken for a name: documents, English, the world, a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.acronyms import is_short_form
from evals.feedback.world import world_words
from indexing.english import frequencies, is_english, near_english
from indexing.index import Index
from indexing.keywords import folded, is_stop_word, tokens
from indexing.stop_words import STOP_WORDS

_KEPT = 50_000
_LOOKED_INTO = 24  # passages that hold a word, to see how it is written there
_SHORTEST_SLIP = 4  # letters
_TWO_SLIPS = 8  # letters from which a slip may differ in two
_COMMON = 1_000_000  # times in books, of a word that a slip stands for
_OF_PRODUCTS = re.compile(r"[a-z]+[A-Z]|[A-Z]+[a-z]+[A-Z]")  # iPhone, LinkedIn
_OF_FAMILIES = re.compile(r"(?:Ma?c|De|Di|La|Le|Van|Fitz|[OD]['’])[A-Z]")
_CUT = frozenset("s d ll m re t ve".split())  # what an apostrophe leaves of a word: I've
_ANYBODY = frozenset(
    "anybody anyone everybody everyone nobody none somebody someone one two three four".split()
)
_SMALL = frozenset().union(*STOP_WORDS.values(), _CUT, _ANYBODY)

_SMALL_ENGLISH = STOP_WORDS["en"] | _CUT | _ANYBODY


class KnownWords:
    """Words as the documents and English know them; safe for several texts of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._vocabulary = index.vocabulary
        self.documented = lru_cache(_KEPT)(self._documented)
        self.in_english = lru_cache(_KEPT)(self._in_english)
        self.has_capital = lru_cache(_KEPT)(self._has_capital)
        self.is_slip = lru_cache(_KEPT)(self._is_slip)

    def _documented(self, word: str) -> bool:
        """Tell whether the documents have a word, or all parts of a compound."""
        return all(
            self._vocabulary.count(part) or self._knows(part) for part in parts_of(word) if part
        )

    def _knows(self, part: str) -> bool:
        return any(map(self._index.knows, tokens(part)))

    def _in_english(self, word: str) -> bool:
        """Tell whether a word is English, of the world, or too small to be a name."""
        return all(
            is_stop_word(part) or part in _SMALL or part in world_words() or is_english(part)
            for part in parts_of(word)
            if part
        )

    def _has_capital(self, word: str) -> bool:
        """Tell whether some passage writes a word with a capital inside a sentence."""
        wanted = re.compile(rf"(?<=[^\W\d_,;)] ){re.escape(word)}(?![^\W\d_])")
        found = self._index.search_keywords(tokens(word), _LOOKED_INTO)
        passages = self._index.passages([ordinal for ordinal, _ in found])
        return any(wanted.search(passage.text) for passage in passages.values())

    def _is_slip(self, word: str) -> bool:
        """Tell whether a word that nobody knows is another, mistyped."""
        plain = folded(word)
        if len(plain) < _SHORTEST_SLIP:
            return False
        most = 2 if len(plain) >= _TWO_SLIPS else 1
        if self._vocabulary.near(plain, most):
            return True
        known = frequencies()
        return any(known[other] >= _COMMON for other, _ in near_english(plain, most))

    def is_small(self, word: str) -> bool:
        """Tell whether it is one of the smallest words of a language: it is no name alone."""
        return all(
            len(part) <= 1 or part in _SMALL or part in world_words() for part in parts_of(word)
        )

    def is_small_english(self, word: str) -> bool:
        """Tell whether it is one of the smallest words of English, or what is left of one."""
        return all(part in _SMALL_ENGLISH for part in parts_of(word))

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether it is written like an abbreviation or like a product."""
        first, *others = re.split("[‐‑-]", word)
        if others and first.isupper() and any(map(str.islower, others)):  # EU-funded
            return True
        products = _OF_PRODUCTS.match(word) and not _OF_FAMILIES.match(word)
        return word.isupper() or is_short_form(word) or bool(products)


def parts_of(word: str) -> Sequence[str]:
    """Return the parts of a word that a hyphen or apostrophe joins, as words are counted."""
    return re.split(r"['’‐‑-]", folded(word))


def is_foreign(words: Sequence[str], known: KnownWords) -> bool:
    """Tell whether most words of a text are neither of the documents nor English."""
    few = 4
    long = [word for word in words if len(word) > 1]
    unknown = sum(not known.documented(word) and not known.in_english(word) for word in long)
    return len(long) >= few and 2 * unknown > len(long)
