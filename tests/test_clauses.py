"""Clauses have a path, and a question for one is answered from it."""

from __future__ import annotations

import pytest
from questions import quotes_of
from reading import read, text_of

from assistant.ask import Assistant
from assistant.reply import Answer
from corpus.clauses import above, clause_of, clauses_of
from corpus.passages import split

RULES = """\
# Rules on leave

## 3. Entitlement

3.1 Staff members earn leave each month.

3.2 Leave is granted:

- (a) on request;
- (b) without a request, where
  - (i) the office is closed;
  - (ii) the law says so.

## Annex B

Leave in special cases is listed here.
"""


def _paths() -> dict[str, str]:
    document = read(RULES)
    return {
        text_of(document, block): clause_of(document, place)
        for place, block in enumerate(document.blocks)
        if block.kind != "heading"
    }


@pytest.mark.parametrize(
    ("beginning", "path"),
    [
        ("3.1 Staff", "3.1"),
        ("3.2 Leave", "3.2"),
        ("(a) on request", "3.2.a"),
        ("(b) without", "3.2.b"),
        ("(ii) the law", "3.2.b.ii"),
    ],
)
def test_a_block_has_the_path_of_its_clause(beginning, path):
    assert [found for text, found in _paths().items() if text.startswith(beginning)] == [path]


def test_a_clause_lies_in_all_that_it_is_a_part_of():
    assert above("3.2.b") == ("3", "3.2", "3.2.b")
    assert above("") == ()


def test_a_passage_has_the_keys_of_its_clauses_and_of_the_annex_that_it_stands_in():
    document = read(RULES)
    passages = split(document)
    (of_list,) = (one for one in passages if "on request" in one.text)
    assert {"clause:3", "clause:3.2", "clause:3.2.b", "clause:3.2.b.ii"} <= clauses_of(
        document, of_list
    )
    assert "annex:b" in clauses_of(document, passages[-1])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does clause 4.2 of the policy on home leave say?", "Where both spouses are staff"),
        (
            "What does section 2.1 (d) of the policy on home leave say?",
            '"qualifying service" means',
        ),
        ("policy on home leave, 3.3", "moves between duty stations"),
    ],
)
def test_a_question_for_a_clause_is_answered_from_it(
    assistant: Assistant, question: str, said: str
) -> None:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    assert said in quotes_of(reply)


def test_a_clause_that_is_asked_for_is_quoted_to_its_end(assistant: Assistant) -> None:
    reply = assistant.ask("What does clause 4.2 of the policy on sick leave say?")
    assert isinstance(reply, Answer)
    said = quotes_of(reply)
    assert "is required for any absence of more than three" in said
    assert "no later than the fifth working day of absence" in said
    assert "medical report with the diagnosis" not in said


def test_a_clause_that_is_not_there_is_not_answered(assistant: Assistant) -> None:
    reply = assistant.ask("What does clause 9.7 of the policy on home leave say?")
    assert not isinstance(reply, Answer)
