"""The web page: ask, read the answer, open the document at the cited words."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from assistant.ask import Assistant
from assistant.library.catalogue import CatalogueEntry, in_words
from assistant.library.compare import Place, compare
from assistant.reply import LONGEST_QUESTION, page_in_words
from assistant.writing.addresses import comparison_address, document_address, place_address
from assistant.writing.wire import outcome
from bots import problems
from bots.answers import listed, quoted, sources
from bots.comparison_shown import count_in_words
from bots.days import read_day
from bots.reading import Span, contents, page_anchor, read
from bots.shapes import place_url
from bots.suggestions import suggest
from corpus.errors import QuestionError

HERE = Path(__file__).parent
OUTCOMES = {
    "answer": "Answer",
    "closest_passages": "No direct answer",
    "no_answer": "No answer in the documents",
}


Conversation = Annotated[str, Query(max_length=200)]


class DocumentQuery(BaseModel):
    """What an address of a document may say after its question mark."""

    version: str | None = None
    as_of: str = ""
    start: int | None = None
    end: int | None = None
    q: str = ""
    conversation: str = ""
    listed: str = ""


class Pages:
    """Renders every page from the templates; text is escaped wherever it comes from."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["in_words"] = in_words
        self._templates.globals.update(
            document_url=document_address,
            comparison_url=comparison_address,
            place_url_of=_place_url,
            place_url=place_url,
            page_anchor=page_anchor,
            page_in_words=page_in_words,
            longest=LONGEST_QUESTION,
        )

    def router(self) -> APIRouter:
        """Return the routes of the pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/", self.ask, response_model=None)
        router.add_api_route("/documents", self.documents, response_model=None)
        router.add_api_route("/documents/{document_id}", self.document, response_model=None)
        router.add_api_route("/documents/{document_id}/compare", self.compare, response_model=None)
        router.add_api_route(problems.PAGE, self.explain_problems, response_model=None)
        return router

    def ask(
        self, q: str | None = None, as_of: str = "", conversation: Conversation = ""
    ) -> HTMLResponse:
        """Show the box to ask in, with the answer under it once something was asked.

        A conversation goes on by the id of the reply before, which says all that was asked: the
        address of an answer shows the same answer again, to whoever opens it.
        """
        if q is None:
            return self._start()
        q = q.replace("\r\n", "\n")  # how a form sends a line break; it counts as one character
        try:
            # an empty field is today, whatever day the conversation was about
            day = _day(as_of) or self._assistant.today()
            reply = self._assistant.ask(q, conversation_id=conversation, as_of=day)
        except QuestionError as error:
            return self._refused(q, as_of, conversation, error)
        return self.render(
            "answer.html",
            q=q,
            as_of=as_of,
            conversation=conversation,
            reply=reply,
            outcome=outcome(reply),
            headline=OUTCOMES[outcome(reply)],
            quoted=quoted(reply),
            rows=listed(reply),
            sources=sources(reply),
        )

    def documents(self) -> RedirectResponse:
        """Take a reader who shortened an address to the list of documents."""
        return RedirectResponse("/#documents")

    def document(self, document_id: str, query: Annotated[DocumentQuery, Query()]) -> HTMLResponse:
        """Show a document, at the cited words if the address names some.

        The day asked about chooses the version; what is said of its force is said of today, as
        in every citation.
        """
        opened = self._assistant.shelf().open(document_id, query.version, _day(query.as_of))
        document, entry, same = opened.document, opened.entry, opened.versions
        asked = query.start is not None and query.end is not None
        span = Span(query.start or 0, query.end or 0) if asked else None
        return self.render(
            "document.html",
            document=document,
            entry=entry,
            in_force=next((e for e in same if e.force == "in force"), None),
            others=[other for other in same if other.key != entry.key],
            before=opened.before,
            reading=read(document, span),
            contents=contents(document),
            asked=asked,
            back=_back(query),
        )

    def compare(
        self,
        document_id: str,
        older: Annotated[str | None, Query(alias="from")] = None,
        newer: Annotated[str | None, Query(alias="to")] = None,
    ) -> HTMLResponse:
        """Show what changed from one version of a document to another."""
        first, last = self._assistant.shelf().pair(document_id, older or None, newer or None)
        found = compare(first.document, last.document)
        runs = groupby(found.changes, key=lambda change: change.section)
        return self.render(
            "compare.html",
            older=first.entry,
            newer=last.entry,
            versions=last.versions,
            summary=count_in_words(found),
            sections=[(section, list(run)) for section, run in runs],
        )

    def explain_problems(self) -> HTMLResponse:
        """Explain every kind of problem that the API can report."""
        return self.render("problems.html", kinds=problems.KINDS)

    def show_problem(self, problem: problems.Problem) -> HTMLResponse:
        """Show a problem to a reader."""
        return self.render("problem.html", status=problem.kind.status, problem=problem)

    def _start(self) -> HTMLResponse:
        shelf = self._assistant.shelf()
        entries = shelf.entries()
        by_kind = sorted(entries, key=_shelf)
        return self.render(
            "start.html",
            q="",
            as_of="",
            conversation="",
            kinds=[(kind, list(run)) for kind, run in groupby(by_kind, key=_kind)],
            suggestions=suggest(shelf, entries),
        )

    def _refused(self, q: str, as_of: str, conversation: str, error: QuestionError) -> HTMLResponse:
        problem = problems.told(error)
        return self.render(
            "refused.html",
            status=problem.kind.status,
            q=q,
            as_of=as_of,
            conversation=conversation,
            problem=problem,
        )

    def render(self, template: str, *, status: int = 200, **shown: object) -> HTMLResponse:
        """Return a page made of a template and what it shows."""
        return HTMLResponse(self._templates.get_template(template).render(shown), status)


def _day(text: str) -> date | None:
    """Read the day of a form; an empty field is today.

    Raises:
        QuestionError: it is no day.
    """
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise QuestionError("The day cannot be read.", str(error)) from error


def _back(query: DocumentQuery) -> str:
    """Return the address of the answer or list that a reader came from, or of the start page."""
    if query.listed:
        return f"/commitments?{query.listed}"
    asked = {"q": query.q, "as_of": query.as_of, "conversation": query.conversation}
    return f"/?{urlencode({k: v for k, v in asked.items() if v})}" if query.q else "/"


def _place_url(entry: CatalogueEntry, place: Place) -> str:
    """Return the address of a place that a comparison names."""
    known = entry.metadata
    return place_address(known.id, known.version, start=place.start, end=place.end)


def _shelf(entry: CatalogueEntry) -> tuple[bool, str, str]:
    """Sort rules before samples, then by kind and title."""
    known = entry.metadata
    return (known.sample, known.kind, known.title)


def _kind(entry: CatalogueEntry) -> str:
    return entry.metadata.kind
