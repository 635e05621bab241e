"""What a question limits itself to must be spoken of where it is answered."""

from __future__ import annotations

import pytest

from assistant.question.qualifiers import missing_qualifiers, qualifiers
from assistant.reply import ClosestPassages

SECTION = (
    "This policy applies to staff members at grades P-1 to P-5 on fixed-term appointments. "
    "It does not apply to short-term staff. Travel from Geneva is paid in 2025."
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How much home leave do part-time staff get?", [("contract", "part-time")]),
        ("Can I telework as a consultant?", [("place", "telework"), ("contract", "consultant")]),
        ("What is the grant at grade P-4 in Geneva?", [("grade", "P-4"), ("place", "Geneva")]),
        (
            "May I work from abroad while on probation?",
            [("place", "abroad"), ("contract", "probation")],
        ),
        ("What does it plan for fathers in 2025?", [("group", "fathers"), ("time", "2025")]),
        ("What do locally recruited staff get?", [("group", "locally recruited staff")]),
        ("Who meets at the Staff Council?", [("body", "Staff Council")]),
        ("Is leave paid during a strike?", [("case", "a strike")]),
        ("What do all staff members get?", []),
        ("Who leads that?", []),
    ],
)  # fmt: skip  a question and what it is limited to stand together
def test_a_question_has_qualifiers_by_its_form(question, found):
    assert [(one.kind, one.text) for one in qualifiers(question)] == found


def test_what_the_asker_tells_of_themselves_is_marked():
    asked = qualifiers("I am on a part-time contract. What do interns get?")
    assert [(one.text, one.described) for one in asked] == [("part-time", True), ("interns", False)]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Is it paid at grade P-4?", []),
        ("Is it paid at grade G-4?", ["G-4"]),
        ("Is it paid for temporary staff?", []),  # the same class as short-term
        ("Is it paid for part-time staff?", ["part-time"]),
        ("Is it paid from Geneva?", []),
        ("Is it paid from Nairobi?", ["Nairobi"]),
        ("Is it paid in 2025?", []),
        ("Is it paid in 2026?", ["2026"]),
        ("Is it paid during a long strike?", ["a long strike"]),
    ],
)
def test_a_qualifier_is_missing_where_the_section_does_not_speak_of_it(question, missing):
    found = missing_qualifiers(qualifiers(question), [SECTION], knows=lambda _: True)
    assert [one.text for one in found] == missing


def test_a_word_that_no_document_knows_is_no_qualifier_of_theirs():
    found = qualifiers("Is it paid from Nairobi?")
    assert missing_qualifiers(found, [SECTION], knows=lambda stem: stem != "nairobi") == ()


def test_a_refusal_says_what_the_passages_that_come_closest_do_not_mention(assistant) -> None:
    reply = assistant.ask("Who decides on the education grant for consultants?")
    assert isinstance(reply, ClosestPassages)
    assert "do not mention “consultants”" in reply.remark
    assert reply.citations
