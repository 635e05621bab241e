"""A reply as OpenAI's protocol shows it: whole, or line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

from assistant.reply import Reply
from assistant.writing.wire import outcome
from bots.footnotes import place_in_words
from bots.markdown import Mark, Written
from bots.openai.schemas import (
    AnnotationBody,
    AnswerBody,
    CharterBody,
    ChoiceBody,
    ChunkBody,
    ChunkChoiceBody,
    CompletionBody,
    DeltaBody,
    UrlCitationBody,
    UsageBody,
)

MODEL: Literal["charter"] = "charter"


def completion_of(reply: Reply, written: Written) -> CompletionBody:
    """Return a whole answer."""
    message = AnswerBody(role="assistant", content=written.text, annotations=_annotations(written))
    return CompletionBody(
        id=_id(reply),
        object="chat.completion",
        created=_now(),
        model=MODEL,
        choices=[ChoiceBody(index=0, message=message, finish_reason="stop")],
        usage=UsageBody(),
        charter=_charter(reply),
    )


def events_of(reply: Reply, written: Written, *, with_usage: bool) -> Iterator[str]:
    """Yield an answer as server-sent events: its role, its lines, its citations, and the end."""
    created = _now()

    def event(*choices: ChunkChoiceBody, **more: object) -> str:
        said = {"id": _id(reply), "object": "chat.completion.chunk", "created": created}
        chunk = ChunkBody.model_validate({**said, "model": MODEL, "choices": choices, **more})
        return f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n"

    nothing_counted = {"usage": None} if with_usage else {}
    yield event(_choice(DeltaBody(role="assistant", content="")), **nothing_counted)
    for line in written.text.splitlines(keepends=True):
        yield event(_choice(DeltaBody(content=line)), **nothing_counted)
    last = ChunkChoiceBody(
        index=0, delta=DeltaBody(annotations=_annotations(written)), finish_reason="stop"
    )
    yield event(last, charter=_charter(reply), **nothing_counted)
    if with_usage:
        yield event(usage=_counted())
    yield "data: [DONE]\n\n"


def _choice(delta: DeltaBody) -> ChunkChoiceBody:
    return ChunkChoiceBody(index=0, delta=delta, finish_reason=None)


def _counted() -> UsageBody:
    """Return zeros that are sent: what is left at its default is not."""
    return UsageBody(prompt_tokens=0, completion_tokens=0, total_tokens=0)


def _annotations(written: Written) -> list[AnnotationBody]:
    return [
        AnnotationBody(type="url_citation", url_citation=_citation(mark)) for mark in written.marks
    ]


def _citation(mark: Mark) -> UrlCitationBody:
    # the number alone: front ends put their own sign where an annotation stands
    return UrlCitationBody(
        start_index=mark.start,
        end_index=mark.end,
        title=place_in_words(mark.citation),
        url=mark.url,
    )


def _charter(reply: Reply) -> CharterBody:
    return CharterBody(
        receipt=reply.id, outcome=outcome(reply), understood=reply.question.understood
    )


def _id(reply: Reply) -> str:
    return f"chatcmpl-{reply.id}"


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
