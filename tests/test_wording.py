"""Questions read by the words of the documents: slips, abbreviations, politeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from questions import DAY, quotes_of

from assistant.library.audience import index_for
from assistant.question.asking import without_padding
from assistant.question.understand import check_question, understand
from assistant.question.wording import read_as, read_wording
from assistant.reply import Answer, NoAnswer
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from indexing.progress import SilentProgress

LEAVE = """\
# Leave rules

## Annual leave

Staff members earn two and a half days of annual leave in each month of service.

## Reports

The Office of Internal Oversight (OIO) examines every complaint about a rental allowance.
The OIO answers within thirty days. Medical treatment is paid in full.

## Remote work

Short-term staff may telework on two days in each week, and part time staff on one day.
"""
RESTRICTED = """\
---
title: Salaries
audience: [hr]
---
# Salaries

The Zonal Bonus Panel (ZBP) decides about the quixotic emolument of directors.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words")
    (folder / "leave.md").write_text(LEAVE, "utf-8")
    (folder / "secret.md").write_text(RESTRICTED, "utf-8")
    (folder / "glossary.csv").write_text("term,meaning,use\nWFH,telework,yes\n", "utf-8")
    settings = load_settings(home=tmp_path_factory.mktemp("home"), corpus=folder)
    index_corpus(settings, SilentProgress())
    built = replace(build_assistant(settings), today=lambda: DAY)
    yield built
    built.close()


@pytest.fixture(scope="module")
def index(assistant):
    return index_for(assistant.live.current(), frozenset())


def inquiry(assistant, index, text: str):
    question = check_question(text, as_of=DAY, today=date(2026, 11, 22))
    return understand(question, index, assistant.embedder)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("How much anual leave do I earn?", "How much annual leave do I earn?"),
        ("Is medical tretment paid?", "Is medical treatment paid?"),
        ("HOW MUCH ANUAL LEAVE?", "HOW MUCH ANNUAL LEAVE?"),
        ("Complaimts about the allowence", "Complaints about the allowence"),
        ("Days of tele work", "Days of telework"),
        ("days of montsh", "days of month"),
        ("Who is the Office of Intrnal Oversight?", "Who is the Office of Internal Oversight?"),
    ],
)
def test_a_slip_is_read_as_the_word_of_the_documents(index, written, read):
    assert read_wording(written, index).text == read


@pytest.mark.parametrize(
    "written",
    [
        "Is dental treatment paid?",  # English, and not in the documents
        "Is onboarding paid?",  # in no list, but made of English words
        "Where is Rentol?",  # may be a name
        "What does the OIQ do?",  # may be another body
        "Is leave2 paid?",
        "Write to anual@example.org",
        "Combien de jours de congé annuel puis-je reporter cette année?",
    ],
)
def test_what_may_be_right_is_left_alone(index, written):
    assert read_wording(written, index).repaired == ()


def test_a_repair_is_said_in_every_kind_of_reply(assistant):
    reply = assistant.ask("How many days of anual leave are earned in each month?")
    assert isinstance(reply, Answer)
    said = "Read as: “How many days of annual leave are earned in each month?”."
    assert reply.text.startswith(said)
    assert "two and a half days" in quotes_of(reply)
    other = assistant.ask("Who sells oranges by the tretment?")
    assert "Read as: “Who sells oranges by the treatment?”." in other.text
    assert isinstance(other, NoAnswer) or other.remark.startswith("Read as")


def test_a_question_that_is_right_is_not_said_to_be_read_otherwise(assistant, index):
    assert read_as(read_wording("Who examines complaints?", index)) == ""
    assert "Read as" not in assistant.ask("Who examines every complaint?").text


def test_nobody_is_repaired_to_a_word_that_they_may_not_read(assistant, index):
    slip = "What is the quixotc emolumnt of directors?"
    assert read_wording(slip, index).repaired == ()
    everything = index_for(assistant.live.current(), frozenset({"hr"}))
    assert "quixotic emolument" in read_wording(slip, everything).text


def test_an_abbreviation_that_somebody_may_not_read_expands_nothing(assistant, index):
    assert read_wording("What does the ZBP decide?", index).expansions == ()
    assert "ZBP" not in {entry.term for entry in index.glossary}
    everything = index_for(assistant.live.current(), frozenset({"hr"}))
    assert [one.also for one in read_wording("the ZBP", everything).expansions] == [
        "Zonal Bonus Panel"
    ]


def test_an_abbreviation_and_its_meaning_are_one_concept_that_counts_once(assistant, index):
    short = inquiry(assistant, index, "What does the OIO do?")
    assert short.share({"offic", "internal", "oversight"}) == 1.0
    assert short.share({"offic", "internal"}) == 0.0
    assert short.share({"oio", "offic", "internal", "oversight"}) == 1.0
    long = inquiry(assistant, index, "Where is the Office of Internal Oversight?")
    assert long.share({"oio"}) == 1.0
    assert long.search_tokens.count("oversight") > long.search_tokens.count("oio") == 1


def test_an_abbreviation_is_a_name_in_whatever_case(assistant, index):
    for text in ("What does the OIO do?", "what does the oio do?", "WHAT DOES THE OIO DO?"):
        assert inquiry(assistant, index, text).names == {"oio"}


def test_a_synonym_of_the_owners_finds_what_the_documents_call_otherwise(assistant):
    reply = assistant.ask("May short-term staff WFH?")
    assert isinstance(reply, Answer)
    assert "telework on two days" in quotes_of(reply)


@pytest.mark.parametrize("text", ["short-term staff", "short term staff", "shortterm staff"])
def test_a_hyphen_a_space_or_neither_makes_no_difference(assistant, index, text):
    asked = inquiry(assistant, index, text)
    for said in ({"shortterm", "short", "term"}, {"short", "term"}):
        assert asked.share(said | {"staff"}) == 1.0


def test_what_stands_for_a_word_that_no_document_has_is_searched_for_in_its_place(assistant, index):
    asked = inquiry(assistant, index, "May staff WFH?").search_tokens
    assert asked.count("telework") == asked.count("staff")


def test_words_written_together_are_their_parts(assistant, index):
    assert inquiry(assistant, index, "annualleave").share({"annual", "leav"}) == 1.0


@pytest.mark.parametrize(
    ("written", "core"),
    [
        (
            "Hi there, I was wondering whether you could possibly tell me how many days, thanks!",
            "how many days",
        ),
        ("Could you please tell me who leads the strategy?", "who leads the strategy?"),
        ("Dear HR team, what is the deadline? Many thanks in advance.", "what is the deadline?"),
        ("please list all the members", "list all the members"),
        ("Do you know if I can take a sabbatical", "I can take a sabbatical"),
        ("I would like to know the salary scale", "the salary scale"),
        ("Quick question - who leads it, and when? please?", "who leads it, and when?"),
        ("Could you please let me know: Can I take leave?", "Can I take leave?"),
    ],
)
def test_politeness_is_not_searched_for(written, core):
    assert without_padding(written) == core


@pytest.mark.parametrize(
    "text",
    [
        "How do I know which days are holidays?",
        "Is there a help desk?",
        "What is the advance?",
        "I was ill for 3 days. How many can I take?",
        "annual leave days",
        "Thanks",
    ],
)
def test_what_a_question_is_about_is_never_cut(text):
    assert without_padding(text) == text
