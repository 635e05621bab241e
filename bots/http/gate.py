"""What every request passes first and every response last: the outermost ASGI layer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots import problems
from bots.http.hosts import host_in

Shown = Callable[[Request, problems.Problem], Response]

LARGEST_BODY = 64 * 1024  # bytes: sixteen for each character of the longest question
LARGEST_FROM_SLACK = 1024 * 1024  # bytes: a button comes with the whole message that it stands in
_POLICY = "content-security-policy"
SECURITY_HEADERS = {
    # no inline script or style and nothing from another host, whatever a document contains
    _POLICY: (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # an address holds the question: no other site learns it
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Gate:
    """Refuses another site's name, what is not UTF-8 or too large; sets headers; catches the rest.

    It is asynchronous because ASGI is; nothing behind it has to be.
    """

    def __init__(self, app: ASGIApp, *, show: Shown, hosts: frozenset[str] | None) -> None:
        self._app = app
        self._show = show
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        response = _Response(send)
        request = Request(scope)
        try:
            problem = self._refusal(request)
            if problem:
                await self._show(request, problem)(scope, receive, response.send)
            else:
                body = _Body(receive, _largest(scope["path"]))
                await self._app(_as_get(scope), body.receive, response.send)
        except Exception as error:
            # the server's outermost loop: the reader gets an id, the log the traceback
            problem = problems.unexpected(error)
            if response.started:
                raise  # too late for words: the server cuts the connection
            await self._show(request, problem)(scope, receive, response.send)

    def _refusal(self, request: Request) -> problems.Problem | None:
        host = request.headers.get("host")
        if self._hosts is not None and host is not None and host_in(host) not in self._hosts:
            return problems.occurrence(
                problems.WRONG_HOST,
                f"This server does not answer to the name “{host}”. If it should, whoever runs "
                "Charter sets CHARTER_PUBLIC_URL.",
            )
        if not _is_utf8(request.scope):
            return problems.occurrence(
                problems.NOT_UTF8, "The address holds bytes that are not UTF-8."
            )
        return None


class _Body:
    """Reads a body and stops where it becomes too large, whatever length its header claims.

    The framework's own limit answers in plain text; this one is raised where the body is read,
    so that it ends in a problem like every other refusal.
    """

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self._size = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._largest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message


class _Response:
    """Sends one response with the headers that all have."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            own = headers.get(_POLICY)
            for name, value in SECURITY_HEADERS.items():
                headers[name] = value
            if own:  # both hold: what a route says of itself can only be stricter
                headers[_POLICY] = f"{headers[_POLICY]}, {own}"
            # going back to an answer shows it as it was; asking again is a new question
            headers.setdefault("cache-control", "private, no-cache")
        await self._send(message)


def _largest(path: str) -> int:
    return LARGEST_FROM_SLACK if path.startswith("/slack/") else LARGEST_BODY


def _as_get(scope: Scope) -> Scope:
    """Let HEAD be answered like GET; the server, which keeps its own scope, leaves the body out."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


def _is_utf8(scope: Scope) -> bool:
    """Tell whether address and query decode; Starlette would put replacement signs instead."""
    try:
        for part in (scope.get("raw_path") or b"", scope["query_string"]):
            unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
