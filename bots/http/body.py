"""The body of a request: so large and so slow, and no more."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

LARGEST = 64 * 1024  # bytes: sixteen for each character of the longest question
LARGEST_CHAT = 1024 * 1024  # bytes: a chat comes with all that was said before
LARGEST_FROM_SLACK = 1024 * 1024  # bytes: a button comes with the whole message that it stands in
LARGEST_DOCUMENT = 26_000_000  # bytes: the largest document that is uploaded, and what a form adds
LARGEST_SUITE = 21_000_000  # bytes: the largest file of a suite, and what a form adds
PATIENCE = 30.0  # seconds for a whole body: two kilobytes a second

# what is still on its way would be read as the next request
CLOSED = {"connection": "close"}


def largest_at(path: str, *, for_hr: bool = True) -> int:
    """Return how many bytes a body may have at an address.

    Args:
        path: of the address.
        for_hr: whoever sends it may see the pages for HR; nobody else fills the disk there.
    """
    if path.startswith("/hr/") and not for_hr:
        return LARGEST
    if path == "/hr/documents/changes":
        return LARGEST_DOCUMENT
    if path.startswith("/hr/suites/") and path.endswith("/import"):
        return LARGEST_SUITE
    if path.startswith("/v1/chat/"):
        return LARGEST_CHAT
    return LARGEST_FROM_SLACK if path.startswith("/slack/") else LARGEST


def patience_at(path: str, patience: float) -> float:
    """Return in how many seconds a body must have come; a document may come over a slow line."""
    return patience * 10 if path == "/hr/documents/changes" else patience


def declares_too_much(request: Request, largest: int) -> bool:
    """Tell whether a request announces a body that is too large, so that none of it is read."""
    announced = request.headers.get("content-length", "")
    return announced.isdecimal() and int(announced[:20]) > largest


class Body:
    """Reads a body and stops where it becomes too large, whatever length its header claims.

    The framework's own limit answers in plain text; this one is raised where the body is read,
    so that it ends in a problem like every other refusal.
    """

    def __init__(self, receive: Receive, *, largest: int, patience: float) -> None:
        self._receive = receive
        self._largest = largest
        self._patience = patience
        self._ends: float | None = None
        self._size = 0
        self._whole = False

    async def receive(self) -> Message:
        """Return the next part; once the body is whole, wait as long as the client stays.

        Raises:
            HTTPException: it is too large, or does not come.
        """
        if self._whole:
            return await self._receive()
        if self._ends is None:
            self._ends = asyncio.get_running_loop().time() + self._patience
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, headers=CLOSED) from error
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._largest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers=CLOSED)
        return message
