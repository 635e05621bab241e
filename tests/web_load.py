"""Readers who ask over the API at once, as Locust drives them: run by ``tests/web_bench.py``.

Each question is asked once, so that nothing that was kept answers it.
"""

from __future__ import annotations

from collections.abc import Iterator

from locust import FastHttpUser, constant, events, task
from locust.env import Environment
from web_questions import headings_at, questions_about

_questions: list[Iterator[str]] = []  # of this process: Locust makes the readers, not we


@events.test_start.add_listener
def prepare(environment: Environment, **_: object) -> None:
    """Read the headings before the first reader asks."""
    _questions[:] = [questions_about(headings_at(str(environment.host)))]


class Reader(FastHttpUser):
    """Asks, reads the answer, and asks again at once."""

    wait_time = constant(0)

    @task
    def ask(self) -> None:
        question = next(_questions[0])
        with self.client.post(
            "/v1/ask", json={"question": question}, name="ask", catch_response=True
        ) as response:
            if response.status_code != 200 or not response.json()["id"]:
                response.failure(f"{response.status_code}: {response.text[:200]}")
