"""Requests to /slack/events: what Slack did not sign, or nobody can read, gets no further."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from slack_charter import STAFF, TELEWORK, charter_in_slack, settings_of, words_of
from slack_directory import SIGNING_SECRET
from slack_process import Bot
from slack_workspace import Workspace

pytestmark = [pytest.mark.slack, pytest.mark.slow]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def by_http(slack_corpus, slack_index, tmp_path_factory) -> Iterator[tuple[Workspace, Bot]]:
    folder = tmp_path_factory.mktemp("slack")
    home = folder / "home"
    shutil.copytree(slack_index, home)
    with charter_in_slack(folder, settings_of(slack_corpus, home), "http") as running:
        yield running


@pytest.fixture
def send(by_http):
    """Send a body as Slack does; the log may have no traceback afterwards."""
    bot = by_http[1]

    def send(body: bytes, *, kind: str = JSON, **changed: str | None) -> httpx.Response:
        moment = changed.get("moment") or str(int(time.time()))
        base = b"v0:" + moment.encode() + b":" + body
        signature = hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
        headers = {
            "content-type": kind,
            "x-slack-request-timestamp": moment,
            "x-slack-signature": changed.get("signature") or f"v0={signature}",
        }
        kept = {name: value for name, value in headers.items() if name not in changed}
        return httpx.post(bot.events_url, content=changed.get("sent") or body, headers=kept)

    yield send
    log = Path(bot.output.parent / "home" / "charter.log")
    assert "Traceback" not in bot.said() + (log.read_text() if log.exists() else "")


EVENT = json.dumps({"type": "event_callback", "event": {"type": "anything"}}).encode()


def test_what_slack_signed_is_taken(send):
    assert send(EVENT).status_code == 200


def test_an_address_is_verified(send):
    asked = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert "abc" in send(asked).text


@pytest.mark.parametrize(
    "changed",
    [
        {"x-slack-signature": None},
        {"x-slack-request-timestamp": None},
        {"signature": "v0=" + "0" * 64},
        {"signature": "nonsense"},
        {"signature": "v0=é"},
        {"moment": "1700000000"},
        {"moment": "99999999999"},
        {"moment": "-1"},
        {"moment": "soon"},
        {"moment": "1" * 400},
        {"sent": EVENT.replace(b"anything", b"app_mention")},
    ],
)
def test_unsigned_stale_and_tampered_requests_are_refused(send, changed):
    encoded = {k: v.encode() if k == "signature" else v for k, v in changed.items() if v}
    told = send(EVENT, **({**changed, **encoded}))
    assert told.status_code == 401
    assert told.json()["title"] == "The request is not signed"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe{", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b'"words"', JSON),
        (b"null", JSON),
        (b"[" * 100_000, JSON),
        (b'{"type": "event_callback"}', JSON),
        (b'{"type": "event_callback", "event": 5}', JSON),
        (b'{"type": "event_callback", "event": {"type": 5}}', JSON),
        (b'{"type": "event_callback", "event": {"type": "message", "subtype": []}}', JSON),
        (b"payload=%7B", FORM),
        (b"payload=5", FORM),
        (b"payload=%FF%FE", FORM),
    ],
)
def test_signed_requests_that_cannot_be_read_are_refused(send, body, kind):
    assert send(body, kind=kind).status_code == 400


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_mention"},
        {"type": "message", "user": STAFF},
        {"type": "message", "user": STAFF, "channel": "C01GENERAL", "text": None, "ts": 5},
        {"type": "message", "user": STAFF, "channel": "C01GENERAL", "text": ["a"], "ts": "1"},
        {"type": "message", "subtype": "message_changed", "channel": "C01GENERAL"},
        {"type": "message", "user": {"id": STAFF}, "ts": "1"},
        {"type": "link_shared"},
        {"type": "app_home_opened", "tab": "home"},
        {"type": "agent_session_stopped"},
    ],
)
def test_events_of_an_unexpected_shape_are_taken_and_left(send, event):
    body = json.dumps({"type": "event_callback", "team_id": "T01EXAMPLE", "event": event})
    assert send(body.encode()).status_code == 200


def test_an_interaction_that_nobody_knows_is_taken(send):
    click = {"type": "block_actions", "user": {"id": STAFF}, "actions": [{"action_id": "odd"}]}
    body = urlencode({"payload": json.dumps(click)}).encode()
    assert send(body, kind=FORM).status_code == 200


@pytest.mark.parametrize("signed", [True, False])
def test_five_megabytes_are_refused(send, signed):
    changed = {} if signed else {"x-slack-signature": None}
    assert send(b'{"text": "' + b"a" * 5_000_000 + b'"}', **changed).status_code == 413


def test_other_ways_of_asking_for_the_address_are_refused(by_http):
    assert httpx.get(by_http[1].events_url).status_code == 405


def test_the_page_is_served_beside_it(by_http):
    assert httpx.get(by_http[1].url).status_code == 200


def test_questions_go_on_being_answered_meanwhile(by_http):
    workspace = by_http[0]
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, TELEWORK)))
