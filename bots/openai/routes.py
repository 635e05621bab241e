"""Chats and models at the addresses where programs of OpenAI's protocol look for them."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response, StreamingResponse

from assistant.ask import Assistant
from bots.markdown import written
from bots.openai.bodies import ChatBody
from bots.openai.schemas import ModelBody, ModelsBody
from bots.openai.shown import MODEL, completion_of, events_of
from bots.openai.talks import Talks, talk_of
from corpus.errors import ChatModelNotFound


class ChatRoutes:
    """Answers chats; the key that a program sends with them is not looked at."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._talks = Talks(assistant)

    def add_to(self, app: FastAPI) -> None:
        """Let the application take them.

        OpenAPI says nothing of them: they are OpenAI's to describe, and keep its rules, not ours.
        """
        router = APIRouter(prefix="/v1", include_in_schema=False)
        router.add_api_route("/chat/completions", self.complete, methods=["POST"])
        router.add_api_route("/models", self.models)
        router.add_api_route("/models/{model}", self.model)
        app.include_router(router)

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
