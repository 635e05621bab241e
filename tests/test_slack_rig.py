"""The rig of the Slack tests holds what it claims: driven by Slack's own SDKs, not by the bot."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_directory import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from slack_emulator import free_port
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_workspace import Workspace, slack_workspace

pytestmark = [pytest.mark.slack, pytest.mark.slow]

STAFF, GENERAL = "U01STAFF", "C01GENERAL"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with slack_workspace(tmp_path) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return WebClient(BOT_TOKEN, base_url=workspace.api_url, retry_handlers=[])


def refused(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_the_bot_may_post_only_where_it_is_a_member(client):
    assert client.chat_postMessage(channel=GENERAL, text="Here").data["ok"]
    assert refused(client.chat_postMessage, channel="C02NOBOT", text="No") == "not_in_channel"
    assert refused(client.chat_postMessage, channel="C04HIDDEN", text="No") == "channel_not_found"
    assert refused(client.chat_postMessage, channel="C9", text="No") == "channel_not_found"


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


@contextmanager
def served(app: AsyncApp, workspace: Workspace) -> Iterator[None]:
    """Run an app in a thread, over the transport of the workspace."""
    loop, ready, port = asyncio.new_event_loop(), threading.Event(), free_port()
    stop = loop.create_future()

    async def listen() -> None:
        if workspace.mode == "http":
            runner = web.AppRunner(AsyncSlackAppServer(port, "/slack/events", app).web_app)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            ready.set()
            await stop
            await runner.cleanup()
        else:
            client = AsyncWebClient(APP_TOKEN, base_url=workspace.api_url)
            handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=client)
            await handler.connect_async()
            ready.set()
            await stop
            await handler.close_async()

    thread = threading.Thread(target=loop.run_until_complete, args=(listen(),))
    thread.start()
    ready.wait()
    workspace.proxy.delivery.request_url = f"http://127.0.0.1:{port}/slack/events"
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set_result, None)
        thread.join()
        loop.close()


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_mention_reaches_an_app_and_its_answer_is_stored(tmp_path, mode):
    with slack_workspace(tmp_path, mode=mode) as workspace, served(echo_app(workspace), workspace):
        question = workspace.mention(STAFF, GENERAL, "How many days?")
        answer = workspace.answer_in_thread(question)
        assert answer["text"] == "You said: <@U0CHARTER> How many days?"
        assert [one.status for one in workspace.delivered()] == [200, 200]
        assert len({one.id for one in workspace.attempts()}) == 2
