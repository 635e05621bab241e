"""Searching in the API: passages rather than an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.reply import LONGEST_QUESTION
from assistant.searching import Searched
from bots import problems
from bots.api.examples import problem_responses
from bots.api.library_examples import PASSAGES
from bots.api.library_schemas import SearchBody
from bots.api.library_shapes import search_body
from bots.api.schemas import SOME_TEXT
from bots.http.etags import UNCHANGED, tag_of, tagged
from bots.library.query import SearchQuery
from corpus.errors import (
    FilterUnreadable,
    IndexMismatch,
    IndexMissing,
    ModelError,
    QuestionError,
)

ADDRESS = "/v1/search"

_INDEX = tuple(problems.kind_of(cls("", "")) for cls in (IndexMissing, IndexMismatch, ModelError))
_REFUSED = tuple(problems.kind_of(cls("", "")) for cls in (QuestionError, FilterUnreadable))


class CountedSearch(SearchQuery):
    """Which passages a program wants."""

    # the assistant checks it, so that every door refuses with the same words
    q: str = Field(
        "",
        description="A question or some words: 1 to 4,000 characters of text.",
        examples=["annual leave"],
        json_schema_extra={"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": SOME_TEXT},
    )
    facets: bool = Field(default=False, description="Also count by the values of each field.")


def add_to(app: FastAPI, assistant: Assistant) -> None:
    """Add searching to the application."""
    app.add_api_route(
        ADDRESS,
        _Search(assistant).search,
        operation_id="search",
        tags=["Search"],
        summary="Find the passages nearest to some words",
        response_model=SearchBody,
        responses={
            200: {"content": {"application/json": {"examples": PASSAGES}}},
            **UNCHANGED,
            **problem_responses(*_REFUSED, problems.INVALID, problems.UNEXPECTED, *_INDEX),
        },
    )


class _Search:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def search(self, request: Request, query: Annotated[CountedSearch, Query()]) -> Response:
        """Return passages in the documents’ own words, best first, under all filters."""
        tag = tag_of(request, self._assistant, self._assistant.shelf())
        return tagged(request, tag, lambda: self._body(query))

    def _body(self, query: CountedSearch) -> SearchBody:
        searched = self._assistant.find_passages(replace(query.search, facets=query.facets))
        return search_body(searched, self._assistant.settings.public_url, _next(query, searched))


def _next(query: CountedSearch, searched: Searched) -> str | None:
    after = query.offset + len(searched.passages)
    more = bool(searched.passages) and after < searched.found
    return query.address(ADDRESS, offset=after) if more else None
