"""Asks the bot in Slack N questions a second for M seconds, and times what comes back.

    python tests/slack_load.py --rate 20 --seconds 60 --mode http

starts `charter slack` in a workspace of its own on loopback addresses. Questions go to many
channels in turn, for Slack takes about one message a second in each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import slack_events as events
from slack_directory import BOT_USER, Channel, Directory, Person
from slack_process import CHARTER, running_bot
from slack_proxy import Proxy
from slack_record import Attempt
from slack_workspace import Workspace, slack_workspace

QUESTIONS = (
    "How many days of annual leave does a staff member earn in each month?",
    "Who leads the delegations of authority framework?",
    "How many days a week may a staff member telework?",
    "Who approves a request for special leave?",
    "What is the notice period for a fixed-term appointment?",
)
PATIENCE = 60.0  # seconds after the last question until every answer must be there


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: questions in turn, `rate` a second for `seconds`, over `channels`."""

    rate: float = 20.0
    seconds: float = 60.0
    channels: int = 40
    questions: tuple[str, ...] = QUESTIONS

    @property
    def number(self) -> int:
        return max(1, round(self.rate * self.seconds))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: where it was asked and when its first event was sent (monotonic seconds)."""

    channel: str
    ts: str
    at: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load met. Times in milliseconds."""

    asked: int
    answered_once: int
    unanswered: int
    answered_more_than_once: int
    deliveries: int
    redelivered: int
    not_acknowledged: int
    acknowledged_p50: float
    acknowledged_p99: float
    acknowledged_max: float
    answered_p50: float
    answered_p99: float
    answered_max: float
    seconds: float  # from the first question to the last answer


def organisation_for(load: Load) -> Directory:
    """Return an organisation with as many channels and people as the load needs."""
    people = [Person(f"U{number:03d}", f"staff-{number}") for number in range(load.channels)]
    people.append(Person(BOT_USER, "charter", is_bot=True))
    members = [one.id for one in people]
    channels = [
        Channel(f"C{number:03d}", f"channel-{number}", list(members))
        for number in range(load.channels)
    ]
    return Directory({one.id: one for one in people}, {one.id: one for one in channels}, {})


def drive(workspace: Workspace, load: Load) -> Outcome:
    """Ask everything at its time, wait for the answers, and count them.

    Raises:
        AssertionError: the workspace is not that of `organisation_for(load)`.
    """
    assert "C000" in workspace.directory.channels, "the workspace of organisation_for(load)"
    before = len(workspace.record.attempts)
    work = _ask_all(workspace.proxy, load)
    asked = asyncio.run_coroutine_threadsafe(work, workspace.proxy.loop).result()
    answered = wait_for_answers(workspace, asked)
    workspace.quiet(1.0)
    return outcome(workspace, asked, answered, workspace.record.attempts[before:])


async def _ask_all(proxy: Proxy, load: Load) -> list[Asked]:
    """Ask each question when it is due, whether or not those before are answered."""
    start = time.monotonic()
    tasks = []
    for number in range(load.number):
        await asyncio.sleep(max(0.0, start + number / load.rate - time.monotonic()))
        tasks.append(asyncio.create_task(_ask(proxy, load, number)))
    return list(await asyncio.gather(*tasks))


async def _ask(proxy: Proxy, load: Load, number: int) -> Asked:
    """Ask one question, as `message` and `app_mention`, and see both delivered."""
    place = proxy.side.directory.channels[f"C{number % load.channels:03d}"]
    text = f"<@{BOT_USER}> {load.questions[number % len(load.questions)]}"
    body = {"channel": place.id, "user": f"U{number % load.channels:03d}", "text": text}
    stored = (await proxy.side.control("message", body))["message"]
    told = events.message(place, stored)
    both = [
        events.envelope(event, proxy.side.new_id("Ev"))
        for event in (told, events.app_mention(told))
    ]
    at = time.monotonic()
    await asyncio.gather(*(proxy.delivery.deliver("events_api", event) for event in both))
    return Asked(place.id, stored["ts"], at)


def wait_for_answers(workspace: Workspace, asked: list[Asked]) -> dict[str, float]:
    """Return when each question got its first answer, by its ts, as far as they came in time."""
    deadline = time.monotonic() + PATIENCE
    wanted = {one.ts for one in asked}
    while True:
        with workspace.record.changed:
            calls = list(workspace.record.calls)
            first: dict[str, float] = {}
            for call in calls:
                if call.ok and call.method in {"chat.postMessage", "chat.stopStream"}:
                    root = call.arguments.get("thread_ts") or call.reply["message"]["thread_ts"]
                    first.setdefault(root, call.until)
            left = deadline - time.monotonic()
            if wanted <= set(first) or left <= 0:
                return first
            workspace.record.changed.wait_for(
                lambda calls=calls: len(workspace.record.calls) > len(calls), left
            )


def outcome(
    workspace: Workspace, asked: list[Asked], answered: dict[str, float], attempts: list[Attempt]
) -> Outcome:
    """Count the answers that the emulator stored, and sum up the times."""
    answers = Counter(
        message.get("thread_ts")
        for channel in {one.channel for one in asked}
        for message in workspace.messages(channel)
        if message["user"] == BOT_USER
    )
    times = [answers[one.ts] for one in asked]
    until = [1000 * (answered[one.ts] - one.at) for one in asked if one.ts in answered]
    acknowledged = [1000 * one.seconds for one in attempts if one.acknowledged]
    last = max(answered.values(), default=asked[-1].at)
    return Outcome(
        len(asked),
        times.count(1),
        times.count(0),
        sum(1 for number in times if number > 1),
        len(attempts),
        sum(1 for one in attempts if one.number),
        sum(1 for one in attempts if not one.acknowledged),
        *spread(acknowledged),
        *spread(until),
        round(last - asked[0].at, 2),
    )


def spread(values: list[float]) -> tuple[float, float, float]:
    """Return median, 99th percentile and maximum, rounded; NaN without values."""
    if not values:
        return (float("nan"),) * 3
    ranked = sorted(values)
    chosen = (ranked[round((len(ranked) - 1) * part)] for part in (0.5, 0.99, 1.0))
    median, high, most = (round(value, 1) for value in chosen)
    return median, high, most


def main(arguments: list[str] | None = None) -> None:
    """Start the bot, ask, and print the outcome as JSON; exit 1 where an answer is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--channels", type=int, default=40)
    parser.add_argument("--mode", choices=["http", "socket"], default="http")
    parser.add_argument("command", nargs="*", default=[str(CHARTER), "slack"])
    chosen = parser.parse_args(arguments)
    load = Load(chosen.rate, chosen.seconds, chosen.channels)
    people = organisation_for(load)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {"CHARTER_HOME": os.environ.get("CHARTER_HOME", str(folder / "home"))}
        with (
            slack_workspace(folder, mode=chosen.mode, directory=people) as workspace,
            running_bot(workspace, folder, command=tuple(chosen.command), **settings),
        ):
            found = drive(workspace, load)
    sys.stdout.write(json.dumps({"mode": chosen.mode} | asdict(found), indent=2) + "\n")
    sys.exit(0 if found.answered_once == found.asked else 1)


if __name__ == "__main__":
    main()
