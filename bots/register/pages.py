"""The page of the register: filters in the address, a table, counts, and the days on an axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.library.catalogue import CatalogueEntry
from assistant.register.model import Listed, Listing, Values
from assistant.writing.addresses import place_address
from bots import problems
from bots.menus import Slice, pages_of
from bots.queries import without_empty
from bots.register.overview import (
    ADDRESS,
    chips_of,
    choices_of,
    columns_of,
    days_of,
    files_of,
    teams_of,
)
from bots.register.query import Asked, CommitmentsQuery
from bots.register.rows import one_line, what_changed, when_written
from bots.web.show import Show
from corpus.errors import FilterUnreadable


def add_to(app: FastAPI, assistant: Assistant, show: Show) -> None:
    """Add the page to the application."""
    page = _Page(assistant, show)
    app.add_api_route(ADDRESS, page.show, include_in_schema=False, response_model=None)


class _Page:
    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._assistant = assistant
        self._show = show

    def show(self, request: Request) -> Response:
        """Show the list that an address asks for; that of a form first loses its empty fields."""
        given = request.query_params.multi_items()
        bare = without_empty(ADDRESS, given)
        if bare is not None:
            return RedirectResponse(bare, HTTPStatus.SEE_OTHER)
        fields = CommitmentsQuery.gathered(given)
        try:
            query = CommitmentsQuery.typed(fields)
            asked = Asked.of(query, self._assistant.today())
            return self._listed(request, query, asked)
        except FilterUnreadable as error:
            return self._refused(request, fields, error)

    def _listed(self, request: Request, query: CommitmentsQuery, asked: Asked) -> HTMLResponse:
        by_lead = replace(asked, view=replace(asked.view, grouping="lead"))
        listing = by_lead.listed(self._assistant)
        values = self._values(listing.as_of)
        back = query.address("").removeprefix("?") or "offset=0"
        part = Slice(query.offset, query.limit, len(listing.lines), listing.found)
        before, following = pages_of(query, ADDRESS, part)
        return self._show.render(
            request,
            "commitments.html",
            query=query,
            listing=listing,
            choices=choices_of(listing.filters, values),
            chips=chips_of(query, listing.filters, values),
            columns=columns_of(query),
            teams=teams_of(query, listing),
            days=days_of(query, listing, self._assistant),
            files=files_of(query),
            before=before,
            following=following,
            place_of=lambda listed: _place(listed, back),
            runs=_runs(listing),
            here={line.commitment.id for line in listing.lines},
            title_of=lambda listed: one_line(listed.commitment.title),
            one_line=one_line,
            when_written=when_written,
            changes_of=what_changed,
        )

    def _refused(
        self, request: Request, fields: Mapping[str, Any], error: FilterUnreadable
    ) -> HTMLResponse:
        """Show the form as it was filled in, with what cannot be read."""
        query = CommitmentsQuery.model_construct(**fields)
        problem = problems.told(error)
        return self._show.render(
            request,
            "commitments_refused.html",
            status=problem.kind.status,
            query=query,
            choices=choices_of(query.but_for_time, self._values()),
            problem=problem,
        )

    def _values(self, as_of: date | None = None) -> Values:
        return self._assistant.register_values(as_of=as_of)


def _runs(listing: Listing) -> Sequence[tuple[CatalogueEntry | None, Sequence[Listed]]]:
    """Return the lines under their documents, where they are in the order of these."""
    if listing.sorting != "document":
        return [(None, listing.lines)]
    runs = groupby(listing.lines, key=lambda line: line.entry)
    return [(entry, list(run)) for entry, run in runs]


def _place(listed: Listed, back: str) -> str:
    """Return the address of a commitment in its document, with the way back to the list."""
    one = listed.commitment
    return place_address(
        one.document, one.version, start=one.start, end=one.end, more={"listed": back}
    )
