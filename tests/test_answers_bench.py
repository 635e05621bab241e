"""Questions and their twins, asked of a real index: which are made, what they hide, what counts."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from answer_sets import write_handbook, write_set

from assistant.library.hidden import Hidden
from assistant.settings import load_settings
from corpus.errors import BenchmarkUnusable, ModelFileMissing
from evals.answers import ask_set, evenly, off_topic
from evals.answers_page import save, to_record
from evals.answers_run import Wanted, run
from evals.asking import Asking
from evals.benchmark_index import indexed
from evals.benchmark_sets import read_set
from evals.evidence import entries_quoted, evidence
from evals.fitting import Rule
from evals.shares import Unscored
from evals.twins import Twins
from indexing.embedding import HashEmbedder

pytestmark = pytest.mark.slow  # each index starts the processes that read

DOG = "On which day may a dog come to the office on a lead?"


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    with indexed(read_set(write_set(folder / "rules")), folder / "home", HashEmbedder()) as held:
        yield held


@pytest.fixture(scope="module")
def handbook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    read = read_set(write_handbook(folder / "handbook"))
    with indexed(read, folder / "home", HashEmbedder()) as held:
        yield held


@pytest.fixture(scope="module")
def asked(rules, handbook):
    @cache
    def made(most=0):
        return ask_set(
            rules,
            [handbook.some_set],
            embedder=HashEmbedder(),
            settings=load_settings(),
            most=most,
        )

    return made


def asking_of(held):
    return Asking(held.index, HashEmbedder(), load_settings())


def twins_of(held, query_id):
    query = next(one for one in held.some_set.queries if one.id == query_id)
    outcome = asking_of(held).ask(query.text)
    twins = Twins(held.some_set.name, held.some_set.entries, held)
    quoted = frozenset(entries_quoted(held, outcome.quotes))
    return query, outcome, {one.kind: one for one in twins.of(query, outcome, quoted)}


def test_a_cross_encoder_that_is_set_is_measured_too(rules, tmp_path):
    settings = load_settings(reranker=str(tmp_path))
    with pytest.raises(ModelFileMissing, match="cross-encoder"):
        Asking(rules.index, HashEmbedder(), settings).ask(DOG)


def test_a_question_as_it_is_quotes_its_evidence_and_every_quote_holds(rules):
    query, outcome, _ = twins_of(rules, "q1")
    found = evidence(query, outcome, entries_quoted(rules, outcome.quotes))
    assert (outcome.verdict, found.quoted, found.first, found.recall) == ("answer", True, True, 1.0)
    assert outcome.valid == len(outcome.quotes) > 0
    assert rules.entry_of(outcome.hits[0]) == "leave-1"


def test_the_twins_of_an_entry_hide_it_alone_and_its_whole_document(rules):
    _, _, twins = twins_of(rules, "q1")
    section, document = twins["section removed"].hidden, twins["document not there"].hidden
    assert section == Hidden(frozenset(rules.keys_of("leave-1")))
    assert document.keys == {rules.keys_of(f"leave-{n}")[0] for n in (1, 2, 3)}


def test_every_gold_entry_is_hidden_also_where_one_alone_is_quoted(rules):
    query, outcome, _ = twins_of(rules, "q1")
    told = replace(query, gold={"leave-1": 1.0, "leave-2": 1.0})
    twins = Twins("rules", rules.some_set.entries, rules)
    section = next(twins.of(told, outcome, frozenset(["leave-1"])))
    both = {rules.keys_of(entry)[0] for entry in told.gold}
    assert section.hidden.keys == both


def test_a_false_premise_names_what_another_document_holds(rules):
    _, _, twins = twins_of(rules, "q2")
    assert twins["false premise"].text == ASKED_FALSELY
    assert twins["false premise"].hidden == Hidden()
    assert "false premise" not in twins_of(rules, "q3")[2]


ASKED_FALSELY = "How many weeks of parental leave has every parent from 2019 on?"


def test_a_section_of_a_whole_document_is_hidden_without_the_rest_of_it(handbook):
    _, outcome, twins = twins_of(handbook, "h1")
    hidden = twins["section removed"].hidden
    assert "Friday" in outcome.quotes[0].text
    assert not hidden.keys
    without = asking_of(handbook).ask(DOG, hidden)
    assert all("Friday" not in quote.text for quote in without.quotes)
    assert any("cat may never" in quote.text for quote in without.quotes)


def test_a_document_of_one_section_has_no_twin_without_a_section(handbook):
    _, _, twins = twins_of(handbook, "h2")
    assert twins.keys() == {"document not there"}


def test_an_answer_from_elsewhere_is_no_evidence(rules):
    query, outcome, twins = twins_of(rules, "q1")
    without = asking_of(rules).ask(query.text, twins["section removed"].hidden)
    found = evidence(query, without, entries_quoted(rules, without.quotes))
    assert (found.quoted, found.recall) == (False, 0.0)
    assert without.sure < outcome.sure


@pytest.mark.parametrize(
    ("metadata", "quoted", "both"),
    [
        ({"answers": ["30 DAYS  a year"]}, True, None),
        ({"answers": ["in the geneva"]}, True, None),
        ({"answers": ["31 days"]}, False, None),
        ({"answers": [" "]}, True, None),
        ({"expected_surfaces_both_sources": True}, True, False),
    ],
)
def test_wordings_decide_where_a_set_gives_them(rules, metadata, quoted, both):
    query, outcome, _ = twins_of(rules, "q1")
    told = replace(query, metadata=query.metadata.model_copy(update=metadata))
    first = replace(outcome, quotes=outcome.quotes[:1])
    found = evidence(told, first, ["leave-1"])
    assert (found.quoted, found.both) == (quoted, both)


def test_precision_and_recall_are_of_entries_and_both_sources_of_documents(rules):
    query, outcome, _ = twins_of(rules, "q1")
    one = outcome.quotes[0]
    quotes = (one, replace(one, key="x@1"), replace(one, key="y@1"), replace(one, key="z@1"))
    told = replace(
        query,
        gold={"leave-1": 1.0, "leave-2": 1.0},
        metadata=query.metadata.model_copy(
            update={
                "expected_surfaces_both_sources": True,
                "expected_citations_contain": ("leave-1", "leave-2"),
            }
        ),
    )
    made = replace(outcome, quotes=quotes)
    found = evidence(told, made, ["travel-1", "travel-1", "travel-2", "leave-1"])
    assert (found.quoted, found.first, found.few) == (True, False, False)
    assert (found.precision, found.recall, found.both) == (pytest.approx(1 / 3), 0.5, False)
    found = evidence(told, made, ["leave-2", "travel-1", "travel-2", "leave-1"])
    assert (found.first, found.recall, found.both) == (True, 1.0, True)


def test_every_kind_of_question_is_asked_and_most_limits_each(asked):
    kinds = {kind: len(asked().of(kind)) for kind in
             ("answerable", "section removed", "document not there", "unanswerable", "off-topic",
              "false premise")}  # fmt: skip
    assert kinds == {
        "answerable": 3, "section removed": 3, "document not there": 3, "unanswerable": 1,
        "off-topic": 2, "false premise": 2,
    }  # fmt: skip
    assert [len(asked(1).of(kind)) for kind in ("answerable", "unanswerable", "off-topic")] == [
        1
    ] * 3
    assert {row.source for row in asked().of("off-topic")} == {"handbook"}
    assert all(row.evidence is None for row in asked().rows if row.kind != "answerable")


def test_queries_are_taken_evenly(rules, handbook):
    queries = list(rules.some_set.queries)
    assert [one.id for one in evenly(queries, 2)] == ["q1", "q3"]
    assert evenly(queries, 0) == evenly(queries, 9) == queries
    assert not list(off_topic([], 5))
    both = off_topic([rules.some_set, handbook.some_set], 2)
    assert [(one.source, one.query) for one in both] == [("rules", "q1"), ("handbook", "h1")]


def test_a_question_that_cannot_be_taken_is_named(rules):
    query = replace(rules.some_set.queries[0], text="w" * 4001)
    some = replace(rules.some_set, queries=(query,))
    made = ask_set(
        replace(rules, some_set=some), [], embedder=HashEmbedder(), settings=load_settings(), most=0
    )
    assert (made.rows, made.untaken) == ((), ("q1",))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    sets = [read_set(write_set(folder / "rules")), read_set(write_handbook(folder / "handbook"))]
    heard: list[str] = []

    @cache
    def made(name="one"):
        wanted = Wanted(folder / name, rule=Rule())
        found = run(
            sets, wanted, embedder=HashEmbedder(), settings=load_settings(), say=heard.append
        )
        return found, tuple(heard)

    return made


def test_a_run_scores_every_set_and_holds_each_out(results):
    found, heard = results()
    assert [one.name for one in found.scores] == ["rules", "handbook"]
    assert heard[:2] == ("rules: indexing", "rules: asking")
    rules, handbook = found.scores
    assert rules.valid.value == handbook.valid.value == 1.0
    assert isinstance(handbook.kinds["unanswerable"].false, Unscored)
    assert [one.name for one in found.held] == ["rules", "handbook"]


def test_the_same_run_twice_gives_the_same_record_and_no_text_of_the_sets(results, tmp_path):
    first, again = (json.dumps(to_record(results(name)[0])) for name in ("one", "other"))
    assert first == again
    save(results()[0], tmp_path)
    both = (tmp_path / "answers.json").read_text() + (tmp_path / "answers.md").read_text()
    assert not re.search(r"\bnan\b", both, re.IGNORECASE)
    assert not any(word in both for word in ("Geneva", "parental", "Friday", "permit"))
    assert "| handbook | unanswerable | 0 | – | – | – | – | – |" in both


def test_two_sets_of_one_name_are_refused(tmp_path):
    sets = [read_set(write_set(tmp_path / where / "rules")) for where in ("a", "b")]
    with pytest.raises(BenchmarkUnusable, match="same name"):
        run(
            sets,
            Wanted(tmp_path / "home"),
            embedder=HashEmbedder(),
            settings=load_settings(),
            say=lambda _: None,
        )


def test_a_search_never_meets_a_hidden_passage_and_its_words_count_as_unknown(handbook):
    index = handbook.index
    dogs = [
        place
        for place, one in index.passages(index.ordinals(handbook.keys_of("pets.md")[0])).items()
        if "Friday" in one.text
    ]
    part = index.without_passages(frozenset(dogs))
    vector = HashEmbedder().embed([DOG])[0]
    assert {place for place, _ in index.search_vectors(vector, 9)} >= set(dogs)
    assert not {place for place, _ in part.search_vectors(vector, 9)} & set(dogs)
    assert len(part.search_vectors(vector, 1)) == 1
    assert index.search_keywords(["friday"], 9)
    assert not part.search_keywords(["friday"], 9)
    assert index.knows("friday")
    assert not part.knows("friday")
    assert part.idf("friday") > index.idf("friday")
    assert part.fingerprint != index.fingerprint
    assert index.without_passages(frozenset()) is index
