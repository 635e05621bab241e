"""Measures the API under load on a loopback address, with Locust: part of ``make bench``.

One server with the documents that come with Charter; 1, 10 and 50 readers who ask without a pause.
Nothing is asserted but that every question is answered: a machine's clock is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from page_bench import page_figures

from evals.machine import Figure, figure_rows, machine_in_words
from evals.speed import running_server

RESULTS = Path(__file__).resolve().parent.parent / "benchmarks"
READERS = (1, 10, 50)
SECONDS = 60
WARMING = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What some readers met; in milliseconds, above 100 to two digits as Locust keeps them."""

    readers: int
    seconds: int
    asked: int
    errors: int
    a_second: float
    p50: int
    p95: int
    p99: int
    slowest: int
    memory_mib: int


def main() -> None:
    """Measure, print and write the figures; end with 1 where a question was not answered."""
    wanted = argparse.ArgumentParser(description="The API under load.")
    wanted.add_argument("--seconds", type=int, default=SECONDS, help="of each load")
    wanted.add_argument("--into", type=Path, default=RESULTS, help="folder of the figures")
    chosen = wanted.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "CHARTER_HOME": home}
        found = [measure(readers, chosen.seconds, environment) for readers in READERS]
    pages = page_figures()
    made = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine_in_words()}
    told = json.dumps(
        {**made, "loads": list(map(asdict, found)), "pages": list(map(asdict, pages))}, indent=2
    )
    (chosen.into / "web.json").write_text(f"{told}\n", "utf-8")
    (chosen.into / "web.md").write_text(page_of(made, found, pages), "utf-8")
    sys.stdout.write(f"{told}\n")
    sys.exit(1 if any(load.errors or not load.asked for load in found) else 0)


def measure(readers: int, seconds: int, environment: Mapping[str, str]) -> Load:
    """Ask a server that was started for it and has answered for a few seconds."""
    with running_server(environment) as (process, address):
        drive(address, readers, WARMING)
        said = drive(address, readers, seconds)
        memory = round(psutil.Process(process.pid).memory_info().rss / 2**20)
    times = {int(float(time)): count for time, count in said["response_times"].items()}
    asked = said["num_requests"]
    return Load(
        readers,
        seconds,
        asked,
        said["num_failures"],
        round(asked / (said["last_request_timestamp"] - said["start_time"]), 1),
        *(share_below(times, share) for share in (0.50, 0.95, 0.99)),
        round(said["max_response_time"]),
        memory,
    )


def drive(address: str, readers: int, seconds: int) -> dict[str, object]:
    """Let readers ask for some seconds; return what Locust counted."""
    done = subprocess.run(  # noqa: S603  the tests' own tool
        [
            sys.executable,
            "-m",
            "locust",
            f"--locustfile={Path(__file__).with_name('web_load.py')}",
            f"--host={address}",
            "--headless",
            f"--users={readers}",
            f"--spawn-rate={readers}",
            f"--run-time={seconds}s",
            "--stop-timeout=10",
            "--only-summary",
            "--json",
            "--loglevel=WARNING",
            "--exit-code-on-error=0",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    (counted,) = json.loads(done.stdout)
    return counted


def share_below(times: Mapping[int, int], share: float) -> int:
    """Return the time within which a share of all was answered."""
    left = share * sum(times.values())
    for time in sorted(times):
        left -= times[time]
        if left <= 0:
            return time
    return max(times)


def page_of(made: Mapping[str, str], found: list[Load], pages: Sequence[Figure]) -> str:
    """Write the figures as a page."""
    head = "| readers | asked | errors | a second | p50, ms | p95 | p99 | slowest | MiB |"
    rows = [
        f"| {one.readers} | {one.asked} | {one.errors} | {one.a_second} | {one.p50} | {one.p95} | "
        f"{one.p99} | {one.slowest} | {one.memory_mib} |"
        for one in found
    ]
    lines = "\n".join([head, "|---" * 9 + "|", *rows])
    return (
        "# Speed of the API under load\n\n"
        f"One `charter serve` with the documents that come with it on {made['machine']}, measured "
        f"{made['measured']} by `make bench`.\n"
        "Readers post to `/v1/ask` without a pause, every question another one; Locust, which asks "
        "for them, runs on the same cores.\n\n"
        f"{lines}\n\n"
        "# Pages in a browser\n\n"
        "Opened in Chromium by a browser that knows nothing yet, on the same cores; milliseconds "
        "from the click; each after one opening that does not count.\n\n"
        + "\n".join(figure_rows(pages))
        + "\n"
    )


if __name__ == "__main__":
    main()
