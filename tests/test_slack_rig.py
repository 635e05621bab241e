"""The rig of the Slack tests holds what it claims: driven by Slack's own SDKs, not by the bot."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_apps import form
from slack_directory import APP_TOKEN, BOT_TOKEN
from slack_emulator import NODE_MODULES
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
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


def test_calls_need_the_right_token(workspace):
    def called(token: str | None, method: str = "auth.test") -> str:
        client = WebClient(token, base_url=workspace.api_url)
        return refused(client.api_call, api_method=method)

    assert called(None) == "not_authed"
    assert called("xoxb-unknown") == "invalid_auth"
    assert called(APP_TOKEN) == "not_allowed_token_type"
    assert called(BOT_TOKEN, "apps.connections.open") == "not_allowed_token_type"
    workspace.uninstall()
    assert called(BOT_TOKEN) == "account_inactive"


def test_a_scope_that_is_not_given_is_missed(workspace, client):
    workspace.directory.scopes -= {"usergroups:read", "groups:read"}
    with pytest.raises(SlackApiError) as caught:
        client.usergroups_list()
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "usergroups:read"
    assert refused(client.conversations_info, channel="C03PRIVATE") == "missing_scope"
    assert client.conversations_info(channel=GENERAL)["channel"]["is_member"]
    given = client.auth_test().headers["x-oauth-scopes"].split(",")
    assert set(given) == workspace.directory.scopes


def test_people_groups_and_channels_are_described_as_slack_does(workspace, client):
    def person(name: str) -> dict[str, Any]:
        return client.users_info(user=name)["user"]

    assert person("U04GUEST")["is_restricted"]
    assert person("U05GUEST")["is_ultra_restricted"]
    assert person("U06STRANGER")["is_stranger"]
    assert person("U07LEFT")["deleted"]
    assert "is_restricted" not in person("U07LEFT")
    assert person("U08ELSEWHERE")["team_id"] == "T02ELSEWHERE"
    assert refused(client.users_info, user="U99") == "user_not_found"
    groups = client.usergroups_list(include_users=True)["usergroups"]
    assert {one["id"]: one["users"] for one in groups}["S01HR"] == ["U03HR"]
    workspace.directory.plan_has_groups = False
    assert refused(client.usergroups_list) == "plan_upgrade_required"
    assert client.conversations_info(channel="C05SHARED")["channel"]["is_ext_shared"]
    assert "U06STRANGER" in client.conversations_members(channel="C05SHARED")["members"]
    assert refused(client.conversations_members, channel="C04HIDDEN") == "channel_not_found"


def test_an_ephemeral_message_is_for_members_alone_and_cannot_be_updated(workspace, client):
    post = client.chat_postEphemeral
    assert refused(post, channel=GENERAL, user="U06STRANGER", text="x") == "user_not_in_channel"
    ts = post(channel=GENERAL, user=STAFF, text="For you")["message_ts"]
    assert workspace.ephemeral_for(STAFF)["text"] == "For you"
    assert not workspace.messages(GENERAL)
    update = {"channel": GENERAL, "ts": ts, "text": "No"}
    assert refused(client.chat_update, **update) == "message_not_found"


BAD_BLOCKS = [
    [{"type": "markdown", "text": "x" * 6_001}, {"type": "markdown", "text": "x" * 6_000}],
    [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}],
    [{"type": "section"}],
    [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
    [{"type": "divider"}] * 51,
    [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
    [{"type": "divider", "block_id": "x" * 256}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 5_001}] * 2]}],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2,
    [{"type": "plan", "title": "x", "tasks": [{"task_id": "1", "title": "x", "status": "no"}]}],
    [{"type": "context_actions", "elements": [{"type": "icon_button", "action_id": "a"}] * 2}],
    [{"type": "nonsense"}],
]


@pytest.mark.parametrize("blocks", BAD_BLOCKS, ids=range(len(BAD_BLOCKS)))
def test_blocks_over_a_limit_are_refused(client, blocks):
    post = {"channel": GENERAL, "text": "x", "blocks": blocks}
    assert refused(client.chat_postMessage, **post) == "invalid_blocks"
    assert client.api_call("blocks.validate", json={"blocks": blocks})["errors"]


def test_texts_over_a_limit_are_refused(workspace, client):
    ts = client.chat_postMessage(channel=GENERAL, text="x" * 5_000)["ts"]
    update = {"channel": GENERAL, "ts": ts, "text": "x" * 4_001}
    assert refused(client.chat_update, **update) == "msg_too_long"
    assert refused(client.api_call, api_method="chat.postMessage", json={"channel": GENERAL}) == (
        "no_text"
    )
    both = {"channel": GENERAL, "text": "x", "markdown_text": "x"}
    assert refused(client.chat_postMessage, **both) == "markdown_text_conflict"
    said = workspace.say(STAFF, GENERAL, "Mine")
    other = {"channel": GENERAL, "ts": said.ts, "text": "x"}
    assert refused(client.chat_update, **other) == "cant_update_message"


def test_a_stream_lives_until_it_is_stopped_or_expires(workspace, client):
    question = workspace.mention(STAFF, GENERAL, "Stream, please")
    start = {"channel": GENERAL, "thread_ts": question.ts}
    assert refused(client.chat_startStream, **start) == "missing_recipient_team_id"
    start |= {"recipient_team_id": "T01EXAMPLE", "recipient_user_id": STAFF}
    ts = client.chat_startStream(**start, markdown_text="One ")["ts"]
    client.chat_appendStream(channel=GENERAL, ts=ts, markdown_text="two ")
    client.chat_stopStream(channel=GENERAL, ts=ts, markdown_text="three")
    assert workspace.answer_in_thread(question)["text"] == "One two three"
    append = {"channel": GENERAL, "ts": ts, "markdown_text": "four"}
    assert refused(client.chat_appendStream, **append) == "message_not_in_streaming_state"
    append["ts"] = client.chat_startStream(**start)["ts"]
    workspace.press_stop(STAFF, workspace.answers(question)[1])
    assert refused(client.chat_appendStream, **append) == "stopped_by_user"
    append["ts"] = client.chat_startStream(**start)["ts"]
    workspace.streams_expire_at_once()
    assert refused(client.chat_appendStream, **append) == "message_not_in_streaming_state"


def test_a_status_stands_in_its_thread_until_a_message_comes(workspace, client):
    question = workspace.direct(STAFF, "Hello")
    client.assistant_threads_setStatus(
        channel_id=question.channel, thread_ts=question.ts, status="is reading"
    )
    client.chat_postMessage(channel=question.channel, thread_ts=question.ts, text="Read")
    assert workspace.statuses(question) == ["is reading", ""]
    prompts = [{"title": "x", "message": "y"}] * 5
    offer = {"channel_id": question.channel, "prompts": prompts}
    assert refused(client.assistant_threads_setSuggestedPrompts, **offer) == "invalid_arguments"
    client.assistant_threads_setSuggestedPrompts(channel_id=question.channel, prompts=prompts[:4])
    assert len(workspace.record.prompts[0]["prompts"]) == 4


def test_faults_come_as_often_as_wanted(workspace, client):
    workspace.fail("chat.postMessage", status=429, retry_after=7)
    workspace.fail("chat.postMessage", error="fatal_error")
    workspace.fail("chat.postMessage", status=503)
    workspace.fail("chat.postMessage", cut=True, done=True)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=GENERAL, text="One")
    assert limited.value.response.headers["Retry-After"] == "7"
    assert refused(client.chat_postMessage, channel=GENERAL, text="Two") == "fatal_error"
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=GENERAL, text="Three")
    with pytest.raises(OSError, match=r"closed|reset"):
        client.chat_postMessage(channel=GENERAL, text="Four")
    client.chat_postMessage(channel=GENERAL, text="Five")
    assert [one["text"] for one in workspace.messages(GENERAL)] == ["Four", "Five"]
    assert [one.status for one in workspace.calls()] == [429, 200, 503, 0, 200]


def test_a_trigger_serves_once_and_not_for_long(workspace, client):
    trigger = workspace.run(workspace.proxy.borrow(STAFF, GENERAL, ""))["trigger_id"]
    client.views_open(trigger_id=trigger, view=form(""))
    again = {"trigger_id": trigger, "view": form("")}
    assert refused(client.views_open, **again) == "exchanged_trigger_id"
    again["trigger_id"] = workspace.run(workspace.proxy.borrow(STAFF, GENERAL, ""))["trigger_id"]
    workspace.triggers_expire_at_once()
    assert refused(client.views_open, **again) == "expired_trigger_id"
    view = workspace.modal(STAFF)
    update = {"view_id": view["id"], "hash": view["hash"], "view": form("new")}
    client.views_update(**update)
    assert workspace.modal(STAFF)["private_metadata"] == "new"
    assert refused(client.views_update, **update) == "hash_conflict"


def test_a_response_url_serves_five_times(workspace):
    loan = workspace.run(workspace.proxy.borrow(STAFF, GENERAL, ""))
    posts = [httpx.post(loan["response_url"], json={"text": "x"}) for _ in range(6)]
    assert [one.status_code for one in posts] == [200] * 5 + [404]
    assert len(workspace.ephemerals(STAFF)) == 5


def test_the_official_javascript_client_takes_the_proxy_for_slack(workspace):
    script = """
      const { WebClient } = require("@slack/web-api");
      const client = new WebClient(process.env.TOKEN, { slackApiUrl: process.env.API });
      (async () => {
        const me = await client.auth.test();
        const said = await client.chat.postMessage({ channel: "C01GENERAL", text: "From Node" });
        const stream = client.chatStream({ channel: "C01GENERAL", thread_ts: said.ts,
          recipient_team_id: me.team_id, recipient_user_id: "U01STAFF" });
        await stream.append({ markdown_text: "**One** " });
        await stream.stop({ markdown_text: "two" });
        const error = await client.chat.postMessage({ channel: "C02NOBOT", text: "x" })
          .catch((refusal) => refusal.data.error);
        const scopes = me.response_metadata.scopes;
        console.log(JSON.stringify({ user: me.user_id, scopes, error }));
      })();
    """
    environment = {"TOKEN": BOT_TOKEN, "API": workspace.api_url, "PATH": os.environ["PATH"]}
    told = subprocess.run(  # noqa: S603 - a script of this file
        ["node", "-e", script],  # noqa: S607 - the Node.js of the machine
        env=environment,
        cwd=NODE_MODULES.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    assert found["user"] == "U0CHARTER"
    assert "chat:write" in found["scopes"]
    assert found["error"] == "not_in_channel"
    assert [one["text"] for one in workspace.messages(GENERAL)] == ["From Node", "**One** two"]


def test_a_slow_call_takes_effect_after_an_impatient_client_has_left(workspace):
    impatient = WebClient(BOT_TOKEN, base_url=workspace.api_url, timeout=1, retry_handlers=[])
    workspace.fail("chat.postMessage", seconds=1.5)
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel=GENERAL, text="Late")
    late = workspace.wait_for(lambda: workspace.messages(GENERAL), "the late message")
    assert late[0]["text"] == "Late"
    workspace.fail("*", error="internal_error")
    assert refused(impatient.auth_test) == "internal_error"
