"""Slack's side of the conversation: its rules, in front of the emulator that stores."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_directory import BOT_TOKEN, BOT_USER, Channel, Directory, Payload
from slack_limits import Problem, Surface, problems_of_blocks
from slack_record import Record

SURFACE_OF_MESSAGES: Surface = "message"


class Refusal(Exception):
    """Slack answers `ok: false` with this error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body: Payload = {"ok": False, "error": error, **more}


@dataclass
class Fault:
    """What goes wrong with the next calls of one method."""

    times: int
    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    seconds: float = 0.0  # slow: this long before it is done
    cut: bool = False  # the connection ends without an answer
    done: bool = False  # the call takes effect all the same; only its answer is lost


@dataclass
class Trigger:
    """A trigger_id that Slack gave out: whose, when, and whether it was exchanged."""

    user: str
    at: float
    exchanged: bool = False


@dataclass
class Hook:
    """A response_url that Slack gave out; good for five uses within half an hour."""

    user: str
    channel: str
    at: float
    uses: int = 0
    ephemeral_ts: str | None = None  # the ephemeral message that it belongs to


@dataclass
class Stream:
    """A message that is being streamed."""

    channel: str
    thread: str
    touched: float
    text: str = ""
    chunks: list[Payload] = field(default_factory=list)
    open: bool = True
    stopped_by_user: bool = False


@dataclass
class Side:
    """Slack's state beside what the emulator stores. Lives in the event loop of the proxy."""

    directory: Directory
    record: Record
    emulator_url: str = ""
    own_url: str = ""
    session: aiohttp.ClientSession | None = None
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    views: dict[str, list[Payload]] = field(default_factory=dict)  # user → stack of modals
    homes: dict[str, Payload] = field(default_factory=dict)
    streams: dict[str, Stream] = field(default_factory=dict)
    subscriptions: set[str] | None = None  # events that the app gets; None: all
    trigger_seconds: float = 3.0
    hook_seconds: float = 1800.0
    stream_seconds: float = 300.0
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    def forget(self) -> None:
        """Drop all that belongs to one test; people, channels and connections stay."""
        for found in (self.faults, self.triggers, self.hooks, self.views, self.homes, self.streams):
            found.clear()
        for channel in [one for one in self.directory.channels.values() if one.is_im]:
            del self.directory.channels[channel.id]

    async def forward(self, method: str, arguments: Payload) -> Payload:
        """Have the emulator do it; its refusals pass through."""
        assert self.session is not None
        url = f"{self.emulator_url}/api/{method}"
        headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
        async with self.session.post(url, json=arguments, headers=headers) as answer:
            reply: Payload = await answer.json()
        if not reply.get("ok"):
            raise Refusal(str(reply.get("error")))
        return reply

    async def control(self, action: str, body: Payload) -> Payload:
        """Do something in the emulator as a person would."""
        assert self.session is not None
        async with self.session.post(f"{self.emulator_url}/_control/{action}", json=body) as answer:
            reply: Payload = await answer.json()
        assert reply.get("ok"), f"{action}: {reply}"
        return reply

    async def stored(self, channel: str) -> list[Payload]:
        """Return the messages that the emulator holds of a channel."""
        assert self.session is not None
        async with self.session.get(f"{self.emulator_url}/_control/messages/{channel}") as answer:
            found: list[Payload] = (await answer.json())["messages"]
        return found

    async def dm(self, user: str) -> Channel:
        """Return the direct messages between a person and the bot, opened if need be."""
        if user not in self.directory.people:
            raise Refusal("user_not_found")
        async with self.opening:
            for channel in self.directory.channels.values():
                if channel.is_im and user in channel.members:
                    return channel
            reply = await self.forward("conversations.open", {"users": user})
            opened = Channel(reply["channel"]["id"], "directmessage", [user, BOT_USER], is_im=True)
            self.directory.channels[opened.id] = opened
        return opened

    async def visible(self, channel: object) -> Channel:
        """Return a channel that the bot may know of: public, or one that it is in."""
        found = self.directory.channels.get(str(channel))
        if found is None or (found.is_private and BOT_USER not in found.members):
            raise Refusal("channel_not_found")
        return found

    async def writable(self, channel: object) -> Channel:
        """Return the channel if the bot may post there; a person's id stands for their DM.

        Raises:
            Refusal: channel_not_found, is_archived, not_in_channel.
        """
        if str(channel).startswith(("U", "W")):
            return await self.dm(str(channel))
        found = await self.visible(channel)
        if found.is_archived:
            raise Refusal("is_archived")
        if BOT_USER not in found.members and "chat:write.public" not in self.directory.scopes:
            raise Refusal("not_in_channel")
        return found

    def new_id(self, prefix: str) -> str:
        """Return an id that was not given before, in the form of Slack's."""
        return f"{prefix}0{next(self.numbers):09d}"

    def use_trigger(self, trigger_id: object) -> Trigger:
        """Exchange a trigger_id; it serves once.

        Raises:
            Refusal: invalid_trigger_id, expired_trigger_id, exchanged_trigger_id.
        """
        trigger = self.triggers.get(str(trigger_id))
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if time.monotonic() - trigger.at > self.trigger_seconds:
            raise Refusal("expired_trigger_id")
        if trigger.exchanged:
            raise Refusal("exchanged_trigger_id")
        trigger.exchanged = True
        return trigger

    def next_fault(self, method: str) -> Fault | None:
        """Return what shall go wrong with this call, and count it."""
        for fault in self.faults.get(method, []) + self.faults.get("*", []):
            if fault.times > 0:
                fault.times -= 1
                return fault
        return None


Handler = Callable[[Side, Payload], Awaitable[Payload]]


def need(arguments: Payload, *names: str) -> None:
    """Refuse a call that lacks an argument, as Slack words it."""
    missing = [name for name in names if arguments.get(name) in (None, "")]
    if missing:
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise Refusal("invalid_arguments", response_metadata={"messages": messages})


def refuse_problems(problems: list[Problem], error: str) -> None:
    """Refuse with the problems in `response_metadata`, as Slack tells them."""
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refusal(error, response_metadata={"messages": messages}, errors=messages)


def with_block_ids(side: Side, blocks: list[Payload]) -> list[Payload]:
    """Give each block without a block_id one, as Slack does."""
    return [
        block if block.get("block_id") else block | {"block_id": side.new_id("b")}
        for block in blocks
    ]


def checked_blocks(side: Side, arguments: Payload) -> list[Payload] | None:
    """Return the blocks of a message with their ids, or None when it has none."""
    blocks = arguments.get("blocks")
    if not blocks:
        return None
    refuse_problems(problems_of_blocks(blocks, SURFACE_OF_MESSAGES), "invalid_blocks")
    return with_block_ids(side, blocks)
