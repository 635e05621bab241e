"""Small apps on Slack's own frameworks, to try the rig with: they are not the bot."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_directory import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from slack_emulator import free_port
from slack_sdk.web.async_client import AsyncWebClient
from slack_workspace import Mode, Workspace

PATH = "/slack/events"


def echo_app(workspace: Workspace) -> AsyncApp:
    """Return the smallest app that uses each way in."""
    client = AsyncWebClient(BOT_TOKEN, base_url=workspace.api_url)
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

    @app.event("app_mention")
    async def answer(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(
            channel=event["channel"],
            thread_ts=event.get("thread_ts", event["ts"]),
            text=f"You said: {event['text']}",
        )

    @app.event("message")
    async def leave() -> None:
        pass

    return app


def host_app(workspace: Workspace) -> AsyncApp:
    """Return an app with a command, a button, a modal, a shortcut, a home tab and unfurls."""
    app = echo_app(workspace)

    @app.command("/charter")
    async def command(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        button = {"type": "plain_text", "text": "Ask"}
        element = {"type": "button", "action_id": "ask", "text": button, "value": "1"}
        blocks = [{"type": "actions", "elements": [element]}]
        await respond(text=f"Only you: {body['text']}", blocks=blocks)

    @app.action("ask")
    async def act(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(body["channel"]["id"]))

    @app.view("form")
    async def submit(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        text = body["view"]["state"]["values"]["q"]["question"]["value"]
        if len(text) < 10:
            await ack(response_action="errors", errors={"q": "Say more"})
            return
        await ack()
        place, user = body["view"]["private_metadata"], body["user"]["id"]
        await client.chat_postEphemeral(channel=place, user=user, text=f"Submitted: {text}")

    @app.shortcut("about_this")
    async def about(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = form(body["message"]["text"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Welcome"}}]
        view = {"type": "home", "blocks": blocks}
        await client.views_publish(user_id=event["user"], view=view)

    @app.event("link_shared")
    async def unfurl(event: dict[str, Any], client: AsyncWebClient) -> None:
        card = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "A card"}}]}
        links = {one["url"]: card for one in event["links"]}
        await client.chat_unfurl(channel=event["channel"], ts=event["message_ts"], unfurls=links)

    return app


def form(metadata: str) -> dict[str, Any]:
    field = {"type": "plain_text_input", "action_id": "question"}
    label = {"type": "plain_text", "text": "Question"}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Ask"},
        "submit": {"type": "plain_text", "text": "Send"},
        "private_metadata": metadata,
        "blocks": [{"type": "input", "block_id": "q", "label": label, "element": field}],
    }


@contextmanager
def served(app: AsyncApp, workspace: Workspace) -> Iterator[None]:
    """Run an app in a thread, over the transport of the workspace."""
    port = free_port()
    workspace.proxy.delivery.request_urls = (f"http://127.0.0.1:{port}{PATH}",)
    with running_app(app, workspace.mode, workspace.api_url, port):
        yield


@contextmanager
def running_app(app: AsyncApp, mode: Mode, api_url: str, port: int) -> Iterator[None]:
    """Run an app in a thread: at a port, or on a web socket."""

    async def over_http(ready: threading.Event, stop: asyncio.Future[None]) -> None:
        await _serve(AsyncSlackAppServer(port, PATH, app).web_app, port, ready, stop)

    async def over_sockets(ready: threading.Event, stop: asyncio.Future[None]) -> None:
        client = AsyncWebClient(APP_TOKEN, base_url=api_url)
        handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=client)
        await handler.connect_async()
        ready.set()
        await stop
        await handler.close_async()

    with in_a_thread(over_http if mode == "http" else over_sockets):
        yield


@contextmanager
def listening(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Iterator[str]:
    """Serve one handler in a thread and return its address."""
    port = free_port()
    app = web.Application()
    app.router.add_post(PATH, handler)
    with in_a_thread(lambda ready, stop: _serve(app, port, ready, stop)):
        yield f"http://127.0.0.1:{port}{PATH}"


async def _serve(
    app: web.Application, port: int, ready: threading.Event, stop: asyncio.Future[None]
) -> None:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    ready.set()
    await stop
    await runner.cleanup()


Work = Callable[[threading.Event, "asyncio.Future[None]"], Coroutine[Any, Any, None]]


@contextmanager
def in_a_thread(work: Work) -> Iterator[None]:
    """Run something in an event loop of its own until the block ends."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    stop = loop.create_future()

    async def whole() -> None:
        await work(ready, stop)
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            _, pending = await asyncio.wait(others, timeout=1)  # listeners that are at their end
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(whole(),))
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set_result, None)
        thread.join()
        loop.close()
