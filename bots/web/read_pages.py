"""The pages to read documents on, and what changed between versions of one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from assistant.ask import Assistant
from assistant.library.catalogue import CatalogueEntry
from assistant.library.compare import Place, compare
from assistant.library.shelf import Opened, Shelf
from assistant.writing.addresses import place_address
from bots import problems
from bots.days import day_of
from bots.web.document_query import DocumentQuery, Links
from bots.web.finding import find
from bots.web.printed import Original, original_of, print_page
from bots.web.reading import contents, read
from bots.web.show import Show
from corpus.errors import DocumentNotFound
from corpus.places import first_page

_LONG = 600  # blocks; from here on a browser lays out only what is in sight
_MOST_NEAR = 3  # titles that a name may have been meant for
_LONGEST_ID = 100  # characters that a name is compared by


@dataclass(frozen=True)
class Here:
    """The version that a page shows, and what is shown around it."""

    shelf: Shelf
    opened: Opened
    query: DocumentQuery

    @property
    def links(self) -> Links:
        """The addresses that the page leads on to."""
        return Links(self.opened.entry.metadata, self.query)

    @cached_property
    def place(self) -> str:
        """What stands before the anchor in the address of a place."""
        return self.links.place

    @property
    def in_force(self) -> CatalogueEntry | None:
        """The version in force today; None where there is none."""
        return next((one for one in self.opened.versions if one.force == "in force"), None)

    @property
    def page(self) -> int:
        """The page that the quote begins on, from 1; the first without a quote."""
        span = self.query.span
        return (first_page(self.opened.document, span.start, span.end) if span else None) or 1

    @cached_property
    def original(self) -> Original | None:
        """The file that it was read from; None where that was not kept."""
        document = self.opened.document
        return original_of(document, self.shelf.index.original(document.key))


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
        shelf = self._assistant.shelf()
        try:
            opened = shelf.open(document_id, query.version, day_of(query.as_of))
        except DocumentNotFound as error:
            return self._missing(request, shelf, (document_id, query.version), error)
        here = Here(shelf, opened, query)
        if query.view == "pages" and here.original and here.original.pages:
            return self._printed(request, here)
        return self._text(request, here)

    def _text(self, request: Request, here: Here) -> HTMLResponse:
        document, query = here.opened.document, here.query
        found = find(document.text, query.find)
        return self._show.render(
            request,
            "document.html",
            here=here,
            reading=read(document, query.span, found=found.spans),
            contents=() if query.beside else contents(document),
            found=found,
            at=min(max(1, query.at), max(1, len(found.spans))),
            long=len(document.blocks) > _LONG,
        )

    def _printed(self, request: Request, here: Here) -> HTMLResponse:
        document, query = here.opened.document, here.query
        boxes = here.shelf.index.boxes(document.key) if query.span else b""
        printed = print_page(document, boxes, query.page, query.span)
        return self._show.render(request, "document_printed.html", here=here, printed=printed)

    def _missing(
        self,
        request: Request,
        shelf: Shelf,
        wanted: tuple[str, str | None],
        error: DocumentNotFound,
    ) -> HTMLResponse:
        """Say what is not here, and offer what is and may be read."""
        document_id, version = wanted
        entries = shelf.entries()
        here = any(one.metadata.id == document_id for one in entries)
        return self._show.render(
            request,
            "document_missing.html",
            status=404,
            problem=problems.told(error),
            version=version,
            opened=shelf.open(document_id) if here else None,
            near=() if here else _near(document_id, entries),
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


def _near(document_id: str, entries: tuple[CatalogueEntry, ...]) -> list[CatalogueEntry]:
    """Return the documents whose names are most like one that is not here, the best first."""
    named = {entry.metadata.id: entry for entry in entries}
    best = get_close_matches(document_id[:_LONGEST_ID], named, n=_MOST_NEAR)
    return [named[name] for name in best]


def _place_url(entry: CatalogueEntry, place: Place) -> str:
    """Return the address of a place that a comparison names."""
    known = entry.metadata
    return place_address(known.id, known.version, start=place.start, end=place.end)
