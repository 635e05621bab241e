"""The Slack emulator `local-slack`, as a process: it stores messages, views and hooks."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from slack_directory import Directory, Payload

NODE_MODULES = Path(__file__).parent / "node_modules"
BINARY = NODE_MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
STARTED = "local-slack is running"


def what_is_missing() -> str | None:
    """Say why the tests of Slack cannot run here, or return None."""
    if not shutil.which("node"):
        return "no Node.js here: `apt-get install nodejs npm`, then `make test` fetches the rest"
    if not BINARY.exists():
        return "no emulator here: `make slack-tools` (needs npm, and Linux on x86-64)"
    return None


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Emulator:
    """A running emulator and its control interface."""

    port: int
    client: httpx.Client

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def control(self, action: str, body: Payload) -> Payload:
        """Do something as a person would in Slack, such as `message` or `command`."""
        reply = self.client.post(f"/_control/{action}", json=body)
        reply.raise_for_status()
        found: Payload = reply.json()
        return found

    def messages(self, channel: str) -> list[Payload]:
        """Return the messages of a channel as the emulator holds them, oldest first."""
        found: list[Payload] = self.client.get(f"/_control/messages/{channel}").json()["messages"]
        return found

    def state(self) -> Payload:
        """Return people and channels as the emulator holds them."""
        found: Payload = self.client.get("/_control/state").json()
        return found

    def log(self) -> list[Payload]:
        """Return the emulator's own record of traffic, the last 1,000 entries."""
        found: list[Payload] = self.client.get("/_control/log").json()["log"]
        return found


@contextmanager
def running_emulator(
    directory: Directory, folder: Path, *, sink: str, mode: str = "events"
) -> Iterator[Emulator]:
    """Start the emulator on a free port; `sink` is where it sends what the bot should get."""
    port = free_port()
    settings = folder / "emulator.json"
    settings.write_text(json.dumps(directory.as_emulator(port, sink, mode)), "utf-8")
    process = subprocess.Popen(  # noqa: S603 - the emulator that package.json pins
        [
            *(str(BINARY), "--config", str(settings), "--port", str(port)),
            *("--base-host", "127.0.0.1", "--files-dir", str(folder / "files")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)},
    )
    try:
        drain = wait_until_it_says(process, STARTED)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield Emulator(port, client)
    finally:
        process.terminate()
        process.wait()
        drain.join()


def wait_until_it_says(process: subprocess.Popen[str], words: str) -> threading.Thread:
    """Read a process's output up to these words, and the rest in a thread that is returned."""
    output = process.stdout
    assert output is not None
    said: list[str] = []
    for line in output:
        said.append(line)
        if words in line:
            break
    else:
        message = "".join(said[-30:])
        raise AssertionError(f"{process.args!r} ended before it said {words!r}:\n{message}")
    drain = threading.Thread(target=_read_away, args=(output,), daemon=True)
    drain.start()
    return drain


def _read_away(output: Any) -> None:
    for _ in output:
        pass
    output.close()
