"""The API to ask, to read documents and to see how the server does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, Path, Query
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.library.compare import compare
from assistant.writing.wire import reply_to_dict
from bots import problems
from bots.api.events import ask, stream_reply, wants_events
from bots.api.examples import EVENTS, REPLIES, problem_responses
from bots.api.schemas import (
    AskBody,
    ComparisonBody,
    Day,
    DocumentBody,
    HealthBody,
    ReadyBody,
    ReplyBody,
)
from bots.api.shapes import comparison_body, document_body
from bots.http.etags import UNCHANGED, tag_of, tagged
from corpus.errors import (
    DocumentNotFound,
    IndexMismatch,
    IndexMissing,
    ModelError,
    QuestionError,
    StorageError,
)
from indexing.generations import is_building

_AS_OF = "The day whose rules are asked for; today when left out."
_VERSION = "As its owner calls it; the version in force when left out."
_OLDER = "The version to start from; the one before `to` when left out."
_NEWER = "The version to go to; the one in force when left out."
INDEX = tuple(problems.kind_of(cls("", "")) for cls in (IndexMissing, IndexMismatch, ModelError))
BODY = (
    problems.BAD_JSON,
    problems.CROSS_SITE,
    problems.TOO_SLOW,
    problems.TOO_LARGE,
    problems.WRONG_TYPE,
    problems.INVALID,
)
_DISK = problems.kind_of(StorageError("", ""))
_NO_DOCUMENT = problems.kind_of(DocumentNotFound("", ""))
_NO_QUESTION = problems.kind_of(QuestionError("", ""))


DocumentId = Annotated[str, Path(description="Its `id`.", examples=["annual-leave"])]


class Routes:
    """Asking, documents and the server's own state, as programs reach them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def add_to(self, app: FastAPI) -> None:
        """Let the application take them."""
        app.add_api_route(
            "/v1/ask",
            self.ask,
            methods=["POST"],
            operation_id="ask",
            tags=["Answers"],
            summary="Ask a question",
            response_model=ReplyBody,
            responses={
                200: {"content": {"application/json": {"examples": REPLIES}, **EVENTS}},
                **problem_responses(*BODY, _NO_QUESTION, problems.UNEXPECTED, *INDEX, _DISK),
            },
        )
        self._add_documents(app)
        app.add_api_route(
            "/healthz",
            self.healthz,
            operation_id="is_there",
            tags=["Server"],
            summary="Is the server there?",
            response_model=HealthBody,
        )
        app.add_api_route(
            "/readyz",
            self.readyz,
            operation_id="is_ready",
            tags=["Server"],
            summary="Can it answer?",
            response_model=ReadyBody,
            responses=problem_responses(*INDEX),
        )

    def _add_documents(self, app: FastAPI) -> None:
        app.add_api_route(
            "/v1/documents/{document_id}",
            self.document,
            operation_id="get_document",
            tags=["Documents"],
            summary="Read one version of a document",
            response_model=DocumentBody,
            responses={**UNCHANGED, **problem_responses(_NO_DOCUMENT, problems.INVALID, *INDEX)},
        )
        app.add_api_route(
            "/v1/documents/{document_id}/compare",
            self.compare,
            operation_id="compare_document",
            tags=["Documents"],
            summary="Compare two versions of a document",
            response_model=ComparisonBody,
            responses={**UNCHANGED, **problem_responses(_NO_DOCUMENT, problems.INVALID, *INDEX)},
        )

    def ask(self, request: Request, body: AskBody) -> Response:
        """Answer from the documents: an answer, the closest passages, or no answer.

        With `Accept: text/event-stream` it comes in server-sent events: `started`, a `delta` for
        each line, the whole `reply`, and `done`; what goes wrong on the way is a `problem`. The
        same question to the same documents on the same day has the same reply and one receipt, so
        it is safe to ask again.
        """
        if wants_events(request):
            return stream_reply(self._assistant, body, request)
        reply = ask(self._assistant, body)
        # the bytes of the reply's one shape, not a copy that went through another
        return JSONResponse(reply_to_dict(reply))

    def document(
        self,
        request: Request,
        document_id: DocumentId,
        version: Annotated[str | None, Query(description=_VERSION)] = None,
        as_of: Annotated[Day, Query(description=_AS_OF)] = None,
    ) -> Response:
        """Return the metadata, text, sections and blocks of one version."""
        shelf = self._assistant.shelf()

        def read() -> DocumentBody:
            opened = shelf.open(document_id, version, as_of)
            return document_body(opened.document, opened.entry, opened.versions)

        return tagged(request, tag_of(request, self._assistant, shelf), read)

    def compare(
        self,
        request: Request,
        document_id: DocumentId,
        older: Annotated[str | None, Query(alias="from", description=_OLDER)] = None,
        newer: Annotated[str | None, Query(alias="to", description=_NEWER)] = None,
    ) -> Response:
        """Return what changed from one version to another, block by block and word by word."""
        shelf = self._assistant.shelf()

        def read() -> ComparisonBody:
            first, last = shelf.pair(document_id, older, newer)
            return comparison_body(first, last, compare(first.document, last.document))

        return tagged(request, tag_of(request, self._assistant, shelf), read)

    def healthz(self) -> HealthBody:
        """Say that the process answers."""
        return HealthBody(status="ok")

    def readyz(self) -> ReadyBody:
        """Say whether a question asked now would be answered, and how old the index is."""
        self._assistant.ready()
        return ReadyBody(
            status="ready",
            indexed_at=datetime.fromisoformat(self._assistant.live.current().manifest.built_at),
            building=is_building(self._assistant.settings.home),
        )
