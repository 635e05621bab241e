"""Figures of a question: what an answer must be about, and what only tells of the asker."""

from __future__ import annotations

import pytest

from assistant.decision.decide import unmet
from assistant.question.demands import demands
from corpus.figures import figures_of


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Who leads the framework in 2026?", {"year:2026"}),
        ("What is due in the first quarter of 2024?", {"quarter:2024-1"}),
        ("What does clause 4.2 say?", {"clause:4.2"}),
        ("What does 4.2 say?", {"clause:4.2"}),
        ("What may staff at P-4 claim under version 2?", {"grade:p4", "version:2"}),
        ("I want to know who leads the framework in 2026", {"year:2026"}),
        ("Can I carry days over to 2025?", {"year:2025"}),
        # the asker's own case
        ("I joined in 2019. What leave do I get?", set()),
        ("What leave do I get if I started in March 2019?", set()),
        ("What do I get, as I have been at P-4 since 2020?", set()),
        ("My contract began on 1 May 2021; who pays my travel?", set()),
        # values are compared, not looked for
        ("Do I get 75% of the fare after 3 years?", set()),
        ("What happens after thirty days of sick leave?", set()),
        ("Is the office closed in December?", set()),
    ],
)
def test_what_is_asked_about_is_demanded_and_what_describes_the_asker_is_not(question, keys):
    assert {figure.key for figure in demands(question)} == keys


@pytest.mark.parametrize(
    ("question", "quoted", "heading", "missing"),
    [
        ("Who leads it in the first quarter of 2024?", "HR Operations, Q1, 2024", "", set()),
        ("Who leads it in 2024?", "HR Operations, Q1, 2024", "", set()),
        ("Who leads it in 2025?", "HR Operations, Q1, 2024", "", {"year:2025"}),
        ("Who leads it in 2024?", "HR Operations", "Strategy 2024-2027", set()),
        ("Who leads it in 2026?", "HR Operations", "Strategy 2024-2027", {"year:2026"}),
        ("What may G-7 claim?", "Staff at G-6 to P-2 claim nothing", "", set()),
        ("What was due by 03/04/2024?", "It is due on 4 March 2024", "", set()),
    ],
)
def test_a_demand_is_met_by_the_quote_or_by_a_heading_that_names_it(
    question, quoted, heading, missing
):
    lacking = unmet(demands(question), figures_of(quoted), figures_of(heading))
    assert {one.key for one in lacking} == missing
