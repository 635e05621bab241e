"""Slack's events over HTTP: a route that lets nothing but Slack's own words reach the framework.

The framework reads a body before it looks at the signature, and ends in a traceback where that is
no text, no JSON, or no number is where one should be; so all that is checked here first.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import parse_qs

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, model_validator
from slack_bolt import App, BoltRequest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bots import problems

PATH = "/slack/events"
OLDEST = 300  # seconds that a signature holds, either way, as Slack says
_SECONDS = re.compile(r"[0-9]{1,12}")


def slack_router(app: App, signing_secret: str) -> APIRouter:
    """Return the route that Slack sends everything to: events, commands, buttons and forms."""

    async def take(request: Request) -> Response:
        body = await request.body()
        refusal = _refusal(body, request.headers, signing_secret)
        if refusal:
            return JSONResponse(refusal.to_dict(), refusal.kind.status)
        told = BoltRequest(
            body=body.decode(), query=request.url.query, headers=dict(request.headers)
        )
        # the framework is synchronous, and writes down what it is told before it acknowledges
        reply = await run_in_threadpool(app.dispatch, told)
        headers = {name: values[0] for name, values in reply.headers.items() if values}
        return Response(reply.body, reply.status, headers)

    router = APIRouter(include_in_schema=False)
    router.add_api_route(PATH, take, methods=["POST"], response_model=None)
    return router


def _refusal(
    body: bytes, headers: Mapping[str, str], signing_secret: str
) -> problems.Problem | None:
    """Return why a request is not taken; None where Slack signed it and it can be read."""
    if not _is_signed(body, headers, signing_secret):
        return problems.occurrence(problems.UNSIGNED, problems.UNSIGNED.meaning)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return problems.occurrence(problems.NOT_UTF8, problems.NOT_UTF8.meaning)
    if not _is_told(text, headers.get("content-type", "")):
        return problems.occurrence(problems.BAD_JSON, problems.BAD_JSON.meaning)
    return None


def _is_signed(body: bytes, headers: Mapping[str, str], signing_secret: str) -> bool:
    said = headers.get("x-slack-request-timestamp", "")
    if not _SECONDS.fullmatch(said) or abs(time.time() - int(said)) > OLDEST:
        return False
    base = b"v0:" + said.encode() + b":" + body
    expected = "v0=" + hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()
    given = headers.get("x-slack-signature", "")
    return hmac.compare_digest(expected.encode(), given.encode())


def _is_told(text: str, content_type: str) -> bool:
    """Tell whether a body is one of the forms in which Slack speaks."""
    try:
        if content_type.partition(";")[0].strip().lower() == "application/json":
            _Told.model_validate_json(text)
            return True
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=100)
        return all(isinstance(json.loads(one), dict) for one in fields.get("payload", ()))
    except (ValueError, RecursionError):  # of both readers of JSON
        return False


class _Happened(BaseModel):
    type: str
    subtype: str | None = None
    user: str | dict[str, Any] | None = None
    channel: str | dict[str, Any] | None = None


class _Told(BaseModel):
    """What the framework reads of a body before anybody else does."""

    type: str
    event: _Happened | None = None

    @model_validator(mode="after")
    def _with_its_event(self) -> Self:
        if self.type == "event_callback" and self.event is None:
            raise ValueError("no event")
        return self
