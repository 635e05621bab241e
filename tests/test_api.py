"""The API over HTTP: its one reply shape, and a plain problem for every bad input."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest

from assistant.ask import Assistant
from assistant.live import LiveIndex
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from assistant.writing.addresses import place_address
from bots import problems
from bots.api.schemas import DocumentBody, ProblemBody, ReplyBody
from corpus.errors import CharterError
from indexing.embedding import Embedder, HashEmbedder, Vectors
from indexing.index import Index
from indexing.progress import SilentProgress

ANSWERED = "How many days of annual leave may be carried over under a fixed-term appointment?"
REFUSED = "What is the boiling point of tungsten?"

Serve = Callable[[Assistant], str]


@pytest.fixture
def client(address: str) -> Any:
    with httpx.Client(base_url=address) as client:
        yield client


def problem_in(response: httpx.Response) -> ProblemBody:
    assert response.headers["content-type"] == "application/problem+json"
    problem = ProblemBody.model_validate(response.json())
    assert problem.status == response.status_code
    assert problem.instance.endswith(problem.id)
    return problem


def test_an_answer_has_the_one_shape_and_its_quotes_stand_at_their_places(
    client: httpx.Client,
) -> None:
    response = client.post("/v1/ask", json={"question": ANSWERED})
    assert response.status_code == 200
    reply = ReplyBody.model_validate(response.json())
    assert reply.outcome == "answer"
    assert reply.citations
    for citation in reply.citations:
        assert f"[{citation.number}]" in reply.text
        assert citation.status == "sample"
        assert "Sample policy" in citation.marks
        document = client.get(
            f"/v1/documents/{citation.document}", params={"version": citation.version}
        ).json()
        assert document["text"][citation.start : citation.end] == citation.quote


def test_a_question_that_the_documents_do_not_touch_gets_no_answer_and_a_contact(
    client: httpx.Client,
) -> None:
    reply = ReplyBody.model_validate(client.post("/v1/ask", json={"question": REFUSED}).json())
    assert reply.outcome == "no_answer"
    assert reply.citations == []
    assert reply.contact


def test_a_day_in_the_past_is_answered_with_the_version_of_that_day(client: httpx.Client) -> None:
    question = {"question": "How many days a week may a staff member telework?"}
    then = client.post("/v1/ask", json={**question, "as_of": "2022-05-01"}).json()
    now = client.post("/v1/ask", json={**question, "as_of": "2025-05-01"}).json()
    assert {citation["version"] for citation in then["citations"]} == {"1"}
    assert {citation["version"] for citation in now["citations"]} == {"2"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": ""}, "empty"),
        ({"question": " \n\t "}, "empty"),
        ({"question": "a" * 4001}, "4,000"),
        ({"question": "leave\0"}, ""),
        ({"question": "leave", "colour": "red"}, "“colour”"),
        ({"question": 7}, "“question” must be text"),
        ({}, "“question” is missing"),
        ({"question": "leave", "as_of": "31/01/2026"}, "“as_of”"),
        ({"question": "leave", "as_of": 1767225600}, "“as_of”"),
        ({"question": "leave", "as_of": "2026-02-30"}, "“as_of”"),
        ([], "JSON object"),
    ],
)
def test_a_question_that_cannot_be_taken_is_refused_in_a_plain_sentence(
    client: httpx.Client, body: object, said: str
) -> None:
    problem = problem_in(client.post("/v1/ask", json=body))
    assert problem.status == 422
    assert said in problem.detail
    assert problem.detail.endswith(".")


def test_half_a_character_in_the_body_is_refused(client: httpx.Client) -> None:
    body = rb'{"question": "leave \ud800"}'
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert problem_in(response).status == 422


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"question": "\xff\xfe"}', "application/json", 400),
        (b'{"question": ', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"question": "leave"}', "text/plain", 415),
        (b"question=leave", "application/x-www-form-urlencoded", 415),
        (b'{"question": "' + b"a" * 70_000 + b'"}', "application/json", 413),
        (b"", "application/json", 422),
    ],
)
def test_a_body_that_is_no_question_is_refused_by_what_is_wrong_with_it(
    client: httpx.Client, content: bytes, content_type: str, status: int
) -> None:
    response = client.post("/v1/ask", content=content, headers={"content-type": content_type})
    assert problem_in(response).status == status


def test_an_address_that_is_not_utf8_is_refused(client: httpx.Client) -> None:
    assert problem_in(client.get("/v1/documents?as_of=%ff")).status == 400
    page = client.get("/?q=%ff%fe")
    assert page.status_code == 400
    assert "not UTF-8" in page.text


def test_what_does_not_exist_is_said_not_to_exist(client: httpx.Client) -> None:
    assert problem_in(client.get("/v1/nothing")).type.endswith("#not-found")
    assert problem_in(client.get("/v1/documents/nothing")).type.endswith("#document-not-found")
    version = client.get("/v1/documents/telework", params={"version": "9"})
    assert problem_in(version).status == 404
    refused = client.get("/v1/ask")
    assert problem_in(refused).status == 405
    assert refused.headers["allow"] == "POST"


def test_the_catalogue_lists_every_version_with_its_status(client: httpx.Client) -> None:
    listed = client.get("/v1/documents").json()["documents"]
    versions = {(entry["id"], entry["version"]): entry for entry in listed}
    assert len(versions) == 5
    old = versions["telework", "1"]
    assert old["marks"] == ["Sample policy", "Superseded by version 2"]
    assert versions["people-strategy", "2025"]["status"] == "in force"
    assert all(entry["passages"] > 0 for entry in listed)


def test_a_document_comes_with_its_versions_sections_and_blocks(client: httpx.Client) -> None:
    body = DocumentBody.model_validate(client.get("/v1/documents/telework").json())
    assert body.version == "2"
    assert [version.version for version in body.versions] == ["1", "2"]
    headings = [section.heading for section in body.sections]
    assert any("Days of telework" in heading for heading in headings)
    for block in body.blocks:
        assert 0 <= block.start < block.end <= len(body.text)
        assert body.text[block.start : block.end].strip()


def test_every_response_forbids_what_an_injected_text_would_need(client: httpx.Client) -> None:
    for path in ("/", "/v1/documents", "/healthz", "/nothing", "/static/charter.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_nothing_that_is_served_names_another_host(client: httpx.Client) -> None:
    assert client.get("/docs").status_code == 404
    for path in ("/", f"/?q={ANSWERED}", "/documents/annual-leave", "/static/charter.css"):
        text = client.get(path).text
        assert 'src="http' not in text
        assert "url(http" not in text
        assert '<link rel="stylesheet" href="http' not in text


def test_openapi_shows_all_three_outcomes_and_the_problems(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    asking = description["paths"]["/v1/ask"]["post"]
    examples = asking["responses"]["200"]["content"]["application/json"]["examples"]
    assert set(examples) == {"answer", "closest_passages", "no_answer"}
    for example in examples.values():
        ReplyBody.model_validate(example["value"])
    assert {"400", "413", "415", "422", "500", "503", "507"} <= set(asking["responses"])
    for status, response in asking["responses"].items():
        for example in (
            response["content"].get(problems.MEDIA_TYPE, {}).get("examples", {}).values()
        ):
            assert ProblemBody.model_validate(example["value"]).status == int(status)


def test_every_error_of_charter_has_a_kind_that_the_page_of_problems_explains(
    client: httpx.Client,
) -> None:
    page = client.get("/problems").text
    waiting = [CharterError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        assert f'id="{problems.kind_of(error("a.", "b.")).slug}"' in page


def test_a_server_without_an_index_is_alive_and_not_ready(tmp_path: Path, serve: Serve) -> None:
    address = serve(build_assistant(load_settings(home=tmp_path / "empty")))
    assert httpx.get(f"{address}/healthz").status_code == 200
    for response in (
        httpx.get(f"{address}/readyz"),
        httpx.post(f"{address}/v1/ask", json={"question": ANSWERED}),
        httpx.get(f"{address}/v1/documents"),
    ):
        problem = problem_in(response)
        assert problem.status == 503
        assert problem.type.endswith("#index-missing")
    page = httpx.get(f"{address}/")
    assert page.status_code == 503
    assert "Nothing is indexed yet" in page.text


def test_a_record_that_cannot_be_written_is_507_and_no_answer_is_given_out(
    tmp_path: Path, small_home: Path, small_corpus: Path, serve: Serve
) -> None:
    nowhere = f"sqlite:///{tmp_path}/no/such/folder/records.db"
    settings = load_settings(home=small_home, corpus=small_corpus, database=nowhere)
    address = serve(build_assistant(settings))
    problem = problem_in(httpx.post(f"{address}/v1/ask", json={"question": ANSWERED}))
    assert problem.status == 507


class FailingModel(HashEmbedder):
    """An embedding model with a defect that nobody foresaw."""

    def __init__(self, like: Embedder) -> None:
        super().__init__(like.dimension)
        self.fingerprint = like.fingerprint

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError(f"a secret that no reader may see: {texts}")


def test_an_unforeseen_error_gives_its_id_to_the_reader_and_its_cause_to_the_log(
    small_assistant: Assistant, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    failing = replace(small_assistant, embedder=FailingModel(small_assistant.embedder))
    address = serve(failing)
    with caplog.at_level(logging.ERROR, logger="charter"):
        response = httpx.post(f"{address}/v1/ask", json={"question": ANSWERED})
    problem = problem_in(response)
    assert problem.status == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert problem.id in caplog.text
    assert "a secret that no reader may see" in caplog.text
    page = httpx.get(f"{address}/", params={"q": ANSWERED})
    assert page.status_code == 500
    assert "secret" not in page.text


def test_the_server_follows_when_another_index_is_swapped_in(tmp_path: Path, serve: Serve) -> None:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    (corpus / "one.md").write_text("# Parking\n\nA permit costs twenty francs a month.\n", "utf-8")
    index_corpus(settings, SilentProgress())
    address = serve(build_assistant(settings))
    assert len(httpx.get(f"{address}/v1/documents").json()["documents"]) == 1
    (corpus / "two.md").write_text("# Canteen\n\nLunch costs twelve francs.\n", "utf-8")
    index_corpus(settings, SilentProgress())
    assert len(httpx.get(f"{address}/v1/documents").json()["documents"]) == 2


def test_a_client_that_goes_away_in_the_middle_leaves_the_server_answering(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as half:
        half.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
    assert httpx.get(f"{address}/healthz").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "[::1", ""]
)
def test_another_site_that_leads_its_name_here_is_refused(client: httpx.Client, host: str) -> None:
    refused = client.get("/v1/documents", headers={"host": host})
    assert problem_in(refused).type.endswith("#wrong-host")
    page = client.get("/", headers={"host": host})
    assert page.status_code == 421
    assert "parking" not in page.text.lower()


@pytest.mark.parametrize("host", ["localhost:8765", "LOCALHOST.", "127.0.0.1", "[::1]:8765"])
def test_the_names_of_this_machine_are_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_line_break_from_a_form_counts_as_one_character(address: str) -> None:
    for breaks, status in ((3969, 200), (3970, 422)):
        question = "What does a parking" + "\r\n" * breaks + "permit cost?"
        assert httpx.get(f"{address}/", params={"q": question}).status_code == status


def test_an_address_of_a_page_answers_head_without_a_body(address: str) -> None:
    for path in ("/", "/documents/annual-leave", "/problems", "/healthz", "/static/ask.js"):
        got, asked = httpx.get(address + path), httpx.head(address + path)
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked.headers["content-length"] == got.headers["content-length"]
    assert httpx.head(f"{address}/v1/ask").status_code == 405


def test_the_public_name_is_answered_and_every_name_where_other_machines_reach(
    small_assistant: Assistant, serve: Serve
) -> None:
    known = {"public_url": "https://charter.example.org:8443/"}
    named = replace(small_assistant, settings=load_settings(**known))
    address = serve(named)
    for host, status in (("charter.example.org", 200), ("evil.example", 421)):
        assert httpx.get(f"{address}/healthz", headers={"host": host}).status_code == status
    everywhere = serve(replace(small_assistant, settings=load_settings(host="0.0.0.0")))  # noqa: S104  not bound to
    assert httpx.get(f"{everywhere}/healthz", headers={"host": "intranet"}).status_code == 200


def test_one_request_reads_one_index_also_when_another_is_swapped_in(
    small_assistant: Assistant, tmp_path: Path, serve: Serve
) -> None:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    (corpus / "parking.md").write_text("# Parking\n\nA permit costs twenty francs.\n", "utf-8")
    index_corpus(settings, SilentProgress())
    before = build_assistant(settings)
    turning = Turning(before.live, small_assistant.live)
    address = serve(replace(small_assistant, live=turning))
    for path in ("/v1/documents/parking", "/documents/parking", "/"):
        turning.turned = False
        assert httpx.get(address + path).status_code == 200
        assert turning.turned
    before.close()


class Turning(LiveIndex):
    """Serves another generation from the second time on that it is asked."""

    def __init__(self, before: LiveIndex, after: LiveIndex) -> None:
        self._before = before
        self._after = after
        self.turned = False

    def current(self) -> Index:
        serving = self._after if self.turned else self._before
        self.turned = True
        return serving.current()


def test_an_address_brings_back_the_id_and_version_that_went_into_it() -> None:
    address = place_address(
        "pay/grades #1", "2 & 3", start=4, end=9, more={"q": "a=b", "as_of": ""}
    )
    parts = urlsplit(address)
    assert unquote(parts.path.removeprefix("/documents/")) == "pay/grades #1"
    assert parts.path.count("/") == 2
    assert parse_qs(parts.query) == {
        "version": ["2 & 3"],
        "start": ["4"],
        "end": ["9"],
        "q": ["a=b"],
    }
    assert parts.fragment == "cited"
