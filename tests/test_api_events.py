"""A reply as server-sent events: the pieces are the reply, and what goes wrong is said."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from event_streams import Event, read_events
from questions import EVERY

from assistant.ask import Assistant
from assistant.receipts import Receipts
from assistant.settings import load_settings
from assistant.wiring import build_assistant
from assistant.writing.pieces import pieces_of
from bots.api.schemas import CitationBody, ProblemBody, ReplyBody
from indexing.embedding import Embedder, HashEmbedder, Vectors

TAKES = {"accept": "text/event-stream"}
ANSWERED = "How many days of annual leave may be carried over under a fixed-term appointment?"
REFUSED = "What is the boiling point of tungsten?"

Serve = Callable[[Assistant], str]


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as made:
        yield made


def events_of(client: httpx.Client, **body: str) -> list[Event]:
    with client.stream("POST", "/v1/ask", json=body, headers=TAKES) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        events = list(read_events(response.iter_lines()))
        assert events[0] == Event("started", {"request": response.headers["x-request-id"]})
        assert events[-1] == Event("done", {})
        return events[1:-1]


@pytest.mark.parametrize("question", [ANSWERED, REFUSED, "May I telework?", "parking permits"])
def test_the_pieces_put_together_are_the_reply_that_is_given_whole(
    client: httpx.Client, question: str
) -> None:
    *pieces, last = events_of(client, question=question)
    assert last.name == "reply"
    assert last.data == client.post("/v1/ask", json={"question": question}).json()
    reply = ReplyBody.model_validate(last.data)
    assert {one.name for one in pieces} == {"delta"}
    assert "".join(one.data["text"] for one in pieces) == reply.text
    cited = [CitationBody.model_validate(c) for p in pieces if (c := p.data["citation"])]
    assert {one.number for one in cited} == {one.number for one in reply.citations}


def test_each_quoted_line_comes_with_its_own_citation(client: httpx.Client) -> None:
    *pieces, _ = events_of(client, question=ANSWERED)
    for piece in pieces:
        if citation := piece.data["citation"]:
            assert piece.data["text"].endswith(f"[{citation['number']}]")


@pytest.mark.slow
@pytest.mark.parametrize("question", EVERY)
def test_the_pieces_of_every_kind_of_reply_are_its_text(
    assistant: Assistant, question: str
) -> None:
    reply = assistant.ask(question)
    assert "".join(piece.text for piece in pieces_of(reply)) == reply.text


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "text/html, */*;q=0.1", "text/event-streams", ""]
)
def test_who_does_not_ask_for_events_gets_the_reply(client: httpx.Client, accept: str) -> None:
    said = client.post("/v1/ask", json={"question": ANSWERED}, headers={"accept": accept})
    assert said.headers["content-type"] == "application/json"


def test_what_is_wrong_before_the_first_event_is_a_plain_problem(
    client: httpx.Client, tmp_path: Path, serve: Serve
) -> None:
    for body, status in (({"question": " "}, 422), ({"question": 7}, 422), ({}, 422)):
        refused = client.post("/v1/ask", json=body, headers=TAKES)
        assert refused.status_code == status
        assert refused.headers["content-type"] == "application/problem+json"
    empty = serve(build_assistant(load_settings(home=tmp_path / "empty")))
    refused = httpx.post(f"{empty}/v1/ask", json={"question": ANSWERED}, headers=TAKES)
    assert refused.status_code == 503


def test_what_goes_wrong_afterwards_is_an_event_and_the_stream_ends_well(
    small_assistant: Assistant, tmp_path: Path, serve: Serve
) -> None:
    receipts = Receipts(f"sqlite:///{tmp_path}/no/such/folder/records.db")
    with httpx.Client(base_url=serve(replace(small_assistant, receipts=receipts))) as client:
        (last,) = events_of(client, question=ANSWERED)
    problem = ProblemBody.model_validate(last.data)
    assert (last.name, problem.status) == ("problem", 507)
    assert problem.request
    receipts.close()


class FailingModel(HashEmbedder):
    """An embedding model with a defect that nobody foresaw."""

    def __init__(self, like: Embedder) -> None:
        super().__init__(like.dimension)
        self.fingerprint = like.fingerprint

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError(f"a secret that no reader may see: {texts}")


def test_an_unforeseen_error_is_an_event_with_its_id_and_without_its_cause(
    small_assistant: Assistant, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    failing = replace(small_assistant, embedder=FailingModel(small_assistant.embedder))
    with (
        caplog.at_level(logging.ERROR, logger="charter"),
        httpx.Client(base_url=serve(failing)) as client,
    ):
        (last,) = events_of(client, question=ANSWERED)
    problem = ProblemBody.model_validate(last.data)
    assert problem.status == 500
    assert "secret" not in str(last.data)
    assert problem.id in caplog.text


def test_a_reader_who_leaves_in_the_middle_of_a_stream_does_no_harm(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = address.removeprefix("http://").split(":")
    body = '{"question": "May I telework?"}'
    for _ in range(5):
        with socket.create_connection((host, int(port))) as leaving:
            leaving.sendall(
                f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                f"{body}".encode()
            )
    with httpx.Client(base_url=address) as client:
        assert events_of(client, question=ANSWERED)[-1].name == "reply"
    assert not caplog.records
