"""When commitments are due, as people ask for it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.register.due import Due, due_in_words, find_due, read_due
from assistant.register.model import Filters
from corpus.errors import FilterUnreadable

TODAY = date(2026, 2, 10)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("in Q1 2024", "2024-01-01", "2024-03-31"),
        ("due in Q1, 2024", "2024-01-01", "2024-03-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("by Q1 2024", "", "2024-03-31"),
        ("by the end of Q1 2024", "", "2024-03-31"),
        ("by end of Q1, 2024", "", "2024-03-31"),
        ("before the end of Q1 2024", "", "2024-03-31"),
        ("before Q3 2024", "", "2024-06-30"),
        ("after Q1 2024", "2024-04-01", ""),
        ("from Q2 2024", "2024-04-01", ""),
        ("Q1 2024 or later", "2024-01-01", ""),
        ("by the start of Q2 2024", "", "2024-04-01"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("by mid-2024", "", "2024-06-30"),
        ("before the middle of 2024", "", "2024-06-30"),
        ("after mid-2024", "2024-07-01", ""),
        ("from mid-2024", "2024-07-01", ""),
        ("by the end of 2024", "", "2024-12-31"),
        ("by end-2024", "", "2024-12-31"),
        ("before 2025-03-01", "", "2025-02-28"),
        ("by 30 June 2024", "", "2024-06-30"),
        ("no later than 30 June 2024", "", "2024-06-30"),
        ("June 2024 at the latest", "", "2024-06-30"),
        ("until June 2024", "", "2024-06-30"),
        ("<= 2024-06-30", "", "2024-06-30"),
        ("<2025", "", "2024-12-31"),
        ("> Q1 2024", "2024-04-01", ""),
        ("2025 onwards", "2025-01-01", ""),
        ("2024-2027", "2024-01-01", "2027-12-31"),
        ("from Q1 2024 to Q3 2024", "2024-01-01", "2024-09-30"),
        ("between Q1 2024 and Q3 2024", "2024-01-01", "2024-09-30"),
        ("between March and June 2024", "2024-03-01", "2024-06-30"),
        ("between mid-2024 and the end of 2025", "2024-07-01", "2025-12-31"),
        ("from 2024 until mid-2025", "2024-01-01", "2025-06-30"),
        ("after Q1 2024 and before Q4 2024", "2024-04-01", "2024-09-30"),
        ("first half of 2024", "2024-01-01", "2024-06-30"),
        ("this quarter", "2026-01-01", "2026-03-31"),
        ("next quarter", "2026-04-01", "2026-06-30"),
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("by the end of this quarter", "", "2026-03-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("before next year", "", "2026-12-31"),
        ("by the end of the year", "", "2026-12-31"),
        ("this month", "2026-02-01", "2026-02-28"),
        ("this week", "2026-02-09", "2026-02-15"),
        ("within 90 days", "2026-02-10", "2026-05-11"),
        ("in the next three months", "2026-02-10", "2026-05-10"),
        ("past two weeks", "2026-01-27", "2026-02-10"),
        ("by tomorrow", "", "2026-02-11"),
        ("  by \n mid-2024. ", "", "2024-06-30"),
        ("", "", ""),
    ],
)
def test_a_time_that_is_asked_for_has_its_first_and_last_day(text, first, last):
    assert read_due(text, TODAY) == Due(day(first), day(last))


def test_a_month_counted_on_from_its_last_day_ends_on_the_last_day_of_the_other():
    assert read_due("next month", date(2026, 1, 31)) == Due(day("2026-02-01"), day("2026-02-28"))
    assert read_due("within one month", date(2026, 1, 31)).last == day("2026-02-28")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("ongoing", Due(timing=("ongoing",))),
        ("On-going", Due(timing=("ongoing",))),
        ("none", Due(timing=("undated",))),
        ("no date", Due(timing=("undated",))),
        ("without a date", Due(timing=("undated",))),
        ("without deadline", Due(timing=("undated",))),
        ("ongoing or no date", Due(timing=("ongoing", "undated"))),
        ("dated", Due(timing=("dated",))),
        ("overdue", Due(timing=("overdue",))),
        ("overdue as of today", Due(timing=("overdue",), as_of=TODAY)),
        ("overdue on 1 June 2024", Due(timing=("overdue",), as_of=date(2024, 6, 1))),
        ("overdue in 2024", Due(day("2024-01-01"), day("2024-12-31"), ("overdue",))),
    ],
)
def test_what_is_no_stretch_of_days_is_a_timing(text, due):
    assert read_due(text, TODAY) == due


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "by",
        "autumn 2024",
        "mid-March 2024",
        "Q5 2024",
        "2024-13-01",
        "Q1 2024 and Q3 2024",
        "from 2025 to 2024",
        "ongoing in 2024",
        "this quarter or overdue",
        "Q1 2024; DROP TABLE",
    ],
)
def test_what_cannot_be_read_as_a_time_is_an_error_and_never_half_of_it(text):
    with pytest.raises(FilterUnreadable):
        read_due(text, TODAY)


def test_an_error_says_what_can_be_read():
    with pytest.raises(FilterUnreadable, match="“Q1 2024”, “by mid-2024”"):
        read_due("soon", TODAY)
    with pytest.raises(FilterUnreadable, match="“Q1 2024”"):
        read_due("Q1", TODAY)
    with pytest.raises(FilterUnreadable, match="can be two days"):
        read_due("03/04/2024", TODAY)


@pytest.mark.parametrize(
    ("text", "said", "due"),
    [
        (
            "What did HR promise by the end of Q1 2024, and who leads it?",
            ["by the end of Q1 2024"],
            Due(None, date(2024, 3, 31)),
        ),
        (
            "Which actions on mobility are overdue as of today?",
            ["overdue", " as of today"],
            Due(timing=("overdue",), as_of=TODAY),
        ),
        ("Which of HRD's commitments have no date?", ["no date"], Due(timing=("undated",))),
    ],
)
def test_a_question_gives_its_time_and_the_words_that_say_it(text, said, due):
    found = find_due(text, TODAY)
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == said
    assert found.due == due


def test_a_question_without_a_time_gives_none():
    assert find_due("What did HR promise on mobility?", TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("in the first quarter of 2024", "Q1 2024"),
        ("1 January 2024 to 31 December 2024", "2024"),
        ("2024-02", "February 2024"),
        ("2024-02-01", "1 February 2024"),
        ("H1 2024", "1 January 2024 to 30 June 2024"),
        ("from February to April 2024", "1 February 2024 to 30 April 2024"),
        ("before Q3 2024", "by 30 June 2024"),
        ("after Q2 2024", "from 1 July 2024"),
        ("ongoing or no date", "ongoing or no date"),
        ("overdue in 2024", "overdue, 2024"),
        ("", ""),
    ],
)
def test_a_time_is_said_as_it_was_understood(text, words):
    due = read_due(text, TODAY)
    assert due_in_words(due) == words
    assert due_in_words(due.applied(Filters(leads=("HRD",)))) == words


def test_a_time_takes_the_place_of_the_one_in_the_filters():
    before = Filters(leads=("HRD",), due_from=TODAY, timing=("overdue",))
    assert read_due("by mid-2024", TODAY).applied(before) == Filters(
        leads=("HRD",), due_to=date(2024, 6, 30)
    )
