"""The pages to find documents and passages on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.library.finding import EVERYTHING, find_documents, titles_of
from bots import problems
from bots.library.overview import (
    DOCUMENTS,
    SEARCH,
    chips_of,
    choices_of,
    columns_of,
    language_name,
    narrowings_of,
    understood,
)
from bots.library.passages import shown_of
from bots.library.query import DocumentsQuery, SearchQuery
from bots.menus import Slice, pages_of
from bots.queries import without_empty
from bots.web.show import Show
from corpus.errors import FilterUnreadable, QuestionError

PAGE = 50  # documents


class BrowsePages:
    """What there is to read."""

    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._assistant = assistant
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route(DOCUMENTS, self.documents, response_model=None)
        router.add_api_route(SEARCH, self.search, response_model=None)
        return router

    def documents(self, request: Request) -> Response:
        """List the documents that an address asks for."""
        given = request.query_params.multi_items()
        bare = without_empty(DOCUMENTS, given)
        if bare is not None:
            return RedirectResponse(bare, HTTPStatus.SEE_OTHER)
        fields = DocumentsQuery.gathered(given)
        try:
            return self._listed(request, DocumentsQuery.typed(fields))
        except FilterUnreadable as error:
            return self._refused(request, fields, error)

    def _listed(self, request: Request, query: DocumentsQuery) -> HTMLResponse:
        shelf = self._assistant.shelf()
        found = find_documents(
            shelf,
            query.filters,
            as_of=query.as_of,
            sorting="title" if query.sort == "index" else query.sort,
            descending=query.descending,
        )
        query, entries = understood(query, found.filters), shelf.entries(found.as_of)
        limit = query.limit or PAGE
        shown = found.documents[query.offset : query.offset + limit]
        part = Slice(query.offset, limit, len(shown), len(found.documents))
        before, following = pages_of(query, DOCUMENTS, part)
        return self._show.render(
            request,
            "documents.html",
            query=query,
            found=found,
            shown=shown,
            offset=query.offset,
            choices=choices_of(entries, found.facets, query),
            chips=chips_of(query, DOCUMENTS, titles_of(entries)),
            columns=columns_of(query),
            before=before,
            following=following,
            several_languages=len({one.entry.metadata.language for one in found.documents}) > 1,
            language_name=language_name,
        )

    def _refused(
        self, request: Request, fields: Mapping[str, Any], error: FilterUnreadable
    ) -> HTMLResponse:
        """Show the form as it was filled in, with what cannot be read."""
        query = DocumentsQuery.model_construct(**fields)
        problem = problems.told(error)
        shelf = self._assistant.shelf()
        facets = find_documents(shelf, EVERYTHING).facets
        return self._show.render(
            request,
            "documents_refused.html",
            status=problem.kind.status,
            query=query,
            choices=choices_of(shelf.entries(), facets, query),
            problem=problem,
            language_name=language_name,
        )

    def search(self, request: Request) -> Response:
        """Show the passages that an address asks for; the form alone where it has no words."""
        given = request.query_params.multi_items()
        bare = without_empty(SEARCH, [one for one in given if one[0] != "q"])
        if bare is not None:
            kept = [(name, value) for name, value in given if name == "q" or value.strip()]
            return RedirectResponse(f"{SEARCH}?{urlencode(kept)}", HTTPStatus.SEE_OTHER)
        fields = SearchQuery.gathered(given)
        render = partial(self._show.render, request, "search.html", language_name=language_name)
        try:
            query = SearchQuery.typed(fields)
            if "q" not in request.query_params:
                return render(query=query, searched=None, problem=None)
            return render(**self._searched(query))
        except (FilterUnreadable, QuestionError) as error:
            problem = problems.told(error)
            return render(
                status=problem.kind.status,
                query=SearchQuery.model_construct(**fields),
                searched=None,
                problem=problem,
            )

    def _searched(self, query: SearchQuery) -> Mapping[str, Any]:
        """Return what the page shows of a search."""
        searched = self._assistant.find_passages(query.search)
        query = understood(query, searched.search.filters)
        shelf = self._assistant.shelf()
        part = Slice(query.offset, query.limit, len(searched.passages), searched.found)
        before, following = pages_of(query, SEARCH, part)
        asked = {"q": query.q, "as_of": query.as_of.isoformat() if query.as_of else ""}
        return {
            "query": query,
            "problem": None,
            "searched": searched,
            "shown": shown_of(searched, query.address("").removeprefix("?")),
            "chips": chips_of(query, SEARCH, titles_of(shelf.entries())),
            "narrowings": narrowings_of(searched.facets, query),
            "before": before,
            "following": following,
            "ask_instead": f"/?{urlencode({name: said for name, said in asked.items() if said})}",
            "free": query.free.address(SEARCH),
            "every_version": query.address(SEARCH, all_versions=True, offset=0),
        }
