"""Chat front ends ask through OpenAI's protocol: the official client speaks to a real server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import openai
import pytest
from markdown_it import MarkdownIt
from openai.types.chat import ChatCompletion, ChatCompletionMessage

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant
from bots.markdown import escaped
from bots.openai.bodies import Message
from bots.openai.talks import REPLAYED, Talk, Talks, talk_of
from corpus.errors import QuestionError

FIRST = "How many days of annual leave may be carried over under a fixed-term appointment?"
THEN = "and for short-term staff?"
MEANT = "How many days of annual leave may be carried over for short-term staff?"
REFUSED = "What is the boiling point of tungsten?"
HOSTILE = "What does a parking permit cost?"


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    """The official client, which asks once: a refusal stays a refusal."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as made:
        yield made


def ask(client: openai.OpenAI, *questions: str, **more) -> ChatCompletion:
    """Ask the last question after the others, as a front end sends them."""
    messages = [{"role": "system", "content": "Answer like a pirate."}]
    for question in questions[:-1]:
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": "…"})
    messages.append({"role": "user", "content": questions[-1]})
    return client.chat.completions.create(model="charter", messages=messages, **more)


def said(completion: ChatCompletion) -> ChatCompletionMessage:
    return completion.choices[0].message


def words(text: str) -> str:
    return " ".join(text.split())


def shown(markdown: str) -> str:
    """Return what a reader sees of Markdown, in one line."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [part for token in tokens for part in token.children or ()]
    assert not [
        part
        for part in inline
        if part.type in {"html_inline", "image", "link_open"} and part.info != "auto"
    ]
    return words(" ".join(part.content for part in inline))


# answers


def test_the_one_model_is_listed_and_described(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["charter"]
    assert client.models.retrieve("charter").owned_by == "charter"


def test_an_answer_has_text_footnotes_and_a_receipt(
    client: openai.OpenAI, small_assistant: Assistant
) -> None:
    answered = ask(client, FIRST)
    text = said(answered).content or ""
    assert "45" in text
    assert "[1] Policy on annual leave, version 2, 2. Entitlement (Sample policy): “" in text
    assert text.rstrip().endswith("Whom to ask: leave@hr.example.org")
    assert answered.choices[0].finish_reason == "stop"
    receipt = small_assistant.receipt(answered.id.removeprefix("chatcmpl-"))
    assert receipt.question.text == FIRST
    assert answered.model_extra["charter"] == {
        "receipt": receipt.id,
        "outcome": "answer",
        "understood": "",
    }


def test_no_tokens_are_counted_where_no_model_writes(client: openai.OpenAI) -> None:
    usage = ask(client, FIRST).usage
    assert usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (0, 0, 0)


@pytest.mark.parametrize("question", [FIRST, HOSTILE, "What must a request to carry leave state?"])
def test_an_annotation_marks_the_number_after_the_quoted_words(
    client: openai.OpenAI, address: str, question: str
) -> None:
    message = said(ask(client, question))
    text, annotations = message.content or "", message.annotations or []
    body, _, footnotes = text.partition("\n---\n")
    assert annotations
    for number, one in enumerate(annotations, 1):
        cited = one.url_citation
        assert text[cited.start_index : cited.end_index] == f"[{number}]"
        assert cited.end_index < len(body)
        assert f"[{number}] {escaped(cited.title)}: “" in footnotes
        assert f"<{cited.url}>" in footnotes
        assert cited.url.startswith(f"{address}/documents/")
        page = httpx.get(cited.url)
        assert page.status_code == 200
        assert 'id="cited"' in page.text


@pytest.mark.parametrize("question", [FIRST, HOSTILE, "What must a request to carry leave state?"])
def test_what_a_reader_sees_is_word_for_word_in_the_documents(
    client: openai.OpenAI, small_assistant: Assistant, question: str
) -> None:
    answered = ask(client, question)
    reply = small_assistant.again(answered.model_extra["charter"]["receipt"])
    seen = shown(said(answered).content or "")
    for citation in reply.citations:
        document, _ = small_assistant.document(citation.document, citation.version)
        assert document.text[citation.start : citation.end] == citation.quote
        assert f": “{words(citation.quote)}” – " in seen
    for line in (line for excerpt in reply.excerpts for line in excerpt.lines):
        for part in [text for _, text in line.cells] or [line.text]:
            assert words(part) in seen


def test_words_that_markdown_would_read_as_markup_are_shown_as_they_are() -> None:
    for text in (
        "a *b* _c_ `d` [e](f) <g> ~~h~~ snake_case 5 * 6 \\ &amp; $1 and $2 | !",
        "1. one", "2) two", "- three", "+ four", "# five", "> six", "=", "---", "[7]: eight",
        "<script>alert(1)</script>",
    ):  # fmt: skip
        assert shown(f"{escaped(text)} [1]") == f"{text} [1]"
    assert escaped("3.1 A staff member (a) in 2024, 5-day week, leave_type") == (
        "3.1 A staff member (a) in 2024, 5-day week, leave_type"
    )


def test_closest_passages_and_no_answer_say_what_they_are(
    client: openai.OpenAI, small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    refused = said(ask(client, REFUSED))
    assert (refused.content or "").startswith("**∅ No answer in the documents**\n\nCharter found")
    assert refused.annotations == []

    cautious = replace(small_assistant.calibration, answer_threshold=1.0)
    strict = replace(small_assistant, calibration=cautious)
    with openai.OpenAI(base_url=f"{serve(strict)}/v1", api_key="any", max_retries=0) as wary:
        closest = ask(wary, FIRST)
    assert (said(closest).content or "").startswith("**≈ No direct answer**\n\nThe documents do")
    assert closest.model_extra["charter"]["outcome"] == "closest_passages"


def test_a_list_from_the_register_is_a_table_with_its_denominator(plans_address: str) -> None:
    with openai.OpenAI(base_url=f"{plans_address}/v1", api_key="any", max_retries=0) as client:
        text = said(ask(client, "Which commitments does Finance lead?")).content or ""
    assert "| Commitment | Lead | When | Status | |\n|---|---|---|---|---|\n" in text
    assert " of " in text.partition("|")[0]
    assert "[1] |\n" in text
    assert "<script>" not in text


def test_links_lead_to_the_public_address_where_one_is_set(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    public = "https://charter.example.org"
    settings = small_assistant.settings.model_copy(update={"public_url": public})
    address = serve(replace(small_assistant, settings=settings))
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        annotations = said(ask(client, FIRST)).annotations or []
    assert all(one.url_citation.url.startswith(f"{public}/documents/") for one in annotations)


# streams


def test_a_stream_brings_the_same_line_by_line_and_the_citations_last(
    client: openai.OpenAI,
) -> None:
    whole = ask(client, FIRST)
    chunks = list(ask(client, FIRST, stream=True))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert "".join(pieces) == said(whole).content
    assert max(piece.count("\n") for piece in pieces) == 1
    assert {chunk.id for chunk in chunks} == {whole.id}
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)
    last = chunks[-1].choices[0]
    assert last.finish_reason == "stop"
    assert last.delta.model_extra["annotations"] == [
        one.model_dump() for one in said(whole).annotations or []
    ]
    assert chunks[-1].model_extra["charter"] == whole.model_extra["charter"]
    assert all(chunk.usage is None for chunk in chunks)


def test_a_stream_counts_where_it_is_told_to(client: openai.OpenAI) -> None:
    chunks = list(ask(client, FIRST, stream=True, stream_options={"include_usage": True}))
    assert chunks[-1].choices == []
    assert chunks[-1].usage
    assert chunks[-1].usage.total_tokens == 0
    assert all(chunk.usage is None for chunk in chunks[:-1])


def test_the_clients_own_way_to_gather_a_stream_ends_with_the_message(
    client: openai.OpenAI,
) -> None:
    messages = [{"role": "user", "content": FIRST}]
    with client.chat.completions.stream(model="charter", messages=messages) as stream:
        gathered = stream.get_final_completion()
    assert said(gathered).content == said(ask(client, FIRST)).content
    assert len(said(gathered).annotations or ()) == len(said(ask(client, FIRST)).annotations or ())


def test_a_stream_is_events_that_end_with_done(address: str) -> None:
    body = {"model": "charter", "stream": True, "messages": [{"role": "user", "content": FIRST}]}
    response = httpx.post(f"{address}/v1/chat/completions", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = response.text.split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    assert all(json.loads(event.removeprefix("data: ")) for event in events[:-2])


# conversations


def test_a_follow_up_goes_on_from_the_history(client: openai.OpenAI) -> None:
    ask(client, FIRST)
    then = ask(client, FIRST, THEN)
    assert (said(then).content or "").startswith(f"*Understood as: {MEANT}*\n\n")
    assert then.model_extra["charter"]["understood"] == MEANT
    assert ask(client, THEN).model_extra["charter"]["understood"] == ""


def test_a_server_that_never_saw_the_history_asks_it_again(small_assistant: Assistant) -> None:
    reply = Talks(small_assistant).ask(Talk(THEN, (FIRST,)))
    assert reply.question.understood == MEANT


def test_an_answer_made_again_does_not_go_on_from_itself(small_assistant: Assistant) -> None:
    talks = Talks(small_assistant)
    talks.ask(Talk(FIRST, ()))
    once, again = (talks.ask(Talk(THEN, (FIRST,))) for _ in range(2))
    assert once == again
    other = talks.ask(Talk(THEN, ("Who fills every vacancy, and by when?",)))
    assert other.question.understood != MEANT


def test_only_the_last_questions_of_a_long_chat_are_asked_again(
    small_assistant: Assistant,
) -> None:
    asked = ["Who keeps the record?"] * REPLAYED
    assert Talks(small_assistant).ask(Talk(THEN, (FIRST, *asked))).question.understood != MEANT
    assert Talks(small_assistant).ask(Talk(THEN, (*asked, FIRST))).question.understood == MEANT


def test_what_was_refused_before_does_not_end_a_chat(small_assistant: Assistant) -> None:
    too_long = "x" * 4_001
    reply = Talks(small_assistant).ask(Talk(THEN, (FIRST, too_long)))
    assert reply.question.understood == MEANT


def test_chats_are_forgotten_before_they_fill_the_memory(small_assistant: Assistant) -> None:
    talks = Talks(small_assistant, known=2)
    for number in range(4):
        talks.ask(Talk(f"What is rule {number}?", ()))
    assert len(talks) == 2


def test_parts_of_text_are_one_question_and_pictures_of_before_are_passed_over() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    parts = [{"type": "text", "text": "How many days"}, {"type": "text", "text": "of leave?"}]
    messages = [
        {"role": "user", "content": [*parts, picture]},
        {"role": "assistant", "content": None},
        {"role": "user", "content": parts},
    ]
    talk = talk_of([Message.model_validate(message) for message in messages])
    assert talk == Talk("How many days\nof leave?", ("How many days\nof leave?",))
    with pytest.raises(QuestionError, match="image_url"):
        talk_of([Message.model_validate(messages[0])])


# what is passed over, and what is refused


def test_what_tunes_a_language_model_changes_nothing(client: openai.OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}
    tuned = ask(
        client,
        FIRST,
        temperature=2,
        top_p=0.1,
        max_tokens=5,
        max_completion_tokens=5,
        stop=["a"],
        seed=7,
        presence_penalty=1,
        logit_bias={"1": 100},
        user="somebody",
        tools=[tool],
        tool_choice="auto",
        response_format={"type": "text"},
        reasoning_effort="high",
        extra_body={"chat_id": "7", "num_ctx": 2048},
    )
    assert said(tuned).content == said(ask(client, FIRST)).content


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"n": 2}, "n"),
        ({"logprobs": True}, "logprobs"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"tool_choice": "required"}, None),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "Be kind."}]}, "messages"),
        ({"messages": [{"role": "user", "content": "x" * 4_001}]}, "messages"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages"),
        ({"messages": [{"role": "king", "content": FIRST}]}, "messages.0.role"),
        ({"messages": "hello"}, "messages"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_cannot_be_taken_is_a_bad_request_in_words(
    client: openai.OpenAI, more: dict[str, object], param: str | None
) -> None:
    body = {"messages": [{"role": "user", "content": FIRST}], **more}
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="charter", **body)
    error = caught.value
    assert (error.type, error.param) == ("invalid_request_error", param)
    assert isinstance(error.body, dict)
    assert error.body["message"].endswith(".")
    assert error.body["id"]


def test_a_question_that_is_too_long_is_told_how_long_it_may_be(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="4,000 is the most"):
        ask(client, "x" * 4_001)


def test_a_model_that_is_not_there_is_named(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": FIRST}]
    with pytest.raises(openai.NotFoundError, match="no model “gpt-9”") as caught:
        client.chat.completions.create(model="gpt-9", messages=messages)
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.NotFoundError, match="charter"):
        client.models.retrieve("gpt-9")


def test_a_long_chat_is_taken_and_a_huge_one_is_not(client: openai.OpenAI) -> None:
    earlier = {"role": "assistant", "content": "x" * 500_000}
    question = {"role": "user", "content": FIRST}
    assert client.chat.completions.create(model="charter", messages=[earlier, question]).id
    with pytest.raises(openai.APIStatusError) as caught:
        client.chat.completions.create(model="charter", messages=[earlier, earlier, earlier])
    assert caught.value.status_code == 413
    assert "1 MiB" in caught.value.message


def test_a_body_that_is_no_json_gets_the_same_form(address: str) -> None:
    for sent in ({"content": b"{", "headers": {"content-type": "application/json"}}, {}):
        response = httpx.post(f"{address}/v1/chat/completions", **sent)
        assert response.status_code == 400
        assert response.json()["error"]["type"] == "invalid_request_error"
    wrong = httpx.get(f"{address}/v1/chat/completions")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "wrong_method")


def test_an_index_that_is_missing_is_the_servers_fault_and_has_an_id(
    tmp_path: Path, serve: Callable[[Assistant], str]
) -> None:
    address = serve(build_assistant(load_settings(home=tmp_path)))
    with (
        openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client,
        pytest.raises(
            openai.InternalServerError, match=r"charter index.*\(error [0-9a-f]{12}\)"
        ) as caught,
    ):
        ask(client, FIRST)
    assert (caught.value.status_code, caught.value.code) == (503, "index_missing")
    assert caught.value.type == "server_error"
