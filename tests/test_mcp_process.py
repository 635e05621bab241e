"""`charter mcp` as a program starts it: nothing but the protocol on stdout, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from loops import run_alone
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from bots.api.schemas import ReplyBody

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "bots.cli", "mcp"]
QUESTION = "How many days of annual leave may be carried over under a fixed-term appointment?"
PING = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'

Started = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def environment(small_corpus: Path, small_home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if "CHARTER" not in name},
        "PYTHONPATH": str(ROOT),
        "CHARTER_HOME": str(small_home),
        "CHARTER_CORPUS": str(small_corpus),
    }


@contextmanager
def started(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the command with pipes; it is gone at the end whatever happened."""
    with subprocess.Popen(  # noqa: S603  the arguments are the test's own
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=environment["CHARTER_HOME"],
        env=environment,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pinged(process: subprocess.Popen[bytes]) -> dict[str, object]:
    """Wait until the command answers."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(PING)
    process.stdin.flush()
    answer: dict[str, object] = json.loads(process.stdout.readline())
    return answer


def test_the_official_client_starts_it_asks_and_leaves(
    environment: dict[str, str], tmp_path: Path
) -> None:
    said = tmp_path / "stderr"

    async def ask() -> dict[str, object]:
        parameters = StdioServerParameters(
            command=COMMAND[0], args=COMMAND[1:], env=environment, cwd=tmp_path
        )
        with said.open("w") as errors:
            async with Client(stdio_client(parameters, errlog=errors)) as client:
                assert len((await client.list_tools()).tools) == 4
                result = await client.call_tool("ask", {"question": QUESTION})
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    reply = ReplyBody.model_validate(run_alone(ask))
    assert reply.outcome == "answer"
    assert all(one.url.startswith("http://127.0.0.1:8765/") for one in reply.citations)
    assert said.read_text("utf-8").endswith("Stopped.\n")
    assert "Nothing has changed" in said.read_text("utf-8")


def test_stdout_holds_the_protocol_alone_and_the_end_of_stdin_ends_it(
    environment: dict[str, str],
) -> None:
    with started(environment) as process:
        assert pinged(process)["result"] == {}
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b"")
    assert errors.endswith(b"Stopped.\n")
    assert b"Traceback" not in errors


def test_without_anybody_on_stdin_it_ends_at_once(environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  the arguments are the test's own
        COMMAND,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.endswith(b"Stopped.\n")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_while_it_waits_for_a_line(
    environment: dict[str, str], how: signal.Signals
) -> None:
    with started(environment) as process:
        pinged(process)
        process.send_signal(how)
        assert process.wait(timeout=60) == 0
        assert process.stderr
        errors = process.stderr.read()
    assert errors.endswith(b"Stopped.\n")
    assert b"Traceback" not in errors


def test_lines_that_are_no_messages_do_not_end_it(environment: dict[str, str]) -> None:
    with started(environment) as process:
        assert process.stdin
        process.stdin.write(b"hello\n\xff\xfe\n{}\n")
        lines = [pinged(process)]
        while lines[-1].get("id") != 1:
            assert process.stdout
            lines.append(json.loads(process.stdout.readline()))
        assert lines[-1]["result"] == {}


def test_messages_may_come_from_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "messages"
    file.write_bytes(PING)
    with file.open("rb") as messages:
        done = subprocess.run(  # noqa: S603  the arguments are the test's own
            COMMAND, stdin=messages, capture_output=True, env=environment, check=False, timeout=60
        )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_documents_for_a_group_are_read_with_that_group(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "hidden.md").write_text(
        "---\nid: hidden\ntitle: Pay of the board\naudience: [hr]\n---\n# Pay of the board\n\n"
        "The board is paid in chocolate.\n",
        "utf-8",
    )
    own = {
        **environment,
        "CHARTER_CORPUS": str(tmp_path),
        "CHARTER_HOME": str(tmp_path / "home"),
    }
    (tmp_path / "home").mkdir()

    async def read(*arguments: str) -> bool:
        parameters = StdioServerParameters(
            command=COMMAND[0], args=[*COMMAND[1:], *arguments], env=own, cwd=tmp_path
        )
        with (tmp_path / "stderr").open("w") as errors:
            async with Client(stdio_client(parameters, errlog=errors)) as client:
                result = await client.call_tool("read_document", {"document": "hidden"})
        return not result.is_error

    assert run_alone(read, "--group", "hr")
    assert not run_alone(read)


def test_what_stands_in_the_way_is_one_sentence_on_stderr(environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  the arguments are the test's own
        COMMAND,
        input=b"",
        capture_output=True,
        env={**environment, "CHARTER_PORT": "many"},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"charter: ")
    assert b"Traceback" not in done.stderr
