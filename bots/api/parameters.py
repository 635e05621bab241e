"""Parameters of an address that the API does not know are refused: a slip would change nothing.

What it knows is what OpenAPI says of it.
"""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

_API = "/v1/"


async def refuse_unknown_parameters(request: Request) -> None:
    """Refuse a parameter that the route of a request does not have.

    It waits for nothing: synchronous, it would take a thread of its own for every request.

    Raises:
        RequestValidationError: there is no such parameter.
    """
    if not request.query_params or not request.scope["path"].startswith(_API):
        return
    known = _known(request)
    for name in request.query_params:
        if known is not None and name not in known:
            raise RequestValidationError(
                [{"type": "extra_forbidden", "loc": ("query", name), "msg": "Unknown"}]
            )


def _known(request: Request) -> frozenset[str] | None:
    """Return the names of a route's parameters; None where OpenAPI does not describe it."""
    paths = request.app.openapi()["paths"]
    route = paths.get(request.scope["route"].path_format, {})
    operation = route.get(request.method.lower())
    if operation is None:
        return None
    parameters = operation.get("parameters", ())
    return frozenset(one["name"] for one in parameters if one["in"] == "query")
