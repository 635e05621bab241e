"""What OpenAPI says of the whole API."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi.routing import APIRoute

TITLE = "Charter"
DESCRIPTION = """\
Answers questions from an organisation’s own documents. Every sentence of an answer is a quote with
the place where it stands.

- **Problems** are RFC 9457 problem details; `type` leads to an explanation, `id` stands in the log.
- **Ids**: send `X-Request-Id` (up to 64 letters, digits, `.`, `_`, `-`) or get one; it is in every
  response and in problems.
- **Sending again**: what writes takes an `Idempotency-Key`; asking is safe to repeat as it is.
- **What changed**: GET responses have an `ETag`; send it as `If-None-Match` and get 304.
- **Types are exact**: unknown keys and parameters, and values of another type, are refused.
- **Versions**: within `/v1` fields are added, never taken away, renamed or given another meaning.
"""
TAGS = [
    {"name": "Answers", "description": "Questions, and what is kept of their answers."},
    {"name": "Search", "description": "Passages rather than an answer."},
    {"name": "Documents", "description": "What is answered from, each version as it is."},
    {"name": "Search", "description": "Passages in the documents’ own words."},
    {
        "name": "Commitments",
        "description": "What the documents promise: lists that say what they are lists of.",
    },
    {"name": "Server", "description": "How the server does."},
]


def described() -> dict[str, Any]:
    """Return what an application says of itself in OpenAPI."""
    return {
        "title": TITLE,
        "version": version("charter"),
        "description": DESCRIPTION,
        "openapi_tags": TAGS,
        "license_info": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        "generate_unique_id_function": _name_of,
    }


def _name_of(route: APIRoute) -> str:
    """Name an operation that has no name of its own by its function."""
    return route.name
