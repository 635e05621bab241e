"""What people do in the rig reaches an app in the shapes that Slack sends."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from slack_apps import listening
from slack_directory import BOT_TOKEN
from slack_load import Load, drive, organisation_for
from slack_process import running_bot
from slack_sdk import WebClient
from slack_workspace import Workspace, slack_workspace

pytestmark = [pytest.mark.slack, pytest.mark.slow]

STAFF, OTHER, GENERAL = "U01STAFF", "U02STAFF", "C01GENERAL"
SMALL_BOT = (sys.executable, str(Path(__file__).with_name("slack_small_bot.py")))


@pytest.fixture
def heard() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def workspace(tmp_path: Path, heard: list[dict[str, Any]]) -> Iterator[Workspace]:
    async def hear(request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            heard.append(await request.json())
        else:
            form = await request.post()
            heard.append(json.loads(str(form["payload"])) if "payload" in form else dict(form))
        return web.Response()

    with slack_workspace(tmp_path, mode="http") as running, listening(hear) as url:
        running.deliver_to(url)
        yield running


def test_one_mention_is_two_events_with_ids_of_their_own(workspace, heard):
    said = workspace.mention(STAFF, GENERAL, "How many days?", times=2)
    workspace.delivered()
    kinds = sorted((one["event"]["type"], one["event_id"]) for one in heard)
    assert [kind for kind, _ in kinds] == ["app_mention"] * 2 + ["message"] * 2
    assert {name for _, name in kinds} == set(said.event_ids)
    assert {one["event"]["ts"] for one in heard} == {said.ts}
    mention = next(one["event"] for one in heard if one["event"]["type"] == "app_mention")
    assert "channel_type" not in mention
    assert mention["blocks"][0]["elements"][0]["elements"][0] == {
        "type": "user",
        "user_id": "U0CHARTER",
    }


def test_the_bot_hears_only_what_it_is_subscribed_to_and_where_it_is(workspace, heard):
    workspace.subscribe("app_mention", "message.im")
    workspace.mention(STAFF, GENERAL, "Mentioned")
    workspace.mention(STAFF, "C02NOBOT", "Not here")
    workspace.direct(STAFF, "Direct", app_context={"entities": []})
    workspace.delivered()
    told = [(one["event"]["type"], one["event"].get("channel_type")) for one in heard]
    assert sorted(told, key=str) == [("app_mention", None), ("message", "im")]


def test_edits_and_other_apps_and_other_teams_look_as_they_do(workspace, heard):
    said = workspace.say(STAFF, GENERAL, "Frist")
    workspace.edit(said, "First")
    workspace.unfurl_changes(said)
    workspace.replies_change(said)
    workspace.delete(said)
    workspace.another_app_says(GENERAL, "<@U0CHARTER> beep")
    workspace.another_app_says(GENERAL, "beep", classic=True)
    workspace.from_another_team("U08ELSEWHERE", "C05SHARED", "Hello")
    workspace.slackbot_says(STAFF, "archived")
    workspace.delivered()
    subtypes = [one["event"].get("subtype") for one in heard]
    assert subtypes.count("message_changed") == 3
    assert {"message_deleted", "bot_message"} <= set(subtypes)
    edited = [one["event"]["message"] for one in heard if "message" in one["event"]]
    assert sum("edited" in one for one in edited) == 1
    assert any(one["team_id"] == "T02ELSEWHERE" for one in heard)
    assert any(one["is_ext_shared_channel"] for one in heard)
    assert any("bot_profile" in one["event"] for one in heard)


def test_administration_is_told(workspace, heard):
    workspace.change_group("S01HR", add=STAFF, remove="U03HR")
    workspace.event("something_new", colour="red")
    workspace.open_home(STAFF, "messages")
    workspace.uninstall()
    workspace.delivered()
    told = {one["event"]["type"]: one["event"] for one in heard}
    assert told["subteam_members_changed"]["added_users"] == [STAFF]
    assert workspace.directory.groups["S01HR"].users == [STAFF]
    assert told["app_home_opened"]["tab"] == "messages"
    assert {"something_new", "tokens_revoked", "app_uninstalled"} <= set(told)


def test_clicks_carry_what_was_clicked(workspace, heard):
    client = WebClient(BOT_TOKEN, base_url=workspace.api_url)
    plain = {"type": "plain_text", "text": "x"}
    vote = {
        "type": "feedback_buttons",
        "action_id": "vote",
        "positive_button": {"text": plain, "value": "yes"},
        "negative_button": {"text": plain, "value": "no"},
    }
    said = workspace.say(STAFF, GENERAL, "Question")
    blocks = [{"type": "context_actions", "elements": [vote]}]
    client.chat_postMessage(channel=GENERAL, thread_ts=said.ts, text="x", blocks=blocks)
    workspace.click(OTHER, workspace.answer_in_thread(said), "vote", "negative")
    workspace.delivered()
    click = heard[-1]
    assert click["actions"][0]["value"] == "no"
    assert click["actions"][0]["block_id"]
    assert click["user"]["id"] == OTHER
    assert click["container"]["thread_ts"] == said.ts
    assert click["message"]["text"] == "x"


def test_a_reply_names_whom_it_answers_and_a_stranger_their_team(workspace, heard):
    said = workspace.say(STAFF, "C05SHARED", "Question")
    workspace.reply("U06STRANGER", said, "Answer")
    workspace.delivered()
    reply = next(one for one in heard if one["event"]["ts"] != said.ts)["event"]
    assert reply["thread_ts"] == said.ts
    assert reply["parent_user_id"] == STAFF
    assert reply["user_team"] == "T02ELSEWHERE"


def test_a_command_hides_the_name_of_a_private_channel(workspace, heard):
    workspace.command(STAFF, "C03PRIVATE", "leave")
    workspace.command(STAFF, STAFF, "leave")
    assert [one["channel_name"] for one in heard] == ["privategroup", "directmessage"]


def test_replicas_share_the_events(workspace, heard):
    async def also(_request: web.Request) -> web.Response:
        heard.append({"replica": 2})
        return web.Response()

    first = workspace.proxy.delivery.request_urls
    with listening(also) as url:
        workspace.deliver_to(*first, url)
        for _ in range(20):
            workspace.say(STAFF, GENERAL, "Who gets this?")
        workspace.delivered()
    assert len(heard) == 20
    assert 0 < heard.count({"replica": 2}) < 20


def test_a_raw_post_can_be_wrong_in_any_way(workspace, heard):
    assert workspace.post_raw(b"{}").status_code == 200
    workspace.post_raw(b"{}", at=0, X_Slack_Signature="v0=0", User_Agent="")
    assert heard == [{}, {}]
    workspace.verify_url("x")
    assert heard[-1]["challenge"] == "x"


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_bot_in_its_own_process_is_driven_and_counted(tmp_path, mode):
    load = Load(rate=40, seconds=1, channels=10)
    with (
        slack_workspace(tmp_path, mode=mode, directory=organisation_for(load)) as workspace,
        running_bot(workspace, tmp_path, command=SMALL_BOT),
    ):
        outcome = drive(workspace, load)
        assert (outcome.asked, outcome.answered_once) == (40, 40)
        assert outcome.deliveries == 80
        workspace.forget()
        said = workspace.mention("U000", "C000", "Again?")
        assert workspace.only_answer(said)["text"] == "Yes"
        assert len(workspace.calls("chat.postMessage")) == 1
        if mode == "socket":
            workspace.hang_up()
            assert workspace.only_answer(workspace.mention("U000", "C000", "Still there?"))


def test_a_bot_that_does_not_start_is_told_with_its_output(tmp_path):
    broken = (sys.executable, "-c", "raise SystemExit('no settings')")
    with (
        slack_workspace(tmp_path) as workspace,
        pytest.raises(AssertionError, match="no settings"),
        running_bot(workspace, tmp_path, command=broken),
    ):
        pass
