"""Amounts are compared by value and by what they count."""

import pytest

from corpus.figures import amounts, differ


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
