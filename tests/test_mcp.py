"""Agents ask by the Model Context Protocol: the official client speaks to the server over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import httpx
import jsonschema
import pytest
from loops import run_alone
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult
from pdf_pages import pdf, prose

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from bots.mcp.outputs import ReadBody
from bots.mcp.reading import LONGEST
from bots.mcp.tools import Told, Tools
from indexing.progress import SilentProgress

T = TypeVar("T")
QUESTION = "How many days of annual leave may be carried over under a fixed-term appointment?"
THEN = "and for short-term staff?"
REFUSED = "What is the boiling point of tungsten?"
TOOLS = ["ask", "search_passages", "read_document", "list_commitments"]


def visit(address: str, do: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
    """Let the official client do something at an address."""

    async def come_and_go() -> T:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return await do(client)

    return run_alone(come_and_go)


def call(address: str, tool: str, **arguments: object) -> CallToolResult:
    """Call one tool; what it gives as data has the form that it announces."""

    async def listed_and_called(client: Client) -> CallToolResult:
        tools = {one.name: one for one in (await client.list_tools()).tools}
        result = await client.call_tool(tool, arguments)
        if not result.is_error:
            jsonschema.validate(result.structured_content, tools[tool].output_schema)
        return result

    return visit(address, listed_and_called)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    return content.text


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    """A document of three pages and one that is too long to be read at once."""
    folder = tmp_path_factory.mktemp("library")
    pages = (
        "The first page says who may park in the garage.",
        "A second one names what a permit costs each month.",
        "On the last, fines are listed by their amount.",
    )
    (folder / "paged.pdf").write_bytes(pdf(*(prose(70, 100, [words]) for words in pages)))
    paragraphs = "\n\n".join(f"Paragraph {number} says little." for number in range(900))
    endless = "The supervisor keeps a record. " * 600
    (folder / "long.md").write_text(f"# Long\n\n{paragraphs}\n\n{endless}\n", "utf-8")
    settings = load_settings(home=tmp_path_factory.mktemp("library-home"), corpus=folder)
    index_corpus(settings, SilentProgress())
    assistant = build_assistant(settings)
    yield Tools(assistant, "")
    assistant.close()


def read(tools: Tools, **arguments: object) -> Told:
    tool = next(one for one in tools.all() if one.name == "read_document")
    return tools.call(tool, arguments)


def quoted_in(assistant: Assistant, one: dict[str, object], words: str) -> bool:
    document, _ = assistant.document(str(one["document"]), str(one["version"]))
    return document.text[one["start"] : one["end"]] == one[words]


# what is offered


@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["newest", "with a handshake"])
def test_the_tools_say_what_they_are_for_and_change_nothing(address: str, mode: str) -> None:
    async def look(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS
        for tool in tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert not tool.annotations.open_world_hint
            assert "verbatim" in (tool.description or "") or tool.name == "list_commitments"
            assert tool.input_schema["additionalProperties"] is False
            assert tool.output_schema
        assert "Begin with `ask`" in (client.instructions or "")
        assert client.server_info
        assert client.server_info.name == "charter"

    visit(address, look, mode)


@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["newest", "with a handshake"])
def test_a_client_of_either_age_gets_an_answer(address: str, mode: str) -> None:
    result = visit(address, lambda c: c.call_tool("ask", {"question": QUESTION}), mode)
    assert result.structured_content["outcome"] == "answer"


# ask


def test_an_answer_comes_as_text_and_as_data(address: str, small_assistant: Assistant) -> None:
    result = call(address, "ask", question=QUESTION)
    reply = result.structured_content
    assert reply["outcome"] == "answer"
    assert reply["text"] in text(result)
    assert "Whom to ask: leave@hr.example.org" in text(result)
    for one in reply["citations"]:
        assert quoted_in(small_assistant, one, "quote")
        assert f"[{one['number']}] {one['title']}, version {one['version']}" in text(result)
        assert one["url"].startswith(f"{address}/documents/")
        assert one["url"] in text(result)
        assert httpx.get(one["url"]).status_code == 200
    assert small_assistant.receipt(reply["id"]).question.text == QUESTION


def test_a_refusal_is_no_error_and_says_whom_to_ask(address: str) -> None:
    result = call(address, "ask", question=REFUSED)
    assert not result.is_error
    assert result.structured_content["outcome"] == "no_answer"
    assert text(result).startswith("Charter found nothing about this in the documents.")


def test_a_follow_up_goes_on_from_the_result_before(address: str) -> None:
    first = call(address, "ask", question=QUESTION).structured_content
    then = call(address, "ask", question=THEN, conversation_id=first["conversation_id"])
    assert "short-term staff" in then.structured_content["understood"]
    assert text(then).startswith("Understood as: How many days")


def test_another_day_is_asked_about(address: str) -> None:
    days = "How many days in each week may I telework?"
    now = call(address, "ask", question=days).structured_content
    then = call(address, "ask", question=days, as_of="2022-01-01").structured_content
    assert {one["version"] for one in now["citations"]} == {"2"}
    assert {one["version"] for one in then["citations"]} == {"1"}


def test_a_list_that_answers_links_to_the_page(plans_address: str) -> None:
    reply = call(plans_address, "ask", question="Which commitments does Finance lead?")
    listing = reply.structured_content["listing"]
    assert listing["url"].startswith(f"{plans_address}/commitments?")


# search, read, list


def test_passages_are_verbatim_and_as_many_as_asked_for(
    address: str, small_assistant: Assistant
) -> None:
    result = call(address, "search_passages", query="annual leave carried over", limit=3)
    passages = result.structured_content["passages"]
    assert len(passages) == 3
    for one in passages:
        assert quoted_in(small_assistant, one, "quote")
        assert one["quote"] in text(result)
        assert one["url"].startswith(f"{address}/documents/")
    found = small_assistant.search("annual leave carried over", limit=3)
    assert [(one["start"], one["end"]) for one in passages] == [
        (hit.passage.start, hit.passage.end) for hit in found
    ]


def test_a_document_is_read_in_parts_that_make_the_whole(
    address: str, small_assistant: Assistant
) -> None:
    document, _ = small_assistant.document("annual-leave")
    first = call(address, "read_document", document="annual-leave").structured_content
    assert [one["anchor"] for one in first["outline"]] == [
        section.anchor for section in document.sections
    ]
    parts = [first]
    while parts[-1]["next"] is not None:
        assert len(parts[-1]["text"]) <= LONGEST
        part = call(address, "read_document", document="annual-leave", start=parts[-1]["next"])
        parts.append(part.structured_content)
        assert parts[-1]["outline"] == []
    assert all(quoted_in(small_assistant, part, "text") for part in parts)
    whole = "".join(part["text"] for part in parts)
    assert "".join(whole.split()) == "".join(document.text.split())


def test_a_section_is_read_by_anchor_number_or_heading(address: str) -> None:
    outline = call(address, "read_document", document="annual-leave").structured_content["outline"]
    anchor = next(one["anchor"] for one in outline if "Entitlement" in one["heading"])
    parts = [
        call(address, "read_document", document="annual-leave", section=name).structured_content
        for name in (anchor, "2", "2. Entitlement")
    ]
    assert parts[0] == parts[1] == parts[2]
    assert "2.1 Staff members earn annual leave" in parts[0]["text"]
    assert "3.1 Unused" not in parts[0]["text"]


def test_pages_are_read_where_a_document_has_them(library: Tools) -> None:
    part = read(library, document="paged", first_page=2).data
    assert isinstance(part, ReadBody)
    assert (part.first_page, part.last_page) == (2, 2)
    assert part.text.strip() == "A second one names what a permit costs each month."
    both = read(library, document="paged", first_page=2, last_page=3).data
    assert isinstance(both, ReadBody)
    assert "A second one" in both.text
    assert "On the last" in both.text
    assert "The first page" not in both.text
    assert "has 3 pages, and no page 9." in read(library, document="paged", first_page=9).text


def test_a_part_ends_with_a_block_unless_one_is_longer(library: Tools) -> None:
    parts = []
    start = 0
    while start is not None:
        part = read(library, document="long", start=start).data
        assert isinstance(part, ReadBody)
        assert len(part.text) <= LONGEST
        parts.append(part)
        start = part.next
    document, _ = library.assistant.document("long")
    assert len(parts) > 4
    whole = "".join(part.text for part in parts)
    assert "".join(whole.split()) == "".join(document.text.split())
    ends = {block.end for block in document.blocks}
    assert parts[0].end in ends
    assert [part.left for part in parts] == [
        document.blocks[-1].end - part.next if part.next else 0 for part in parts
    ]
    assert any(part.end not in ends for part in parts)


def test_a_list_says_what_it_is_a_list_of_and_how_to_go_on(plans_address: str) -> None:
    first = call(plans_address, "list_commitments", limit=4, sort="due")
    body = first.structured_content
    assert len(body["commitments"]) == 4 < body["found"]
    assert body["denominator"] in text(first)
    assert f"offset={body['next_offset']}" in text(first)
    seen = [one["id"] for one in body["commitments"]]
    while body["next_offset"] is not None:
        rest = {"offset": body["next_offset"], "limit": 4, "sort": "due"}
        body = call(plans_address, "list_commitments", **rest).structured_content
        seen += [one["id"] for one in body["commitments"]]
    assert len(seen) == len(set(seen)) == body["found"]


def test_commitments_are_filtered_and_counted_as_everywhere(plans_address: str) -> None:
    mine = call(plans_address, "list_commitments", lead=["Finance"], group_by="status")
    same = httpx.get(
        f"{plans_address}/v1/commitments", params={"lead": "Finance", "group_by": "status"}
    ).json()
    body = mine.structured_content
    assert body["denominator"] == same["denominator"]["text"]
    assert body["groups"] == same["groups"]
    assert [one["id"] for one in body["commitments"]] == [one["id"] for one in same["commitments"]]
    assert all(one["url"].startswith(plans_address) for one in body["commitments"])


def test_documents_in_force_are_listed_and_attached_whole(
    address: str, small_assistant: Assistant
) -> None:
    async def look(client: Client) -> tuple[dict[str, str], str]:
        listed = {one.name: str(one.uri) for one in (await client.list_resources()).resources}
        (content,) = (await client.read_resource(listed["telework"])).contents
        return listed, content.text

    listed, attached = visit(address, look)
    assert listed["annual-leave"] == "charter://documents/annual-leave"
    document, _ = small_assistant.document("telework")
    assert attached == f"Policy on telework, version 2; Sample policy\n\n{document.text}"


# what cannot be done


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": " "}, "The question is empty."),
        ("ask", {"question": "x" * 4_001}, "4,000 is the most"),
        ("ask", {}, "“question” is missing"),
        ("ask", {"question": QUESTION, "mood": "good"}, "no argument “mood”"),
        ("ask", {"question": QUESTION, "as_of": "tomorrow"}, "“tomorrow” is not a day"),
        ("search_passages", {"query": "leave", "limit": 900}, "“limit”"),
        ("read_document", {"document": "nowhere"}, "The documents are: "),
        ("read_document", {"document": "annual-leave", "section": "99"}, "no section “99”"),
        ("read_document", {"document": "annual-leave", "first_page": 1}, "has no pages"),
        ("read_document", {"document": "annual-leave", "last_page": 1}, "Name first_page"),
        ("read_document", {"document": "annual-leave", "start": 10_000_000}, "lies outside"),
        ("list_commitments", {"due": "some day"}, "some day"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_done_is_an_error_in_words_with_its_id(
    address: str, tool: str, arguments: dict[str, object], words: str
) -> None:
    result = call(address, tool, **arguments)
    assert result.is_error
    assert words in text(result)
    assert "(error " in text(result)
    assert "\n" not in text(result)
    assert "pydantic" not in text(result)


def test_a_tool_or_document_that_is_not_there_is_named(address: str) -> None:
    async def stray(client: Client) -> None:
        with pytest.raises(MCPError, match=r"no tool “sing”\. There is ask, search_passages"):
            await client.call_tool("sing", {})
        for uri in ("charter://documents/nowhere", "file:///etc/passwd"):
            with pytest.raises(MCPError, match=r"There is no .*\(error [0-9a-f]{12}\)"):
                await client.read_resource(uri)

    visit(address, stray)


def test_a_defect_gives_its_id_and_nothing_of_the_inside(
    small_assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Tools(replace(small_assistant, embedder=None), "")  # type: ignore[arg-type]  # broken on purpose
    told = broken.call(broken.all()[0], {"question": QUESTION})
    assert told.data is None
    assert told.text.startswith("Something went wrong in Charter.")
    assert "NoneType" not in told.text
    assert "NoneType" in caplog.text


def test_an_index_that_is_missing_is_an_error_of_the_tool(
    tmp_path, serve: Callable[[Assistant], str]
) -> None:
    result = call(serve(build_assistant(load_settings(home=tmp_path))), "ask", question=QUESTION)
    assert result.is_error
    assert "charter index" in text(result)


# the door


def post(address: str, **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accepted = {"accept": "application/json, text/event-stream", **headers}
    return httpx.post(f"{address}/mcp", json=body, headers=accepted)


def test_another_sites_pages_and_names_are_refused(address: str) -> None:
    assert post(address).json()["result"] == {}
    assert post(address, origin=address).status_code == 200
    foreign = post(address, origin="https://elsewhere.example")
    assert (foreign.status_code, foreign.headers["content-type"]) == (
        403,
        "application/problem+json",
    )
    assert post(address, origin="null").status_code == 403
    assert post(address, origin="http://[").status_code == 403
    assert post(address, host="elsewhere.example").status_code == 421


def test_the_public_address_is_no_other_site(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    public = "https://charter.example.org"
    settings = small_assistant.settings.model_copy(update={"public_url": public})
    address = serve(replace(small_assistant, settings=settings))
    assert post(address, origin=public).status_code == 200
    reply = call(address, "ask", question=QUESTION).structured_content
    assert all(one["url"].startswith(f"{public}/documents/") for one in reply["citations"])


def test_no_stream_is_kept_open(address: str) -> None:
    response = httpx.get(f"{address}/mcp", headers={"accept": "text/event-stream"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_a_body_that_is_too_large_or_no_message_is_refused(address: str) -> None:
    huge = httpx.post(f"{address}/mcp", json={"x": "x" * 70_000})
    assert huge.status_code == 413
    odd = httpx.post(
        f"{address}/mcp", json=[], headers={"accept": "application/json, text/event-stream"}
    )
    assert odd.status_code == 400
