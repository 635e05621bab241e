"""What every request passes first and every response last: the outermost ASGI layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings
from bots import problems
from bots.hr.entry import Entry
from bots.http.body import (
    CLOSED,
    PATIENCE,
    Body,
    declares_too_much,
    largest_at,
    patience_at,
)
from bots.http.hosts import host_in, hosts_answered
from bots.http.policies import Policies, policies_for
from bots.http.request_ids import HEADER, give_id, id_of
from bots.http.sites import comes_from_another_site

Shown = Callable[[Request, problems.Problem], Response]

_POLICY = "content-security-policy"
_FROM_SLACK = "/slack/"  # comes from another site, and is signed


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let through, and what a response says of itself.

    Attributes:
        hosts: names that the server answers to; None lets any lead to it.
        public_url: where people reach it; empty where that is not set.
        policies: the security headers of each address.
        patience: seconds in which a body must have come.
        is_hr: tells whether whoever asks may see the pages for HR, where large bodies are taken.
    """

    hosts: frozenset[str] | None
    public_url: str
    policies: Policies
    patience: float = PATIENCE
    is_hr: Callable[[Request], bool] = lambda request: False  # noqa: ARG005  where there are none


def rules_for(settings: Settings) -> Rules:
    """Return the rules of this server."""
    return Rules(
        hosts_answered(settings),
        settings.public_url,
        policies_for(settings),
        is_hr=Entry(settings).is_open,
    )


class Gate:
    """Refuses what another site sends or names, what is not UTF-8, too large or too slow.

    It names each request, sets the headers of each response, and catches what nobody foresaw. It
    is asynchronous because ASGI is; nothing behind it has to be.
    """

    def __init__(self, app: ASGIApp, *, show: Shown, rules: Rules) -> None:
        self._app = app
        self._show = show
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        request = Request(scope)
        said = {**self._rules.policies.headers_for(path), HEADER: give_id(request)}
        response = _Response(send, said)
        try:
            problem = self._refusal(request)
            if problem:
                await self._refuse(request, problem)(scope, receive, response.send)
            else:
                patience = patience_at(path, self._rules.patience)
                body = Body(receive, largest=self._largest(request), patience=patience)
                await self._app(_as_get(scope), body.receive, response.send)
        except Exception as error:
            # the server's outermost loop: the reader gets an id, the log the traceback
            problem = problems.unexpected(error, id_of(request))
            if response.started:
                raise  # too late for words: the server cuts the connection
            await self._show(request, problem)(scope, receive, response.send)

    def _refusal(self, request: Request) -> problems.Problem | None:
        host = request.headers.get("host")
        hosts = self._rules.hosts
        if hosts is not None and host is not None and host_in(host) not in hosts:
            return problems.occurrence(
                problems.WRONG_HOST,
                f"This server does not answer to the name “{host}”. If it should, whoever runs "
                "Charter sets CHARTER_PUBLIC_URL.",
            )
        if not _is_utf8(request.scope):
            return problems.occurrence(
                problems.NOT_UTF8, "The address holds bytes that are not UTF-8."
            )
        if not request.scope["path"].startswith(_FROM_SLACK) and comes_from_another_site(
            request, self._rules.public_url
        ):
            return problems.occurrence(problems.CROSS_SITE, problems.CROSS_SITE.meaning)
        if declares_too_much(request, self._largest(request)):
            return problems.occurrence(problems.TOO_LARGE, problems.TOO_LARGE.meaning)
        return None

    def _largest(self, request: Request) -> int:
        path = request.scope["path"]
        return largest_at(path, for_hr=path.startswith("/hr/") and self._rules.is_hr(request))

    def _refuse(self, request: Request, problem: problems.Problem) -> Response:
        response = self._show(request, problem)
        if problem.kind is problems.TOO_LARGE:
            response.headers.update(CLOSED)
        return response


class _Response:
    """Sends one response with the headers that its address has."""

    def __init__(self, send: Send, said: Mapping[str, str]) -> None:
        self._send = send
        self._said = said
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            own = headers.get(_POLICY)
            for name, value in self._said.items():
                headers[name] = value
            if own:  # both hold: what a route says of itself can only be stricter
                headers[_POLICY] = f"{headers[_POLICY]}, {own}"
            # going back to an answer shows it as it was; asking again is a new question
            headers.setdefault("cache-control", "private, no-cache")
        await self._send(message)


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
