"""The bot as a process of its own, with its settings in the environment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from slack_emulator import free_port
from slack_workspace import Workspace

CHARTER = Path(sys.executable).with_name("charter")
EVENTS = "/slack/events"
START = 120.0  # seconds; the first start on a busy machine loads the model from disk


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs: its process, where it listens over HTTP, and the file of its output."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def events_url(self) -> str:
        return self.url + EVENTS

    def said(self) -> str:
        """Return what it has written to standard output and error."""
        return self.output.read_text("utf-8", errors="replace")

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_bot(
    workspace: Workspace,
    folder: Path,
    *,
    command: tuple[str, ...] = (str(CHARTER), "slack"),
    **settings: str,
) -> Iterator[Bot]:
    """Start the bot in a workspace, wait until it is ready, and end it afterwards.

    Args:
        workspace: Its mode decides how events come; over HTTP they are delivered to this bot.
        folder: For the output of the process.
        command: What to start.
        **settings: Further variables of its environment, such as CHARTER_HOME.

    Raises:
        AssertionError: it ended, or was not ready in time; the message holds its output.
    """
    port = free_port()
    output = folder / f"bot-{port}.log"
    environment = os.environ | workspace.environment(port) | settings
    with output.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the bot under test
            command, stdout=log, stderr=subprocess.STDOUT, env=environment
        )
    bot = Bot(process, port, output)
    connections = len(workspace.proxy.delivery.sockets)
    try:
        if workspace.mode == "http":
            wait_until_listening(bot)
            workspace.deliver_to(bot.events_url)
        else:
            wait_until_connected(bot, workspace, connections + 1)
        yield bot
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_until_listening(bot: Bot) -> None:
    """Wait until the bot answers requests at its port."""
    deadline = time.monotonic() + START
    while not _listens(bot):
        _check(bot, deadline)


def wait_until_connected(bot: Bot, workspace: Workspace, connections: int) -> None:
    """Wait until the bot has opened its web socket."""
    deadline = time.monotonic() + START
    while len(workspace.proxy.delivery.sockets) < connections:
        _check(bot, deadline)


def _check(bot: Bot, deadline: float) -> None:
    """Give the bot a moment; fail when it has ended or its time is over."""
    try:
        code = bot.process.wait(0.05)
    except subprocess.TimeoutExpired:
        assert time.monotonic() < deadline, f"the bot was not ready in {START:g} s:\n{bot.said()}"
    else:
        raise AssertionError(f"the bot ended with {code}:\n{bot.said()}")


def _listens(bot: Bot) -> bool:
    """Tell whether requests are answered; a port may take connections before that."""
    try:
        httpx.get(bot.events_url, timeout=1.0)
    except httpx.TransportError:
        return False
    return True
