"""A bot of ten lines in a process of its own: what the rig's tests start in the bot's place."""

from __future__ import annotations

import asyncio
import os

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

SETTINGS = os.environ


def small_app() -> AsyncApp:
    """Return an app that answers each mention once, for it looks at `app_mention` alone."""
    url = SETTINGS["CHARTER_SLACK_API_URL"]
    client = AsyncWebClient(SETTINGS["CHARTER_SLACK_BOT_TOKEN"], base_url=url)
    app = AsyncApp(client=client, signing_secret=SETTINGS["CHARTER_SLACK_SIGNING_SECRET"])

    @app.event("app_mention")
    async def answer(event: dict[str, str], client: AsyncWebClient) -> None:
        place, thread = event["channel"], event.get("thread_ts", event["ts"])
        await client.chat_postMessage(channel=place, thread_ts=thread, text="Yes")

    @app.event("message")
    async def leave() -> None:
        pass

    return app


async def main() -> None:
    """Serve by the settings that the bot has too."""
    app = small_app()
    if SETTINGS["CHARTER_SLACK_MODE"] == "socket":
        token = SETTINGS["CHARTER_SLACK_APP_TOKEN"]
        client = AsyncWebClient(token, base_url=SETTINGS["CHARTER_SLACK_API_URL"])
        await AsyncSocketModeHandler(app, token, web_client=client).start_async()
    port = int(SETTINGS["CHARTER_PORT"])
    runner = web.AppRunner(AsyncSlackAppServer(port, "/slack/events", app).web_app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
