"""The pages to read documents on, and what changed between versions of one."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.library.catalogue import CatalogueEntry
from assistant.library.compare import Place, compare
from assistant.writing.addresses import place_address
from bots.days import day_of
from bots.web.reading import Span, contents, read
from bots.web.show import Show


class DocumentQuery(BaseModel):
    """What an address of a document may say after its question mark."""

    version: str | None = None
    as_of: str = ""
    start: int | None = None
    end: int | None = None
    q: str = ""
    conversation: str = ""
    listed: str = ""


class ReadPages:
    """A document, and two of its versions side by side."""

    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._assistant = assistant
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/documents/{document_id}", self.document, response_model=None)
        router.add_api_route("/documents/{document_id}/compare", self.compare, response_model=None)
        return router

    def document(
        self, request: Request, document_id: str, query: Annotated[DocumentQuery, Query()]
    ) -> HTMLResponse:
        """Show a document, at the cited words if the address names some.

        The day asked about chooses the version; what is said of its force is said of today, as
        in every citation.
        """
        opened = self._assistant.shelf().open(document_id, query.version, day_of(query.as_of))
        document, entry, same = opened.document, opened.entry, opened.versions
        asked = query.start is not None and query.end is not None
        span = Span(query.start or 0, query.end or 0) if asked else None
        return self._show.render(
            request,
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
        request: Request,
        document_id: str,
        older: Annotated[str | None, Query(alias="from")] = None,
        newer: Annotated[str | None, Query(alias="to")] = None,
    ) -> HTMLResponse:
        """Show what changed from one version of a document to another."""
        first, last = self._assistant.shelf().pair(document_id, older or None, newer or None)
        found = compare(first.document, last.document)
        runs = groupby(found.changes, key=lambda change: change.section)
        return self._show.render(
            request,
            "compare.html",
            older=first.entry,
            newer=last.entry,
            versions=last.versions,
            found=found,
            place_url_of=_place_url,
            sections=[(section, list(run)) for section, run in runs],
        )


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
