"""The same question asked otherwise gets the same answer, and the ways of asking are repeatable."""

from __future__ import annotations

import pytest
from questions import ANSWERED

from assistant.reply import Answer
from evals.perturb import (
    KINDS,
    british,
    capitals,
    keywords,
    lower_case,
    other_english,
    padding,
    typos,
)

ASKED = [case.question for case in ANSWERED]
SLIPS = 0.8  # share of questions with a slip in one word of ten that must be quoted the same


def test_a_slip_is_in_as_many_long_words_as_are_asked_for():
    question = "Which long words does anybody write without making mistakes sometimes"
    written = typos(question, 0.25).split()
    changed = [one for one, other in zip(question.split(), written, strict=True) if one != other]
    assert 1 <= len(changed) <= 2
    assert all(len(word) >= 5 for word in changed)


def test_equal_questions_and_seeds_give_equal_slips():
    assert typos(ASKED[0], 0.25, 7) == typos(ASKED[0], 0.25, 7)
    assert len({typos(ASKED[0], 0.25, seed) for seed in range(10)}) > 1


def test_keywords_are_the_words_that_say_something():
    assert keywords("How many days of annual leave can I carry over?") == (
        "many days annual leave carry"
    )


def test_padding_holds_the_question_whole():
    assert all("Who leads it?" in padding("Who leads it?", wording) for wording in range(5))


def test_spelling_goes_both_ways_and_leaves_other_words_alone():
    british_text = "The organisation advises labour centres to exercise judgement on programmes"
    american_text = "The organization advises labor centers to exercise judgment on programs"
    assert other_english(british_text) == american_text
    assert british("The organization labors in centers; laboratory honoraria").startswith(
        "The organisation labours in centres; laboratory honoraria"
    )


@pytest.mark.parametrize("change", [lower_case, capitals], ids=["lower case", "capitals"])
@pytest.mark.parametrize("question", ASKED)
def test_capitals_make_no_difference(assistant, question, change):
    assert quoted(assistant, change(question)) == quoted(assistant, question)


@pytest.mark.slow
@pytest.mark.parametrize("wording", range(5))
def test_politeness_makes_no_difference(assistant, wording):
    same = [
        quoted(assistant, padding(question, wording)) == quoted(assistant, question)
        for question in ASKED
    ]
    assert sum(same) >= len(ASKED) - 1


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "share"), [("typos 10%", SLIPS), ("typos 25%", SLIPS)])
def test_slips_seldom_make_a_difference(assistant, kind, share):
    same = [
        first(assistant, KINDS[kind](question)) & first(assistant, question) for question in ASKED
    ]
    assert sum(map(bool, same)) >= share * len(ASKED)


@pytest.mark.slow
def test_keywords_alone_are_mostly_enough(assistant):
    same = [first(assistant, keywords(one)) & first(assistant, one) for one in ASKED]
    assert sum(map(bool, same)) >= 0.8 * len(ASKED)


def quoted(assistant, question: str) -> tuple[str, ...]:
    reply = assistant.ask(question)
    return tuple(citation.quote for citation in getattr(reply, "citations", ()))


def first(assistant, question: str) -> set[str]:
    reply = assistant.ask(question)
    return {citation.quote for citation in reply.citations} if isinstance(reply, Answer) else set()
