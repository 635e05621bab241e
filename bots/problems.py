"""What can go wrong, as programs read it: problem details (RFC 9457), one table for every door."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus

from bots.problem_kinds import (
    BAD_JSON,
    CROSS_SITE,
    INVALID,
    KINDS,
    NAMED,
    NOT_FOUND,
    NOT_UTF8,
    PAGE,
    TOO_LARGE,
    TOO_SLOW,
    UNEXPECTED,
    UNSIGNED,
    WRONG_HOST,
    WRONG_METHOD,
    WRONG_TYPE,
    Kind,
)
from corpus.errors import CharterError

MEDIA_TYPE = "application/problem+json"

__all__ = [
    "BAD_JSON",
    "CROSS_SITE",
    "INVALID",
    "KINDS",
    "MEDIA_TYPE",
    "NOT_FOUND",
    "NOT_UTF8",
    "PAGE",
    "TOO_LARGE",
    "TOO_SLOW",
    "UNEXPECTED",
    "UNSIGNED",
    "WRONG_HOST",
    "WRONG_METHOD",
    "WRONG_TYPE",
    "Kind",
    "Problem",
    "kind_of",
    "occurrence",
    "told",
    "unexpected",
]

_log = logging.getLogger("charter")


@dataclass(frozen=True, slots=True)
class Problem:
    """One occurrence: its kind, a plain sentence and an id that the log holds as well.

    Attributes:
        field: the value of the request that it is about, where it is about one; else empty.
    """

    kind: Kind
    detail: str
    id: str
    field: str = ""

    def to_dict(self, request: str = "") -> dict[str, str | int]:
        """Return it as problem details; ``id`` and ``request``, the request's id, extend them."""
        return {
            "type": self.kind.type,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": f"urn:charter:error:{self.id}",
            "id": self.id,
            **({"request": request} if request else {}),
        }


def kind_of(error: CharterError) -> Kind:
    """Return the kind of an error: that of its nearest named ancestor."""
    return next(NAMED[cls] for cls in type(error).__mro__ if cls in NAMED)


def occurrence(kind: Kind, detail: str, field: str = "") -> Problem:
    """Give one occurrence its id."""
    return Problem(kind, detail, secrets.token_hex(6), field)


def told(error: CharterError, request: str = "") -> Problem:
    """Describe an error that Charter raised on purpose; log it when the server is at fault.

    ``request`` is the id of the request that it ended, where it was one.
    """
    problem = occurrence(kind_of(error), str(error))
    if problem.kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.warning("error %s%s: %s", problem.id, _at(request), error)
    return problem


def unexpected(error: Exception, request: str = "") -> Problem:
    """Describe an error that nobody foresaw; the log has its traceback, the reader its id.

    ``request`` is as for ``told``.
    """
    problem = occurrence(
        UNEXPECTED,
        "Tell whoever runs Charter the id of this error; the cause stands in the server’s log.",
    )
    _log.error("error %s%s", problem.id, _at(request), exc_info=error)
    return problem


def _at(request: str) -> str:
    return f" of request {request}" if request else ""
