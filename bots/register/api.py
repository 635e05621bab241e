"""The register in the API: lists, the values to filter by, and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from assistant.ask import Assistant
from bots import problems
from bots.api.examples import problem_responses
from bots.api.schemas import Day
from bots.http.etags import UNCHANGED
from bots.http.paging import set_links
from bots.register.bodies import listing_body, values_body
from bots.register.examples import LISTS
from bots.register.exports import EXPORTS, Export
from bots.register.query import Asked, CommitmentsQuery, ListQuery
from bots.register.schemas import CommitmentsBody, ValuesBody
from corpus.errors import FilterUnreadable, IndexMismatch, IndexMissing

ADDRESS = "/v1/commitments"

_INDEX = tuple(problems.kind_of(cls("", "")) for cls in (IndexMissing, IndexMismatch))
_FILTER = problems.kind_of(FilterUnreadable("", ""))
_AS_OF = "The day whose values are asked for; today when left out."


def add_to(app: FastAPI, assistant: Assistant) -> None:
    """Add the routes of the register to the application."""
    routes = _Routes(assistant)
    app.add_api_route(
        ADDRESS,
        routes.commitments,
        operation_id="list_commitments",
        tags=["Commitments"],
        summary="List commitments",
        response_model=CommitmentsBody,
        responses={
            200: {"content": {"application/json": {"examples": LISTS}}},
            **UNCHANGED,
            **problem_responses(_FILTER, problems.INVALID, *_INDEX),
        },
    )
    app.add_api_route(
        f"{ADDRESS}/values",
        routes.values,
        operation_id="list_commitment_values",
        tags=["Commitments"],
        summary="List what commitments can be filtered by",
        response_model=ValuesBody,
        responses={**UNCHANGED, **problem_responses(problems.INVALID, *_INDEX)},
    )
    for export in EXPORTS:
        app.add_api_route(
            f"{ADDRESS}.{export.suffix}",
            routes.file(export),
            operation_id=f"export_commitments_{export.suffix}",
            tags=["Commitments"],
            summary=f"Take commitments away as a file: {export.name}",
            response_class=Response,
            responses={
                200: {"description": "All that are found.", "content": _content(export)},
                **UNCHANGED,
                **problem_responses(_FILTER, problems.INVALID, *_INDEX),
            },
        )


class _Routes:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def commitments(
        self, query: Annotated[CommitmentsQuery, Query()], response: Response
    ) -> CommitmentsBody:
        """Return the commitments that meet all filters, a page at a time, and what was counted."""
        asked = Asked.of(query, self._assistant.today())
        listing = asked.listed(self._assistant)
        after = query.offset + len(listing.lines)
        more = after < listing.found and bool(listing.lines)
        following = query.address(ADDRESS, offset=after) if more else None
        set_links(response, {**_before(query), "next": following})
        return listing_body(listing, following)

    def values(self, as_of: Annotated[Day, Query(description=_AS_OF)] = None) -> ValuesBody:
        """Return the teams, themes, documents and bodies that the register holds."""
        return values_body(self._assistant.register_values(as_of=as_of))

    def file(self, export: Export) -> Callable[..., Response]:
        def download(request: Request, query: Annotated[ListQuery, Query()]) -> Response:
            """Return all commitments that meet the filters; its name says of which day."""
            asked = Asked.of(query, self._assistant.today())
            listing = asked.listed(self._assistant)
            base = self._assistant.settings.public_url or str(request.base_url)
            name = f"commitments-{listing.as_of.isoformat()}.{export.suffix}"
            return Response(
                export.make(listing, base),
                media_type=export.media_type,
                headers={"content-disposition": f'attachment; filename="{name}"'},
            )

        # what FastAPI reads a route's parameters from: types, not the names that stand here
        download.__annotations__ = {
            "request": Request,
            "query": Annotated[ListQuery, Query()],
            "return": Response,
        }
        return download


def _before(query: CommitmentsQuery) -> dict[str, str]:
    """Return the addresses of the first page and of the one before; none on the first."""
    if not query.offset:
        return {}
    before = max(0, query.offset - query.limit)
    return {
        "first": query.address(ADDRESS, offset=0),
        "prev": query.address(ADDRESS, offset=before),
    }


def _content(export: Export) -> dict[str, Any]:
    kind = export.media_type.partition(";")[0]
    if kind == "application/json":
        return {kind: {"schema": {"$ref": "#/components/schemas/CommitmentsBody"}}}
    return {kind: {"schema": {"type": "string", "format": "binary"}}}
