"""What happened in a test of Slack: calls, deliveries, and what people see."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from slack_directory import Payload

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot to Slack's Web API or to a response_url, with what it got."""

    method: str  # "response_url" for the posts to one
    arguments: Payload
    token: str
    status: int  # of HTTP; 0 when the connection was cut
    reply: Payload
    at: float  # seconds of a monotonic clock, when the call came
    until: float  # and when its answer was ready

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.reply.get("ok", True)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery of an event, command or interaction to the bot, and how it was taken."""

    kind: str  # events_api, slash_commands, interactive
    id: str  # event_id of an event; otherwise its trigger_id
    number: int  # 0 is the first, 1 to 3 are retries
    status: int | None  # of HTTP, 200 for an acknowledged envelope; None without an answer in time
    seconds: float  # until it was acknowledged or given up
    reply: Any  # body of the acknowledgement, parsed where it is JSON
    reason: str = ""  # why Slack would deliver it again: http_timeout, http_error …

    @property
    def acknowledged(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Status:
    """A status that the bot set on a thread, or an agent session's."""

    channel: str
    thread: str | None
    status: str
    loading_messages: tuple[str, ...] = ()


@dataclass
class Record:
    """Everything recorded since the last `forget`; lists grow in the order of time."""

    calls: list[Call] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    sessions: list[Status] = field(default_factory=list)
    titles: list[tuple[str, str | None, str]] = field(default_factory=list)
    prompts: list[Payload] = field(default_factory=list)
    unfurls: list[Payload] = field(default_factory=list)
    ephemerals: list[Payload] = field(default_factory=list)
    homes: dict[str, Payload] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, kind: list[T], one: T) -> None:
        """Append to one of the lists and wake whoever waits."""
        with self.changed:
            kind.append(one)
            self.changed.notify_all()

    def notify(self) -> None:
        """Wake whoever waits for a condition."""
        with self.changed:
            self.changed.notify_all()

    def forget(self) -> None:
        """Empty every list."""
        with self.changed:
            for found in vars(self).values():
                if isinstance(found, list | dict):
                    found.clear()

    def wait_for(self, condition: Callable[[], T], what: str, seconds: float) -> T:
        """Return the first true value of the condition; looks again whenever something happens.

        Raises:
            AssertionError: it did not become true in time; the message tells the last calls.
        """
        deadline = time.monotonic() + seconds
        while True:
            with self.changed:
                seen = self._count()
            found = condition()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{what}: not within {seconds:g} s. {self.told()}")
            with self.changed:
                self.changed.wait_for(lambda seen=seen: self._count() != seen, min(left, 0.25))

    def _count(self) -> int:
        return len(self.calls) + len(self.attempts)

    def told(self) -> str:
        """Return the last calls and deliveries in words, for the message of a failed test."""
        calls = [f"{call.method} → {call.reply.get('error', call.status)}" for call in self.calls]
        attempts = [f"{one.kind}#{one.number} → {one.status} {one.reason}" for one in self.attempts]
        return f"Calls: {calls[-12:]}; deliveries: {attempts[-12:]}"
