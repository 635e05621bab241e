"""What staff asked and said, in the terminal: counted, without names, safe in a spreadsheet."""

import csv
import io
import json
import os
import subprocess
import sys

import openpyxl
import pytest
from staff_asked import ALSO_DOGS, DOGS, TELEWORK, staff

pytestmark = pytest.mark.slow

BOARD = frozenset({"board"})
FORMULA = '=HYPERLINK("x") for Napoleon Bonaparte?'


@pytest.fixture
def run(small_home, small_corpus, tmp_path):
    with staff(small_home, small_corpus, tmp_path) as people:
        people.ask(DOGS, times=3)
        people.ask(ALSO_DOGS)
        people.ask(FORMULA)
        people.vote(people.ask(TELEWORK), reason="wrong", words="Marie Curie said four days")
    environment = {
        **os.environ,
        "CHARTER_HOME": str(small_home),
        "CHARTER_CORPUS": str(small_corpus),
        "CHARTER_DATABASE": f"sqlite:///{tmp_path / 'records.db'}",
        "CHARTER_SUITES": str(tmp_path / "suites"),
        "COLUMNS": "80",
    }

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bots.cli", "eval", *arguments]
        return subprocess.run(  # noqa: S603  our own command line
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return call


def test_gaps_are_listed_by_how_often_they_were_asked_and_written_to_files(run, tmp_path):
    done = run("gaps", "--csv", "gaps.csv")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Asked 6 times, and 5 of them got no answer" in said
    assert f"{DOGS} asked 4 times" in said
    assert f"also: {ALSO_DOGS}" in said
    assert "asked once: the words of one person" in said
    assert "Bonaparte" not in said
    assert max(map(len, done.stdout.splitlines())) <= 80
    rows = list(csv.DictReader(io.StringIO((tmp_path / "gaps.csv").read_text("utf-8-sig"))))
    assert [row["Asked"] for row in rows] == ["4", "1"]
    assert rows[1]["Question"].startswith("'=HYPERLINK")
    assert "Bonaparte" not in str(rows)


def test_gaps_go_into_a_workbook_with_numbers_as_numbers_and_no_formula(run, tmp_path):
    assert run("gaps", "--csv", "gaps.xlsx", "--least", "1").returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "gaps.xlsx")["Unanswered"]
    assert [cell.value for cell in sheet["B"]] == ["Asked", 4, 1]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_gaps_that_were_asked_seldom_can_be_left_out_and_programs_read_json(run):
    told = json.loads(run("gaps", "--least", "2", "--json").stdout)
    assert [one["question"] for one in told["gaps"]] == [DOGS]
    assert told["share"]["low"] < 5 / 6 < told["share"]["high"]
    assert told["gaps"][0]["now"] in {"no_answer", "closest_passages"}


def test_a_list_is_empty_for_want_of_repetition_and_says_so(run):
    said = " ".join(run("gaps", "--least", "9").stdout.split())
    assert "5 of them got no answer" in said
    assert "None of these was asked at least 9 times." in said
    assert "went without an answer" not in said


def test_a_file_that_cannot_be_written_is_told_plainly(run):
    done = run("gaps", "--csv", "nowhere/gaps.csv")
    assert done.returncode
    assert "cannot be written to nowhere/gaps.csv" in " ".join(done.stderr.split())


def test_votes_are_listed_with_reasons_and_words_without_names(run):
    done = run("votes")
    said = " ".join(done.stdout.split())
    assert "1 of 1 wait for a decision" in said
    assert "It is wrong: 1" in said
    assert "“[name] said four days”" in said
    told = json.loads(run("votes", "--json").stdout)
    assert (told["waiting"], told["items"][0]["reasons"]) == (1, {"wrong": 1})
    assert "0 of 0 wait" in run("votes", "--helpful").stdout


def test_votes_on_what_was_asked_for_a_group_are_counted_and_not_shown(
    run, small_home, small_corpus, tmp_path
):
    with staff(small_home, small_corpus, tmp_path) as people:
        people.vote(people.ask(DOGS, groups=BOARD), reason="wrong", words="of the board alone")
    done = run("votes")
    assert "1 more, asked for a group, are counted and not shown." in " ".join(done.stdout.split())
    told = run("votes", "--json").stdout
    assert json.loads(told)["of_groups"] == 1
    assert "board alone" not in done.stdout + told
