"""The follow-up of commitments in the API: one commitment, its status, what versions changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Path, Query
from fastapi.responses import Response
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.register.desk import require_open
from assistant.register.statements import check_saying
from bots import problems
from bots.api import once as once_only
from bots.api.examples import problem_responses
from bots.api.once import Key, Once, call_of
from bots.api.routes import BODY, DocumentId
from bots.api.schemas import Day
from bots.http.etags import UNCHANGED
from bots.register.follow_bodies import (
    ChangesBody,
    ConfirmBody,
    FollowedBody,
    StatusBody,
    changes_body,
    followed_body,
)
from corpus.errors import (
    CommitmentNotFound,
    DocumentNotFound,
    IndexMismatch,
    IndexMissing,
    StatusClosed,
    StatusOutdated,
    StatusRefused,
    StorageError,
)

_AS_OF = "The day asked about; today when left out."
_OLDER = "The version to start from; the one before `to` when left out."
_NEWER = "The version to go to; the one in force when left out."
_INDEX = tuple(problems.kind_of(cls("", "")) for cls in (IndexMissing, IndexMismatch))
_NOT_FOUND = problems.kind_of(CommitmentNotFound("", ""))
_NO_DOCUMENT = problems.kind_of(DocumentNotFound("", ""))
_SAYING = tuple(
    problems.kind_of(cls("", ""))
    for cls in (CommitmentNotFound, StatusClosed, StatusOutdated, StatusRefused, StorageError)
)
CommitmentId = Annotated[
    str, Path(description="Its id, or the beginning of it.", examples=["3f9a1c02d7b4"])
]


def add_to(app: FastAPI, assistant: Assistant, once: Once) -> None:
    """Add the routes of the follow-up to the application, after those of the register."""
    routes = _Routes(assistant, once)
    app.add_api_route(
        "/v1/commitments/{commitment_id}",
        routes.commitment,
        operation_id="get_commitment",
        tags=["Commitments"],
        summary="Read one commitment with all that was said of it",
        response_model=FollowedBody,
        responses={**UNCHANGED, **problem_responses(_NOT_FOUND, problems.INVALID, *_INDEX)},
    )
    app.add_api_route(
        "/v1/commitments/{commitment_id}/status",
        routes.say,
        methods=["POST"],
        operation_id="set_commitment_status",
        tags=["Commitments"],
        summary="Say where a commitment stands",
        response_model=FollowedBody,
        responses=problem_responses(*BODY, *once_only.KINDS, *_SAYING, *_INDEX),
    )
    app.add_api_route(
        "/v1/commitments/{commitment_id}/confirm",
        routes.confirm,
        methods=["POST"],
        operation_id="confirm_commitment_status",
        tags=["Commitments"],
        summary="Confirm a status after the document changed the commitment",
        response_model=FollowedBody,
        responses=problem_responses(*BODY, *once_only.KINDS, *_SAYING, *_INDEX),
    )
    app.add_api_route(
        "/v1/documents/{document_id}/commitments/changes",
        routes.changes,
        operation_id="compare_commitments",
        tags=["Commitments"],
        summary="Compare the commitments of two versions of a document",
        response_model=ChangesBody,
        responses={**UNCHANGED, **problem_responses(_NO_DOCUMENT, problems.INVALID, *_INDEX)},
    )


class _Routes:
    def __init__(self, assistant: Assistant, once: Once) -> None:
        self._assistant = assistant
        self._once = once

    def commitment(
        self, commitment_id: CommitmentId, as_of: Annotated[Day, Query(description=_AS_OF)] = None
    ) -> FollowedBody:
        """Return a commitment, how it was worded before, where it stands, and its history.

        The beginning of an id is enough where no other id begins so.
        """
        return followed_body(self._assistant.desk(as_of=as_of).open(commitment_id))

    def say(
        self, request: Request, commitment_id: CommitmentId, body: StatusBody, key: Key = None
    ) -> Response:
        """Keep what somebody says of a commitment; the last that was said counts."""
        require_open(self._assistant.settings)
        saying = check_saying(body.status, by=body.by, note=body.note, link=body.link)

        def keep() -> FollowedBody:
            desk = self._assistant.desk()
            return followed_body(desk.say(commitment_id, saying, if_seen=body.if_seen))

        return self._once.do(call_of(request, key, body), keep)

    def confirm(
        self, request: Request, commitment_id: CommitmentId, body: ConfirmBody, key: Key = None
    ) -> Response:
        """Keep that somebody says that a status holds for the words as they are now."""
        require_open(self._assistant.settings)

        def keep() -> FollowedBody:
            desk = self._assistant.desk()
            return followed_body(desk.confirm(commitment_id, by=body.by, if_seen=body.if_seen))

        return self._once.do(call_of(request, key, body), keep)

    def changes(
        self,
        document_id: DocumentId,
        older: Annotated[str | None, Query(alias="from", description=_OLDER)] = None,
        newer: Annotated[str | None, Query(alias="to", description=_NEWER)] = None,
    ) -> ChangesBody:
        """Return what became of each commitment: new, changed, moved, re-assigned, dropped."""
        return changes_body(self._assistant.desk().changes(document_id, older, newer))
