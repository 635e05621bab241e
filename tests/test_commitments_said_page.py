"""What people said of commitments, as the page of the register shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from assistant.ask import Assistant
from assistant.register.follow_up import FollowUp
from assistant.register.model import Filters
from assistant.register.statements import Saying, Subject

PAGE = "/commitments"


@pytest.fixture
def told(planned: Assistant, tmp_path: Path) -> Callable[[Saying], Assistant]:
    """Say something of the first commitment; it returns the assistant that knows of it."""

    def say(saying: Saying) -> Assistant:
        follow_up = FollowUp(f"sqlite:///{tmp_path / 'records.db'}")
        line = planned.commitments(Filters(words="course")).lines[0]
        follow_up.say(Subject(line.commitment, ()), saying, at=datetime(2026, 4, 2, 9, tzinfo=UTC))
        return replace(planned, follow_up=follow_up)

    return say


def test_the_status_of_a_commitment_is_shown_with_who_said_it_and_why(
    told: Callable[[Saying], Assistant], serve: Callable[[Assistant], str]
) -> None:
    saying = Saying("delivered", "council", "It runs.", "https://example.org/course")
    url = serve(told(saying))
    html = httpx.get(f"{url}{PAGE}", params={"search": "course"}).text
    for words in ("delivered</span>", "It runs.", "council, 2 April 2026"):
        assert words in html
    assert '<a href="https://example.org/course" rel="noreferrer">Evidence</a>' in html
    assert "mark-late" not in html
    assert 'class="due due-delivered"' in html


def test_evidence_that_is_no_web_address_is_no_link(
    told: Callable[[Saying], Assistant], serve: Callable[[Assistant], str]
) -> None:
    url = serve(told(Saying("delivered", "council", "", "javascript:alert(1)")))
    html = httpx.get(f"{url}{PAGE}", params={"search": "course"}).text
    assert "javascript:alert(1)" in html
    assert 'href="javascript' not in html
