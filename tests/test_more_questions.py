"""Questions as staff put them: a policy by half its name, an amount between bounds, a year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from questions import ask_own, quotes_of

from assistant.reply import Answer, ClosestPassages, NoAnswer
from corpus.figures.limits import limits
from corpus.normalise import normalise


@pytest.mark.parametrize(
    ("question", "documents", "quotes"),
    [
        # the document is named by a part of its title
        (
            "What does clause 6.3 of the harassment policy say?",
            {"harassment-and-misconduct"},
            ("The following disciplinary measures", "written censure", "summary dismissal"),
        ),
        (
            "What does clause 4.1 of the travel policy say?",
            {"duty-travel"},
            ("A daily subsistence allowance is paid",),
        ),
        (
            "What does the sick leave policy say about confidentiality?",
            {"sick-leave"},
            ("Medical information is held by the Medical Service only",),
        ),
        (
            "What does the grievance policy say about mediation?",
            {"grievance-and-conflict-resolution"},
            ("Mediation takes place if both sides agree",),
        ),
        (
            "What does the policy on travel say about vaccinations?",
            {"duty-travel"},
            ("the vaccinations that the Medical Service requires",),
        ),
        # an amount lies between the bounds of one row
        (
            "training cost USD 10,000 who decides",
            {"learning-and-development"},
            ("More than USD 8,000, up to USD 15,000",),
        ),
        (
            "How many sick days do I get with two years of service on a fixed-term contract?",
            {"sick-leave"},
            ("one year but less than three years",),
        ),
        # a rule without a date holds in every year in which it is in force
        ("How many days a week can I telework in 2026?", {"telework"}, ("up to three days",)),
        # other words for the people who are asked about
        (
            "Which courses are mandatory for new staff?",
            {"learning-and-development"},
            ("ethics and standards", "prevention of harassment", "data protection"),
        ),
        # another document's rule that says less than half of the question is not put beside
        (
            "What is the smallest amount of annual leave I can take?",
            {"annual-leave"},
            ("The smallest unit of annual leave is half a working day",),
        ),
        # keywords, slips and two things at once
        ("core hours telework", {"telework"}, ("Core hours are 10.00 to 12.00",)),
        (
            "Who aproves telewok from anohter country?",
            {"telework"},
            ("The Director of Human Resources approves",),
        ),
        (
            "How long does probation last and can it be extended?",
            {"recruitment-and-selection"},
            ("lasts 12 months", "may extend it once"),
        ),
        (
            "When is telework from another country not approved?",
            {"telework"},
            ("advises against travel", "would tax", "no right to reside", "more than six hours"),
        ),
    ],
)
def test_a_question_of_staff_gets_what_a_colleague_would_quote(
    assistant, question, documents, quotes
):
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply.text
    assert {citation.document for citation in reply.citations} == documents
    text = normalise(quotes_of(reply))
    assert [quote for quote in quotes if quote not in text] == []


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("training cost USD 10,000 who decides", "Up to USD 3,000"),
        ("What class of travel for a seven-hour flight of a D-1?", "14 hours or more"),
        ("How many sick days with two years of service on a fixed-term contract?", "five years"),
    ],
)
def test_a_row_whose_bounds_exclude_the_amount_is_not_quoted(assistant, question, other):
    assert other not in quotes_of(assistant.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "How many weeks of parental leave do grandparents get?",
        "How much is the daily subsistence allowance in Nairobi?",
        "What is the telephone number of the Medical Service?",
        "Who was dismissed for misconduct in 2023?",
        "How many days of leave were paid out in 2025?",
        "Who leads the work on telework in 2019?",
        "What must the Travel Unit deliver by Q2 2024?",
    ],
)
def test_what_the_documents_only_come_near_to_is_not_answered(assistant, question):
    assert isinstance(assistant.ask(question), ClosestPassages | NoAnswer)


def test_a_year_before_a_version_is_answered_by_the_one_that_was_in_force(assistant):
    reply = assistant.ask("How many days a week could I telework in 2023?")
    assert isinstance(reply, ClosestPassages)
    assert {citation.version for citation in reply.citations} == {"1"}
    assert "up to two days a week" in " ".join(citation.quote for citation in reply.citations)


@pytest.mark.parametrize(
    "question", ["annual leave entitlement", "How much annual leave am I entitled to?"]
)
def test_the_document_whose_subject_is_asked_about_comes_first(assistant, question):
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    first = reply.citations[0]
    assert (first.document, first.section[-1]) == ("annual-leave", "3. Entitlement")


def test_a_name_that_fits_several_documents_singles_none_out(tmp_path):
    rule = "## {0}\n\n1.1 A request for {1} is decided within {2} working days.\n"
    files = {
        f"{name}.md": f"# Policy on {name} leave\n\n" + rule.format("Requests", f"{name} leave", n)
        for name, n in (("annual", 5), ("study", 9))
    }
    reply = ask_own(tmp_path, files, "What does the leave policy say about requests?")
    assert isinstance(reply, Answer)
    assert {"5", "9"} <= set(quotes_of(reply).split())


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("More than USD 3,000, up to USD 8,000", (3001, 8000), (3000, 8001)),
        ("Up to USD 3,000", (1, 3000), (3001,)),
        ("nine hours but less than 14 hours", (9, 13), (8, 14)),
        ("14 hours or more", (14, 90), (13,)),
        ("less than six hours", (1, 5), (6,)),
        ("no more than 12 days", (12,), (13,)),
        ("between 3 and 5 days", (3, 5), (2, 6)),
    ],
)
def test_bounds_hold_the_amounts_between_them(text, inside, outside):
    (bound,) = limits(text)
    assert all(bound.holds(Decimal(value)) for value in inside)
    assert not any(bound.holds(Decimal(value)) for value in outside)


def test_an_amount_alone_sets_no_bounds():
    assert limits("The leave lasts six days, and 30 days in a year of 12 months.") == ()
