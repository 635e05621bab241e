"""How Slack brings events, commands and interactions to an app: over HTTP or Socket Mode.

HTTP requests are signed (v0). An event that is not acknowledged within three seconds, or not with
2xx, comes again up to three times: at once, after a minute, after five minutes (here scaled down),
unless the answer says `X-Slack-No-Retry: 1`. Commands and interactions come once.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import random
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from typing import Literal

import aiohttp
from aiohttp import web
from slack_directory import APP, SIGNING_SECRET, Payload
from slack_record import Attempt, Record

Kind = Literal["events_api", "slash_commands", "interactive"]

RETRIES_AFTER = (0.0, 60.0, 300.0)  # seconds before each retry
MOST_CONNECTIONS = 10


def signature(body: bytes, timestamp: str, secret: str = SIGNING_SECRET) -> str:
    """Return the value of `X-Slack-Signature` for a request."""
    base = b":".join([b"v0", timestamp.encode(), body])
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(body: bytes, content: str, *, at: float | None = None) -> dict[str, str]:
    """Return the headers that Slack sends with a body."""
    timestamp = str(int(time.time() if at is None else at))
    return {
        "Content-Type": content,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp),
    }


def as_body(kind: Kind, payload: Payload) -> tuple[bytes, str]:
    """Return the body of an HTTP request and its content type."""
    if kind == "events_api":
        return json.dumps(payload, ensure_ascii=False).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"


def parsed(text: str) -> object:
    """Return JSON where it is some, otherwise the text."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found


@dataclass
class Delivery:
    """Slack's postman. Lives in the event loop of the proxy."""

    record: Record
    mode: Literal["http", "socket"] = "socket"
    request_urls: tuple[str, ...] = ()  # several replicas behind one address: any of them
    ack_seconds: float = 3.0
    retry_scale: float = 0.001  # a minute of Slack's takes 60 ms
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[Payload]] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    connected: int = 0  # connections since the start

    async def deliver(self, kind: Kind, payload: Payload) -> Attempt:
        """Deliver, again if need be, and return the last attempt."""
        attempt = await self._try(kind, payload, 0, "")
        if kind != "events_api":
            return attempt
        for number, seconds in enumerate(RETRIES_AFTER, start=1):
            if attempt.acknowledged or attempt.reason == "no_retry":
                break
            await asyncio.sleep(seconds * self.retry_scale)
            attempt = await self._try(kind, payload, number, attempt.reason)
        return attempt

    async def _try(self, kind: Kind, payload: Payload, number: int, reason: str) -> Attempt:
        began = time.monotonic()
        if self.mode == "http":
            status, reply, failed = await self._post(kind, payload, number, reason)
        else:
            status, reply, failed = await self._send(kind, payload, number, reason)
        name = str(payload.get("event_id") or payload.get("trigger_id") or "")
        seconds = time.monotonic() - began
        attempt = Attempt(kind, name, number, status, seconds, reply, failed)
        self.record.add(self.record.attempts, attempt)
        return attempt

    async def _post(
        self, kind: Kind, payload: Payload, number: int, reason: str
    ) -> tuple[int | None, object, str]:
        if not self.request_urls:
            return None, None, "connection_failed"
        body, content = as_body(kind, payload)
        headers = signed_headers(body, content)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        url = random.choice(self.request_urls)  # noqa: S311 - as a balancer chooses
        try:
            timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(url, data=body, headers=headers) as answer,
            ):
                reply = parsed(await answer.text())
                if answer.headers.get("X-Slack-No-Retry") == "1" and answer.status >= 300:
                    return answer.status, reply, "no_retry"
                return answer.status, reply, "" if answer.status < 300 else "http_error"
        except TimeoutError:
            return None, None, "http_timeout"
        except aiohttp.ClientError:
            return None, None, "connection_failed"

    async def _send(
        self, kind: Kind, payload: Payload, number: int, reason: str
    ) -> tuple[int | None, object, str]:
        """Send an envelope through one connection, chosen at random, and await its answer."""
        if not self.sockets:
            return None, None, "connection_failed"
        name = str(uuid.uuid4())
        envelope: Payload = {
            "envelope_id": name,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": _socket_reason(reason)}
        self.waiting[name] = asyncio.get_running_loop().create_future()
        try:
            await random.choice(self.sockets).send_json(envelope)  # noqa: S311 - as Slack chooses
            reply = await asyncio.wait_for(self.waiting[name], self.ack_seconds)
        except TimeoutError:
            return None, None, "http_timeout"
        except ConnectionError:
            return None, None, "connection_failed"
        finally:
            self.waiting.pop(name, None)
        return 200, reply.get("payload"), ""

    def new_link(self, own_url: str) -> str:
        """Return the address of one web socket, as `apps.connections.open` gives it."""
        ticket = str(uuid.uuid4())
        self.tickets.add(ticket)
        base = own_url.replace("http://", "ws://")
        return f"{base}/link/?ticket={ticket}&app_id={APP}"

    async def take_connection(self, request: web.Request) -> web.StreamResponse:
        """Serve one web socket of the bot: greet it, and hear what it acknowledges."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets or len(self.sockets) >= MOST_CONNECTIONS:
            return web.Response(status=401)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json(self._hello())
        self.connected += 1
        self.record.notify()
        try:
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            self.sockets.remove(socket)
            self.record.notify()
        return socket

    def _hello(self) -> Payload:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {
                "host": "applink",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": APP},
        }

    def _hear(self, text: str) -> None:
        heard = parsed(text)
        if isinstance(heard, dict) and (future := self.waiting.get(heard.get("envelope_id", ""))):
            with contextlib.suppress(asyncio.InvalidStateError):
                future.set_result(heard)

    async def hang_up(self, reason: str) -> None:
        """Ask the bot to connect anew, as Slack does every few hours, and close."""
        for socket in list(self.sockets):
            debug = {"host": "applink"}
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
            await socket.close()


def _socket_reason(reason: str) -> str:
    return "timeout" if reason == "http_timeout" else reason
