"""The smallest words of each language, as bm25s brings them (from NLTK, Apache-2.0)."""

from __future__ import annotations

from bm25s import stopwords as _lists  # type: ignore[import-untyped]  # it ships no types

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_lists.STOPWORDS_EN_PLUS),
    "fr": frozenset(_lists.STOPWORDS_FRENCH),
    "es": frozenset(_lists.STOPWORDS_SPANISH),
    "de": frozenset(_lists.STOPWORDS_GERMAN),
    "it": frozenset(_lists.STOPWORDS_ITALIAN),
    "pt": frozenset(_lists.STOPWORDS_PORTUGUESE),
    "nl": frozenset(_lists.STOPWORDS_DUTCH),
}
