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
    [
        ("fr", "Négocier un nouvel accord sur le télétravail"),
        ("fr", "Nous publierons les résultats"),
        ("fr", "La direction proposera un plan de formation"),
        ("es", "Publicar los resultados"),
        ("es", "Defenderemos el teletrabajo"),
    ],
)
def test_an_infinitive_or_a_future_begins_a_commitment_in_french_and_spanish(language, said):
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


@pytest.mark.parametrize(
    "said",
    [
        "Mobility. Launch a marketplace for posts",
        "Action 1.1: Conduct an audit of the building",
        "Career framework – we will publish one",
        "HR to publish the waiting list",
        "The Joint Advisory Committee to review the rules",
        "Push for better pay",
    ],
)
def test_a_title_or_who_is_to_do_it_may_stand_before_what_will_be_done(said):
    assert told(f"# Programme\n\n- {said}\n") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Staff feel valued",
        "Note: submit forms early",
        "Flexible Hours to support parents",
        "Mobility. It was low last year",
    ],
)
def test_a_title_without_a_deed_is_no_commitment(said):
    assert told(f"# Programme\n\n- {said}\n") == []


@pytest.mark.parametrize(
    "heading", ["What success looks like", "2. Our values", "Key performance indicators", "Risks"]
)
def test_a_list_of_values_or_measures_is_none_of_commitments(heading):
    assert told(f"# Programme\n\n## {heading}\n\n- Build trust\n- Act with care\n") == []


@pytest.mark.parametrize(
    "lead_in", ["We will:", "The Administration undertakes to:", "Action items:"]
)
def test_a_sentence_that_promises_makes_actions_of_a_list_anywhere(lead_in):
    listed = "- publish the results of the survey;\n- more openness;\n- a real say in plans.\n"
    assert told_of_policy(f"{lead_in}\n\n{listed}") == ["publish the results of the survey"]


def test_what_people_do_under_a_policy_is_no_commitment():
    assert told_of_policy("Staff should:\n\n- submit the form\n- inform their manager\n") == []


def told_of_policy(markdown):
    return [one.text.text for one in commitments_of(read(POLICY + markdown))]


@pytest.mark.parametrize(
    ("said", "leads", "times"),
    [
        ("HR to publish the list by 30 April 2026", ["HR"], ["30 April 2026"]),
        ("Launch a marketplace (Talent Unit, Q3 2026)", ["Talent Unit"], ["Q3 2026"]),
        ("Launch a marketplace (in Rome, Italy)", [], []),
        (
            "Conduct an audit. Responsible: Facilities. Deadline: 31 December 2026.",
            ["Facilities"],
            ["31 December 2026"],
        ),
        ("Provide interpreters (Timeframe: from Q1 2026)", [], ["Timeframe: from Q1 2026"]),
    ],
)
def test_an_item_can_say_itself_who_and_when(said, leads, times):
    (one,) = commitments_of(read(PROGRAMME.format("en") + f"# Programme\n\n- {said}\n"))
    assert [quote.text for quote in one.leads] == leads
    assert [time.written.text for time in one.times] == times


def test_items_under_an_item_can_say_who_and_when():
    text = (
        "# Programme\n\n- Set up a fund\n    - Ask donors\n    - Lead: HR\n"
        "    - Due: June 2026\n    - Status: in progress\n"
    )
    (one,) = commitments_of(read(PROGRAMME.format("en") + text))
    assert [quote.text for quote in one.activities] == ["Ask donors"]
    assert [quote.text for quote in one.leads] == ["HR"]
    assert [time.written.text for time in one.times] == ["June 2026"]


@pytest.mark.parametrize(
    ("said", "text", "last"),
    [
        ("Former les cadres avant le 30 juin 2026 ;", "Former les cadres avant le 30 juin 2026", 6),
        ("Publier la charte d’ici fin 2026 ;", "Publier la charte d’ici fin 2026", 12),
        ("Publier la charte au plus tard en mai 2026", None, 5),
    ],
)
def test_a_french_item_ends_before_its_semicolon_and_has_its_day(said, text, last):
    (one,) = commitments_of(read(PROGRAMME.format("fr") + f"# Programme\n\n- {said}\n"))
    assert one.text.text == (text or said)
    assert one.times[0].frame.last.month == last


@pytest.mark.parametrize(
    "said", ["La prime extra légale reste due", "Les résultats seront bons", "Réunion chaque mois"]
)
def test_a_french_item_that_says_something_else_is_none(said):
    assert told(f"# Programme\n\n- {said}\n", "fr") == []


def test_a_theme_that_names_values_or_risks_can_hold_commitments():
    text = (
        "# Programme\n\n## Living our values\n\n- Train managers\n\n## Less risk\n\n- Hold drills\n"
    )
    assert told(text) == ["Train managers", "Hold drills"]


def test_numbered_lines_of_plain_text_are_items():
    listed = "1. Negotiate pay (Chair, by March 2026)\n2. Publish figures\n3. Hold\npolls\n"
    text = f"ACTION PLAN 2026\n\n{listed}"
    document = read(text, name="plan.txt")
    assert [block.kind for block in document.blocks[1:]] == ["list_item"] * 3
    first = commitments_of(document)[0]
    assert [quote.text for quote in first.leads] == ["Chair"]
    years = read("We met in\n2025. Then nothing.\n2026. Then less.\n", name="note.txt")
    assert [block.kind for block in years.blocks] == ["paragraph"]
