"""A reply as server-sent events: each piece as it is there, and the whole at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.question.understand import check_question
from assistant.writing.pieces import Piece, pieces_of
from assistant.writing.wire import citation_to_dict, reply_to_dict
from bots import problems
from bots.api.schemas import AskBody
from bots.http.request_ids import id_of
from corpus.errors import CharterError

MEDIA_TYPE = "text/event-stream"
EventName = Literal["started", "delta", "reply", "problem", "done"]

# a proxy that gathers a response before it passes it on would make one piece of all
_AS_IT_COMES = {"x-accel-buffering": "no", "cache-control": "no-store"}


def wants_events(request: Request) -> bool:
    """Tell whether the caller takes events."""
    said = request.headers.get("accept", "").split(",")
    return any(one.partition(";")[0].strip().lower() == MEDIA_TYPE for one in said)


def stream_reply(assistant: Assistant, body: AskBody, request: Request) -> EventSourceResponse:
    """Answer in events.

    Raises:
        QuestionError, StoredIndexError: before the first event, so that it is a plain problem;
            whatever goes wrong afterwards is an event.
    """
    today = assistant.today()
    check_question(body.question, as_of=body.as_of or today, today=today)
    assistant.live.current()
    return EventSourceResponse(_events(assistant, body, id_of(request)), headers=_AS_IT_COMES)


def _events(assistant: Assistant, body: AskBody, request: str) -> Iterator[bytes]:
    yield event("started", {"request": request})
    try:
        reply = ask(assistant, body)
        for piece in pieces_of(reply):
            yield event("delta", _delta(piece))
        yield event("reply", reply_to_dict(reply))
    except CharterError as error:
        yield event("problem", problems.told(error, request).to_dict(request))
    except Exception as error:  # noqa: BLE001  the response has begun: nothing further out can say it
        yield event("problem", problems.unexpected(error, request).to_dict(request))
    yield event("done", {})


def ask(assistant: Assistant, body: AskBody) -> Any:
    """Ask what a body asks."""
    day: date | None = body.as_of
    return assistant.ask(body.question, conversation_id=body.conversation_id, as_of=day)


def event(name: EventName, data: Mapping[str, Any]) -> bytes:
    """Write one event, as WHATWG's HTML standard has it."""
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


def _delta(piece: Piece) -> Mapping[str, Any]:
    citation = citation_to_dict(piece.citation) if piece.citation else None
    return {"text": piece.text, "citation": citation}
