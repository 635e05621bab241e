"""Requests that the framework refuses before a route sees them, as problems in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bots import problems

_OF_STATUS = {
    HTTPStatus.BAD_REQUEST: problems.BAD_JSON,
    HTTPStatus.NOT_FOUND: problems.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: problems.WRONG_METHOD,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: problems.TOO_LARGE,
    HTTPStatus.REQUEST_TIMEOUT: problems.TOO_SLOW,
}
_ASK = "/v1/ask"
_WORDS = {
    "missing": "{name} is missing.",
    "extra_forbidden": "There is no key {name}.",
    "string_type": "{name} must be text.",
    "string_unicode": "{name} holds characters that are not text.",
    "string_too_long": "{name} is too long.",
    "string_too_short": "{name} is too short.",
    "string_pattern_mismatch": "{name} holds characters that cannot stand there.",
    "bool_type": "{name} must be true or false.",
    "int_type": "{name} must be a whole number.",
    "int_parsing": "{name} must be a whole number.",
    "value_error": "{name}: {message}",
}


def of_validation(request: Request, error: RequestValidationError) -> problems.Problem:
    """Describe a request whose body or address does not fit."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return problems.occurrence(problems.BAD_JSON, "The body cannot be read as JSON.")
    if first["type"] == "value_error" and len(first["loc"]) == 1:
        return problems.occurrence(problems.INVALID, _message(first))
    if first["loc"] == ("body",):
        return _of_body(request, first)
    return problems.occurrence(problems.INVALID, _sentence(first), _name(first["loc"]))


def of_http(request: Request, error: HTTPException) -> problems.Problem:
    """Describe what the router refused."""
    if isinstance(error.__cause__, UnicodeDecodeError):
        return problems.occurrence(problems.NOT_UTF8, "The body holds bytes that are not UTF-8.")
    path = request.scope["path"]
    kind = _OF_STATUS.get(HTTPStatus(error.status_code))
    if kind is problems.NOT_FOUND:
        return problems.occurrence(kind, f"Nothing stands at {path}.")
    if kind is problems.WRONG_METHOD:
        return problems.occurrence(kind, f"{path} does not take {request.method}.")
    if kind is None:
        kind = problems.Kind("http", error.status_code, str(error.detail), str(error.detail))
    return problems.occurrence(kind, kind.meaning)


def _of_body(request: Request, first: Mapping[str, Any]) -> problems.Problem:
    if first["type"] == "missing":
        sentence = f"The body is empty; send {_wanted(request)} as JSON."
        return problems.occurrence(problems.INVALID, sentence)
    if not _is_json(request.headers.get("content-type", "")):
        return problems.occurrence(problems.WRONG_TYPE, problems.WRONG_TYPE.meaning)
    sentence = "The body must be a JSON object"
    sentence += " with the key “question”." if request.scope["path"] == _ASK else "."
    return problems.occurrence(problems.INVALID, sentence)


def _wanted(request: Request) -> str:
    return "{“question”: “…”}" if request.scope["path"] == _ASK else "an object"


def _is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _sentence(first: Mapping[str, Any]) -> str:
    name = f"“{_name(first['loc'])}”"
    message = _message(first)
    return _WORDS.get(first["type"], "{name} cannot be taken: {message}.").format(
        name=name, message=message
    )


def _message(first: Mapping[str, Any]) -> str:
    return str(first["msg"]).removeprefix("Value error, ")


def _name(place: Sequence[str | int]) -> str:
    """Write a place in a body or an address without the part that says which of the two."""
    return ".".join(_readable(str(part)) for part in place[1:])


def _readable(part: str) -> str:
    return part.encode("utf-8", "backslashreplace").decode("utf-8")
