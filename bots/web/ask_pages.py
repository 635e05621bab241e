"""The page to ask on: the box, and the answer under it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.ledgers import Ledgers
from assistant.library.catalogue import CatalogueEntry
from bots import problems
from bots.days import day_of
from bots.suggestions import suggest
from bots.web.answers import shown_answer
from bots.web.covered import covered
from bots.web.show import Show
from corpus.errors import QuestionError

Conversation = Annotated[str, Query(max_length=200)]

_LISTED = 5  # documents of a kind on the start page; the page of documents has all


class AskPages:
    """The start page and answers."""

    def __init__(self, assistant: Assistant, ledgers: Ledgers, show: Show) -> None:
        self._assistant = assistant
        self._ledgers = ledgers
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/", self.ask, response_model=None)
        return router

    def ask(
        self,
        request: Request,
        q: str | None = None,
        as_of: str = "",
        conversation: Conversation = "",
    ) -> HTMLResponse:
        """Show the box to ask in, with the answer under it once something was asked.

        A conversation goes on by the id of the reply before, which says all that was asked: the
        address of an answer shows the same answer again, to whoever opens it.
        """
        if q is None:
            return self._start(request)
        q = q.replace("\r\n", "\n")  # how a form sends a line break; it counts as one character
        try:
            # an empty field is today, whatever day the conversation was about
            day = day_of(as_of) or self._assistant.today()
            reply = self._assistant.ask(q, conversation_id=conversation, as_of=day)
        except QuestionError as error:
            return self._refused(request, q, as_of, conversation, error)
        return self._show.render(
            request,
            "answer.html",
            **shown_answer(self._assistant, self._ledgers, request, reply),
            q=q,
            as_of=as_of,
            conversation=conversation,
        )

    def _start(self, request: Request) -> HTMLResponse:
        shelf = self._assistant.shelf()
        entries = shelf.entries()
        by_kind = sorted(entries, key=_shelf)
        return self._show.render(
            request,
            "start.html",
            q="",
            as_of="",
            conversation="",
            kinds=[_first(kind, list(run)) for kind, run in groupby(by_kind, key=_kind)],
            covered=covered(self._assistant, entries),
            suggestions=suggest(shelf, entries),
        )

    def _refused(
        self, request: Request, q: str, as_of: str, conversation: str, error: QuestionError
    ) -> HTMLResponse:
        problem = problems.told(error)
        return self._show.render(
            request,
            "refused.html",
            status=problem.kind.status,
            q=q,
            as_of=as_of,
            conversation=conversation,
            problem=problem,
        )


def _shelf(entry: CatalogueEntry) -> tuple[bool, str, str]:
    """Sort rules before samples, then by kind and title."""
    known = entry.metadata
    return (known.sample, known.kind, known.title)


def _first(
    kind: str, entries: Sequence[CatalogueEntry]
) -> tuple[str, Sequence[CatalogueEntry], int]:
    """Return a kind with the documents to list of it, those in force first, and how many it has."""
    held = sorted(entries, key=lambda entry: entry.force != "in force")
    return kind, held[:_LISTED], len(entries)


def _kind(entry: CatalogueEntry) -> str:
    return entry.metadata.kind
