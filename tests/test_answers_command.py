"""``charter bench answers`` as people and programs run it, with the model that Charter has."""

import json

import pytest
from answer_sets import write_handbook, write_set
from typer.testing import CliRunner

from assistant.decision.calibration import read_calibration
from bots.cli import build_app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    home = folder / "homes"
    return [
        str(write_set(folder / "rules")),
        str(write_handbook(folder / "pets")),
        "--home",
        str(home),
    ]


def charter(*words):
    return CliRunner(env={"COLUMNS": "80"}).invoke(build_app(), ["bench", "answers", *words])


def test_the_terminal_shows_every_set_kind_and_threshold_in_80_columns(sets):
    done = charter(*sets)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.count("rules") == done.stdout.count("pets") == 2
    assert f"{read_calibration().answer_threshold:.2f} in use" in done.stdout
    assert "pets: asking" in done.stderr


def test_a_fit_writes_a_decision_file_and_the_page_shows_it(sets, tmp_path):
    file = tmp_path / "decision.json"
    done = charter(*sets, "--fit", str(file), "--cost", "off-topic=0.5", "--save", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert "off-topic 0.5" in read_calibration(file).rule
    assert "Each set under what was fitted to the others" in done.stdout
    assert "## Fitted decision" in (tmp_path / "answers.md").read_text("utf-8")
    record = json.loads((tmp_path / "answers.json").read_text("utf-8"))
    assert (
        record["fitted"]["weights"].keys() == json.loads(file.read_text("utf-8"))["weights"].keys()
    )


def test_json_holds_the_same_figures(sets):
    done = charter(*sets, "--json", "--most", "1")
    record = json.loads(done.stdout)
    kinds = [question[0] for question in record["sets"][0]["questions"]]
    assert kinds.count("answerable") == 1
    assert record["sets"][0]["valid"]["value"] == 1.0
    assert record["sets"][1]["kinds"]["unanswerable"]["false"] == {"reason": "no such question"}


@pytest.mark.parametrize("cost", ["off-topic", "weather=1", "off-topic=much", "off-topic=-1"])
def test_a_cost_that_says_nothing_is_refused(sets, tmp_path, cost):
    done = charter(*sets, "--fit", str(tmp_path / "d.json"), "--cost", cost)
    assert done.exit_code == 1
    assert f"“{cost}” is no kind of question with a number" in done.stderr


def test_a_folder_that_holds_no_set_is_refused(tmp_path):
    done = charter(str(tmp_path))
    assert done.exit_code == 1
    assert str(tmp_path) in done.stderr
