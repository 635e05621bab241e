"""The rig of the Slack tests delivers as Slack does, over both transports."""

from __future__ import annotations

import asyncio
import threading

import pytest
from aiohttp import web
from slack_apps import PATH, echo_app, host_app, listening, running_app, served
from slack_bolt.async_app import AsyncApp
from slack_directory import BOT_TOKEN, SIGNING_SECRET, example_organisation
from slack_emulator import free_port, running_emulator
from slack_sdk.web.async_client import AsyncWebClient
from slack_workspace import slack_workspace

pytestmark = [pytest.mark.slack, pytest.mark.slow]

STAFF, GENERAL = "U01STAFF", "C01GENERAL"


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_mention_reaches_an_app_and_its_answer_is_stored(tmp_path, mode):
    with slack_workspace(tmp_path, mode=mode) as workspace, served(echo_app(workspace), workspace):
        question = workspace.mention(STAFF, GENERAL, "How many days?")
        answer = workspace.answer_in_thread(question)
        assert answer["text"] == "You said: <@U0CHARTER> How many days?"
        assert [one.status for one in workspace.delivered()] == [200, 200]
        assert len({one.id for one in workspace.attempts()}) == 2


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_an_event_that_is_not_acknowledged_comes_three_more_times(tmp_path, mode):
    heard = []

    async def refuse(request: web.Request) -> web.Response:
        heard.append((request.headers.get("X-Slack-Retry-Num"), await request.json()))
        return web.Response(status=500)

    with slack_workspace(tmp_path, mode=mode) as workspace, listening(refuse) as url:
        workspace.proxy.delivery.request_urls = (url,)
        said = workspace.say(STAFF, GENERAL, "Is anybody there?")
        workspace.delivered()
        attempts = workspace.attempts(said)
    assert [one.number for one in attempts] == [0, 1, 2, 3]
    reason = "http_error" if mode == "http" else "connection_failed"
    assert {one.reason for one in attempts} == {reason}
    if mode == "http":
        assert [number for number, _ in heard] == [None, "1", "2", "3"]
        assert len({body["event_id"] for _, body in heard}) == 1


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_the_emulator_alone_is_slack_enough_for_the_same_frameworks(tmp_path, mode):
    answered, port = threading.Event(), free_port()
    sink, kind = f"http://127.0.0.1:{port}{PATH}", "events" if mode == "http" else "socket"
    with running_emulator(example_organisation(), tmp_path, sink=sink, mode=kind) as emulator:
        client = AsyncWebClient(BOT_TOKEN, base_url=f"{emulator.url}/api/")
        app = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

        @app.event("message")
        async def answer(event: dict[str, str], client: AsyncWebClient) -> None:
            await client.chat_postMessage(channel=event["channel"], text="Hello to you")
            answered.set()

        with running_app(app, mode, f"{emulator.url}/api/", port):
            emulator.control("message", {"channel": GENERAL, "user": STAFF, "text": "Hello"})
            assert answered.wait(10)
            texts = [one["text"] for one in emulator.messages(GENERAL)]
    assert texts == ["Hello", "Hello to you"]


def test_retries_stop_where_the_app_says_so(tmp_path):
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    with slack_workspace(tmp_path, mode="http") as workspace, listening(refuse) as url:
        workspace.deliver_to(url)
        said = workspace.say(STAFF, GENERAL, "Once is enough")
        workspace.delivered()
        assert [one.status for one in workspace.attempts(said)] == [500]


def test_a_slow_acknowledgement_counts_as_none(tmp_path):
    first = asyncio.Event()

    async def dawdle(_request: web.Request) -> web.Response:
        if not first.is_set():
            first.set()
            await asyncio.Event().wait()
        return web.Response()

    with slack_workspace(tmp_path, mode="http") as workspace, listening(dawdle) as url:
        workspace.proxy.delivery.ack_seconds = 0.2
        workspace.deliver_to(url)
        said = workspace.say(STAFF, GENERAL, "Take your time")
        workspace.delivered()
        assert [one.reason for one in workspace.attempts(said)] == ["http_timeout", ""]


def test_each_kind_of_visit_reaches_an_app_and_comes_back(tmp_path):
    with (
        slack_workspace(tmp_path, mode="http") as workspace,
        served(host_app(workspace), workspace),
    ):
        assert workspace.command(STAFF, GENERAL, "leave").status == 200
        assert workspace.ephemeral_for(STAFF)["text"] == "Only you: leave"
        shown = workspace.stored_ephemerals(GENERAL, STAFF)[0]
        assert workspace.click(STAFF, shown, "ask").acknowledged
        assert workspace.modal_of(STAFF)["callback_id"] == "form"
        errors = workspace.submit(STAFF, question="short").reply
        assert errors == {"response_action": "errors", "errors": {"q": "Say more"}}
        assert workspace.submit(STAFF, question="a long question").acknowledged
        assert workspace.modal(STAFF) is None
        assert workspace.ephemerals(STAFF)[-1]["text"] == "Submitted: a long question"
        said = workspace.say(STAFF, GENERAL, "How is this decided?")
        assert workspace.shortcut(STAFF, said, "about_this").acknowledged
        assert workspace.modal_of(STAFF)["private_metadata"] == "How is this decided?"
        workspace.open_home(STAFF)
        assert workspace.home_of(STAFF)["blocks"][0]["text"]["text"] == "Welcome"
        link = "https://charter.example.org/d/1"
        workspace.share_link(STAFF, GENERAL, link)
        workspace.wait_for(lambda: workspace.record.unfurls, "an unfurl")
        assert list(workspace.record.unfurls[0]["unfurls"]) == [link]
