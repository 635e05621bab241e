"""Answers after they were given: receipts, replays and votes over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from assistant.ask import Assistant
from assistant.feedback import Votes
from assistant.wiring import build_ledgers
from bots.api.answer_schemas import FeedbackBody, ReceiptBody, ReplayBody
from bots.api.schemas import ProblemBody

QUESTION = "How many days of annual leave may be carried over under a fixed-term appointment?"
UNKNOWN = f"a-{'0' * 20}"
GROUPS = frozenset({"managers"})


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as made:
        yield made


@pytest.fixture
def answer(client: httpx.Client) -> str:
    return str(client.post("/v1/ask", json={"question": QUESTION}).json()["id"])


@pytest.fixture
def votes(small_assistant: Assistant) -> Iterator[Votes]:
    ledgers = build_ledgers(small_assistant.settings)
    yield ledgers.votes
    ledgers.close()


def problem_in(response: httpx.Response) -> ProblemBody:
    assert response.headers["content-type"] == "application/problem+json"
    problem = ProblemBody.model_validate(response.json())
    assert problem.status == response.status_code
    return problem


def test_a_receipt_has_the_question_and_the_reply_as_it_was(client: httpx.Client) -> None:
    asked = {"question": QUESTION, "as_of": "2026-01-31"}
    reply = client.post("/v1/ask", json=asked).json()
    said = client.get(f"/v1/answers/{reply['id']}")
    receipt = ReceiptBody.model_validate(said.json())
    assert (receipt.question, receipt.as_of.isoformat()) == (QUESTION, "2026-01-31")
    assert said.json()["reply"] == reply
    assert receipt.asked_at.tzinfo is not None
    assert receipt.index
    assert receipt.settings


def test_a_receipt_leads_to_its_replay(client: httpx.Client, answer: str) -> None:
    receipt = client.get(f"/v1/answers/{answer}").json()
    again = ReplayBody.model_validate(client.post(receipt["replay"]).json())
    assert (again.same, again.reason) == (True, "")
    assert again.reply.id == answer


def test_what_is_not_there_and_what_may_not_be_read_are_the_same(
    client: httpx.Client, small_assistant: Assistant
) -> None:
    hidden = small_assistant.ask(QUESTION, groups=GROUPS).id
    for method, path in (("GET", ""), ("POST", "/replay")):
        said = [
            problem_in(client.request(method, f"/v1/answers/{one}{path}")).detail.replace(one, "…")
            for one in (hidden, UNKNOWN)
        ]
        assert said[0] == said[1]
    for one in (hidden, UNKNOWN):
        vote = client.post("/v1/feedback", json={"answer": one, "helpful": True})
        assert problem_in(vote).type == "/problems#record-not-found"
        assert vote.status_code == 404


def test_a_vote_is_kept_under_a_pseudonym_and_the_last_one_counts(
    client: httpx.Client, answer: str, votes: Votes
) -> None:
    first = {"answer": answer, "helpful": True, "voter": "anna@example.org"}
    assert client.post("/v1/feedback", json=first).status_code == 201
    second = {**first, "helpful": False, "reason": "missing", "words": "part-time?"}
    kept = FeedbackBody.model_validate(client.post("/v1/feedback", json=second).json())
    assert (kept.helpful, kept.reason, kept.words) == (False, "missing", "part-time?")
    mine = [vote for vote in votes.of(answer) if vote.words == "part-time?"]
    assert [(vote.helpful, vote.reason) for vote in mine] == [(False, "missing")]
    assert "anna" not in mine[0].voter


def test_votes_of_nobody_in_particular_each_count(client: httpx.Client, votes: Votes) -> None:
    answer = client.post("/v1/ask", json={"question": "May I telework twice?"}).json()["id"]
    for _ in range(3):
        client.post("/v1/feedback", json={"answer": answer, "helpful": True})
    assert votes.tally(answer).helpful == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"helpful": "yes"}, "“helpful”"),
        ({"helpful": 1}, "“helpful”"),
        ({"reason": "missing"}, "only of an answer that did not help"),
        ({"helpful": False, "reason": "boring"}, "“reason”"),
        ({"words": "x" * 3001}, "“words” is too long"),
        ({"words": "\0"}, "“words”"),
        ({"answer": "a b"}, "“answer”"),
        ({"voter": ""}, "“voter”"),
        ({"colour": "red"}, "“colour”"),
    ],
)
def test_a_vote_that_cannot_be_taken_is_refused_in_a_plain_sentence(
    client: httpx.Client, answer: str, more: dict[str, object], said: str
) -> None:
    refused = client.post("/v1/feedback", json={"answer": answer, "helpful": True, **more})
    assert problem_in(refused).status == 422
    assert said in problem_in(refused).detail


def test_a_vote_with_a_key_is_cast_once(client: httpx.Client, votes: Votes) -> None:
    answer = client.post("/v1/ask", json={"question": "Who parks here?"}).json()["id"]
    headers = {"idempotency-key": "vote-1"}
    sent = {"answer": answer, "helpful": True}
    first, again = (client.post("/v1/feedback", json=sent, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert votes.tally(answer).helpful == 1
    other = client.post("/v1/feedback", json={**sent, "helpful": False}, headers=headers)
    assert problem_in(other).type == "/problems#idempotency-key-reused"
    assert other.status_code == 422


def test_a_refused_vote_leaves_its_key_free(client: httpx.Client, answer: str) -> None:
    headers = {"idempotency-key": "vote-2"}
    refused = client.post(
        "/v1/feedback", json={"answer": UNKNOWN, "helpful": True}, headers=headers
    )
    assert refused.status_code == 404
    sent = {"answer": answer, "helpful": True}
    assert client.post("/v1/feedback", json=sent, headers=headers).status_code == 201


@pytest.mark.parametrize("key", ["", "a" * 256, "a b", "ä".encode()])
def test_a_key_that_is_none_is_refused(client: httpx.Client, answer: str, key: str | bytes) -> None:
    sent = {"answer": answer, "helpful": True}
    refused = client.post("/v1/feedback", json=sent, headers={"idempotency-key": key})
    assert problem_in(refused).status == 422
