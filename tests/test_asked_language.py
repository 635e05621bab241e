"""The language of a question: told when its words are sure, else English."""

from __future__ import annotations

import pytest
from foreign_questions import ENGLISH, FRENCH, GERMAN, SPANISH, UNTUNED
from questions import EVERY
from shared_documents import shared_questions

from assistant.question.asked_language import asked_language


@pytest.mark.parametrize(
    ("language", "questions"), [("fr", FRENCH), ("es", SPANISH), ("de", GERMAN)]
)
def test_a_question_of_three_to_fifteen_words_is_told_by_its_small_words_and_letters(
    language: str, questions: str
) -> None:
    asked = questions.splitlines()
    missed = [question for question in asked if asked_language(question) != language]
    assert len(missed) <= len(asked) // 20, missed


def test_questions_that_were_not_looked_at_while_it_was_written_are_told_as_well() -> None:
    asked = [line.split(" ", 1) for line in UNTUNED.splitlines()]
    missed = [text for language, text in asked if asked_language(text) != language]
    assert len(missed) <= len(asked) // 10, missed


def test_english_with_foreign_names_and_borrowed_words_is_english() -> None:
    assert [
        asked for asked in (*ENGLISH.splitlines(), *EVERY) if asked_language(asked) != "en"
    ] == []


@pytest.mark.parametrize(
    "text", ["", "?!", "Qui ?", "congés", "2.5 %", "年次休暇は何日ですか", "ÄÖÜ"]
)
def test_what_does_not_tell_is_taken_for_english(text: str) -> None:
    assert asked_language(text) == "en"


@pytest.mark.parametrize(
    "text", ["Quanti giorni di ferie ho all'anno?", "Hoeveel vakantiedagen heb ik per jaar?"]
)
def test_other_languages_are_not_taken_for_one_that_charter_speaks(text: str) -> None:
    assert asked_language(text) == "en"


def test_a_question_in_capitals_is_told_too() -> None:
    assert asked_language("QUELLE EST LA POLITIQUE DE MOBILITÉ ?") == "fr"


@pytest.mark.parametrize("name", ["or_sharc", "squad2", "obliqa_mp"])
def test_hardly_any_english_question_is_taken_for_another_language(name: str) -> None:
    asked = shared_questions(name)
    wrong = [question for question in asked if asked_language(question) != "en"]
    assert len(wrong) <= 0.005 * len(asked), wrong
