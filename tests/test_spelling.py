"""One spelling for the words that have two, and for no others."""

from __future__ import annotations

import pytest

from indexing.english import is_english
from indexing.keywords import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pair.split("/")
        for pair in (
            "organisation/organization programme/program labour/labor centre/center "
            "travelling/traveling licence/license enrol/enroll enrolment/enrollment "
            "judgement/judgment ageing/aging behavioural/behavioral practise/practice "
            "defence/defense analyse/analyze counsellor/counselor catalogue/catalog "
            "paediatric/pediatric learnt/learned adviser/advisor fulfil/fulfill "
            "neighbourhood/neighborhood kilometres/kilometers authorised/authorized"
        ).split()
    ],
)
def test_two_spellings_of_one_word_are_matched_as_one(one, other):
    assert tokens(one) == tokens(other)


def test_per_cent_is_percent():
    assert tokens("ten per cent") == tokens("ten percent")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pair.split("/")
        for pair in (
            "organisation/organic organise/organ authorise/author cheque/check tyre/tire "
            "storey/story hour/hor four/for prize/price advice/advise source/sorce tour/tor "
            "course/corse pours/pores contour/contor resource/resorce"
        ).split()
    ],
)
def test_two_words_are_never_matched_as_one(one, other):
    assert tokens(one) != tokens(other)


@pytest.mark.parametrize(
    "word", "dental sabbatical onboarding wellbeing telework timesheet".split()
)
def test_a_word_is_english_also_where_it_is_made_of_english_words(word):
    assert is_english(word)


@pytest.mark.parametrize("word", "recieve anual maternaty allowence reimbursment benifits".split())
def test_a_slip_is_no_english(word):
    assert not is_english(word)
