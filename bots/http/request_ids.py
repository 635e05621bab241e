"""The id of a request: the caller's own where it can stand in a log, else a new one."""

from __future__ import annotations

import re
import secrets

from starlette.requests import Request

HEADER = "x-request-id"

# nothing that could end a line of a log or read as mark-up
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


def give_id(request: Request) -> str:
    """Return the id of a request that just came in, and keep it with the request."""
    said = request.headers.get(HEADER, "")
    request.state.request_id = said if _SANE.fullmatch(said) else secrets.token_hex(8)
    return id_of(request)


def id_of(request: Request) -> str:
    """Return the id that a request was given."""
    return str(request.state.request_id)
