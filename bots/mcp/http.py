"""The address /mcp of the server, where agents ask over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from assistant.ask import Assistant
from bots.mcp.tools import Tools

ADDRESS = "/mcp"


class McpDoor:
    """Answers each request by itself; it is asynchronous because ASGI is.

    The SDK is imported by the first request: it takes half a second, and most servers get none.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request, public_url = Request(scope, receive), self._assistant.settings.public_url
        serve = await run_in_threadpool(_serving)
        tools = Tools(self._assistant, public_url or str(request.base_url))
        try:
            # before the SDK's tasks begin, out of which a refusal would come as a defect
            body = await request.body()
        except ClientDisconnect:
            return
        await serve(tools, scope, _Whole(body, receive).receive, send)


class _Whole:
    """A body that was read, to be read again; after it, whatever else is received."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def receive(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


def _serving() -> Callable[[Tools, Scope, Receive, Send], Awaitable[None]]:
    from bots.mcp.protocol import serve_request  # noqa: PLC0415  see McpDoor

    return serve_request
