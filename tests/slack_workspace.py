"""A whole Slack workspace for tests: the emulator, the strict proxy, and sentences to use them.

    with slack_workspace(tmp_path, mode="http") as workspace:
        workspace.deliver_to("http://127.0.0.1:8765/slack/events")
        question = workspace.mention("U01STAFF", "C01GENERAL", "How many days of leave?")
        answer = workspace.answer_in_thread(question)

Real Slack cannot be reached from the tests. What this workspace enforces comes from Slack's public
documentation and from captures of what it sends; it knows nothing of the bot.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx
from slack_acts import PATIENCE, Acts, Said
from slack_delivery import signed_headers
from slack_directory import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    SIGNING_SECRET,
    Directory,
    Payload,
    example_organisation,
)
from slack_emulator import Emulator, running_emulator
from slack_proxy import running_proxy
from slack_record import Attempt, Call, Record, Status
from slack_side import Fault

T = TypeVar("T")
Mode = Literal["http", "socket"]
Condition = Callable[[Payload], bool]


@dataclass
class Workspace(Acts):
    """What people do (`Acts`), what they see, what the bot called, and what goes wrong."""

    emulator: Emulator | None = None

    @property
    def directory(self) -> Directory:
        """People, channels, groups and scopes; change them as an administrator would."""
        return self.proxy.side.directory

    @property
    def record(self) -> Record:
        return self.proxy.record

    @property
    def api_url(self) -> str:
        """The base address of the Web API for the bot."""
        return f"{self.proxy.side.own_url}/api/"

    @property
    def mode(self) -> Mode:
        return self.proxy.delivery.mode

    def environment(self, port: int | None = None) -> dict[str, str]:
        """Return the settings with which the bot comes to this workspace."""
        settings = {
            "CHARTER_SLACK_BOT_TOKEN": BOT_TOKEN,
            "CHARTER_SLACK_APP_TOKEN": APP_TOKEN,
            "CHARTER_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "CHARTER_SLACK_API_URL": self.api_url,
            "CHARTER_SLACK_MODE": self.mode,
        }
        return settings | ({"CHARTER_PORT": str(port)} if port else {})

    # ---- connections -------------------------------------------------------------------------

    def deliver_to(self, *urls: str) -> None:
        """Set the request URL of the app, for events over HTTP; of several, any gets each."""
        self.proxy.delivery.mode = "http"
        self.proxy.delivery.request_urls = urls

    def wait_until_connected(self, connections: int = 1, seconds: float = 60) -> None:
        """Wait until the bot has its web sockets open."""
        self.wait_for(lambda: len(self.proxy.delivery.sockets) >= connections, "connected", seconds)

    def hang_up(self, reason: str = "refresh_requested") -> None:
        """Close the web sockets, as Slack does now and then; the bot is to connect again."""
        before = self.proxy.delivery.connected
        self.run(self.proxy.delivery.hang_up(reason))
        self.wait_for(lambda: self.proxy.delivery.connected > before, "connected again", 30)

    def post_raw(self, body: bytes, *, at: float | None = None, **headers: str) -> httpx.Response:
        """Post bytes to the bot's request URL, rightly signed.

        Args:
            body: Anything.
            at: Unix time of the signature; now if None.
            **headers: Replace what Slack would send, with _ for -: `X_Slack_Signature="v0=0"`;
                an empty value leaves a header out.
        """
        sent = signed_headers(body, "application/json", at=at)
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value}
        return httpx.post(
            self.proxy.delivery.request_urls[0], content=body, headers=kept, timeout=30
        )

    def verify_url(self, challenge: str) -> httpx.Response:
        """Ask for proof of the request URL, as Slack does when it is entered."""
        asked = {"type": "url_verification", "token": "of-the-tests", "challenge": challenge}
        return self.post_raw(json.dumps(asked).encode())

    # ---- what the bot did --------------------------------------------------------------------

    def calls(self, method: str | None = None) -> list[Call]:
        """Return the calls of the bot, in order; of one method, or all."""
        return [one for one in self.record.calls if method in {None, one.method}]

    def attempts(self, said: Said | str | None = None) -> list[Attempt]:
        """Return the deliveries, of one message or event id, or all."""
        if said is None:
            return list(self.record.attempts)
        ids = {said} if isinstance(said, str) else set(said.event_ids)
        return [one for one in self.record.attempts if one.id in ids]

    def delivered(self, seconds: float = 60) -> list[Attempt]:
        """Wait until everything begun is delivered or given up; return all attempts."""
        done, pending = wait(self.under_way, seconds)
        assert not pending, f"{len(pending)} deliveries not settled. {self.record.told()}"
        for one in done:
            one.result()
        self.under_way.clear()
        return self.attempts()

    def quiet(self, seconds: float = 0.5) -> None:
        """Wait until everything is delivered and the bot has called nothing for this long."""
        self.delivered()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            before = len(self.record.calls)
            with self.record.changed:
                changed = self.record.changed.wait_for(
                    lambda before=before: len(self.record.calls) != before, seconds
                )
            if not changed:
                return
        raise AssertionError(f"the bot did not fall silent. {self.record.told()}")

    # ---- what people see ---------------------------------------------------------------------

    def messages(self, channel: str) -> list[Payload]:
        """Return the messages of a channel as the emulator holds them, without ephemeral ones."""
        stored = self.run(self.proxy.side.stored(self.channel(channel).id))
        return [one for one in stored if one.get("subtype") != "ephemeral"]

    def answers(self, said: Said) -> list[Payload]:
        """Return the bot's messages in the thread of what somebody said."""
        return [
            one
            for one in self.messages(said.channel)
            if one["user"] == BOT_USER and one.get("thread_ts") == said.root
        ]

    def ephemerals(self, user: str | None = None) -> list[Payload]:
        """Return what was shown to single persons: chat.postEphemeral and response_url."""
        return [one for one in self.record.ephemerals if user in {None, one["user"]}]

    def stored_ephemerals(self, channel: str, user: str) -> list[Payload]:
        """Return ephemeral messages as the emulator holds them; these can be clicked."""
        stored = self.run(self.proxy.side.stored(self.channel(channel).id))
        return [one for one in stored if one.get("ephemeral_to") == user]

    def home(self, user: str) -> Payload | None:
        """Return the home tab that was published for a person."""
        return self.record.homes.get(user)

    def modal(self, user: str) -> Payload | None:
        """Return the modal that a person sees, the uppermost."""
        stack = self.proxy.side.views.get(user)
        return stack[-1] if stack else None

    def statuses(self, said: Said) -> list[str]:
        """Return the statuses that stood in a thread, in order; "" where one was cleared."""
        key = (said.channel, said.root)
        return [one.status for one in self.record.statuses if (one.channel, one.thread) == key]

    def sessions(self, said: Said) -> list[Status]:
        """Return the statuses of the agent session of a thread."""
        key = (said.channel, said.root)
        return [one for one in self.record.sessions if (one.channel, one.thread) == key]

    # ---- waiting -----------------------------------------------------------------------------

    def wait_for(
        self, condition: Callable[[], T], what: str = "condition", seconds: float = PATIENCE
    ) -> T:
        """Return the first true value of a condition; fails when it stays false."""
        return self.record.wait_for(condition, what, seconds)

    def answer_in_thread(
        self, said: Said, where: Condition | None = None, seconds: float = PATIENCE
    ) -> Payload:
        """Return the first answer of the bot in the thread of a message, once it is there."""
        return self.wait_for(
            lambda: next((one for one in self.answers(said) if not where or where(one)), None),
            f"an answer to {said.text!r}",
            seconds,
        )

    def only_answer(self, said: Said) -> Payload:
        """Return the answer, after making sure that no second one comes."""
        self.answer_in_thread(said)
        self.quiet()
        found = self.answers(said)
        assert len(found) == 1, f"{len(found)} answers to {said.text!r}: {found}"
        return found[0]

    def ephemeral_for(self, user: str, seconds: float = PATIENCE) -> Payload:
        """Return the first message that only this person sees, once it is there."""
        found = self.wait_for(lambda: self.ephemerals(user), f"a message only for {user}", seconds)
        return found[0]

    def modal_of(self, user: str, where: Condition | None = None) -> Payload:
        """Return the modal that a person sees, once there is one that fits."""

        def fitting() -> Payload | None:
            view = self.modal(user)
            return view if view and (not where or where(view)) else None

        found = self.wait_for(fitting, f"a modal for {user}")
        assert found is not None
        return found

    def home_of(self, user: str) -> Payload:
        """Return the home tab of a person, once it is published."""
        found = self.wait_for(lambda: self.home(user), f"a home tab for {user}")
        assert found is not None
        return found

    def called(self, method: str, times: int = 1, seconds: float = PATIENCE) -> list[Call]:
        """Return the calls of a method, once there are this many."""
        return (
            self.wait_for(
                lambda: found if len(found := self.calls(method)) >= times else None,
                f"{times} calls of {method}",
                seconds,
            )
            or []
        )

    # ---- what goes wrong ---------------------------------------------------------------------

    def fail(self, method: str, *, times: int = 1, **how: Any) -> None:
        """Let the next calls of a method fail ("*": of any).

        Args:
            method: As `chat.postMessage`.
            times: How many calls.
            **how: `status` (429, 500, 503 …) and `retry_after` seconds; `error`, by its name;
                `seconds`, slow by this much; `cut`, the connection ends without an answer;
                `done`, it takes effect all the same, only the answer is lost.
        """
        self.proxy.side.faults.setdefault(method, []).append(Fault(times, **how))

    def triggers_expire_at_once(self) -> None:
        """Make every trigger_id given from now on too old, as if the bot took over 3 seconds."""
        self.proxy.side.trigger_seconds = -1.0

    def streams_expire_at_once(self) -> None:
        """Let every stream lose its streaming state, as after five minutes."""
        self.proxy.side.stream_seconds = -1.0

    def forget(self) -> None:
        """Begin anew with the same bot: no messages, calls, faults, views. Connections stay."""
        self.quiet()
        assert self.emulator is not None
        self.emulator.control("reset", {})
        self.proxy.side.forget()
        self.proxy.side.trigger_seconds, self.proxy.side.stream_seconds = 3.0, 300.0
        self.subscribe()
        self.record.forget()


@contextmanager
def slack_workspace(
    folder: Path, *, mode: Mode = "socket", directory: Directory | None = None
) -> Iterator[Workspace]:
    """Run the emulator behind the strict proxy; both are gone afterwards.

    Args:
        folder: For the emulator's settings and files.
        mode: How events come to the bot: `http` needs `deliver_to`.
        directory: The organisation; the example one if none is given.
    """
    organisation = directory or example_organisation()
    with running_proxy(organisation) as proxy:
        sink = f"{proxy.side.own_url}/from-emulator"
        with running_emulator(organisation, folder, sink=sink) as emulator:
            proxy.side.emulator_url = emulator.url
            proxy.delivery.mode = mode
            yield Workspace(proxy, emulator=emulator)
