"""What measures the API under load: its questions differ, its shares are right, and it runs."""

from __future__ import annotations

from itertools import islice

import pytest
from web_bench import drive, page_of, share_below
from web_questions import headings_at, questions_about


def test_no_question_is_asked_twice(address: str) -> None:
    headings = headings_at(address)
    assert "3. Carrying leave over" in headings
    asked = list(islice(questions_about(headings), 2_000))
    assert len(set(asked)) == len(asked) > 1_000


def test_a_share_is_the_time_within_which_so_many_were_answered() -> None:
    times = {10: 50, 20: 45, 300: 4, 900: 1}
    assert [share_below(times, share) for share in (0.5, 0.95, 0.99, 1.0)] == [10, 20, 300, 900]


@pytest.mark.slow
def test_readers_ask_and_are_counted_with_what_was_not_answered(address: str) -> None:
    said = drive(address, 3, 2)
    assert said["num_requests"] > 3
    assert said["num_failures"] == 0
    assert said["name"] == "ask"


def test_a_page_of_no_load_is_a_table_all_the_same() -> None:
    page = page_of({"measured": "2026-01-31", "machine": "2 cores"}, [], [])
    assert "| readers | asked | errors |" in page
