"""Writing requests that are done once, however often they are sent with the same key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Header
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.requests import Request

from assistant.idempotency import Call, Done, IdempotencyKeys
from bots import problems
from corpus.errors import IdempotencyKeyBusy, IdempotencyKeyReused

# of the caller's making: a UUID, or whatever names what is done
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="A name of your own for what is done, such as a UUID. For 24 hours the same "
        "request with the same key is not done again, and gets the same response.",
        examples=["6f1c9a52-0d0e-4f0e-8a55-3a8b8f0a7d11"],
    ),
]
KINDS = tuple(problems.kind_of(cls("", "")) for cls in (IdempotencyKeyReused, IdempotencyKeyBusy))
REPLAYED = "idempotent-replayed"


class Once:
    """Does what a request asks for, unless it was done under its key."""

    def __init__(self, keys: IdempotencyKeys) -> None:
        self._keys = keys

    def do(
        self, call: Call | None, make: Callable[[], BaseModel], *, status: int = 200
    ) -> Response:
        """Return what ``make`` returns, or what it returned before under the same key.

        Raises:
            IdempotencyKeyReused, IdempotencyKeyBusy: as ``IdempotencyKeys.begin``.
            CharterError: what ``make`` raises; the key is free again then.
        """
        if call is None:
            return _response(Done(status, make().model_dump_json()))
        before = self._keys.begin(call, datetime.now(UTC).replace(tzinfo=None))
        if before is not None:
            return _response(before, {REPLAYED: "true"})
        try:
            done = Done(status, make().model_dump_json())
        except BaseException:
            self._keys.release(call)
            raise
        self._keys.finish(call, done)
        return _response(done)


def call_of(request: Request, key: str | None, sent: BaseModel) -> Call | None:
    """Return a request as one that is done once; None where it brings no key."""
    if key is None:
        return None
    return Call(key, request.scope["path"], sent.model_dump_json())


def _response(done: Done, headers: dict[str, str] | None = None) -> Response:
    return Response(done.body, done.status, headers, "application/json")
