"""What people said of a reply is remembered: the same words to the same case stay right."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from test_suite_runs import TELEWORK, TUNGSTEN
from typer.testing import CliRunner

from bots.cli import build_app
from corpus.errors import StorageError, SuiteNotFound, SuiteUnusable
from evals.suites.folder import SuiteFolder
from evals.suites.judging.labels import Labels, labels_beside, reply_hash
from evals.suites.model import Suite
from evals.suites.reports.report import html_report
from evals.suites.run import run_suite, score_run
from evals.suites.running import Running

DAY = date(2026, 12, 1)
UNSURE = replace(TELEWORK, id="unsure", must_say=("telework is allowed weekly",), wordings=())
SUITE = Suite("Telework", (UNSURE, TELEWORK, TUNGSTEN), target=0.1)


@pytest.fixture(scope="module")
def run(small_assistant):
    return run_suite(SUITE, small_assistant)


@pytest.fixture
def labels(tmp_path):
    return Labels(tmp_path / "runs" / "telework" / "labels.jsonl")


def first(run, assistant, labels=None):
    return score_run(run, assistant, labels).results[0].worst


def test_what_is_only_much_alike_is_to_confirm_until_somebody_says_so(run, small_assistant, labels):
    assert first(run, small_assistant, labels).verdict == "to confirm"
    labels.add(*run.reply("unsure"), right=True, by="A person of HR", day=DAY)
    found = first(run, small_assistant, labels)
    assert (found.verdict, found.cause) == ("passed", None)
    assert found.label is not None
    assert (found.label.by, found.label.day) == ("A person of HR", DAY)
    assert score_run(run, small_assistant, labels).scores.six.right.part == 2


def test_what_somebody_found_not_right_fails_and_says_what_to_do(run, small_assistant, labels):
    labels.add(*run.reply("unsure"), right=False, by="", day=DAY)
    found = first(run, small_assistant, labels)
    assert (found.verdict, found.cause) == ("failed", "not right")
    assert found.action.startswith("Somebody looked at this reply")


def test_the_last_word_on_a_reply_holds(run, small_assistant, labels):
    case, said = run.reply("unsure")
    for right in (True, False, True):
        labels.add(case, said, right=right, by="", day=DAY)
    assert first(run, small_assistant, labels).verdict == "passed"
    assert len(labels.all()) == 1
    assert labels.of(case, said) == labels.all()[0]


def test_another_reply_or_an_edited_case_is_to_be_confirmed_anew(run, small_assistant, labels):
    case, said = run.reply("unsure")
    labels.add(case, replace(said, lines=(*said.lines, "More.")), right=True, by="", day=DAY)
    labels.add(replace(case, must_say=("weekly",)), said, right=True, by="", day=DAY)
    assert first(run, small_assistant, labels).verdict == "to confirm"
    assert labels.of(case, said) is None


def test_a_person_settles_only_what_is_to_confirm(run, small_assistant, labels):
    wrong = replace(TELEWORK, id="wrong", must_say=("two days in each week",))
    both = replace(run, suite=replace(SUITE, cases=(wrong, TELEWORK, TUNGSTEN)))
    both = replace(
        both,
        asked=tuple(
            replace(one, case="wrong") if one.case == "unsure" else one for one in run.asked
        ),
    )
    labels.add(*both.reply("wrong"), right=True, by="", day=DAY)
    labels.add(*both.reply("telework"), right=False, by="", day=DAY)
    told = score_run(both, small_assistant, labels).results
    assert [one.worst.cause for one in told] == ["wrong value", None, None]
    # what was said is shown all the same
    assert [one.worst.label.right for one in told[:2] if one.worst.label] == [True, False]


def test_the_kind_of_reply_belongs_to_its_words(run):
    _, said = run.reply("unsure")
    assert reply_hash(said) != reply_hash(replace(said, outcome="closest_passages"))
    assert reply_hash(said) == reply_hash(replace(said, seconds=9.0, confidence=0.1))


def test_a_label_that_was_cut_off_is_left_out_and_the_next_one_kept(run, labels, tmp_path):
    case, said = run.reply("unsure")
    labels.add(case, said, right=True, by="", day=DAY)
    file = tmp_path / "runs" / "telework" / "labels.jsonl"
    with file.open("a") as held:
        held.write('{"case": "half' + "x" * 10_000)
    assert len(labels.all()) == 1
    labels.add(case, replace(said, lines=("Other.",)), right=True, by="", day=DAY)
    assert len(labels.all()) == 2
    assert b"half" not in file.read_bytes()


def test_a_line_that_is_no_label_is_told_with_its_number(run, labels, tmp_path):
    labels.add(*run.reply("unsure"), right=True, by="", day=DAY)
    with (tmp_path / "runs" / "telework" / "labels.jsonl").open("a") as held:
        held.write('{"case": "x"}\n')
    with pytest.raises(SuiteUnusable, match=r"Line 2 of .*labels\.jsonl cannot be read"):
        labels.all()


def test_labels_of_several_at_once_are_all_kept(run, labels):
    case, said = run.reply("unsure")
    replies = [replace(said, lines=(f"Reply {number}.",)) for number in range(40)]

    def add(reply):
        labels.add(case, reply, right=True, by="", day=DAY)

    with ThreadPoolExecutor(8) as people:
        list(people.map(add, replies))
    assert {one.reply for one in labels.all()} == set(map(reply_hash, replies))


def test_a_folder_that_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "runs").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="cannot be written"):
        Labels(tmp_path / "runs" / "labels.jsonl").add(
            *run.reply("unsure"), right=True, by="", day=DAY
        )


def test_a_reply_that_a_run_does_not_have_is_told(run):
    with pytest.raises(SuiteNotFound, match="no reply to wording 2 of a case “unsure”"):
        run.reply("unsure", 1)


def test_a_report_tells_who_settled_a_case(run, small_assistant, labels):
    labels.add(*run.reply("unsure"), right=False, by="Per <b>sonnel", day=DAY)
    html = html_report(score_run(run, small_assistant, labels), small_assistant)
    assert "Per &lt;b&gt;sonnel said on 2026-12-01 that this reply is not right." in html


def test_a_suite_that_runs_for_hr_knows_what_hr_said(run, small_assistant, tmp_path):
    folder = SuiteFolder(tmp_path / "suites")
    folder.write("telework", SUITE, state="")
    folder.labels("telework").add(*run.reply("unsure"), right=True, by="", day=DAY)
    running = Running(small_assistant, folder, str)
    running.start("telework")
    running.wait()
    (kept,) = folder.runs("telework")
    assert kept.told.cases["unsure"].verdict == "passed"
    assert labels_beside(tmp_path / "suites" / "telework.yaml").all()


@pytest.fixture
def charter(small_home, small_corpus):
    def call(*arguments):
        environment = {
            "CHARTER_HOME": str(small_home),
            "CHARTER_CORPUS": str(small_corpus),
            "COLUMNS": "80",
        }
        return CliRunner(env=environment).invoke(build_app(), ["eval", *map(str, arguments)])

    return call


def test_a_reply_is_labelled_in_the_terminal_and_remembered_by_the_next_run(charter, tmp_path):
    held = {"question": UNSURE.question, "must_say": UNSURE.must_say, "id": "unsure"}
    suite = tmp_path / "telework.yaml"
    suite.write_text(json.dumps({"suite": "Telework", "target": 0.1, "cases": [held]}))
    file = tmp_path / "run.json"
    told = json.loads(charter("run", suite, "--save", file, "--json").stdout)
    assert told["cases"][0]["verdict"] == "to confirm"
    labels = tmp_path / "runs" / "telework" / "labels.jsonl"
    said = charter("label", file, "unsure", "--right", "--by", "Me", "--into", labels)
    assert said.exit_code == 0, said.stderr
    assert "Right, of “unsure”:" in said.stdout
    told = json.loads(charter("run", suite, "--json").stdout)
    assert told["cases"][0]["verdict"] == "passed"
    again = charter("report", file, "--labels", labels, "--json")
    assert json.loads(again.stdout)["cases"][0]["label"] == {
        "right": True,
        "by": "Me",
        "day": str(told["cases"][0]["label"]["day"]),
    }
    assert "no reply to wording 1 of a case “other”" in " ".join(
        charter("label", file, "other", "--wrong", "--into", labels).stderr.split()
    )
