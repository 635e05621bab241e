"""What measures suites: its cases are cases, some of them fail, and it runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from suite_bench import FAILING, failing, many, page_of

from evals.machine import figure
from evals.suites.files import read_suite
from evals.suites.files.suite_file import write_suite


def test_there_are_as_many_cases_as_are_asked_for_and_hardly_a_question_twice(
    tmp_path: Path,
) -> None:
    suite = many(1_500)
    write_suite(suite, tmp_path / "many.yaml")
    assert read_suite(tmp_path / "many.yaml") == suite
    assert len(suite.cases) == len({case.id for case in suite.cases}) == 1_500
    first = suite.cases[:500]
    assert len({case.question for case in first}) > 0.9 * len(first)


def test_some_cases_are_made_to_fail() -> None:
    suite = many(200)
    changed = [
        one for one, other in zip(failing(suite).cases, suite.cases, strict=True) if one != other
    ]
    assert 0 < len(changed) <= 200 / FAILING
    assert all(case.expected == "answer" for case in changed)


def test_the_figures_are_written_as_a_page() -> None:
    page = page_of(
        {"measured": "2026-12-01", "machine": "2 cores"}, [figure("a run", "s", [2.0, 1.0, 3.0])]
    )
    assert "On 2 cores, measured 2026-12-01 by `make bench`." in page
    assert "| a run | 3 | 1.0 | 2.0 | 3.0 | s |" in page


@pytest.mark.slow
@pytest.mark.browser
def test_a_run_and_a_report_are_measured(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(Path(__file__).with_name("suite_bench.py")),
        f"--into={tmp_path}",
    ]
    done = subprocess.run(  # noqa: S603  our own
        [*command, "--cases=20", "--reported=40"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "suites.json").read_text("utf-8"))
    assert [one["name"] for one in told["figures"]] == [
        "charter eval run, 20 cases",
        "report of 40 cases, size",
        "report of 40 cases, interactive",
        "report of 40 cases, its scripts run",
        "report of 40 cases, first words painted",
    ]
    assert all(one["lowest"] > 0 for one in told["figures"])
