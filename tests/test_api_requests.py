"""What every request passes: its id, its size and pace, and the site that it comes from."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus

import httpx
import pytest
from conftest import running
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.ask import Assistant
from assistant.settings import load_settings
from bots import problems
from bots.api.schemas import ProblemBody
from bots.http.gate import Gate, rules_for

ASKED = {"question": "How many days of annual leave may be carried over?"}


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as made:
        yield made


def problem_in(response: httpx.Response) -> ProblemBody:
    assert response.headers["content-type"] == "application/problem+json"
    return ProblemBody.model_validate(response.json())


def test_a_request_keeps_the_id_that_it_brings(client: httpx.Client) -> None:
    for path in ("/healthz", "/v1/nothing", "/", "/static/charter.css"):
        said = client.get(path, headers={"x-request-id": "batch-7.41"})
        assert said.headers["x-request-id"] == "batch-7.41"


@pytest.mark.parametrize("brought", ["", "a" * 65, "a b", "<b>", "é".encode(), "a;b"])
def test_an_id_that_could_not_stand_in_a_log_is_replaced(
    client: httpx.Client, brought: str | bytes
) -> None:
    given = client.get("/healthz", headers={"x-request-id": brought}).headers["x-request-id"]
    assert len(given) == 16
    assert given.isalnum()


def test_two_requests_without_ids_get_two(client: httpx.Client) -> None:
    first, second = (client.get("/healthz").headers["x-request-id"] for _ in range(2))
    assert first != second


def test_a_problem_names_its_request_and_so_does_the_log(
    small_assistant: Assistant,
    serve: Callable[[Assistant], str],
    caplog: pytest.LogCaptureFixture,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    nowhere = f"sqlite:///{tmp_path_factory.mktemp('no')}/such/folder/records.db"
    settings = small_assistant.settings.model_copy(update={"database": nowhere})
    receipts = type(small_assistant.receipts)(nowhere)
    address = serve(replace(small_assistant, settings=settings, receipts=receipts))
    with caplog.at_level(logging.WARNING, logger="charter"):
        refused = httpx.post(f"{address}/v1/ask", json=ASKED, headers={"x-request-id": "job-1"})
    problem = problem_in(refused)
    assert (problem.status, problem.request) == (507, "job-1")
    assert f"error {problem.id} of request job-1:" in caplog.text
    receipts.close()


@pytest.mark.parametrize("path", ["/v1/ask", "/", "/v1/nothing"])
def test_a_body_of_ten_megabytes_is_refused_before_any_of_it_is_read(
    address: str, path: str
) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as half:
        half.sendall(
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            "Content-Length: 10485760\r\n\r\n".encode()
        )
        said = b"".join(iter(lambda: half.recv(65536), b""))  # to its end: the server hangs up
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"64 KiB" in said


def test_a_body_that_hides_its_length_is_refused_where_it_becomes_too_large(
    client: httpx.Client,
) -> None:
    parts = (b"a" * 65_536 for _ in range(160))
    refused = client.post("/v1/ask", content=parts, headers={"content-type": "application/json"})
    assert problem_in(refused).status == 413


def test_a_body_that_does_not_come_ends_in_a_problem(small_assistant: Assistant) -> None:
    app = FastAPI()

    def show(_: Request, problem: problems.Problem) -> JSONResponse:
        return JSONResponse(problem.to_dict(), problem.kind.status)

    @app.post("/")
    async def read(request: Request) -> int:
        return len(await request.body())

    rules = replace(rules_for(small_assistant.settings), patience=0.05)
    app.add_middleware(Gate, show=show, rules=rules)
    with running(app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as half:
            half.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
            said = b"".join(iter(lambda: half.recv(65536), b""))
        assert said.startswith(b"HTTP/1.1 408 ")
        assert httpx.post(address, content=b"whole").status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[evil"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
    ],
)
def test_a_page_of_another_site_changes_nothing(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    refused = client.post("/v1/ask", json=ASKED, headers=headers)
    assert problem_in(refused).type == "/problems#cross-site"
    assert refused.status_code == 403
    assert client.get("/v1/documents", headers=headers).status_code == 200


def test_a_page_of_this_server_and_a_program_may(client: httpx.Client, address: str) -> None:
    for headers in (
        {},
        {"origin": address},
        {"sec-fetch-site": "same-origin", "origin": address},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ):
        assert client.post("/v1/ask", json=ASKED, headers=headers).status_code == 200


def test_the_public_address_is_this_server_too(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    settings = load_settings(public_url="https://charter.example.org")
    address = serve(replace(small_assistant, settings=settings))
    for origin, status in (("https://charter.example.org", 200), ("https://example.org", 403)):
        said = httpx.post(f"{address}/v1/ask", json=ASKED, headers={"origin": origin})
        assert said.status_code == status


def test_no_other_site_may_read_what_is_answered(client: httpx.Client) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for method in ("GET", "OPTIONS"):
        said = client.request(method, "/v1/documents", headers=asked)
        assert not [name for name in said.headers if name.startswith("access-control-")]
