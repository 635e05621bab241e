"""Questions in plain words to the register of the shipped documents: the whole list, every time.

The lists were read from the two documents; ``register_read`` says what is what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from questions import ILO, WTO
from register_read import (
    COUNCIL,
    DATED,
    HELD,
    ONGOING,
    OPENINGS,
    PER_TEAM,
    Q1,
    Q2,
    Q3,
    Q4,
)

from assistant.reply import Answer


@dataclass(frozen=True)
class Asked:
    """A question, what it is understood as, and all that belongs to its list."""

    question: str
    understood: str
    rows: tuple[str, ...]
    denominator: str


def asked(question: str, understood: str, rows: Iterable[str] | str, denominator: str) -> Asked:
    names = rows.split() if isinstance(rows, str) else rows
    return Asked(question, understood, tuple(names), denominator)


TEAM = "authority compendium literacy programmes cover performance"
LEARNING = "mapping culture training transfer leadership inclusion performance appraisal"
NONE_DATED = f"72 carry no date ({len(ONGOING) - 1} of them ongoing)"
QUESTIONS = [
    # the one that the register is for
    asked(
        "What did HR promise by the end of Q1 2024, and who leads it?",
        "due: by 31 March 2024",
        Q1,
        f"5 of {HELD} commitments, from 1 of 2 documents; 12 carry no date (all ongoing)",
    ),
    # by lead, however it is written
    *(
        asked(
            question,
            "Lead: Policy and Social Security",
            TEAM,
            f"6 of {HELD} commitments, from 1 of 2 documents; 1 carries no date (all ongoing)",
        )
        for question in (
            "What does Policy & Social Security lead?",
            "which commitments are led by policy and social security",
            "List all commitments of the Policy and Social Security team.",
            "What is POLICY AND SOCIAL SECURITY responsible for?",
        )
    ),
    asked(
        "Show me the commitments of SDL.",
        "Lead: Staff Development & Learning",
        LEARNING,
        f"8 of {HELD} commitments, from 1 of 2 documents; 3 carry no date (all ongoing)",
    ),
    asked(
        "Which commitments does HRD - all lead?",
        "Lead: HRD all",
        "inventory workday digital gender issues",
        f"5 of {HELD} commitments, from 1 of 2 documents; 3 carry no date (all ongoing)",
    ),
    asked(
        "Which objectives does the staffing team lead?",
        "Lead: HR Staffing",
        "mapping recruitment selection diversity outreach",
        f"5 of {HELD} commitments, from 1 of 2 documents; 2 carry no date (all ongoing)",
    ),
    # by time
    asked(
        "Which commitments are due in Q2 2024?",
        "due: Q2 2024",
        Q2,
        f"2 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "What is due by mid-2024?",
        "due: by 30 June 2024",
        [*Q1, *Q2],
        f"7 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "How many commitments are due in 2024?",
        "due: 2024",
        DATED,
        f"15 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "Which commitments fall due after June 2024?",
        "due: from 1 July 2024",
        [*Q3, *Q4],
        f"8 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "Which commitments are ongoing?",
        "ongoing",
        ONGOING,
        f"13 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "What is overdue?",
        "overdue",
        DATED,
        f"15 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    asked(
        "Which commitments were overdue as of 1 July 2024?",
        "overdue on 1 July 2024",
        [*Q1, *Q2],
        f"7 of {HELD} commitments, from 1 of 2 documents; {NONE_DATED}",
    ),
    # by body, document, theme and words
    asked(
        "What did the Staff Council commit to?",
        "Staff Council",
        COUNCIL,
        f"11 of {HELD} commitments, from 1 of 2 documents; 11 carry no date",
    ),
    asked(
        "What does the ILO Staff Union promise on health insurance?",
        "words: health insurance",
        "fund awareness",  # the Health Fund and its insured persons
        f"2 of {HELD} commitments, from 1 of 2 documents; 2 carry no date",
    ),
    asked(
        "Which commitments stand under “Membership, representation and training”?",
        "Theme: Membership, representation and training",
        "representation sessions events trainees alumni",
        f"5 of {HELD} commitments, from 1 of 2 documents; 5 carry no date",
    ),
    asked(
        "What has been promised on the theme of comprehensive social protection?",
        "Theme: Comprehensive social protection",
        "fund services awareness",
        f"3 of {HELD} commitments, from 1 of 2 documents; 3 carry no date",
    ),
    asked(
        "Which commitments mention Workday?",
        "words: Workday",
        "mapping workday welfare",
        f"3 of {HELD} commitments, from 1 of 2 documents; 1 carries no date (all ongoing)",
    ),
    asked(
        "How many commitments on Workday are due by the end of 2024?",
        "due: by 31 December 2024; words: Workday",
        "mapping workday",
        f"2 of {HELD} commitments, from 1 of 2 documents; 1 carries no date (all ongoing)",
    ),
    # several conditions at once
    asked(
        "Which ongoing commitments does HR Staffing lead?",
        "Lead: HR Staffing; ongoing",
        "selection outreach",
        f"2 of {HELD} commitments, from 1 of 2 documents; 2 carry no date (all ongoing)",
    ),
    asked(
        "What does HR Staffing have to deliver by the end of 2024?",
        "Lead: HR Staffing; due: by 31 December 2024",
        "mapping recruitment diversity",
        f"3 of {HELD} commitments, from 1 of 2 documents; 2 carry no date (all ongoing)",
    ),
    asked(
        "Which commitments of HR Operations or Medical Services are due in 2024?",
        "Lead: HR Operations or Medical services; due: 2024",
        "procedures safety",
        f"2 of {HELD} commitments, from 1 of 2 documents; 2 carry no date (all ongoing)",
    ),
    # what the council and the union each say
    asked(
        "What do the WTO council and the ILO union each say on mobility?",
        "words: mobility",
        "transformation negotiations mobility priorities conflict",
        f"5 of {HELD} commitments, from 2 of 2 documents; 5 carry no date",
    ),
]


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.question)
def test_a_list_is_complete_and_says_of_how_many(assistant, case):
    reply = assistant.ask(case.question)
    assert isinstance(reply, Answer), reply.text
    assert case.understood.casefold() in reply.remark.casefold()
    assert case.denominator in reply.remark
    titles = [line.commitment.title for line in reply.listing.lines]
    wanted = [OPENINGS[name] for name in case.rows]
    unexpected = [title for title in titles if not title.startswith(tuple(wanted))]
    missing = [one for one in wanted if not any(title.startswith(one) for title in titles)]
    assert (unexpected, missing, len(titles)) == ([], [], len(wanted))


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.question)
def test_every_line_of_a_list_is_cited_word_for_word(assistant, case):
    reply = assistant.ask(case.question)
    assert [one.number for one in reply.citations] == [*range(1, len(case.rows) + 1)]
    for line, citation in zip(reply.listing.lines, reply.citations, strict=True):
        document, _ = assistant.document(citation.document, citation.version)
        found = line.commitment
        assert (citation.start, citation.end) == (found.start, found.end)
        assert document.text[found.start : found.end] == citation.quote
        assert f"[{citation.number}]" in reply.text


def test_what_was_due_long_before_the_day_asked_about_is_said_to_be(assistant):
    reply = assistant.ask("What must HR Staffing deliver by Q3 2026?")
    assert isinstance(reply, Answer)
    assert {line.commitment.title for line in reply.listing.lines} == {
        "Undertake skills-based talent mapping",
        "Develop and implement a new recruitment policy",
        "Proactively encourage diversity in selection decisions",
    }
    assert "The last of them was due on 31 December 2024." in reply.remark


def test_teams_are_counted_and_one_with_two_counts_for_both(assistant):
    reply = assistant.ask("How many commitments are there per team?")
    counted = {group.name: group.count for group in reply.listing.groups}
    assert {name: counted.get(name) for name in PER_TEAM} == PER_TEAM
    assert reply.listing.found == len(reply.citations) == HELD
    assert "Staff Development & Learning: 8" in reply.text


def test_quarters_are_counted(assistant):
    reply = assistant.ask("How many commitments fall due in each quarter of 2024?")
    counted = {group.name: group.count for group in reply.listing.groups}
    assert sum(counted.values()) == 15
    assert "Q1 2024: 5; Q2 2024: 2; Q3 2024: 1; Q4 2024: 7" in reply.text


def test_documents_are_compared_side_by_side(assistant):
    reply = assistant.ask("What do the WTO council and the ILO union each say on mobility?")
    assert [citation.document for citation in reply.citations] == [WTO, *[ILO] * 4] or (
        [citation.document for citation in reply.citations] == [*[ILO] * 4, WTO]
    )


def test_what_has_no_date_is_told_apart_from_what_is_ongoing(assistant):
    reply = assistant.ask("Which commitments have no date?")
    assert reply.listing.found == 60  # all of the council's and of the union's
    assert "No date." in reply.remark
