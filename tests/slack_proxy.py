"""The strict server in front of the emulator: what the bot takes for Slack.

It checks tokens, scopes and every rule that the emulator lacks, lets calls fail where a test wants
it, records each, and passes on what the emulator delivers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_delivery import Delivery
from slack_directory import APP_TOKEN, BOT_TOKEN, Directory, Payload
from slack_limits import problems_of_blocks
from slack_lookups import METHODS as LOOKUPS
from slack_lookups import SCOPES
from slack_record import Call, Record
from slack_side import Fault, Hook, Refusal, Side, Trigger, refuse_problems, with_block_ids
from slack_streams import METHODS as MESSAGES
from slack_views import METHODS as VIEWS

METHODS = MESSAGES | LOOKUPS | VIEWS
BORROW = "borrow-a-trigger"  # an action that only lends its trigger_id and response_url
MOST_HOOK_USES = 5
LARGEST = 10 * 1024 * 1024


@dataclass
class Proxy:
    """The server, in a thread with an event loop of its own."""

    side: Side
    delivery: Delivery
    record: Record
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    borrowed: dict[str, asyncio.Future[Payload]] = field(default_factory=dict)
    port: int = 0

    def app(self) -> web.Application:
        """Return the routes."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/api/{method}", self.answer)
        app.router.add_get("/link/", self.delivery.take_connection)
        app.router.add_post("/hooks/response/{id}", self.take_response)
        app.router.add_post("/from-emulator", self.pass_on)
        return app

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the Web API, or let it fail as the test wants."""
        method, at = request.match_info["method"], time.monotonic()
        arguments, token = await arguments_of(request)
        fault = self.side.next_fault(method)
        status, reply = 200, {}
        if fault is None or fault.done or (fault.seconds and not _refuses(fault)):
            if fault is not None:
                await asyncio.sleep(fault.seconds)
            reply = await self.reply_to(method, arguments, token)
        if fault is not None and _refuses(fault):
            await asyncio.sleep(0 if fault.done else fault.seconds)
            status, reply = fault.status, _reply_of(fault)
        seen = 0 if fault and fault.cut else status
        call = Call(method, arguments, token, seen, reply, at, time.monotonic())
        self.record.add(self.record.calls, call)
        if fault is not None and fault.cut and request.transport is not None:
            request.transport.abort()
        return self.respond(method, status, reply, fault)

    def respond(
        self, method: str, status: int, reply: Payload, fault: Fault | None
    ) -> web.StreamResponse:
        """Return the HTTP answer, with the headers that Slack sends."""
        headers = {
            "x-oauth-scopes": ",".join(sorted(self.side.directory.scopes)),
            "x-accepted-oauth-scopes": SCOPES.get(method, ""),
            "x-slack-req-id": self.side.new_id("req"),
        }
        if fault is not None and fault.retry_after is not None:
            headers["Retry-After"] = str(fault.retry_after)
        if status >= 500:
            return web.Response(status=status, text="upstream connect error", headers=headers)
        return web.json_response(reply, status=status, headers=headers)

    async def reply_to(self, method: str, arguments: Payload, token: str) -> Payload:
        """Return what Slack would answer."""
        try:
            self.check_token(method, token)
            if method == "apps.connections.open":
                return {"ok": True, "url": self.delivery.new_link(self.side.own_url)}
            self.check_scope(method)
            return await METHODS.get(method, unknown_method)(self.side, arguments)
        except Refusal as refusal:
            return refusal.body

    def check_token(self, method: str, token: str) -> None:
        """Refuse calls without a token, with an unknown one, or with one of the wrong type."""
        if not token:
            raise Refusal("not_authed")
        if token not in {BOT_TOKEN, APP_TOKEN}:
            raise Refusal("invalid_auth")
        if not self.side.directory.installed:
            raise Refusal("account_inactive")
        if (token == APP_TOKEN) != (method == "apps.connections.open"):
            raise Refusal("not_allowed_token_type")

    def check_scope(self, method: str) -> None:
        """Refuse calls whose scope the app was not given."""
        needed, given = SCOPES.get(method), self.side.directory.scopes
        if needed and needed not in given:
            raise Refusal("missing_scope", needed=needed, provided=",".join(sorted(given)))

    async def take_response(self, request: web.Request) -> web.StreamResponse:
        """Take a post to a response_url: five uses, half an hour, limits as for any message."""
        name, at = request.match_info["id"], time.monotonic()
        body = await request.json()
        status, reply = 200, {"ok": True}
        try:
            await self.use_hook(name, body)
        except Refusal as refusal:
            reply = refusal.body
            status = 404 if reply["error"] in {"used_url", "expired_url"} else 400
        call = Call("response_url", body, "", status, reply, at, time.monotonic())
        self.record.add(self.record.calls, call)
        return web.json_response(reply, status=status)

    async def use_hook(self, name: str, body: Payload) -> None:
        """Check and pass on one post to a response_url."""
        hook = self.side.hooks.get(name)
        if hook is None or time.monotonic() - hook.at > self.side.hook_seconds:
            raise Refusal("expired_url")
        if hook.uses >= MOST_HOOK_USES:
            raise Refusal("used_url")
        hook.uses += 1
        if body.get("blocks"):
            refuse_problems(problems_of_blocks(body["blocks"], "message"), "invalid_blocks")
            body = body | {"blocks": with_block_ids(self.side, body["blocks"])}
        if not (body.get("text") or body.get("blocks") or body.get("delete_original")):
            raise Refusal("no_text")
        stored = {"response_type": "ephemeral"} | body
        url = f"{self.side.emulator_url}/_hooks/response/{name}"
        assert self.side.session is not None
        async with self.side.session.post(url, json=stored) as answer:
            await answer.read()
        changes = body.get("replace_original") or body.get("delete_original")
        if stored["response_type"] == "ephemeral" and not changes:
            seen = {"channel": hook.channel, "user": hook.user, **body}
            self.record.add(self.record.ephemerals, seen)

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        """Take what the emulator delivers: commands go to the bot, the rest is built anew."""
        form = await request.post()
        if "command" in form:
            fields = {key: str(value) for key, value in form.items()}
            self.give_out(fields, fields["user_id"], fields["channel_id"])
            channel = self.side.directory.channels[fields["channel_id"]]
            fields["channel_name"] = channel.shown_name
            attempt = await self.delivery.deliver("slash_commands", fields)
            return web.json_response(attempt.reply if isinstance(attempt.reply, dict) else {})
        if "payload" in form:
            payload = json.loads(str(form["payload"]))
            action = payload["actions"][0]
            if action["action_id"] == BORROW:
                self.borrowed.pop(action["value"]).set_result(payload)
        return web.Response()

    def give_out(self, payload: Payload, user: str, channel: str) -> None:
        """Note the trigger and the response_url of a payload; the latter leads here."""
        self.side.triggers[payload["trigger_id"]] = Trigger(user, time.monotonic())
        if payload.get("response_url"):
            name = payload["response_url"].rsplit("/", 1)[-1]
            self.side.hooks[name] = Hook(user, channel, time.monotonic())
            payload["response_url"] = f"{self.side.own_url}/hooks/response/{name}"

    async def borrow(self, user: str, channel: str, ts: str) -> Payload:
        """Return a `block_actions` payload of the emulator's making, with trigger and hook."""
        name = self.side.new_id("loan")
        self.borrowed[name] = self.loop.create_future()
        loan = self.borrowed[name]
        action = {"action_id": BORROW, "value": name, "block_id": BORROW}
        # without a message, any ts does: the payload is built anew from the loan
        body = {"user": user, "channel": channel, "messageTs": ts or "0", "action": action}
        await self.side.control("interact", body)
        payload = await asyncio.wait_for(loan, 5)
        self.give_out(payload, user, channel)
        payload["user"]["team_id"] = self.side.directory.people[user].team
        payload["channel"]["name"] = self.side.directory.channels[channel].shown_name
        return payload


async def unknown_method(_side: Side, _arguments: Payload) -> Payload:
    """Refuse what this Slack does not have."""
    raise Refusal("unknown_method")


def _refuses(fault: Fault) -> bool:
    return fault.cut or fault.error is not None or fault.status != 200


def _reply_of(fault: Fault) -> Payload:
    limited = "ratelimited" if fault.status == 429 else "internal_error"
    return {"ok": False, "error": fault.error or limited}


async def arguments_of(request: web.Request) -> tuple[Payload, str]:
    """Return the arguments of a call and its token, from JSON, form or query."""
    arguments: Payload = dict(request.query)
    if request.content_type == "application/json":
        arguments |= json.loads(await request.text() or "{}")
    elif request.can_read_body:
        arguments |= dict(await request.post())
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ") if header else arguments.pop("token", "")
    return {name: parsed_argument(name, value) for name, value in arguments.items()}, token


STRUCTURED = set(
    "attachments blocks chunks loading_messages message metadata prompts unfurls view "
    "user_auth_blocks".split()
)


def parsed_argument(name: str, value: Any) -> Any:
    """Return an argument that a form carries as JSON."""
    if name in STRUCTURED and isinstance(value, str):
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


@contextlib.contextmanager
def running_proxy(directory: Directory) -> Iterator[Proxy]:
    """Run the server on a free loopback port, in a thread."""
    record = Record()
    proxy = Proxy(Side(directory, record), Delivery(record), record)
    ready = threading.Event()
    stop = proxy.loop.create_future()
    thread = threading.Thread(
        target=proxy.loop.run_until_complete, args=(_serve(proxy, ready, stop),)
    )
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        proxy.loop.call_soon_threadsafe(stop.set_result, None)
        thread.join()
        proxy.loop.close()


async def _serve(proxy: Proxy, ready: threading.Event, stop: asyncio.Future[None]) -> None:
    runner = web.AppRunner(proxy.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    proxy.port = runner.addresses[0][1]
    proxy.side.own_url = f"http://127.0.0.1:{proxy.port}"
    async with aiohttp.ClientSession() as session:
        proxy.side.session = session
        ready.set()
        await stop
        for socket in list(proxy.delivery.sockets):
            await socket.close()
        await runner.cleanup()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
