"""Commitments in lists of programmes, and lists that hold none."""

from __future__ import annotations

import pytest
from reading import read

from corpus.commitments import commitments_of
from corpus.commitments.actions import begins_with_action

PROGRAMME = "---\nid: programme\ntitle: Union programme\nkind: programme\nlanguage: {}\n---\n\n"
POLICY = "---\nid: policy\ntitle: Policy on rooms\nkind: policy\n---\n\n# Policy on rooms\n\n"


def told(markdown, language="en"):
    document = read(PROGRAMME.format(language) + markdown)
    return [one.text.text for one in commitments_of(document)]


@pytest.mark.parametrize(
    "said",
    [
        "Publish the results of the survey",
        "To inform members of the negotiations",
        "Actively take part in the panel",
        "Keeping staff informed",
        "Representing or accompanying staff members",
        "In consultation with the doctors, support the new rules",
        "We will review the rules by March 2026",
        "The Union will ask for a meeting",
        "Demand that rules be kept",
        "Review entry level programmes",
        "Support climate initiatives",
        "Implementation of the new rules",
    ],
)
def test_an_item_that_begins_with_what_will_be_done_is_a_commitment(said):
    assert told(f"# Programme\n\n- {said}\n") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "A vision, announced in July",
        "Steps are being taken to review the structure",
        "Support of members was strong",
        "Training rooms on the third floor",
        "Report: the year in figures",
        "This will help to inform decisions",
        "Staff are our first concern",
    ],
)
def test_an_item_that_says_something_else_is_none(said):
    assert not begins_with_action(said)
    assert told(f"# Programme\n\n- {said}\n") == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Négocier un nouvel accord sur le télétravail"), ("es", "Publicar los resultados")],
)
def test_an_infinitive_begins_a_commitment_in_french_and_spanish(language, said):
    assert told(f"# Programme\n\n- {said}\n", language) == [said]


def test_running_text_is_no_commitment():
    text = "# Programme\n\n## Context\n\nDevelop we must. We will review all rules. It is time.\n"
    assert told(text) == []


def test_a_list_of_the_sections_is_no_list_of_commitments():
    text = (
        "# Programme\n\n- Strengthening the union\n- Improving pay\n\n"
        "## Strengthening the union\n\n- Recruit members\n\n## Improving pay\n\n- Negotiate pay\n"
    )
    assert told(text) == ["Recruit members", "Negotiate pay"]


def test_paragraphs_that_lost_their_bullets_are_items():
    listed = "## Pay\n\n- Negotiate pay\n- Publish figures\n- Ask for a review\n\n"
    lost = "## Training\n\nTo frame the training plan;\n\nDevelop a course for all.\n\n"
    prose = "## Rooms\n\nDevelop rooms for all. They are too few.\n"
    assert told(f"# Programme\n\n{listed}{lost}{prose}") == [
        "Negotiate pay",
        "Publish figures",
        "Ask for a review",
        "To frame the training plan",
        "Develop a course for all.",
    ]


def test_items_under_an_item_are_its_activities():
    text = "# Programme\n\n- Strengthen communication:\n  - publish a letter\n  - hold meetings\n"
    (found,) = commitments_of(read(PROGRAMME.format("en") + text))
    assert [one.text for one in found.activities] == ["publish a letter", "hold meetings"]


def test_a_deadline_of_an_item_under_an_item_is_one_of_both():
    text = "# Programme\n\n- Listen to members:\n  - publish a letter by March 2026\n"
    (found,) = commitments_of(read(PROGRAMME.format("en") + text))
    assert [one.written.text for one in found.times] == ["March 2026"]


def test_what_only_joins_an_item_to_the_next_is_no_part_of_it():
    text = "# Programme\n\n- publish a letter, and\n- hold meetings;\n"
    assert told(text) == ["publish a letter", "hold meetings"]


def test_duties_of_staff_in_a_policy_are_no_commitments():
    listed = "The staff member shall:\n\n- submit a form\n- inform the supervisor\n"
    assert commitments_of(read(POLICY + listed)) == ()


def test_words_of_promise_lead_a_list_of_commitments_in_anywhere():
    listed = "The Organization commits itself to:\n\n- publish a report\n- consult the union\n"
    found = commitments_of(read(POLICY + listed))
    assert [one.text.text for one in found] == ["publish a report", "consult the union"]


def test_what_was_done_is_no_commitment():
    text = "# Programme\n\n## Progress in 2025\n\n- Publish a report\n\n## 2026\n\n- Publish two\n"
    assert told(text) == ["Publish two"]


@pytest.mark.parametrize(
    ("said", "written", "kind"),
    [
        ("Publish the policy by March 2026.", "March 2026", "month"),
        ("Finalise the review (Q2 2026)", "Q2 2026", "quarter"),
        ("Review all rules before the end of 2027", "end of 2027", "range"),
    ],
)
def test_an_item_has_the_deadline_that_it_says(said, written, kind):
    (found,) = commitments_of(read(PROGRAMME.format("en") + f"# Programme\n\n- {said}\n"))
    assert [(one.written.text, one.frame.kind) for one in found.times] == [(written, kind)]


@pytest.mark.parametrize(
    "said", ["Contribute to the Strategy 2030", "Review the rules in force since 2019"]
)
def test_a_year_that_names_something_is_no_deadline(said):
    (found,) = commitments_of(read(PROGRAMME.format("en") + f"# Programme\n\n- {said}\n"))
    assert found.times == ()


def test_an_item_may_name_who_leads_it():
    text = "# Programme\n\n- Publish the policy (Lead: Legal Office)\n"
    (found,) = commitments_of(read(PROGRAMME.format("en") + text))
    assert [one.text for one in found.leads] == ["Legal Office"]
