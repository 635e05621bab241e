"""Who votes on the page, where nobody signs in: a browser, by a random name that it keeps."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from assistant.feedback import Vote
from assistant.ledgers import Ledgers
from assistant.pseudonyms import Pseudonyms

COOKIE = "charter_voter"
_KEPT = 365 * 24 * 3600  # seconds
_LENGTH = 43  # characters of 32 random bytes, as they are written in a cookie


def token_of(request: Request) -> str:
    """Return the name that a browser keeps, or a new one."""
    held = request.cookies.get(COOKIE, "")
    return held if len(held) == _LENGTH and held.isascii() else secrets.token_urlsafe(32)


def vote_of(request: Request, reply: str, ledgers: Ledgers) -> Vote | None:
    """Return what this browser said of a reply; None where it said nothing.

    Raises:
        StorageError: the votes cannot be read.
    """
    if COOKIE not in request.cookies:
        return None
    voter = voter_of(token_of(request), ledgers.pseudonyms)
    return next((vote for vote in ledgers.votes.of(reply) if vote.voter == voter), None)


def here(request: Request) -> str:
    """Return the address of a page without its host, to come back to."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def voter_of(token: str, pseudonyms: Pseudonyms) -> str:
    """Return the pseudonym under which a browser's votes are kept.

    Raises:
        StorageError: the key of pseudonyms cannot be kept.
    """
    return pseudonyms.of("web", token)


def keep(response: Response, token: str, request: Request) -> None:
    """Let the browser keep its name; no script reads it, and no other site sends it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_KEPT,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
