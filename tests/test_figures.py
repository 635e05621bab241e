"""Figures are read as what they are, at their exact place, in one spelling."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import figures_of, meets, named_by
from corpus.figures.numbers import plain
from corpus.figures.spelling import spelled_alike

SPELLINGS = [
    # days, months, years
    ("1 January 2024", "date:2024-01-01"),
    ("January 1, 2024", "date:2024-01-01"),
    ("1st of January 2024", "date:2024-01-01"),
    ("2024-01-01", "date:2024-01-01"),
    ("13/04/2024", "date:2024-04-13"),
    ("Jan 2024", "month:2024-01"),
    ("Sept. 2024", "month:2024-09"),
    ("31 December", "day:12-31"),
    ("2024", "year:2024"),
    ("mid-2024", "mid:2024"),
    ("end of 2024", "late:2024"),
    ("early 2025", "early:2025"),
    ("2024/25", "period:2024/2025"),
    ("2024-2027", "period:2024/2027"),
    ("2024 to 2027", "period:2024/2027"),
    ("January to March 2024", "period:2024-01/2024-03"),
    ("1 to 15 March 2024", "period:2024-03-01/2024-03-15"),
    ("1 March 2024 – 2 April 2025", "period:2024-03-01/2025-04-02"),
    # quarters and half-years
    ("Q1 2024", "quarter:2024-1"),
    ("Q1, 2024", "quarter:2024-1"),
    ("Q1/2024", "quarter:2024-1"),
    ("1Q24", "quarter:2024-1"),
    ("2024 Q1", "quarter:2024-1"),
    ("first quarter of 2024", "quarter:2024-1"),
    ("1st quarter 2024", "quarter:2024-1"),
    ("last quarter of 2024", "quarter:2024-4"),
    ("Q3", "quarter:3"),
    ("Q1-Q2 2024", "period:2024-1/2024-2"),
    ("Q2 & 3, 2024", "period:2024-2/2024-3"),
    ("Q4 2024 – Q1 2025", "period:2024-4/2025-1"),
    ("H2 2024", "half:2024-2"),
    ("second half of 2024", "half:2024-2"),
    # numbers
    ("1,548", "number:1548"),
    ("10 000", "number:10000"),
    ("1.5 million", "number:1500000"),
    ("twenty-five", "number:25"),
    ("a hundred and twenty", "number:120"),
    ("two thousand five hundred", "number:2500"),
    ("ninety-nine", "number:99"),
    # amounts
    ("thirty (30) days", "amount:30 day"),
    ("30 (thirty) days", "amount:30 day"),
    ("30-day", "amount:30 day"),
    ("sixty business days", "amount:60 working day"),
    ("60 calendar days", "amount:60 calendar day"),
    ("one year", "amount:1 year"),
    ("one and a half years", "amount:1.5 year"),
    ("half a day", "amount:0.5 day"),
    ("2½ days", "amount:2.5 day"),
    ("10–15 days", "amount:10..15 day"),
    ("10 to 15 days", "amount:10..15 day"),
    ("10%", "amount:10 per cent"),
    ("ten per cent", "amount:10 per cent"),
    ("CHF 1,500", "amount:1500 franc"),
    ("1500 Swiss francs", "amount:1500 franc"),
    ("€500", "amount:500 euro"),
    ("$999", "amount:999 dollar"),
    # what documents number
    ("3.2(b)", "clause:3.2.b"),
    ("section 3.2 (b)", "clause:3.2.b"),
    ("clause 4.1", "clause:4.1"),
    ("Article 5", "clause:5"),
    ("Article IV", "clause:4"),
    ("Rule 105.2 (a)", "clause:105.2.a"),
    ("Rule 4.5.3(2)(a)", "clause:4.5.3.2.a"),
    ("paragraph 12", "clause:12"),
    ("§ 7", "clause:7"),
    ("Annex B", "annex:b"),
    ("Annex II", "annex:2"),
    ("step 3", "step:3"),
    ("P-4", "grade:p4"),
    ("G6", "grade:g6"),
    ("p4", "grade:p4"),
    ("grade 13", "grade:13"),
    ("ISO 9001", "code:iso9001"),
    ("WT/L/282", "code:wt/l/282"),
    ("version 2.1", "version:2.1"),
    ("v2", "version:2"),
]


@pytest.mark.parametrize(("written", "key"), SPELLINGS)
def test_a_figure_is_read_in_one_spelling_at_its_exact_place(written, key):
    text = f"It holds, as agreed, that {written}, and so on."
    assert [(figure.key, text[figure.start : figure.end]) for figure in figures_of(text)] == [
        (key, written)
    ]


@pytest.mark.parametrize(
    "text", ["TOIL", "one of them", "we may march on", "a second quarter-deck", "10:30", "see a.b"]
)
def test_what_only_looks_like_a_figure_is_none(text):
    assert [figure for figure in figures_of(text) if figure.name != "quarter"] == []


def test_a_date_whose_day_and_month_cannot_be_told_apart_keeps_both_readings():
    found = figures_of("by 03/04/2024")
    assert {figure.key for figure in found} == {"date:2024-04-03", "date:2024-03-04"}
    assert {(figure.start, figure.end) for figure in found} == {(3, 13)}


def test_a_bare_number_with_a_dot_may_be_a_clause():
    assert {figure.key for figure in figures_of("what does 4.2 say")} == {
        "clause:4.2",
        "number:4.2",
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("G-6 to P-2", "g6 g7 g8 g9 p1 p2"),
        ("P-3 – P-5", "p3 p4 p5"),
        ("grades 13-15", "13 14 15"),
    ],
)
def test_a_range_of_grades_holds_what_lies_in_it(text, codes):
    assert [figure.value for figure in figures_of(text)] == codes.split()


def test_two_amounts_that_are_no_range_have_a_place_each():
    text = "after 5 and 7 days"
    assert [(one.key, text[one.start : one.end]) for one in figures_of(text)] == [
        ("amount:5 day", "5"),
        ("amount:7 day", "7 days"),
    ]


def _only(text: str):
    (figure,) = figures_of(text)
    return figure


@pytest.mark.parametrize(
    ("asked", "said", "met"),
    [
        ("first quarter of 2024", "Q1, 2024", True),
        ("2024", "Q1 2024", True),
        ("January 2024", "Q1 2024", True),
        ("15 January 2024", "2024", True),
        ("2025", "2024-2027", True),
        ("Q3", "Q3 2024", True),
        ("Q1 2024", "Q2 2024", False),
        ("2026", "Q1 2024", False),
        ("Q3", "Q4 2024", False),
        ("section 3.2", "3.2(b)", True),
        ("3.2(b)", "section 3.2", False),
        ("section 3.2", "section 3.21", False),
        ("P-4", "P-5", False),
        ("version 2", "v2", True),
    ],
)
def test_a_figure_is_met_by_what_lies_in_it_or_takes_it_in(asked, said, met):
    assert meets(_only(asked), _only(said)) is met


@pytest.mark.parametrize(
    ("asked", "heading", "named"),
    [
        ("2024", "2024-2027", True),
        ("2027", "2024-2027", True),
        ("2026", "2024-2027", False),
        ("Q1 2024", "2024-2027", False),
        ("Q1 2024", "2024", False),
        ("2024", "Q1 2024", True),
    ],
)
def test_a_heading_is_not_about_every_day_of_its_years(asked, heading, named):
    assert named_by(_only(asked), _only(heading)) is named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thirty (30) days", "30 days"),
        ("the first quarter of 2024", "the Q1, 2024"),
        ("grade P-4", "grade P4"),
        ("10 %", "ten per cent"),
        ("2024-01-31", "January 31, 2024"),
        ("v2", "version 2"),
    ],
)
def test_texts_that_mean_the_same_are_spelled_alike(one, other):
    assert spelled_alike(one) == spelled_alike(other)


@given(st.integers(min_value=0, max_value=9_999_999))
def test_a_number_is_read_with_or_without_separators(number):
    for written in (f"{number:,}", str(number)):
        readings = {figure.value for figure in figures_of(f"are {written} staff")}
        assert str(number) in readings


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_spelling_of_a_day_is_that_day(day):
    for written in (day.isoformat(), f"{day:%d %B %Y}", f"{day:%B %d, %Y}"):
        assert _only(f"until {written}").period.first == day


@given(st.text(alphabet="0123456789 ./-–()QHPGabv,%€ ofJan", max_size=40))
def test_no_text_breaks_the_reading_and_every_place_lies_in_it(text):
    for figure in figures_of(text):
        assert 0 <= figure.start < figure.end <= len(text)
        if figure.quantity:
            assert plain(figure.quantity.low) in figure.key
    spelled_alike(text)


@pytest.mark.parametrize(("written", "key"), SPELLINGS)
def test_every_spelling_that_has_a_shorter_one_is_rewritten(written, key):
    name = key.partition(":")[0]
    if name in {"clause", "annex", "step", "code"}:
        assert spelled_alike(written) == written
    else:
        assert figures_of(spelled_alike(written)), key
        assert spelled_alike(spelled_alike(written)) == spelled_alike(written)


def test_the_figures_of_a_long_text_are_those_of_its_parts() -> None:
    part = "On 3 May 2024 it paid 30 days and 5% to G-6 under clause 4.2. "
    once = [one.key for one in figures_of(part)]
    assert [one.key for one in figures_of(part * 3_000)] == once * 3_000
