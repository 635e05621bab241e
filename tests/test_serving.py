"""`charter serve` as a whole process: it indexes, says where it answers, and stops when told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from indexing.generations import build_lock

ROOT = Path(__file__).parent.parent
ANSWERED = "What does a parking permit cost?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "parking.md").write_text(
        "# Parking\n\nA parking permit costs twenty francs in each month.\n", "utf-8"
    )
    return folder


def environment(tmp_path: Path, corpus: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if "CHARTER" not in name}
    return {
        **own,
        "PYTHONPATH": str(ROOT),
        "CHARTER_HOME": str(tmp_path / "home"),
        "CHARTER_CORPUS": str(corpus),
    }


@contextmanager
def serving(
    tmp_path: Path, corpus: Path, *options: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the server and wait for the line that says where it answers."""
    with subprocess.Popen(  # noqa: S603  the arguments are the test's own
        [sys.executable, "-m", "bots.cli", "serve", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, corpus),
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, (line, process.stderr.read() if process.stderr else "")
            yield found.group().rstrip("/"), process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def error_id(told: str) -> str:
    found = re.search(r"\(error ([0-9a-f]{12})\)$", told)
    assert found, told
    return found.group(1)


@pytest.mark.slow
def test_serving_indexes_first_prints_the_address_and_ends_on_ctrl_c(
    tmp_path: Path, corpus: Path
) -> None:
    with serving(tmp_path, corpus, "--port", "0") as (address, process):
        assert httpx.get(f"{address}/readyz").status_code == 200
        reply = httpx.post(f"{address}/v1/ask", json={"question": ANSWERED}).json()
        assert "twenty francs" in reply["text"]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert process.stderr is not None
        told = process.stderr.read()
        assert "Traceback" not in told
        assert "Stopped." in told


@pytest.mark.slow
def test_a_second_start_serves_what_changed_in_the_folder(tmp_path: Path, corpus: Path) -> None:
    with serving(tmp_path, corpus, "--port", "0") as (address, _):
        assert len(httpx.get(f"{address}/v1/documents").json()["documents"]) == 1
    (corpus / "canteen.md").write_text("# Canteen\n\nLunch costs twelve francs.\n", "utf-8")
    with serving(tmp_path, corpus, "--port", "0") as (address, _):
        assert len(httpx.get(f"{address}/v1/documents").json()["documents"]) == 2
    (corpus / "canteen.md").unlink()
    (corpus / "parking.md").unlink()
    with serving(tmp_path, corpus, "--port", "0") as (address, process):
        gone = httpx.get(f"{address}/v1/documents")
        assert (gone.status_code, gone.json()["type"]) == (503, "/problems#corpus-empty")
        process.terminate()
        process.wait(60)
        assert process.stderr is not None
        assert "nothing is shown to anybody" in process.stderr.read()


@pytest.mark.slow
def test_a_start_that_cannot_index_serves_the_index_from_before(
    tmp_path: Path, corpus: Path
) -> None:
    with serving(tmp_path, corpus, "--port", "0"):
        pass
    (corpus / "canteen.md").write_text("# Canteen\n\nLunch costs twelve francs.\n", "utf-8")
    with (
        build_lock(tmp_path / "home"),
        serving(tmp_path, corpus, "--port", "0") as (address, process),
    ):
        assert len(httpx.get(f"{address}/v1/documents").json()["documents"]) == 1
        process.terminate()
        process.wait(60)
        assert process.stderr is not None
        assert "The index from before is served." in process.stderr.read()


@pytest.mark.slow
def test_a_port_in_use_is_one_plain_sentence(tmp_path: Path, corpus: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(  # noqa: S603  the arguments are the test's own
            [sys.executable, "-m", "bots.cli", "serve", "--port", port],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment(tmp_path, corpus),
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"charter: Another program listens on port {port} of 127.0.0.1. "
        "Stop it, or choose another port with --port (0 picks a free one). "
        f"(error {error_id(done.stderr)})\n"
    )
    assert not (tmp_path / "home" / "records.db").exists()


@pytest.mark.slow
@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_that_this_machine_does_not_have_is_said(
    tmp_path: Path, corpus: Path, host: str
) -> None:
    done = subprocess.run(  # noqa: S603  the arguments are the test's own
        [sys.executable, "-m", "bots.cli", "serve", "--host", host, "--port", "0"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, corpus),
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert host in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_missing_folder_is_said_even_where_nothing_was_indexed_before(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bots.cli", "serve", "--port", "0"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, tmp_path / "no-documents"),
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "no-documents" in done.stderr
    assert "There is no index" not in done.stderr
