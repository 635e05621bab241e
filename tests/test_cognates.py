"""Words that other languages share with English, as far as the documents know them."""

from __future__ import annotations

import pytest

from assistant.question.cognates import english_word
from indexing.keywords import tokens

KNOWN = frozenset(
    tokens(
        "mobility policy maternity strategy strategic priority committee salary administration "
        "responsibility development government commission diversity social temporary annual "
        "medical training paid pay court leave personnel reference period system conference"
    )
)


def knows(word: str) -> float:
    return float(any(stem in KNOWN for stem in tokens(word)))


@pytest.mark.parametrize(
    ("language", "word", "english"),
    [
        ("fr", "mobilite", "mobility"),
        ("fr", "politique", "policy"),
        ("fr", "strategies", "strategy"),
        ("fr", "strategiques", "strategic"),
        ("fr", "comite", "committee"),
        ("fr", "salaires", "salary"),
        ("fr", "temporaire", "temporary"),
        ("fr", "responsabilite", "responsibility"),
        ("fr", "gouvernement", "government"),
        ("fr", "sociale", "social"),
        ("fr", "systeme", "systeme"),
        ("es", "movilidad", "mobility"),
        ("es", "politicas", "policy"),
        ("es", "estrategia", "strategy"),
        ("es", "administracion", "administration"),
        ("es", "comision", "commission"),
        ("es", "referencias", "reference"),
        ("de", "mobilitat", "mobility"),
        ("de", "strategie", "strategy"),
        ("de", "konferenz", "conference"),
    ],
)
def test_a_shared_word_is_found_by_its_ending_or_its_sound(
    language: str, word: str, english: str
) -> None:
    assert tokens(english_word(word, language, knows)) == tokens(english)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("fr", "teletravail"),
        ("fr", "conge"),
        ("fr", "pays"),  # its stem is that of "pay"
        ("fr", "courte"),  # and this one's that of "court"
        ("es", "licencia"),
        ("de", "urlaub"),
        ("fr", "an"),
    ],
)
def test_a_word_that_is_not_shared_is_not_guessed(language: str, word: str) -> None:
    assert english_word(word, language, knows) == ""


def test_a_word_that_the_documents_lack_is_never_made_up() -> None:
    assert english_word("mobilite", "fr", lambda _: 0.0) == ""


def test_of_several_words_the_one_that_the_documents_use_most_is_taken() -> None:
    often = {"academic": 0.2, "academical": 0.1, "academics": 0.9}
    assert english_word("academique", "fr", lambda word: often.get(word, 0.0)) == "academics"
