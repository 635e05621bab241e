"""The commands that run suites, as processes: their words, their files, their exit codes."""

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

GOOD = {
    "question": "On how many days in each week may a staff member telework?",
    "must_say": ["three days"],
}
WRONG = {"id": "wrong", **GOOD, "must_say": ["two days in each week"]}


@pytest.fixture
def run(small_home, small_corpus, tmp_path):
    environment = {
        **os.environ,
        "CHARTER_HOME": str(small_home),
        "CHARTER_CORPUS": str(small_corpus),
        "COLUMNS": "80",
    }

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(  # noqa: S603  our own command line
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return call


def suite(folder, *cases) -> str:
    file = folder / "suite.yaml"
    held = {"suite": "Telework", "target": 0.1, "cases": cases}
    file.write_text(json.dumps(held))  # which is YAML as well
    return str(file)


def test_a_run_says_what_it_comes_to_and_writes_its_files(run, tmp_path):
    done = run(
        *("-m", "bots.cli", "eval", "run", suite(tmp_path, GOOD, WRONG), "--save", "run.json"),
        *("--report", "run.html", "--report", "run.xml", "--report", "run.ragas.jsonl"),
        *("--report", "run.csv"),
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("FAIL\n")
    assert "1 of 2 questions that should be answered was answered rightly" in " ".join(
        done.stdout.split()
    )
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert (tmp_path / "run.html").read_text().startswith("<!doctype html>")
    assert "wrong value. Another value was quoted" in (tmp_path / "run.csv").read_text("utf-8-sig")
    again = run("-m", "bots.cli", "eval", "report", "run.json", "--json")
    assert json.loads(again.stdout)["outcome"] == "FAIL"
    assert again.returncode == 1


def test_a_run_is_held_against_an_earlier_one(run, tmp_path):
    run("-m", "bots.cli", "eval", "run", suite(tmp_path, GOOD), "--save", "before.json")
    done = run(
        *("-m", "bots.cli", "eval", "run", suite(tmp_path, GOOD), "--against", "before.json"),
        *("--save", "after.json"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no worse than before: Nothing changed." in " ".join(done.stdout.split())
    compared = run("-m", "bots.cli", "eval", "compare", "before.json", "after.json")
    assert compared.returncode == 0
    assert "Nothing changed." in compared.stdout


def test_a_suite_of_the_folder_is_run_by_its_name_and_its_run_is_kept(run, small_home):
    (small_home / "suites").mkdir(exist_ok=True)
    suite(small_home / "suites", GOOD)
    before = run("-m", "bots.cli", "eval", "suites")
    assert "suite" in before.stdout
    assert "policies (comes with Charter)" in " ".join(before.stdout.split())
    assert max(map(len, before.stdout.splitlines())) <= 80
    assert run("-m", "bots.cli", "eval", "run", "suite").returncode == 0
    listed = json.loads(run("-m", "bots.cli", "eval", "suites", "--json").stdout)["suites"]
    (own,) = (one for one in listed if one["name"] == "suite")
    assert (own["cases"], own["last_run"]["outcome"]) == (1, "PASS")
    exported = run("-m", "bots.cli", "eval", "export", "suite", "out.csv")
    assert exported.stdout.startswith("Wrote 1 case to out.csv"), exported.stderr
    assert run("-m", "bots.cli", "eval", "draft", "suite", "--most", "1").returncode == 0
    drafted = json.loads(run("-m", "bots.cli", "eval", "suites", "--json").stdout)["suites"]
    assert next(one for one in drafted if one["name"] == "suite")["drafts"] >= 1
    shutil.rmtree(small_home / "suites")
    unknown = run("-m", "bots.cli", "eval", "run", "suite")
    assert unknown.returncode != 0
    assert "policies" in unknown.stderr  # which suites there are


def test_what_is_no_run_or_no_report_is_said_plainly(run, tmp_path):
    (tmp_path / "no.json").write_text('{"format": 7}')
    told = run("-m", "bots.cli", "eval", "report", "no.json")
    assert told.returncode == 1
    assert "no run that this version of Charter reads" in " ".join(told.stderr.split())
    named = run("-m", "bots.cli", "eval", "run", suite(tmp_path, GOOD), "--report", "x.pdf")
    assert named.returncode == 1
    assert "No report is called x.pdf" in named.stderr


def test_pytest_runs_a_suite_as_tests(run, tmp_path):
    done = run(
        *("-m", "pytest", "-p", "no:cacheprovider", "-q", "--rootdir", str(tmp_path)),
        *("--charter-suite", suite(tmp_path, GOOD, WRONG, {**WRONG, "id": "d", "state": "draft"})),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
    assert "wrong value" in done.stdout
    assert "Traceback" not in done.stdout


def test_pytest_knows_what_somebody_said_of_a_reply(run, tmp_path):
    file = suite(tmp_path, {"id": "unsure", **GOOD, "must_say": ["telework is allowed weekly"]})
    tests = ("-m", "pytest", "-p", "no:cacheprovider", "-q", "--rootdir", str(tmp_path))
    assert "to confirm" in run(*tests, "--charter-suite", file).stdout
    assert run("-m", "bots.cli", "eval", "run", file, "--save", "run.json").returncode == 2
    label = ("-m", "bots.cli", "eval", "label", "run.json", "unsure", "--right")
    assert run(*label, "--into", "runs/suite/labels.jsonl").returncode == 0
    done = run(*tests, "--charter-suite", file)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
