"""Answers in the API after they were given: their receipts, and what people say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.feedback import Vote
from assistant.ledgers import Ledgers
from bots import problems
from bots.api import once
from bots.api.answer_schemas import (
    AnswerId,
    FeedbackBody,
    FeedbackSent,
    ReceiptBody,
    ReplayBody,
    receipt_address,
    receipt_to_dict,
    replay_to_dict,
)
from bots.api.examples import RECEIPT, problem_responses
from bots.api.once import Key, Once, call_of
from bots.api.routes import BODY, INDEX
from bots.http.etags import UNCHANGED
from bots.http.request_ids import id_of
from corpus.errors import RecordNotFound, StorageError

_NOT_FOUND = problems.kind_of(RecordNotFound("", ""))
_DISK = problems.kind_of(StorageError("", ""))


class AnswerRoutes:
    """Receipts, replays and votes, as programs reach them."""

    def __init__(self, assistant: Assistant, ledgers: Ledgers) -> None:
        self._assistant = assistant
        self._ledgers = ledgers
        self._once = Once(ledgers.keys)

    def add_to(self, app: FastAPI) -> None:
        """Let the application take them."""
        missing = (_NOT_FOUND, problems.INVALID, *INDEX, _DISK)
        app.add_api_route(
            "/v1/answers/{answer_id}",
            self.receipt,
            operation_id="get_answer",
            tags=["Answers"],
            summary="Read the receipt of an answer",
            response_model=ReceiptBody,
            responses={
                200: {"content": {"application/json": {"example": RECEIPT}}},
                **UNCHANGED,
                **problem_responses(*missing),
            },
        )
        app.add_api_route(
            "/v1/answers/{answer_id}/replay",
            self.replay,
            methods=["POST"],
            operation_id="replay_answer",
            tags=["Answers"],
            summary="Ask an answer’s question again, as of its day",
            response_model=ReplayBody,
            responses=problem_responses(problems.CROSS_SITE, *missing),
        )
        app.add_api_route(
            "/v1/feedback",
            self.vote,
            methods=["POST"],
            status_code=201,
            operation_id="give_feedback",
            tags=["Answers"],
            summary="Say whether an answer helped",
            response_model=FeedbackBody,
            responses=problem_responses(*BODY, *once.KINDS, *missing),
        )

    def receipt(self, answer_id: AnswerId) -> JSONResponse:
        """Return what was asked and replied; one that may not be read is not found."""
        return JSONResponse(receipt_to_dict(self._assistant.receipt(answer_id)))

    def replay(self, answer_id: AnswerId) -> JSONResponse:
        """Return whether the same question still has the same reply, and if not, why.

        It changes nothing: the receipt stays as it is.
        """
        return JSONResponse(replay_to_dict(self._assistant.replay(answer_id)))

    def vote(self, request: Request, body: FeedbackSent, key: Key = None) -> Response:
        """Keep a vote in the place of the same voter’s earlier one on the same answer."""
        keep = partial(self._keep, body, body.voter or id_of(request))
        return self._once.do(call_of(request, key, body), keep, status=201)

    def _keep(self, body: FeedbackSent, voter: str) -> FeedbackBody:
        receipt = self._assistant.receipt(body.answer)
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        name = self._ledgers.pseudonyms.of("api", voter)
        vote = Vote(receipt.id, name, body.helpful, now, body.reason, body.words)
        self._ledgers.votes.cast(vote)
        return FeedbackBody(
            answer=vote.reply,
            helpful=vote.helpful,
            reason=vote.reason,
            words=vote.words,
            cast_at=vote.cast_at.replace(tzinfo=UTC),
            url=receipt_address(vote.reply),
        )
