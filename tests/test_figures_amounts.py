"""Amounts are compared by value and by what they count."""

import pytest

from corpus.figures import amounts, differ, figures_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("up to sixty (60) working days", {("60", "working day")}),
        ("within 14 calendar days of return", {("14", "calendar day")}),
        ("75 per cent of the fare", {("75", "per cent")}),
        ("75% of the fare", {("75", "per cent")}),
        ("1,500 euros", {("1500", "euro")}),
        ("a 12-week course", {("12", "week")}),
        ("2.5 days a month", {("2.5", "day")}),
        ("the 60 staff", set()),
    ],
)
def test_an_amount_is_a_number_with_what_it_counts(text, found):
    assert amounts(text) == found


def test_two_texts_differ_when_they_give_other_numbers_of_the_same_thing():
    assert differ(amounts("up to 60 working days"), amounts("up to 45 working days"))


def test_working_and_calendar_days_are_not_the_same_thing():
    assert not differ(amounts("30 working days"), amounts("45 calendar days"))


def test_a_number_that_both_texts_give_is_agreement():
    assert not differ(amounts("10 days, or 20 days"), amounts("20 days"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A lump sum of USD 60 is paid.", "amount:60 dollar"),
        ("CHF 200 per day", "amount:200 franc"),
        ("AED 5000", "amount:5000 aed"),
        ("a grant of CHF 300.50", "amount:300.5 franc"),
        ("600 CHF", "amount:600 franc"),
        ("KES 90", "amount:90 kes"),
    ],
)
def test_a_code_of_a_currency_makes_an_amount_and_no_reference(text, key):
    assert [one.key for one in figures_of(text)] == [key]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ISO 9001", "code:iso9001"),
        ("form HR 12", "code:hr12"),
        ("see 3.2", "clause:3.2"),
        ("ALL 12", "code:all12"),
    ],
)
def test_what_is_no_currency_stays_a_reference(text, key):
    assert key in [one.key for one in figures_of(text)]


def test_another_amount_of_a_currency_contradicts():
    assert differ(amounts("a grant of USD 60"), amounts("a grant of USD 40"))
