"""The judges of what the bot sends accept what Slack shows and refuse what it would not."""

from __future__ import annotations

from typing import Any

import pytest
from slack_blocks import assert_valid_message, assert_valid_view
from slack_manifest import assert_valid_manifest

needs_types = pytest.mark.slack


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def cell(text: str = "x") -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


def table(rows: int = 1, columns: int = 1, text: str = "x") -> dict[str, Any]:
    return {"type": "table", "rows": [[cell(text)] * columns] * rows}


BUTTON = {"type": "button", "action_id": "b", "text": plain("Share"), "value": "1"}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "vote",
    "positive_button": {"text": plain("Helpful"), "value": "1"},
    "negative_button": {"text": plain("Not helpful"), "value": "0"},
}
TRASH = {"type": "icon_button", "action_id": "t", "icon": "trash", "text": plain("Remove")}
TASK = {"type": "task_card", "task_id": "1", "title": "Reading", "status": "complete"}
SOURCE = {"type": "url", "url": "https://example.org/1", "text": "Policy"}
GOOD = [
    {"type": "header", "text": plain("Answer")},
    {"type": "markdown", "text": "**Two** days [1]"},
    {"type": "section", "text": {"type": "mrkdwn", "text": "Two days", "verbatim": True}},
    table(3, 2),
    {"type": "plan", "title": "Plan", "tasks": [TASK | {"sources": [SOURCE]}]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Sample policy"}]},
    {"type": "actions", "elements": [BUTTON]},
    {"type": "context_actions", "elements": [FEEDBACK, TRASH]},
]
BAD = {
    "an unknown type": {"type": "carrousel"},
    "feedback among actions": {"type": "actions", "elements": [FEEDBACK]},
    "a button among context actions": {"type": "context_actions", "elements": [BUTTON]},
    "no negative button": {
        "type": "context_actions",
        "elements": [{key: FEEDBACK[key] for key in FEEDBACK if key != "negative_button"}],
    },
    "mrkdwn in a button": {
        "type": "actions",
        "elements": [BUTTON | {"text": {"type": "mrkdwn", "text": "Share"}}],
    },
    "mrkdwn in a header": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "a cell of no type": {"type": "table", "rows": [[{"type": "text", "text": "x"}]]},
    "a number without text": {"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]},
    "an unknown key": {"type": "divider", "colour": "red"},
    "markdown over the budget": {"type": "markdown", "text": "x" * 11_501},
    "a section too long": {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}},
    "an empty section": {"type": "section"},
    "a header too long": {"type": "header", "text": plain("x" * 151)},
    "101 rows": table(rows=101),
    "21 columns": table(columns=21),
    "rows of different length": {"type": "table", "rows": [[cell()], [cell(), cell()]]},
    "too much in a table": table(columns=2, text="x" * 5_001),
    "an unknown status of a task": {
        "type": "plan",
        "title": "x",
        "tasks": [TASK | {"status": "no"}],
    },
    "a value too long": {"type": "actions", "elements": [BUTTON | {"value": "x" * 2_001}]},
    "a label too long": {"type": "actions", "elements": [BUTTON | {"text": plain("x" * 76)}]},
    "an alert in a message": {"type": "alert", "text": plain("x")},
}


@needs_types
def test_a_good_message_passes():
    assert_valid_message({"text": "Two days", "blocks": GOOD})


@needs_types
@pytest.mark.parametrize("block", BAD.values(), ids=BAD)
def test_a_bad_block_is_refused(block):
    with pytest.raises(AssertionError, match="Slack would refuse"):
        assert_valid_message({"text": "x", "blocks": [block]})


@needs_types
@pytest.mark.parametrize(
    "message",
    [
        {"text": "x", "blocks": [{"type": "divider"}] * 51},
        {"text": "x", "blocks": [table(), table()]},
        {"text": "x", "blocks": [{"type": "divider", "block_id": "a"}] * 2},
        {"text": " ", "blocks": GOOD},
        {"blocks": GOOD},
        {"text": "x", "chunks": [{"type": "task_update", "id": "1", "title": "x"}]},
    ],
    ids=["51 blocks", "two tables", "one id twice", "blank text", "no text", "a chunk"],
)
def test_a_bad_message_is_refused(message):
    with pytest.raises(AssertionError, match="Slack would refuse"):
        assert_valid_message(message)


@needs_types
def test_a_view_is_held_to_its_surface():
    label = {"label": plain("Question"), "element": {"type": "plain_text_input", "action_id": "q"}}
    view = {"type": "modal", "title": plain("Ask"), "submit": plain("Send")}
    field = {"type": "input", "block_id": "q", **label}
    assert_valid_view(view | {"blocks": [field]})
    assert_valid_view({"type": "home", "blocks": GOOD[:1]})
    for bad in [
        view | {"blocks": [field], "title": plain("x" * 25)},
        {"type": "modal", "title": plain("Ask"), "blocks": [field]},
        view | {"blocks": [{"type": "markdown", "text": "x"}]},
        view | {"blocks": [{"type": "divider"}] * 101},
        {"type": "home", "blocks": GOOD},
    ]:
        with pytest.raises(AssertionError, match="Slack would refuse"):
            assert_valid_view(bad)


MANIFEST = {
    "display_information": {"name": "Charter", "description": "Answers from the policies"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "charter"},
        "agent_view": {"agent_description": "Answers questions about policies"},
        "slash_commands": [{"command": "/charter", "description": "Ask the policies"}],
    },
    "oauth_config": {"scopes": {"bot": ["assistant:write", "commands", "app_mentions:read"]}},
    "settings": {
        "socket_mode_enabled": True,
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_mention"]},
    },
}


def merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in more.items():
        nested = isinstance(value, dict) and isinstance(base.get(key), dict)
        out[key] = merged(base[key], value) if nested else value
    return out


def test_a_good_manifest_passes():
    assert_valid_manifest(MANIFEST)


@pytest.mark.parametrize(
    "change",
    [
        {"display_information": {"name": "x" * 36}},
        {"display_information": {"long_description": "too short"}},
        {"features": {"agent_view": {"agent_desciption": "a typing error"}}},
        {"features": {"assistant_view": {"assistant_description": "no longer for new apps"}}},
        {"features": {"slash_commands": [{"command": "charter", "description": "x"}]}},
        {"features": {"unfurl_domains": ["https://example.org"]}},
        {"settings": {"event_subscriptions": {"bot_events": ["message.im"]}}},
        {"settings": {"socket_mode_enabled": False}},
        {"oauth_config": {"scopes": {"bot": ["commands", "app_mentions:read"]}}},
    ],
    ids=str,
)
def test_a_bad_manifest_is_refused(change):
    with pytest.raises(AssertionError, match="Slack would refuse"):
        assert_valid_manifest(merged(MANIFEST, change))
