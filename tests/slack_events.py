"""The payloads that Slack sends, in the shapes of its documentation and of public captures.

Shapes: the events reference of docs.slack.dev, the types of the official SDKs, and the captured
webhook bodies in vercel/chat's Slack adapter (`sample-messages.md`).
"""

from __future__ import annotations

import re
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

from slack_directory import APP, BOT, BOT_USER, TEAM, Channel, Payload

MENTION = re.compile(r"<@(\w+)>")


def envelope(event: Payload, event_id: str, *, team: str = TEAM, shared: bool = False) -> Payload:
    """Wrap an event as the Events API does."""
    wrapped: Payload = {
        "token": "verification-token-of-the-tests",
        "team_id": team,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event.get("event_ts", time.time()))),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{event_id}",
    }
    if event["type"] != "app_mention":
        wrapped |= {"context_team_id": TEAM, "context_enterprise_id": None}
    return wrapped


def rich_text(text: str) -> list[Payload]:
    """Return the block that Slack makes of what a person typed."""
    elements: list[Payload] = []
    rest = 0
    for found in MENTION.finditer(text):
        if text[rest : found.start()]:
            elements.append({"type": "text", "text": text[rest : found.start()]})
        elements.append({"type": "user", "user_id": found[1]})
        rest = found.end()
    if text[rest:]:
        elements.append({"type": "text", "text": text[rest:]})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": uuid.uuid4().hex[:5], "elements": [section]}]


def message(channel: Channel, said: Payload, **more: Any) -> Payload:
    """Return the `message` event of what a person wrote; `said` is as the emulator stored it."""
    event: Payload = {
        "type": "message",
        "user": said["user"],
        "ts": said["ts"],
        "client_msg_id": str(uuid.uuid4()),
        "text": said["text"],
        "team": TEAM,
        "blocks": rich_text(said["text"]),
        "channel": channel.id,
        "event_ts": said["ts"],
        "channel_type": channel.type,
    }
    if said.get("thread_ts"):
        event["thread_ts"] = said["thread_ts"]
    return event | more


def app_mention(event: Payload) -> Payload:
    """Return the second event of one mention: no channel_type, another event_id around it."""
    kept = {key: value for key, value in event.items() if key != "channel_type"}
    return kept | {"type": "app_mention"}


def bot_profile(bot: str, user: str, app: str) -> Payload:
    """Return what a message says of the app that wrote it."""
    return {
        "id": bot,
        "deleted": False,
        "name": "robot",
        "updated": 1767225600,
        "app_id": app,
        "user_id": user,
        "icons": {},
        "team_id": TEAM,
    }


def message_changed(channel: Channel, old: Payload, new: Payload, ts: str) -> Payload:
    """Return the event of a message that changed: an edit, an unfurl, a reply below it."""
    base = {"type": "message", "team": TEAM, "source_team": TEAM, "user_team": TEAM}
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": base | new,
        "previous_message": base | old,
        "channel": channel.id,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.type,
    }


def message_deleted(channel: Channel, old: Payload, ts: str) -> Payload:
    """Return the event of a message that was deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": {"type": "message", **old},
        "channel": channel.id,
        "hidden": True,
        "deleted_ts": old["ts"],
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.type,
    }


def app_home_opened(user: str, channel: str, tab: str, ts: str) -> Payload:
    """Return the event of somebody opening the bot's home or its messages."""
    return {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": ts}


def link_shared(said: Payload, links: list[str], *, member: bool) -> Payload:
    """Return the event of links to a domain of the app's."""
    event: Payload = {
        "type": "link_shared",
        "user": said["user"],
        "channel": said["channel"],
        "message_ts": said["ts"],
        "unfurl_id": f"{said['channel']}.{said['ts']}.{uuid.uuid4().hex}",
        "source": "conversations_history",
        "is_bot_user_member": member,
        "links": [{"url": link, "domain": urlsplit(link).hostname} for link in links],
        "event_ts": said["ts"],
    }
    if said.get("thread_ts"):
        event["thread_ts"] = said["thread_ts"]
    return event


def members_changed(group: str, added: list[str], removed: list[str], ts: str) -> Payload:
    """Return the event of a user group whose members changed."""
    return {
        "type": "subteam_members_changed",
        "subteam_id": group,
        "team_id": TEAM,
        "date_previous_update": int(float(ts)) - 60,
        "date_update": int(float(ts)),
        "added_users": added,
        "added_users_count": str(len(added)),
        "removed_users": removed,
        "removed_users_count": str(len(removed)),
        "event_ts": ts,
    }


def block_actions(loan: Payload, action: Payload, shown: Payload) -> Payload:
    """Turn a borrowed payload into the one of a click; `shown` is the message or the view.

    An ephemeral message is named, not sent along: Slack keeps none.
    """
    payload = loan | {"actions": [action], "is_enterprise_install": False, "enterprise": None}
    if shown.get("type") in {"home", "modal"}:
        container = {"type": "view", "view_id": shown["id"]}
        for key in ("channel", "message", "response_url"):
            payload.pop(key, None)
        return payload | {"container": container, "view": shown, "state": {"values": {}}}
    ephemeral = shown.get("subtype") == "ephemeral"
    container = {
        "type": "message",
        "message_ts": shown["ts"],
        "channel_id": shown["channel"],
        "is_ephemeral": ephemeral,
    }
    if shown.get("thread_ts"):
        container["thread_ts"] = shown["thread_ts"]
    payload |= {"container": container, "state": {"values": {}}}
    if ephemeral:
        payload.pop("message", None)
    else:
        payload["message"] = shown | {"team": TEAM, "bot_id": BOT, "app_id": APP}
    return payload


def message_action(loan: Payload, callback_id: str, target: Payload) -> Payload:
    """Turn a borrowed payload into the one of a message shortcut."""
    kept = ("token", "team", "user", "channel", "trigger_id", "response_url")
    return {key: loan[key] for key in kept} | {
        "type": "message_action",
        "action_ts": f"{time.time():.6f}",
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "message_ts": target["ts"],
        "message": {"type": "message", "team": TEAM, **target},
    }


def view_submission(loan: Payload, view: Payload, values: Payload) -> Payload:
    """Turn a borrowed payload into the one of a modal that is submitted."""
    kept = ("token", "team", "user", "api_app_id", "trigger_id")
    return {key: loan[key] for key in kept} | {
        "type": "view_submission",
        "view": view | {"state": {"values": values}},
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def view_closed(loan: Payload, view: Payload) -> Payload:
    """Turn a borrowed payload into the one of a modal that is closed."""
    kept = ("token", "team", "user", "api_app_id")
    more = {"type": "view_closed", "view": view, "is_cleared": False}
    return {key: loan[key] for key in kept} | more | {"is_enterprise_install": False}


def state_values(view: Payload, typed: dict[str, Any]) -> Payload:
    """Return `state.values` of a modal: every input block, empty where nothing was typed.

    Args:
        view: The modal.
        typed: Values by action_id: a text, the value of an option, or a list of those.

    Raises:
        AssertionError: an action_id that the modal does not have.
    """
    values: Payload = {}
    known = set()
    for block in view["blocks"]:
        element = block.get("element") or block.get("accessory") or {}
        if "action_id" not in element or element["type"] == "button":
            continue
        known.add(element["action_id"])
        entry = _typed(element, typed.get(element["action_id"]))
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    assert set(typed) <= known, f"the modal has {sorted(known)}, not {sorted(set(typed) - known)}"
    return values


def _typed(element: Payload, value: Any) -> Payload:
    kind = element["type"]
    if kind in {"static_select", "radio_buttons"}:
        chosen = element.get("initial_option") if value is None else _option(element, value)
        return {"type": kind, "selected_option": chosen}
    if kind in {"checkboxes", "multi_static_select"}:
        initial = element.get("initial_options", [])
        chosen = initial if value is None else [_option(element, one) for one in value]
        return {"type": kind, "selected_options": chosen}
    return {"type": kind, "value": element.get("initial_value") if value is None else value}


def _option(element: Payload, value: str) -> Payload:
    found = [one for one in element["options"] if one["value"] == value]
    assert found, f"{element['action_id']} has no option {value!r}"
    option: Payload = found[0]
    return option
