"""Names of what was sent, so that whoever has it already is told so instead of getting it again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.library.audience import EVERYBODY
from assistant.library.shelf import Shelf
from bots.http.conditional import is_known
from bots.http.paging import Paged, set_links

# of every response that has a tag, for OpenAPI
UNCHANGED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.NOT_MODIFIED.value: {
        "description": "Nothing changed since the response whose `ETag` is in `If-None-Match`."
    }
}


def tag_of(
    request: Request, assistant: Assistant, shelf: Shelf, groups: frozenset[str] = EVERYBODY
) -> str:
    """Name what a request would be answered with, from what decides it: nothing is worked out.

    It is for what follows from the documents alone, not from what people say of them: the index
    as a reader sees it, the settings, the day, the address, and Charter itself.
    """
    said = (
        version("charter"),
        assistant.settings_fingerprint,
        shelf.index.fingerprint,
        shelf.today.isoformat(),
        *sorted(groups),
        request.url.path,
        request.url.query,
    )
    name = sha256("\n".join(said).encode()).hexdigest()[:32]
    return f'W/"{name}"'


def tagged(request: Request, tag: str, make: Callable[[], BaseModel]) -> Response:
    """Return what ``make`` makes under its tag; that it is unchanged where the client has it."""
    headers = {"etag": tag}
    if is_known(tag, ",".join(request.headers.getlist("if-none-match"))):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = make()
    response = Response(body.model_dump_json(), media_type="application/json", headers=headers)
    if isinstance(body, Paged):
        set_links(response, {"next": body.next})
    return response
