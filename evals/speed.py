"""Whole-process figures of this machine: ``make bench`` writes them to benchmarks/.

Nothing here is asserted anywhere: a machine's clock is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from evals import register
from evals.machine import Figure, figure, figure_rows, machine_in_words

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks"
RUNS = 5  # of each whole process
REQUESTS = 200
COMMITMENTS = 100_000
READY_WITHIN = 120.0  # seconds

QUESTIONS = (
    "Who leads the framework on delegations of authority, and by when?",
    "What are the strategic priorities of the Staff Council?",
    "How many days of annual leave does a fixed-term staff member earn?",
    "What will the union do about health insurance?",
    "Who pays for parking at the airport?",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description="Whole-process figures of this machine.")
    parser.add_argument(
        "--fresh", action="store_true", help="measure a fresh clone as well (installs everything)"
    )
    wanted = parser.parse_args(arguments)
    figures = list(_fresh_clone()) if wanted.fresh else []
    with tempfile.TemporaryDirectory() as folder:
        home = {**os.environ, "CHARTER_HOME": folder}
        figures += _indexing(home)
        figures += _asking(home)
        figures += _serving(home)
    figures += register.measure(COMMITMENTS)
    _write(figures)


def _indexing(environment: Mapping[str, str]) -> list[Figure]:
    """Index the default corpus from nothing, then again with nothing to do."""
    first, again, rates = [], [], []
    for _ in range(RUNS):
        shutil.rmtree(environment["CHARTER_HOME"])
        seconds, output = _timed(["index", "--json"], environment)
        first.append(seconds)
        rates.append(json.loads(output)["passages"] / seconds)
        again.append(_timed(["index", "--json"], environment)[0])
    return [
        figure("index the default corpus", "s", first),
        figure("passages indexed per second, start of the process included", "1/s", rates),
        figure("index it again unchanged", "s", again),
    ]


def _asking(environment: Mapping[str, str]) -> list[Figure]:
    seconds = [_timed(["ask", question, "--json"], environment)[0] for question in QUESTIONS]
    return [figure("charter ask, cold", "s", seconds)]


def _serving(environment: Mapping[str, str]) -> list[Figure]:
    """Start the server, wait until it is ready, ask it over HTTP, look at its memory."""
    ready, memory, times = [], [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        with running_server(environment) as (process, address):
            ready.append(time.perf_counter() - began)
            with httpx.Client(base_url=address) as client:
                times += [_request(client, number) for number in range(REQUESTS // RUNS)]
            memory.append(psutil.Process(process.pid).memory_info().rss / 2**20)
    ranked = sorted(times)
    return [
        figure("charter serve, indexed before, to ready", "s", ready),
        figure("request, warm, p50", "ms", [1000 * statistics.median(ranked)]),
        figure("request, warm, p95", "ms", [1000 * ranked[int(0.95 * len(ranked))]]),
        figure("memory of the server after the requests", "MiB", memory),
    ]


def _request(client: httpx.Client, number: int) -> float:
    question = f"{QUESTIONS[number % len(QUESTIONS)]} ({number})"
    began = time.perf_counter()
    client.post("/v1/ask", json={"question": question}).raise_for_status()
    return time.perf_counter() - began


@contextmanager
def running_server(environment: Mapping[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run `charter serve` on a free loopback port; give its process and address when ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "bots.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603  our own command
        try:
            _wait(address)
            yield process, address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise TimeoutError(f"The server at {address} was not ready within {READY_WITHIN:.0f} s.")


def _fresh_clone() -> Iterator[Figure]:
    """Clone, install and answer; the download is measured by itself."""
    with tempfile.TemporaryDirectory() as folder:
        clone, wheels = Path(folder) / "charter", Path(folder) / "wheels"
        began = time.perf_counter()
        _run(["git", "clone", "--quiet", str(ROOT), str(clone)])
        _run(["make", "--directory", str(clone), "setup"])
        python = str(clone / ".venv/bin/python")
        environment = {**os.environ, "CHARTER_HOME": str(Path(folder) / "home")}
        for command in (["index"], ["ask", QUESTIONS[0]]):
            _run([python, "-m", "bots.cli", *command], environment)
        yield figure("fresh clone to first answer", "s", [time.perf_counter() - began])
        began = time.perf_counter()
        _run(
            [python, "-m", "pip", "download", "-q", "--no-cache-dir", "-d", str(wheels), str(clone)]
        )
        yield figure("of which downloading, alone", "s", [time.perf_counter() - began])
        size = sum(file.stat().st_size for file in wheels.iterdir()) / 2**20
        yield figure("size of the download", "MiB", [size])


def _timed(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[float, str]:
    began = time.perf_counter()
    output = _run([sys.executable, "-m", "bots.cli", *arguments], environment)
    return time.perf_counter() - began, output


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own command
    if done.returncode not in (0, 3, 4):  # an answer, the closest passages, no answer
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _write(figures: Sequence[Figure]) -> None:
    RESULTS.mkdir(exist_ok=True)
    machine = machine_in_words()
    measured = datetime.now(UTC).date().isoformat()
    record = {"machine": machine, "measured": measured, "figures": [asdict(f) for f in figures]}
    (RESULTS / "speed.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    page = [
        "# Speed",
        "",
        f"Whole processes on {machine}, measured {measured} by `make bench`.",
        "",
        *figure_rows(figures),
    ]
    (RESULTS / "speed.md").write_text("\n".join(page) + "\n", "utf-8")
    print("\n".join(page))  # noqa: T201  a command of the terminal


if __name__ == "__main__":
    main()
