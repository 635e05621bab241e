"""What a program has already is not sent again: ETags of what the API gives out (RFC 9110)."""

from __future__ import annotations

import hashlib
from http import HTTPMethod, HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_API = "/v1/"
_OF_A_BODY = ("content-length", "content-type")


class Conditional:
    """Marks each whole response of the API with a hash of its body, and answers 304 to who has it.

    A response that brings a mark of its own keeps it. What comes in pieces has none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        api = scope["type"] == "http" and scope["path"].startswith(_API)
        if not api or scope["method"] != HTTPMethod.GET:
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        await self._app(scope, receive, _Marked(send, known).send)


class _Marked:
    """Holds the head of a response back until its body is there."""

    def __init__(self, send: Send, known: str) -> None:
        self._send = send
        self._known = known
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            if not message.get("more_body"):
                message = _marked(head, message, self._known)
            await self._send(head)
        await self._send(message)


def _marked(head: Message, body: Message, known: str) -> Message:
    """Mark the head of a response; return its body, empty where it is known."""
    headers = MutableHeaders(scope=head)
    digest = hashlib.sha256(body.get("body", b"")).hexdigest()[:32]
    headers.setdefault("etag", f'"{digest}"')
    if not is_known(headers["etag"], known):
        return body
    head["status"] = int(HTTPStatus.NOT_MODIFIED)
    for name in _OF_A_BODY:
        if name in headers:
            del headers[name]
    return {**body, "body": b""}


def is_known(mark: str, known: str) -> bool:
    """Compare weakly, as If-None-Match is compared."""
    marks = [one.strip().removeprefix("W/") for one in known.split(",")]
    return "*" in marks or mark.removeprefix("W/") in marks
