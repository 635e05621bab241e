"""The folder of suites: one file each, changed by one at a time, with the runs that were kept."""

from dataclasses import replace
from datetime import datetime

import pytest

from corpus.errors import StorageError, SuiteBusy, SuiteNotFound, SuiteOutdated, SuiteRefused
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Suite
from evals.suites.reports.told import told_of
from evals.suites.run import run_suite, score_run
from evals.suites.running import Running

LEAVE = Suite(
    "Leave", (Case("carry-over", "How many days of leave can I carry over?", must_say=("60",)),)
)


@pytest.fixture
def folder(tmp_path):
    return SuiteFolder(tmp_path / "suites")


def test_what_comes_with_charter_is_listed_until_the_folder_has_one_of_its_name(folder):
    assert folder.names() == ("policies", "strategies")
    shipped = folder.open("strategies")
    assert shipped.shipped
    mine = replace(shipped.suite, owner="HR")
    folder.write("strategies", mine, state=shipped.state)
    assert folder.names() == ("strategies", "policies")
    assert folder.open("strategies").suite == mine
    assert not folder.open("strategies").shipped


def test_a_suite_that_somebody_else_changed_is_not_overwritten(folder):
    first = folder.write("leave", LEAVE, state="")
    theirs = folder.write("leave", replace(LEAVE, owner="They"), state=first.state)
    with pytest.raises(SuiteOutdated):
        folder.write("leave", replace(LEAVE, owner="I"), state=first.state)
    with pytest.raises(SuiteOutdated):
        folder.write("leave", LEAVE, state="")
    with pytest.raises(SuiteOutdated):
        folder.remove("leave", state=first.state)
    assert folder.open("leave") == theirs
    folder.remove("leave", state=theirs.state)
    assert "leave" not in folder.names()


@pytest.mark.parametrize(
    "name", ["", "../leave", "a/b", ".hidden", "runs", "a\\b", "x" * 61, "-x", "nul\0"]
)
def test_a_name_that_leads_elsewhere_is_refused(folder, name):
    with pytest.raises(SuiteRefused):
        folder.write(name, LEAVE, state="")
    with pytest.raises(SuiteNotFound):
        folder.open(name)


def test_a_name_may_have_letters_of_any_language(folder):
    folder.write("Congé annuel (2026)", LEAVE, state="")
    assert "Congé annuel (2026)" in folder.names()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="CHARTER_SUITES"):
        SuiteFolder(tmp_path / "file").write("leave", LEAVE, state="")


def test_runs_are_kept_newest_first_with_what_came_of_them(folder, assistant):
    folder.write("leave", LEAVE, state="")
    run = run_suite(LEAVE, assistant)
    scored = score_run(run, assistant)
    first = folder.keep("leave", run, told_of(scored))
    second = folder.keep("leave", run, told_of(scored))
    later = replace(run, ground=replace(run.ground, asked_at=datetime(2099, 1, 1, 12)))  # noqa: DTZ001  UTC, as runs have it
    third = folder.keep("leave", later, told_of(score_run(later, assistant)))
    assert [one.id for one in folder.runs("leave")] == [third, second, first]
    assert third == "20990101T120000Z"
    assert folder.run("leave", first) == run
    told = folder.runs("leave")[-1].told
    assert told.outcome == scored.outcome
    assert told.cases["carry-over"].fingerprint == LEAVE.cases[0].fingerprint
    with pytest.raises(SuiteNotFound):
        folder.run("leave", "../../leave")


def test_what_a_write_that_was_killed_has_left_is_no_run(folder, assistant, tmp_path):
    run = run_suite(LEAVE, assistant)
    kept = folder.keep("leave", run, told_of(score_run(run, assistant)))
    file = tmp_path / "suites" / "runs" / "leave" / f"{kept}.told.json"
    file.with_name(f".{file.name}").write_bytes(file.read_bytes())
    assert [one.id for one in folder.runs("leave")] == [kept]


def test_a_suite_runs_in_a_thread_of_its_own_and_is_kept(folder, assistant):
    folder.write("leave", LEAVE, state="")
    running = Running(assistant, folder, str)
    running.start("leave")
    progress = running.wait()
    assert (progress.state, progress.done, progress.of) == ("done", 1, 1)
    assert [one.id for one in folder.runs("leave")] == [progress.run]


def test_one_suite_runs_at_a_time_and_can_be_stopped(folder, assistant):
    cases = tuple(replace(LEAVE.cases[0], id=f"case-{n}") for n in range(2_000))
    folder.write("long", replace(LEAVE, cases=cases), state="")
    running = Running(assistant, folder, str)
    running.start("long")
    with pytest.raises(SuiteBusy, match="long"):
        running.start("long")
    running.stop()
    assert running.wait().state == "stopped"
    assert folder.runs("long") == ()
    assert running.start("strategies").state == "running"
    running.stop()
    running.wait()
