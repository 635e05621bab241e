"""What people do in Slack, as sentences: they mention, write, click, submit, edit, leave."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import slack_events as events
from slack_delivery import Kind
from slack_directory import BOT_USER, OTHER_TEAM, TEAM, Channel, Payload
from slack_limits import walk
from slack_proxy import Proxy
from slack_record import Attempt
from slack_side import Stream

T = TypeVar("T")

PATIENCE = 10.0  # seconds until something that a person does must have taken effect


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, and the ids of the events that told the bot of it."""

    channel: str
    ts: str
    user: str
    text: str
    thread: str | None = None
    event_ids: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The thread in which an answer belongs."""
        return self.thread or self.ts

    def stored(self) -> Payload:
        """Return the message as Slack keeps it."""
        kept = {"type": "message", "channel": self.channel, "ts": self.ts, "user": self.user}
        return kept | {"text": self.text} | ({"thread_ts": self.thread} if self.thread else {})


@dataclass
class Acts:
    """Everything that a person, an administrator or another app can do."""

    proxy: Proxy
    under_way: list[Future[Any]] = field(default_factory=list)

    # ---- what all acts need ------------------------------------------------------------------

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the event loop of the proxy and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.proxy.loop).result(PATIENCE + 5)

    def start(self, work: Coroutine[Any, Any, T]) -> None:
        """Begin something in the event loop of the proxy; `delivered` waits for it."""
        self.under_way.append(asyncio.run_coroutine_threadsafe(work, self.proxy.loop))

    def channel(self, name: str) -> Channel:
        """Return a channel by its id; a person's id stands for their direct messages."""
        if name in self.proxy.side.directory.people:
            return self.run(self.proxy.side.dm(name))
        return self.proxy.side.directory.channels[name]

    def send(self, event: Payload, *, times: int = 1, **more: Any) -> str:
        """Deliver an event, several times if wanted, and return its id."""
        name = self.proxy.side.new_id("Ev")
        wanted = self.proxy.side.subscriptions
        if wanted is not None and _subscription(event) not in wanted:
            return name
        wrapped = events.envelope(event, name, **more)
        for _ in range(times):
            self.start(self.proxy.delivery.deliver("events_api", wrapped))
        return name

    def store(self, user: str, channel: Channel, text: str, thread: str | None) -> Payload:
        """Have the emulator keep a message of a person."""
        body = {"channel": channel.id, "user": user, "text": text}
        body |= {"thread_ts": thread} if thread else {}
        stored: Payload = self.run(self.proxy.side.control("message", body))["message"]
        return stored

    def interact(self, kind: Kind, payload: Payload) -> Attempt:
        """Deliver an interaction and return how the bot took it."""
        return self.run(self.proxy.delivery.deliver(kind, payload))

    # ---- writing -----------------------------------------------------------------------------

    def mention(self, user: str, channel: str, text: str, **more: Any) -> Said:
        """Write to the bot in a channel: a `message` and an `app_mention`, each with its event_id.

        Args:
            user: Who writes.
            channel: Where; the bot hears of it only where it is a member.
            text: What, without the mention, which is put before it.
            **more: See `say`.
        """
        return self.say(user, channel, f"<@{BOT_USER}> {text}".strip(), mention=True, **more)

    def say(self, user: str, channel: str, text: str, **more: Any) -> Said:
        """Write in a channel or a thread.

        Args:
            user: Who writes.
            channel: Where; a person's id stands for their direct messages with the bot.
            text: What, as it is.
            **more: `thread`, the ts of its first message; `mention`, send `app_mention` too;
                `times`, how often each event is delivered (with the same event_id); `team`, of the
                envelope; `only`, "message" or "app_mention" alone; anything else goes into the
                event, as `app_context` or `subtype`.
        """
        place = self.channel(channel)
        thread, times = more.pop("thread", None), more.pop("times", 1)
        mention, only = more.pop("mention", False), more.pop("only", None)
        around = {"team": more.pop("team", TEAM), "shared": place.is_ext_shared}
        stored = self.store(user, place, text, thread)
        if BOT_USER not in place.members:
            return Said(place.id, stored["ts"], user, text, thread)
        event = events.message(place, stored, **self.origin(user, place, thread), **more)
        told = [] if only == "app_mention" else [self.send(event, times=times, **around)]
        if mention and only != "message":
            told.append(self.send(events.app_mention(event), times=times, **around))
        return Said(place.id, stored["ts"], user, text, thread, tuple(told))

    def origin(self, user: str, place: Channel, thread: str | None) -> Payload:
        """Return what an event says of a writer from elsewhere, and of whom is answered."""
        said: Payload = {}
        person = self.proxy.side.directory.people.get(user)
        if person is not None and person.team != TEAM:
            said |= dict.fromkeys(("team", "user_team", "source_team"), person.team)
        for message in self.run(self.proxy.side.stored(place.id)) if thread else []:
            if message["ts"] == thread:
                said["parent_user_id"] = message["user"]
        return said

    def direct(self, user: str, text: str, **more: Any) -> Said:
        """Write to the bot in direct messages; options as for `say`."""
        return self.say(user, user, text, **more)

    def reply(self, user: str, said: Said, text: str, **more: Any) -> Said:
        """Write in the thread of a message, without a mention; options as for `say`."""
        return self.say(user, said.channel, text, thread=said.root, **more)

    def share_link(self, user: str, channel: str, *links: str) -> Said:
        """Post links of the app's domain: a `message` and a `link_shared`."""
        said = self.say(user, channel, " ".join(links))
        member = BOT_USER in self.channel(channel).members
        self.send(events.link_shared(said.stored(), list(links), member=member))
        return said

    def another_app_says(self, channel: str, text: str, *, classic: bool = False) -> Said:
        """Let another app write: with a bot_profile, or classically as a `bot_message`."""
        more: Payload = {"bot_id": "B0ROBOT", "app_id": "A0ROBOT"}
        if classic:
            more |= {"subtype": "bot_message", "username": "robot"}
        else:
            more["bot_profile"] = events.bot_profile("B0ROBOT", "U09ROBOT", "A0ROBOT")
        return self.say("U09ROBOT", channel, text, mention=f"<@{BOT_USER}>" in text, **more)

    def the_bot_hears_itself(self, answer: Payload) -> str:
        """Deliver the event of a message that the bot itself posted."""
        profile = events.bot_profile(answer["bot_id"], BOT_USER, answer["app_id"])
        more = {"bot_id": answer["bot_id"], "app_id": answer["app_id"], "bot_profile": profile}
        return self.send(events.message(self.channel(answer["channel"]), answer, **more))

    def slackbot_says(self, user: str, text: str) -> str:
        """Deliver a message of Slack's own (USLACK) in a person's direct messages."""
        ts = self.now()
        said = {"user": "USLACK", "ts": ts, "text": text}
        return self.send(events.message(self.channel(user), said))

    # ---- changing ----------------------------------------------------------------------------

    def edit(self, said: Said, text: str, *, by: str | None = None, **more: Any) -> Said:
        """Change the text of a message: `message_changed` with an `edited` mark."""
        body = {"channel": said.channel, "ts": said.ts, "user": said.user, "text": text}
        self.run(self.proxy.side.control("edit-message", body))
        mark = {"edited": {"user": by or said.user, "ts": self.now()}}
        self.change(said, {"text": text, "blocks": events.rich_text(text)} | mark, **more)
        return Said(said.channel, said.ts, said.user, text, said.thread)

    def change(self, said: Said, changes: Payload, **more: Any) -> str:
        """Deliver `message_changed` with these changes: an unfurl, a reply count, an edit."""
        old = said.stored() | {"blocks": events.rich_text(said.text)}
        place = self.channel(said.channel)
        return self.send(events.message_changed(place, old, old | changes, self.now()), **more)

    def unfurl_changes(self, said: Said) -> str:
        """Deliver the `message_changed` that only adds a preview of a link."""
        return self.change(said, {"attachments": [{"id": 1, "fallback": "a preview"}]})

    def replies_change(self, said: Said) -> str:
        """Deliver the `message_changed` of a first message that only counts a reply."""
        counts = {"thread_ts": said.ts, "reply_count": 1, "latest_reply": self.now()}
        return self.change(said, counts)

    def delete(self, said: Said) -> str:
        """Delete a message."""
        place = self.channel(said.channel)
        body = {"channel": place.id, "ts": said.ts, "user": said.user}
        self.run(self.proxy.side.control("delete-message", body))
        return self.send(events.message_deleted(place, said.stored(), self.now()))

    # ---- commands, buttons, modals, home -----------------------------------------------------

    def command(self, user: str, channel: str, text: str, command: str = "/charter") -> Attempt:
        """Type a slash command; returns how the bot took it."""
        before = len(self.proxy.record.attempts)
        place = self.channel(channel)
        body = {"channel": place.id, "user": user, "command": command, "text": text}
        self.run(self.proxy.side.control("command", body))
        taken = self.proxy.record.attempts[before:]
        return next(one for one in taken if one.kind == "slash_commands")

    def click(self, user: str, shown: Payload, action_id: str, value: str | None = None) -> Attempt:
        """Click what has this action_id in a message, an ephemeral message or a view.

        Args:
            user: Who clicks.
            shown: A stored message or a view.
            action_id: Of a button, a menu or feedback buttons.
            value: Which, where there are several: the value of an option, "positive" or
                "negative" of feedback buttons, or the value of a button.
        """
        action = pressed(shown, action_id, value) | {"action_ts": self.now()}
        place = shown.get("channel") or self.channel(user).id
        loan = self.run(self.proxy.borrow(user, place, shown.get("ts", "")))
        return self.interact("interactive", events.block_actions(loan, action, shown))

    def shortcut(self, user: str, target: Said | Payload, callback_id: str) -> Attempt:
        """Use a message shortcut on a message."""
        message = target.stored() if isinstance(target, Said) else target
        loan = self.run(self.proxy.borrow(user, message["channel"], message["ts"]))
        return self.interact("interactive", events.message_action(loan, callback_id, message))

    def submit(self, user: str, **typed: Any) -> Attempt:
        """Submit the modal that this person sees, with what they typed by action_id."""
        stack = self.proxy.side.views[user]
        loan = self.run(self.proxy.borrow(user, self.channel(user).id, ""))
        values = events.state_values(stack[-1], typed)
        attempt = self.interact("interactive", events.view_submission(loan, stack[-1], values))
        self.run(self._apply(stack, attempt.reply if attempt.acknowledged else {"keep": True}))
        return attempt

    async def _apply(self, stack: list[Payload], reply: Any) -> None:
        """Do with the modals what the answer to a submission says; without a word, close one."""
        reply = reply if isinstance(reply, dict) else {}
        match reply.get("response_action"):
            case "errors":
                return
            case "clear":
                stack.clear()
            case "update":
                kept = {key: stack[-1][key] for key in ("id", "hash", "root_view_id")}
                stack[-1] = reply["view"] | kept
            case "push":
                more = {"id": self.proxy.side.new_id("V"), "hash": self.now()}
                stack.append(reply["view"] | more | {"root_view_id": stack[0]["id"]})
            case None if "keep" not in reply:
                stack.pop()

    def close(self, user: str) -> Attempt | None:
        """Close the modal that this person sees; the bot hears of it where it asked to."""
        view = self.proxy.side.views[user].pop()
        if not view.get("notify_on_close"):
            return None
        loan = self.run(self.proxy.borrow(user, self.channel(user).id, ""))
        return self.interact("interactive", events.view_closed(loan, view))

    def open_home(self, user: str, tab: Literal["home", "messages"] = "home") -> str:
        """Open the bot's home tab, or its messages: the agent view."""
        opened = events.app_home_opened(user, self.channel(user).id, tab, self.now())
        if tab == "home" and user in self.proxy.side.homes:
            opened["view"] = self.proxy.side.homes[user]
        return self.send(opened)

    def press_stop(self, user: str, answer: Payload) -> str:
        """Press the stop button of an agent session while a message is streamed."""
        stream: Stream | None = self.proxy.side.streams.get(answer["ts"])
        if stream is not None:
            stream.stopped_by_user = True
        return self.event(
            "agent_session_stopped",
            user=user,
            channel=answer["channel"],
            thread_ts=answer.get("thread_ts", answer["ts"]),
            streaming_message_ts=[answer["ts"]] if stream else [],
        )

    # ---- administration ----------------------------------------------------------------------

    def event(self, kind: str, *, team: str = TEAM, shared: bool = False, **fields: Any) -> str:
        """Deliver any event, known to the bot or not."""
        event = {"type": kind, "event_ts": self.now()} | fields
        return self.send(event, team=team, shared=shared)

    def from_another_team(self, user: str, channel: str, text: str) -> Said:
        """Mention the bot in an event whose envelope names another workspace."""
        return self.mention(user, channel, text, team=OTHER_TEAM)

    def subscribe(self, *events: str) -> None:
        """Deliver these events alone, as `app_mention`, `message.im`; without any, all."""
        self.proxy.side.subscriptions = set(events) or None

    def change_group(self, group: str, *, add: str = "", remove: str = "") -> str:
        """Add or remove a member of a user group, and tell the bot."""
        users = self.proxy.side.directory.groups[group].users
        added, removed = add.split(), remove.split()
        users[:] = [one for one in users if one not in removed] + added
        return self.send(events.members_changed(group, added, removed, self.now()))

    def uninstall(self) -> str:
        """Remove the app from the workspace: its tokens are void, and two events say so."""
        self.proxy.side.directory.installed = False
        self.event("tokens_revoked", tokens={"oauth": [], "bot": [BOT_USER]})
        return self.event("app_uninstalled")

    def now(self) -> str:
        """Return a timestamp as Slack writes them, never the same twice."""
        return f"{int(time.time())}.{next(_stamps):06d}"


_stamps = itertools.count(500_000)  # beside the emulator's, which begin at 1


def _subscription(event: Payload) -> str:
    if event["type"] != "message":
        return str(event["type"])
    types = {"im": "im", "group": "groups", "channel": "channels"}
    return f"message.{types[event['channel_type']]}"


def pressed(shown: Payload, action_id: str, value: str | None) -> Payload:
    """Return the `action` of clicking an element of a message or a view.

    Raises:
        AssertionError: no such element; the message names those that there are.
    """
    elements = []
    for block in shown.get("blocks") or []:
        for _, element in walk(block, ""):
            if "action_id" in element:
                elements.append(element["action_id"])
                if element["action_id"] == action_id and _is_meant(element, value):
                    return _action(element, value) | {"block_id": block["block_id"]}
    raise AssertionError(f"nothing to click with {action_id!r} {value or ''}, only {elements}")


def _is_meant(element: Payload, value: str | None) -> bool:
    return element["type"] != "button" or value is None or element.get("value") == value


def _action(element: Payload, value: str | None) -> Payload:
    kind = element["type"]
    action: Payload = {"type": kind, "action_id": element["action_id"]}
    if kind == "feedback_buttons":
        return action | {"value": element[f"{value}_button"]["value"]}
    if "options" in element:
        chosen = next(one for one in element["options"] if one["value"] == value)
        many = kind in {"checkboxes", "multi_static_select"}
        key = "selected_options" if many else "selected_option"
        return action | {key: [chosen] if many else chosen}
    kept = {key: element[key] for key in ("value", "text", "style") if key in element}
    return action | kept
