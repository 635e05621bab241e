"""The list of documents in the API: filters, pages, counts."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.library.finding import find_documents
from assistant.library.shelf import Shelf
from bots import problems
from bots.api.examples import problem_responses
from bots.api.library_examples import DOCUMENTS
from bots.api.library_schemas import DocumentsBody
from bots.api.library_shapes import documents_body
from bots.http.etags import UNCHANGED, tag_of, tagged
from bots.library.query import DocumentsQuery
from corpus.errors import FilterUnreadable, IndexMismatch, IndexMissing

ADDRESS = "/v1/documents"

_INDEX = tuple(problems.kind_of(cls("", "")) for cls in (IndexMissing, IndexMismatch))
_FILTER = problems.kind_of(FilterUnreadable("", ""))


class CountedQuery(DocumentsQuery):
    """Which documents a program wants."""

    facets: bool = Field(default=False, description="Also count by the values of each field.")


def add_to(app: FastAPI, assistant: Assistant) -> None:
    """Add the list of documents to the application."""
    app.add_api_route(
        ADDRESS,
        _Documents(assistant).list,
        operation_id="list_documents",
        tags=["Documents"],
        summary="List versions of documents: all, or those that meet filters",
        response_model=DocumentsBody,
        responses={
            200: {"content": {"application/json": {"examples": DOCUMENTS}}},
            **UNCHANGED,
            **problem_responses(_FILTER, problems.INVALID, *_INDEX),
        },
    )


class _Documents:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def list(self, request: Request, query: Annotated[CountedQuery, Query()]) -> Response:
        """List the documents with their versions and what is in force."""
        shelf = self._assistant.shelf()
        tag = tag_of(request, self._assistant, shelf)
        return tagged(request, tag, lambda: _body(shelf, query))


def _body(shelf: Shelf, query: CountedQuery) -> DocumentsBody:
    found = find_documents(
        shelf, query.filters, as_of=query.as_of, sorting=query.sort, descending=query.descending
    )
    end = query.offset + query.limit if query.limit else None
    shown = found.versions[query.offset : end]
    after = query.offset + len(shown)
    more = bool(shown) and after < len(found.versions)
    return documents_body(
        found,
        shown,
        offset=query.offset,
        following=query.address(ADDRESS, offset=after) if more else None,
        facets=query.facets,
    )
