"""What one can do with an answer: open it again, take it along, vote on it, ask a person."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.feedback import LONGEST_WORDS, Reason, Vote
from assistant.ledgers import Ledgers
from bots.http.own_address import own_address
from bots.web.answers import shown_answer
from bots.web.around import around
from bots.web.copied import copied
from bots.web.passed import base_of, passed_on
from bots.web.reading import Span
from bots.web.show import Show
from bots.web.voters import keep, token_of, vote_of, voter_of
from corpus.errors import DocumentNotFound

Id = Annotated[str, Path(max_length=64)]


class AnswerPages:
    """Addresses of one answer and of its citations."""

    def __init__(self, assistant: Assistant, ledgers: Ledgers, show: Show) -> None:
        self._assistant = assistant
        self._ledgers = ledgers
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for path, answer in (
            ("/answers/{answer_id}.txt", self.as_text),
            ("/answers/{answer_id}.md", self.as_markdown),
            ("/answers/{answer_id}", self.again),
            ("/documents/{document_id}/around", self.around),
            ("/person", self.person),
        ):
            router.add_api_route(path, answer, response_model=None)
        router.add_api_route(
            "/answers/{answer_id}/vote", self.vote, methods=["POST"], response_model=None
        )
        return router

    def again(self, request: Request, answer_id: Id) -> HTMLResponse:
        """Show an answer again under its own address, and say if it would be another today."""
        receipt = self._assistant.receipt(answer_id)
        replay = self._assistant.replay(answer_id)
        question = receipt.question
        return self._show.render(
            request,
            "answer.html",
            **{
                **shown_answer(self._assistant, self._ledgers, request, replay.answered),
                "receipt_id": answer_id,
                "voted": vote_of(request, answer_id, self._ledgers),
                "asked_at": receipt.asked_at,
                "changed": replay.reason,
                "before": json.loads(receipt.reply)["text"],
            },
            q=question.text,
            as_of=question.as_of.isoformat() if question.as_of != question.today else "",
            conversation=question.conversation_id or "",
        )

    def as_text(self, request: Request, answer_id: Id) -> PlainTextResponse:
        """Give an answer with its citations as plain text."""
        text = copied(self._assistant.receipt(answer_id), "txt", self._base(request))
        return PlainTextResponse(text)

    def as_markdown(self, request: Request, answer_id: Id) -> PlainTextResponse:
        """Give an answer with its citations as Markdown."""
        text = copied(self._assistant.receipt(answer_id), "md", self._base(request))
        return PlainTextResponse(text, media_type="text/markdown; charset=utf-8")

    def vote(  # noqa: PLR0913  the fields of the form
        self,
        request: Request,
        answer_id: Id,
        *,
        helpful: Annotated[Literal["yes", "no"], Form()],
        reason: Annotated[Reason | Literal[""], Form()] = "",
        words: Annotated[str, Form(max_length=LONGEST_WORDS)] = "",
        back: Annotated[str, Form(max_length=10_000)] = "",
    ) -> Response:
        """Keep a vote in the place of the same browser's earlier one, and go back."""
        self._assistant.receipt(answer_id)  # one that this reader may see, or it does not exist
        token = token_of(request)
        self._ledgers.votes.cast(
            Vote(
                answer_id,
                voter_of(token, self._ledgers.pseudonyms),
                helpful == "yes",
                datetime.now(UTC).replace(tzinfo=None),
                reason or None if helpful == "no" else None,
                words.strip() if helpful == "no" else "",
            )
        )
        where = own_address(back, f"/answers/{answer_id}")
        response = RedirectResponse(f"{where}#vote", HTTPStatus.SEE_OTHER)
        keep(response, token, request)
        return response

    def around(
        self,
        request: Request,
        document_id: str,
        version: str,
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=0)],
    ) -> HTMLResponse:
        """Show a quote with what stands around it, to be put into a card."""
        found = around(self._assistant.shelf().open(document_id, version), Span(start, end))
        if found is None:
            raise DocumentNotFound(
                "This version has no text at that place.", "Open the document instead."
            )
        return self._show.render(request, "around.html", found=found)

    def person(self, request: Request, receipt: Annotated[str, Query(max_length=64)]) -> Response:
        """Show what would be passed on to a person, and to whom; nothing is sent from here."""
        kept = self._assistant.receipt(receipt)
        passed = passed_on(kept, f"{self._base(request)}answers/{receipt}")
        return self._show.render(request, "person.html", receipt_id=receipt, passed=passed)

    def _base(self, request: Request) -> str:
        return f"{base_of(request, self._assistant.settings)}/"
