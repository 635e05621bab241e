"""Measures how long a suite takes, and how soon its report is there: part of ``make bench``.

500 cases through `charter eval run` as a process of its own; a report of 2,000 cases in Chromium.
Nothing is asserted but that both are whole: a machine's clock is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from page_bench import CHROMIUM, opened_page
from playwright.sync_api import sync_playwright

from evals import perturb
from evals.machine import Figure, figure, figure_rows, machine_in_words
from evals.suites.files import read_suite
from evals.suites.files.suite_file import write_suite
from evals.suites.folder import SHIPPED
from evals.suites.model import Case, Suite

RESULTS = Path(__file__).resolve().parent.parent / "benchmarks"
CASES = 500
REPORTED = 2_000
RUNS = 5
FAILING = 4  # of the cases in the report one in so many fails: a report of what passed is short


def main() -> None:
    """Measure, print and write the figures."""
    wanted = argparse.ArgumentParser(description="How long a suite takes.")
    wanted.add_argument("--into", type=Path, default=RESULTS, help="folder of the figures")
    wanted.add_argument("--cases", type=int, default=CASES, help="of the run")
    wanted.add_argument("--reported", type=int, default=REPORTED, help="cases of the report")
    chosen = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CHARTER_HOME": f"{folder}/home"}
        _charter(environment, "index")
        figures = [
            *run_figures(Path(folder), environment, chosen.cases),
            *report_figures(Path(folder), environment, chosen.reported),
        ]
    made = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine_in_words()}
    told = json.dumps({**made, "figures": list(map(asdict, figures))}, indent=2)
    (chosen.into / "suites.json").write_text(f"{told}\n", "utf-8")
    (chosen.into / "suites.md").write_text(page_of(made, figures), "utf-8")
    sys.stdout.write(f"{told}\n")


def many(count: int) -> Suite:
    """Return so many cases: those of the shipped suites, then the same with slips or padding."""
    shipped = [
        replace(case, id=f"{name}-{case.id}")
        for name in ("strategies", "policies")
        for case in read_suite(SHIPPED / f"{name}.yaml").cases
    ]
    return Suite(f"{count} cases", tuple(islice(_varied(shipped), count)), target=0.5)


def failing(suite: Suite) -> Suite:
    """Return a suite in which one case in four wants what no document says."""
    cases = tuple(
        replace(case, must_say=(*case.must_say, "12,345 gold coins"))
        if case.expected == "answer" and place % FAILING == 0
        else case
        for place, case in enumerate(suite.cases)
    )
    return replace(suite, cases=cases)


def _varied(cases: Sequence[Case]) -> Iterator[Case]:
    yield from cases
    for round_, kind in enumerate(cycle(perturb.KINDS), start=1):
        for case in cases:
            asked = perturb.KINDS[kind](case.question)
            yield replace(case, id=f"{case.id}-{round_}", question=asked, wordings=())


def run_figures(folder: Path, environment: Mapping[str, str], cases: int) -> Iterator[Figure]:
    """Run a suite as people do, to the last line of what it says."""
    suite = folder / "many.yaml"
    write_suite(many(cases), suite)
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        told = json.loads(_charter(environment, "eval", "run", str(suite), "--json"))
        times.append(time.perf_counter() - begun)
        assert len(told["cases"]) == cases
        assert not told["errors"]
    yield figure(f"charter eval run, {cases} cases", "s", times)


def report_figures(folder: Path, environment: Mapping[str, str], cases: int) -> Iterator[Figure]:
    """Write a report with many failures, and open it; none where there is no Chromium."""
    suite, page = folder / "reported.yaml", folder / "report.html"
    write_suite(failing(many(cases)), suite)
    _charter(environment, "eval", "run", str(suite), "--report", str(page))
    name = f"report of {cases} cases"
    yield figure(f"{name}, size", "MiB", [page.stat().st_size / 2**20])
    if CHROMIUM is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = [opened_page(browser, page.as_uri()) for _ in range(RUNS + 1)][
            1:
        ]  # the first warms
        browser.close()
    interactive, loaded, painted = zip(*opened, strict=True)
    yield figure(f"{name}, interactive", "ms", interactive)
    yield figure(f"{name}, its scripts run", "ms", loaded)
    yield figure(f"{name}, first words painted", "ms", painted)


def page_of(made: Mapping[str, str], figures: Sequence[Figure]) -> str:
    """Write the figures as a page."""
    rows = "\n".join(figure_rows(figures))
    return (
        "# Suites\n\n"
        f"On {made['machine']}, measured {made['measured']} by `make bench`.\n"
        "The cases are those of the suites that come with Charter, then the same with slips,\n"
        "padding or keywords. A run is a whole process, from its start to its last line. In the\n"
        f"report one case in {FAILING} is made to fail; it is opened from a file, by a browser\n"
        "that knows nothing yet, after one opening that does not count.\n\n"
        f"{rows}\n"
    )


def _charter(environment: Mapping[str, str], *words: str) -> str:
    """Run a command; a suite that does not pass is no failure of the command."""
    done = subprocess.run(  # noqa: S603  our own
        [sys.executable, "-m", "bots.cli", *words],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stderr and not done.stdout:
        sys.exit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
