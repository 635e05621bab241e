"""A case that is asked without a section: what is hidden, and what is said where it is gone."""

import json
from dataclasses import replace

import pytest

from corpus.model import document_key
from evals.suites.asked import NotAsked, Said
from evals.suites.files.checking import OnShelf
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.preview import compare
from evals.suites.files.texts import section_named, section_text
from evals.suites.files.yaml_file import read_yaml
from evals.suites.log import load_run, save_run
from evals.suites.model import Case, Evidence, Suite
from evals.suites.run import run_suite, score_run

QUESTION = "What is the most annual leave carried over under a fixed-term appointment?"
TABLE = Evidence("annual-leave", "2. Entitlement")
TWIN = Case("twin", QUESTION, expected="refuse", why="near miss", without=(TABLE,))
WHOLE = Case("whole", QUESTION, must_say=("45",))


def run(assistant, *cases):
    return score_run(run_suite(Suite("Small", cases), assistant), assistant)


def came(scored, place=0):
    return scored.results[place].worst.asked.came


def test_a_twin_is_neither_answered_nor_ranked_from_the_section_it_is_asked_without(
    small_assistant,
):
    found = run(small_assistant, WHOLE, TWIN)
    whole, twin = came(found), came(found, 1)
    document = small_assistant.shelf().index.document(document_key("annual-leave", "2"))
    hidden = next(one for one in document.sections if one.heading == TABLE.section)

    def met(said):
        places = [*said.hits, *(one.place for one in said.citations)]
        return [one for one in places if one.shared(document.key, hidden.start, hidden.end)]

    assert isinstance(whole, Said)
    assert isinstance(twin, Said)
    assert whole.outcome == "answer"
    assert met(whole)
    assert not met(twin)
    assert twin.hits


def test_a_document_can_be_hidden_as_a_whole(small_assistant):
    found = run(small_assistant, replace(TWIN, without=(Evidence("Policy on annual leave"),)))
    key = document_key("annual-leave", "2")
    assert not [one for one in came(found).hits if one.key == key]


@pytest.mark.parametrize(
    ("without", "cause"),
    [
        (Evidence("annual-leave", "2. Allowances"), "out of date"),
        (Evidence("parental-leave", "2. Entitlement"), "document missing"),
    ],
)
def test_a_twin_whose_section_is_gone_cannot_be_judged_and_never_passes(
    without, cause, small_assistant, tmp_path
):
    found = run(small_assistant, replace(TWIN, without=(TABLE, without)))
    (result,) = found.results
    assert (result.worst.verdict, result.worst.cause) == ("cannot be judged", cause)
    assert not result.passed
    assert found.scores.errors == 0
    assert (found.scores.six.stops.part, found.scores.six.stops.whole) == (0, 1)
    assert isinstance(came(found), NotAsked)
    assert without.section in came(found).error
    save_run(found.run, tmp_path / "run.json")
    assert load_run(tmp_path / "run.json") == found.run


def test_what_a_case_is_asked_without_is_part_of_what_it_is():
    assert TWIN.fingerprint != replace(TWIN, without=()).fingerprint


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Leave › 3. Carrying › over", ("Leave", "3. Carrying › over")),
        ("Leave", ("Leave", "")),
        ("A \\› B\\\\ › C\\", ("A › B\\", "C\\")),
        ("ends in \\", ("ends in \\", "")),
    ],
)
def test_document_and_section_stand_in_one_text(text, parts):
    assert section_named(text) == parts
    assert section_named(section_text(*parts)) == parts


def test_a_section_is_written_as_one_text_or_by_its_keys():
    rows = "question,why not answerable,asked without\nHow?,near miss,annual-leave › 2. Entitlement"
    assert read_csv(rows.encode(), "file").suite.cases[0].without == (TABLE,)
    for written in (
        "annual-leave › 2. Entitlement",
        {"document": "annual-leave", "section": "2. Entitlement"},
        [{"document": "annual-leave", "section": "2. Entitlement"}],
    ):
        held = {"cases": [{"question": "How?", "why": "near miss", "asked_without": written}]}
        assert read_yaml(json.dumps(held).encode(), "file").suite.cases[0].without == (TABLE,)


def test_a_wrong_key_of_what_is_hidden_is_named_with_the_right_one():
    held = {"cases": [{"question": "How?", "why": "near miss", "without": {"documnt": "x"}}]}
    (problem,) = read_yaml(json.dumps(held).encode(), "file").problems
    assert "“documnt” is no key; did you mean “document”?" in problem.reason


def test_an_import_rejects_a_section_that_is_not_there_and_reports_one_that_went(small_assistant):
    library = OnShelf(small_assistant.shelf())
    wrong = replace(TWIN, without=(replace(TABLE, section="2. Entitlements"),))
    incoming = read_csv(csv_of(Suite("Small", (wrong,))), "file")
    new = compare(None, incoming, library)
    assert [one.offer for one in new.rejected] == ["2. Entitlement"]
    taken = compare(None, incoming, library, accept_offers=True)
    assert taken.suite.cases == (TWIN,)
    known = compare(Suite("Small", (wrong,)), incoming, library)
    assert not known.rejected
    assert [one.case for one in known.out_of_date] == ["twin"]
