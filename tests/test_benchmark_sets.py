"""A set of questions is read as its folder says; what is wrong with it is named and counted."""

import pytest
from made_set import ENTRIES, QRELS, QUERIES, write_set

from corpus.errors import BenchmarkUnusable
from evals.benchmark_sets import read_set

HEADER = ("query-id", "corpus-id", "score")
LUNCH = QUERIES[3]


def problems(folder, **options):
    return {one.kind: (one.count, one.first) for one in read_set(folder, **options).problems}


def test_entries_queries_and_graded_gold_are_read(tmp_path):
    read = read_set(write_set(tmp_path / "small"))
    assert (read.name, read.split, read.problems) == ("small", "dev", ())
    assert [entry.id for entry in read.entries] == ["leave", "travel", "pension", "parking/1"]
    assert read.entries[0].title == "Annual leave"
    assert read.queries[1].gold == {"travel": 2, "pension": 1}
    assert [query.answerable for query in read.queries] == [None, None, None, False]


def test_a_header_of_the_judgements_changes_nothing(tmp_path):
    plain = read_set(write_set(tmp_path / "plain"))
    headed = read_set(write_set(tmp_path / "headed", qrels={"dev": (HEADER, *QRELS)}))
    assert headed.queries == plain.queries
    assert headed.problems == ()


def test_judgements_of_zero_are_no_gold(tmp_path):
    rows = (*QRELS, ("q1", "travel", 0))
    read = read_set(write_set(tmp_path, qrels={"dev": rows}))
    assert read.queries[0].gold == {"leave": 1}
    assert read.problems == ()


@pytest.mark.parametrize(
    ("there", "asked", "taken"),
    [
        (("dev", "test", "train"), "", "dev"),
        (("test", "train"), "", "test"),
        (("valid",), "", "valid"),
        (("dev", "test"), "test", "test"),
    ],
)
def test_the_split_is_the_one_named_else_dev_else_test_else_the_only_one(
    tmp_path, there, asked, taken
):
    folder = write_set(tmp_path, qrels=dict.fromkeys(there, QRELS))
    assert read_set(folder, split=asked).split == taken


def test_queries_that_only_another_split_judges_are_left_out_and_counted(tmp_path):
    qrels = {"dev": QRELS[:1], "test": QRELS[1:]}
    read = read_set(write_set(tmp_path, qrels=qrels))
    assert [query.id for query in read.queries] == ["q1", "q4"]
    assert read.elsewhere == 2
    assert read.problems == ()


@pytest.mark.parametrize(("there", "asked"), [(("a", "b"), ""), (("dev",), "test"), ((), "dev")])
def test_a_split_that_is_not_clear_is_refused_with_those_there(tmp_path, there, asked):
    folder = write_set(tmp_path, qrels=dict.fromkeys(there, QRELS))
    with pytest.raises(BenchmarkUnusable, match=", ".join(there) or "it has none"):
        read_set(folder, split=asked)


@pytest.mark.parametrize(
    ("said", "gold", "answerable"),
    [
        ({"paragraph": "leave", "answerable": True}, {"leave": 1}, True),
        ({"paragraph": "leave", "answerable": False}, {}, False),
        ({"expected_citations_contain": ["leave", "travel"]}, {"leave": 1, "travel": 1}, None),
        ({"expected_citations_contain": None, "expected_refusal": True}, {}, False),
    ],
)
def test_without_judgements_the_gold_stands_with_the_query(tmp_path, said, gold, answerable):
    query = {"_id": "q", "text": "How much leave?", "metadata": said}
    read = read_set(write_set(tmp_path, queries=(query,), qrels={}))
    assert (read.queries[0].gold, read.queries[0].answerable) == (gold, answerable)
    assert read.problems == ()


@pytest.mark.parametrize(
    ("changed", "kind", "first"),
    [
        (
            {"qrels": {"dev": (*QRELS, ("q9", "leave", 1))}},
            "judgement of a query that is not there",
            "q9",
        ),
        (
            {"qrels": {"dev": (*QRELS, ("q1", "nowhere", 1))}},
            "judgement of an entry that is not there",
            "nowhere",
        ),
        ({"qrels": {"dev": (*QRELS, QRELS[0])}}, "judgement given twice", "q1 leave"),
        (
            {"qrels": {"dev": (*QRELS, ("q1", "travel", "nan"))}},
            "judgement that cannot be read",
            "dev.tsv:5",
        ),
        (
            {"qrels": {"dev": (*QRELS, ("q1", "travel"))}},
            "judgement that cannot be read",
            "dev.tsv:5",
        ),
        ({"entries": (*ENTRIES, ENTRIES[0])}, "duplicate entry id", "leave"),
        ({"queries": (*QUERIES, QUERIES[0])}, "duplicate query id", "q1"),
        ({"entries": (*ENTRIES, {"_id": "bare", "text": " "})}, "entry without text", "bare"),
        ({"queries": (*QUERIES, LUNCH | {"_id": "q5", "text": " "})}, "empty query", "q5"),
        ({"queries": (*QUERIES, "{not JSON")}, "line that cannot be read", "queries.jsonl:5"),
        ({"entries": (*ENTRIES, '{"text": "x"}')}, "line that cannot be read", "corpus.jsonl:5"),
        (
            {"queries": (*QUERIES, {"_id": "q5", "text": "What else?"})},
            "query without gold, not said to be unanswerable",
            "q5",
        ),
        (
            {"qrels": {"dev": (*QRELS, ("q4", "leave", 1))}},
            "gold of a query said to be unanswerable",
            "q4",
        ),
        (
            {"queries": (*QUERIES[:3], LUNCH | {"metadata": {"answerable": False, "answers": 3}})},
            "metadata that cannot be read",
            "q4",
        ),
    ],
)
def test_each_thing_wrong_with_a_set_is_named_and_counted(tmp_path, changed, kind, first):
    assert problems(write_set(tmp_path, **changed)) == {kind: (1, (first,))}


def test_of_many_problems_the_first_few_are_named_and_all_are_counted(tmp_path):
    rows = (*QRELS, *((f"x{number}", "leave", 1) for number in range(20)))
    met = problems(write_set(tmp_path, qrels={"dev": rows}))
    named = ("x0", "x1", "x2", "x3", "x4")
    assert met == {"judgement of a query that is not there": (20, named)}


def test_gold_that_is_not_there_still_counts_as_gold(tmp_path):
    read = read_set(write_set(tmp_path, qrels={"dev": (*QRELS, ("q1", "nowhere", 1))}))
    assert read.queries[0].gold == {"leave": 1, "nowhere": 1}


def test_metadata_keeps_what_can_be_read_beside_what_cannot(tmp_path):
    said = {"answerable": False, "answers": 3, "category": "off topic"}
    read = read_set(write_set(tmp_path, queries=(*QUERIES[:3], LUNCH | {"metadata": said})))
    assert read.queries[3].answerable is False
    assert read.queries[3].metadata.category == "off topic"
    assert read.queries[3].metadata.answers is None


def test_numbers_as_ids_and_a_missing_title_are_taken(tmp_path):
    entries = ({"_id": 7, "title": None, "text": "Seven."},)
    queries = ({"_id": 1, "text": "Which?"},)
    read = read_set(
        write_set(tmp_path, entries=entries, queries=queries, qrels={"dev": [(1, 7, 1)]})
    )
    assert read.problems == ()
    assert read.queries[0].gold == {"7": 1}
    assert read.entries[0].title == ""


@pytest.mark.parametrize("gone", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize("left", [None, "", "not JSON\n"])
def test_a_folder_that_holds_no_set_is_refused_by_the_name_of_its_file(tmp_path, gone, left):
    folder = write_set(tmp_path)
    (folder / gone).unlink()
    if left is not None:
        (folder / gone).write_text(left, "utf-8")
    with pytest.raises(BenchmarkUnusable, match=gone):
        read_set(folder)
