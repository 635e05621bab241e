"""`charter bench SET…`: what is measured, what is written, what is compared, what is said."""

from __future__ import annotations

import json
import re

import pytest
from made_set import ENTRIES, QRELS, QUERIES, write_set
from typer.testing import CliRunner

from assistant.settings import load_settings
from bots.cli import build_app
from bots.commands.measuring import Asked
from corpus.errors import BenchmarkUnusable
from evals.benchmark_sets import read_set
from evals.retrieval import run_set
from evals.retrieval_page import page
from evals.retrieval_record import compare, read_earlier, to_record, write_record
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow  # each set is indexed by processes of its own

SETTINGS = load_settings()


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return write_set(tmp_path_factory.mktemp("sets") / "small")


@pytest.fixture(scope="module")
def run(small, homes):
    return measured(small, homes)


def measured(folder, homes):
    settings = load_settings(home=homes / folder.name)
    return run_set(read_set(folder), settings, progress=SilentProgress())


def charter(*arguments):
    # 80 columns, as where nobody says otherwise
    done = CliRunner(env={"COLUMNS": "80"}).invoke(build_app(), ["bench", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def flat(text):
    return " ".join(text.split())


def test_the_product_is_asked_and_each_query_has_its_ranking(run):
    ranked = {one.query: one.ranked for one in run.scored}
    assert ranked["q1"][0] == "leave"
    assert ranked["q3"][0] == "parking/1"
    assert run.values("recall@1") == {"q1": 1, "q2": 0.5, "q3": 1}
    assert run.means()["recall@1"].mean == pytest.approx(2.5 / 3)
    assert (run.entries, run.documents, run.passages) == (4, 4, 4)


def test_a_query_that_cannot_be_answered_is_counted_and_not_scored(run):
    assert run.unscored == {"unanswerable": 1}
    assert "q4" not in run.values("recall@1")


def test_a_set_in_which_nothing_is_scored_has_no_mean(tmp_path, homes):
    folder = write_set(tmp_path / "silent", queries=QUERIES[3:], qrels={})
    silent = measured(folder, homes)
    assert set(silent.means().values()) == {None}
    assert silent.cost.p50_ms is None
    assert "NaN" not in json.dumps(to_record([silent], SETTINGS))
    assert "| silent | 0 | – |" in page([silent], SETTINGS)


def test_what_charter_does_not_take_or_not_answer_from_scores_nothing_and_is_named(tmp_path, homes):
    queries = (*QUERIES[:1], {"_id": "long", "text": "leave " * 1000})
    past = {"_id": "past", "title": "Old rule", "text": "Valid until: 31 December 2001\n\nOld."}
    qrels = {"dev": (QRELS[0], ("long", "leave", 1))}
    folder = write_set(tmp_path / "odd", entries=(*ENTRIES, past), queries=queries, qrels=qrels)
    odd = measured(folder, homes)
    assert odd.values("hit@10") == {"q1": 1, "long": 0}
    assert {one.kind: one.first for one in odd.problems} == {
        "query that Charter does not take, nothing found": ("long",),
        "entry not in force today, so never found": ("past",),
    }


def test_the_record_is_the_same_twice_but_for_what_was_measured_with_the_clock(small, homes, run):
    again = to_record([measured(small, homes)], SETTINGS)
    first = to_record([run], SETTINGS)
    assert {**again, "measured": None} == {**first, "measured": None}


def test_the_record_holds_ids_and_numbers_and_no_text_of_the_set(run, tmp_path):
    write_record(to_record([run], SETTINGS), tmp_path / "retrieval.json")
    written = (tmp_path / "retrieval.json").read_text("utf-8")
    assert '"q1"' in written
    for entry in ENTRIES:
        assert str(entry["text"]) not in written
        assert f'"{entry["title"]}"' not in written or not entry["title"]
    for query in QUERIES:
        assert str(query["text"]) not in written
    assert json.loads(written) == to_record([run], SETTINGS) | {
        "measured": json.loads(written)["measured"]
    }


def test_a_run_is_the_same_as_itself_and_worse_without_its_hits(run, tmp_path):
    record = to_record([run], SETTINGS)
    path = tmp_path / "retrieval.json"
    write_record(record, path)
    (itself,) = compare([run], read_earlier(path))
    assert {found.verdict for found in itself.measures.values()} == {"the same"}
    for one in record["queries"]:
        one["measures"] = dict.fromkeys(one["measures"], 0)
    write_record(record, path)
    (gained,) = compare([run], read_earlier(path))
    assert gained.measures["recall@10"].verdict == "better"
    assert gained.measures["recall@10"].change.count == 3


def test_only_the_same_set_and_split_are_compared(run, tmp_path):
    record = to_record([run], SETTINGS)
    for one in record["queries"]:
        one["split"] = "test"
    write_record(record, tmp_path / "retrieval.json")
    assert compare([run], read_earlier(tmp_path / "retrieval.json")) == ()


@pytest.mark.parametrize(
    "content", [None, "", "[]", '{"queries": [{"set": "a", "split": "", "id": "q"}]}']
)
def test_an_earlier_run_that_cannot_be_used_is_refused(tmp_path, content):
    path = tmp_path / "retrieval.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(BenchmarkUnusable, match=re.escape(str(path))):
        read_earlier(path)


def test_sets_are_measured_without_naming_the_command(small, homes, tmp_path):
    done = charter(small, "--home", homes, "--save", tmp_path)
    assert done.exit_code == 0
    assert "R@10" in done.stdout
    assert "queries not counted: 1 that cannot be answered" in flat(done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "| small | 3 |" in (tmp_path / "retrieval.md").read_text("utf-8")
    again = charter("retrieval", small, "--home", homes, "--against", tmp_path / "retrieval.json")
    assert "the same" in again.stdout
    assert max(map(len, again.stdout.splitlines())) <= 80


def test_programs_get_the_record_as_json(small, homes):
    record = json.loads(charter(small, "--home", homes, "--json").stdout)
    assert record["sets"][0]["scored"] == 3
    assert record["sets"][0]["unscored"] == {"unanswerable": 1}
    assert len(record["queries"]) == 3


def test_what_is_wrong_with_a_set_is_said(tmp_path, homes):
    folder = write_set(tmp_path / "wrong", qrels={"dev": (*QRELS, ("q9", "leave", 1))})
    said = flat(charter(folder, "--home", homes).stdout)
    assert "wrong: 1 × judgement of a query that is not there: q9" in said


def test_a_folder_that_holds_no_set_ends_with_a_sentence(tmp_path):
    done = charter(tmp_path)
    assert done.exit_code == 1
    assert "A set of questions is a folder with corpus.jsonl and queries.jsonl." in done.stderr


def test_two_sets_of_one_name_are_refused(small, tmp_path):
    done = charter(small, write_set(tmp_path / "small"))
    assert done.exit_code == 2
    assert "Two sets are called small" in flat(done.stderr)


def test_long_asking_says_now_and_then_how_far_it_is():
    said = []
    seconds = iter([0.0, 4.0, 11.0, 12.0, 30.0])
    asked = Asked("small", said.append, clock=lambda: next(seconds))
    for done in range(4):
        asked(1000 * done, 4000)
    assert said == ["small: asked 1,000 of 4,000 queries.", "small: asked 3,000 of 4,000 queries."]


def test_help_stands_without_a_set():
    for arguments in (("--help",), ("retrieval", "--help")):
        done = charter(*arguments)
        assert done.exit_code == 0
        assert "retrieval" in done.stdout
