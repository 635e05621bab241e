"""The box to ask in on pages of other sites: a small page in a frame, and the script that puts it.

Only the sites that are set may show it; browsers hold to that (``frame-ancestors``).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, HTMLResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.reply import Answer, Citation, ClosestPassages, Reply
from assistant.writing.wire import outcome
from bots import problems
from bots.web.languages import language_named
from bots.web.show import HERE, Show
from corpus.errors import QuestionError

SCRIPT = "/embed.js"
PAGE = "/embed"

_HOUR = 3600  # seconds for which a site need not ask for the script again

Short = Annotated[str, Query(max_length=200)]


class EmbedPages:
    """Shown by the sites that ``embed_origins`` names; where it names none, nothing is here."""

    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._assistant = assistant
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(PAGE, self.ask, response_model=None)
        router.add_api_route(SCRIPT, self.script, response_model=None)
        return router

    def script(self, request: Request) -> Response:
        """Return the script that a site's page loads."""
        if not self._assistant.settings.embed_origins:
            return self._closed(request)
        file = HERE / "static" / "embed.js"
        return FileResponse(
            file,
            media_type="text/javascript",
            headers={"cache-control": f"public, max-age={_HOUR}"},
        )

    def ask(
        self, request: Request, q: str = "", conversation: Short = "", language: Short = ""
    ) -> HTMLResponse:
        """Show the box to ask in, and under it the reply to what was asked."""
        if not self._assistant.settings.embed_origins:
            return self._closed(request)
        q = q.replace("\r\n", "\n")
        reply, problem = None, None
        try:
            reply = self._assistant.ask(q, conversation_id=conversation) if q else None
        except QuestionError as error:
            problem = problems.told(error)
        return self._show.render(
            request,
            "embed.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            language=language_named(language),
            reply=reply,
            outcome=outcome(reply) if reply else "",
            excerpts=reply.excerpts if isinstance(reply, Answer | ClosestPassages) else (),
            citations=_by_number(reply),
            problem=problem,
            q=q,
            asked_in=language,
            conversation=conversation,
        )

    def _closed(self, request: Request) -> HTMLResponse:
        return self._show.problem(
            request,
            problems.occurrence(
                problems.NOT_FOUND,
                "Charter is shown on no other site here. If it should be, whoever runs it sets "
                "CHARTER_EMBED_ORIGINS.",
            ),
        )


def _by_number(reply: Reply | None) -> Mapping[int, Citation]:
    """Return the citations by the numbers that lines name them by."""
    cited = reply.citations if isinstance(reply, Answer | ClosestPassages) else ()
    return {citation.number: citation for citation in cited}
