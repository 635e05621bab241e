"""Chats and models at the addresses where programs of OpenAI's protocol look for them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse

from assistant.ask import Assistant
from bots import problems
from bots.markdown import written
from bots.openai.bodies import ChatBody
from bots.openai.errors import status_of
from bots.openai.schemas import CompletionBody, ErrorBody, ModelBody, ModelsBody
from bots.openai.shown import MODEL, completion_of, events_of
from bots.openai.talks import Talks, talk_of
from corpus.errors import (
    ChatModelNotFound,
    IndexMissing,
    QuestionError,
    StorageError,
)

_NO_MODEL = problems.kind_of(ChatModelNotFound("", ""))
_OF_CHATS = (
    problems.BAD_JSON,
    problems.TOO_LARGE,
    problems.WRONG_TYPE,
    problems.INVALID,
    problems.UNEXPECTED,
    _NO_MODEL,
    *(problems.kind_of(cls("", "")) for cls in (QuestionError, IndexMissing, StorageError)),
)


class ChatRoutes:
    """Answers chats; the key that a program sends with them is not looked at."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._talks = Talks(assistant)

    def add_to(self, app: FastAPI) -> None:
        """Let the application take them."""
        app.add_api_route(
            "/v1/chat/completions",
            self.complete,
            methods=["POST"],
            summary="Ask as with OpenAI’s chats",
            response_model=CompletionBody,
            responses={
                200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}},
                **_responses(*_OF_CHATS),
            },
        )
        app.add_api_route(
            "/v1/models",
            self.models,
            summary="List what OpenAI’s clients can ask",
            response_model=ModelsBody,
        )
        app.add_api_route(
            "/v1/models/{model}",
            self.model,
            summary="Describe what OpenAI’s clients can ask",
            response_model=ModelBody,
            responses=_responses(_NO_MODEL),
        )

    def complete(self, body: ChatBody, request: Request) -> Response:
        """Answer the last question of a chat, in Markdown with footnotes and annotations."""
        _check_model(body.model)
        reply = self._talks.ask(talk_of(body.messages))
        shown = written(reply, self._assistant.settings.public_url or str(request.base_url))
        if not body.stream:
            whole = completion_of(reply, shown)
            return Response(whole.model_dump_json(), media_type="application/json")
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        events = events_of(reply, shown, with_usage=with_usage)
        return StreamingResponse(events, media_type="text/event-stream")

    def models(self) -> ModelsBody:
        """List the one model that there is."""
        return ModelsBody(data=[ModelBody()])

    def model(self, model: str) -> ModelBody:
        """Describe it."""
        _check_model(model)
        return ModelBody()


def _check_model(name: str) -> None:
    if name != MODEL:
        raise ChatModelNotFound(f"There is no model “{name}” here.", f"Take “{MODEL}”.")


def _responses(*kinds: problems.Kind) -> dict[int | str, dict[str, Any]]:
    """Describe the errors that a route can end in, one response for each status."""
    return {
        status_of(kind): {"model": ErrorBody, "description": HTTPStatus(status_of(kind)).phrase}
        for kind in kinds
    }
