"""Setting Charter up in Slack: manifest, check, doctor, settings, and what is not set."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from slack_charter import HR_CHANNEL, NO_BOT, STAFF, TELEWORK, charter_in_slack, words_of
from slack_directory import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from slack_manifest import assert_valid_manifest
from slack_process import CHARTER, running_bot
from slack_workspace import slack_workspace

from assistant.doctor import examine
from assistant.settings import describe, load_settings
from bots.slack.manifest import manifest

slack = [pytest.mark.slack, pytest.mark.slow]


def charter(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  the command under test
        [str(CHARTER), *arguments],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize("follow", [True, False])
@pytest.mark.parametrize("groups", [{}, {"S01HR": ("hr",)}])
@pytest.mark.parametrize("page", ["", "https://charter.example.org"])
def test_the_manifest_is_valid_for_every_way_of_running_it(mode, follow, groups, page):
    page = page or ("https://charter.example.org" if mode == "http" else "")
    made = manifest(
        load_settings(
            slack_mode=mode, slack_follow_threads=follow, slack_groups=groups, public_url=page
        )
    )
    assert_valid_manifest(made)


def test_the_manifest_asks_for_no_more_than_the_settings_need():
    least = manifest(load_settings(slack_follow_threads=False, public_url=""))
    assert least["oauth_config"]["scopes"]["bot"] == [
        "app_mentions:read",
        "assistant:write",
        "chat:write",
        "commands",
        "im:history",
        "users:read",
    ]
    events = least["settings"]["event_subscriptions"]["bot_events"]
    assert not any(event in events for event in ("message.channels", "link_shared"))


@pytest.mark.slow
def test_the_command_prints_the_manifest():
    told = charter("slack", "manifest", CHARTER_PUBLIC_URL="https://charter.example.org")
    assert_valid_manifest(json.loads(told.stdout))


@pytest.mark.slow
def test_without_an_address_there_is_no_manifest_for_http():
    told = charter("slack", "manifest", CHARTER_SLACK_MODE="http", CHARTER_PUBLIC_URL="")
    assert told.returncode == 1
    assert "CHARTER_PUBLIC_URL is not set" in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "lacking"),
    [("socket", "CHARTER_SLACK_APP_TOKEN"), ("http", "CHARTER_SLACK_SIGNING_SECRET")],
)
def test_what_is_not_set_is_named(tmp_path, mode, lacking):
    told = charter(
        "slack",
        CHARTER_HOME=str(tmp_path),
        CHARTER_SLACK_MODE=mode,
        CHARTER_SLACK_BOT_TOKEN="xoxb-none",  # noqa: S106  opens nothing
    )
    assert told.returncode == 1
    assert f"{lacking} is not set" in told.stderr
    assert "docs/slack.md" in told.stderr


def checked(workspace, *arguments: str, **settings: str) -> dict[str, tuple[str, str, str]]:
    """Return what the check finds, by its subject."""
    told = charter("slack", "check", "--json", *arguments, **workspace.environment(), **settings)
    assert told.stdout, told.stderr
    findings = json.loads(told.stdout)["findings"]
    assert told.returncode == (1 if any(one["level"] == "error" for one in findings) else 0)
    assert all(one["remedy"] for one in findings if one["level"] == "error")
    return {one["subject"]: (one["level"], one["problem"], one["remedy"]) for one in findings}


@pytest.fixture
def bare(tmp_path):
    """A workspace without a bot."""
    with slack_workspace(tmp_path) as workspace:
        yield workspace


class TestCheck:
    pytestmark = slack

    def test_a_sound_set_up_has_nothing_missing(self, bare):
        found = checked(
            bare,
            "--channel",
            HR_CHANNEL,
            CHARTER_PUBLIC_URL="https://charter.example.org",
            CHARTER_SLACK_GROUPS='{"S01HR": ["hr"]}',
            CHARTER_SLACK_FOLLOW_THREADS="false",
        )
        assert {level for level, _, _ in found.values()} == {"ok"}
        assert "Example organisation" in found["bot token"][1]
        assert bare.messages(HR_CHANNEL) == []

    def test_a_wrong_token_is_named(self, bare):
        environment = bare.environment() | {"CHARTER_SLACK_BOT_TOKEN": "xoxb-wrong"}
        told = charter("slack", "check", **environment)
        assert told.returncode == 1
        assert "invalid_auth" in told.stdout
        assert "Bot User OAuth Token" in told.stdout
        assert "xoxb-wrong" not in told.stdout + told.stderr

    def test_a_wrong_app_token_is_named(self, bare):
        environment = bare.environment() | {"CHARTER_SLACK_APP_TOKEN": "xapp-wrong"}
        told = charter("slack", "check", **environment)
        assert told.returncode == 1
        assert "CHARTER_SLACK_APP_TOKEN" in told.stdout

    def test_a_missing_scope_is_named_with_what_it_is_for(self, bare):
        bare.directory.scopes.discard("users:read")
        found = checked(bare, CHARTER_PUBLIC_URL="https://charter.example.org")
        level, problem, remedy = found["scope users:read"]
        assert level == "error"
        assert "tells members from guests" in problem
        assert "charter slack manifest" in remedy

    def test_an_unknown_user_group_is_named(self, bare):
        found = checked(bare, CHARTER_SLACK_GROUPS='{"S99": ["hr"]}')
        assert found["user group S99"][0] == "error"

    def test_a_channel_without_charter_is_named(self, bare):
        found = checked(bare, "--channel", NO_BOT)
        assert found[f"channel {NO_BOT}"][0] == "error"
        assert "/invite @Charter" in found[f"channel {NO_BOT}"][2]

    def test_events_that_do_not_come_are_named(self, bare):
        bare.subscribe("app_mention")
        found = checked(bare, "--channel", HR_CHANNEL)
        assert found["round trip"][0] == "error"
        assert "no event of it came" in found["round trip"][1]

    def test_events_that_come_back_make_the_round_trip_whole(self, bare):
        command = [str(CHARTER), "slack", "check", "--json", "--channel", HR_CHANNEL]
        environment = os.environ | bare.environment()
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as running:  # noqa: S603  the command under test
            posted = bare.wait_for(lambda: bare.messages(HR_CHANNEL), "the trial message", 60)[0]
            bare.the_bot_hears_itself(posted)
            told, _ = running.communicate(timeout=60)
        found = {one["subject"]: one for one in json.loads(told)["findings"]}
        assert found["round trip"]["level"] == "ok"
        assert "its event came back" in found["round trip"]["problem"]
        assert bare.messages(HR_CHANNEL) == []

    def test_slack_out_of_reach_is_told_plainly(self):
        told = charter(
            "slack",
            "check",
            CHARTER_SLACK_BOT_TOKEN=BOT_TOKEN,
            CHARTER_SLACK_APP_TOKEN=APP_TOKEN,
            CHARTER_SLACK_API_URL="http://127.0.0.1:9/api/",
        )
        assert told.returncode == 1
        assert "Slack cannot be reached" in told.stdout

    def test_over_http_the_address_is_tried_with_a_signed_request(self, tmp_path, slack_settings):
        with charter_in_slack(tmp_path, slack_settings, "http") as (workspace, bot):
            own = {"CHARTER_PUBLIC_URL": bot.url}
            found = checked(workspace, "--channel", HR_CHANNEL, **own)
            assert found[f"events at {bot.events_url}"][0] == "ok"
            other = {**own, "CHARTER_SLACK_SIGNING_SECRET": "another"}
            told = charter("slack", "check", **{**workspace.environment(), **other})
            assert "401" in told.stdout


class TestRunning:
    pytestmark = slack

    def test_the_server_is_in_slack_as_well_where_that_is_set_up(self, tmp_path, slack_settings):
        command = (str(CHARTER), "serve", "--port", "0")
        with (
            slack_workspace(tmp_path) as workspace,
            running_bot(workspace, tmp_path, command=command, **slack_settings) as bot,
        ):
            answer = workspace.only_answer(workspace.direct(STAFF, TELEWORK))
            assert "three days" in words_of(answer)
            workspace.wait_for(lambda: "Charter answers at" in bot.said(), "the page")

    def test_it_ends_soon_when_it_is_told_to(self, tmp_path, slack_settings):
        with charter_in_slack(tmp_path, slack_settings) as (workspace, bot):
            workspace.only_answer(workspace.direct(STAFF, TELEWORK))
            bot.process.send_signal(signal.SIGTERM)
            assert bot.process.wait(20) == 0
            assert "Stopped." in bot.said()

    def test_no_secret_is_said_or_logged(self, tmp_path, slack_settings):
        with charter_in_slack(tmp_path, slack_settings) as (workspace, bot):
            workspace.fail("users.info", times=3, status=500)
            workspace.only_answer(workspace.direct(STAFF, TELEWORK))
            workspace.uninstall()
            workspace.quiet()
        log = Path(slack_settings["CHARTER_HOME"]) / "charter.log"
        said = bot.said() + (log.read_text() if log.exists() else "")
        assert not any(one in said for one in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, TELEWORK))


def test_the_settings_are_listed_without_their_secrets(monkeypatch):
    monkeypatch.setenv("CHARTER_SLACK_BOT_TOKEN", "xoxb-hush")
    monkeypatch.setenv("CHARTER_SECRET", "hush")
    lines = {line.name: line for line in describe(load_settings())}
    assert lines["slack_bot_token"].value == "(set, not shown)"
    assert lines["slack_app_token"].value == ""
    assert "hush" not in str(lines) + repr(load_settings())


def test_a_table_that_is_not_json_names_its_variable(monkeypatch):
    monkeypatch.setenv("CHARTER_SLACK_GROUPS", "S01HR=hr")
    with pytest.raises(Exception, match="CHARTER_SLACK_GROUPS is not written in JSON"):
        load_settings()


@pytest.mark.parametrize(
    ("given", "level", "said"),
    [
        ({}, "ok", "It is not set up"),
        ({"slack_bot_token": "xoxb-1"}, "error", "CHARTER_SLACK_APP_TOKEN is not set"),
        (
            {"slack_bot_token": "xoxb-1", "slack_mode": "http"},
            "error",
            "CHARTER_SLACK_SIGNING_SECRET is not set",
        ),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}, "ok", "charter slack check"),
    ],
)
def test_the_doctor_says_whether_slack_is_set_up(tmp_path, given, level, said):
    settings = load_settings(home=tmp_path, port=0, **given)
    found = next(one for one in examine(settings) if one.subject == "Slack")
    assert found.level == level
    assert said in found.problem
