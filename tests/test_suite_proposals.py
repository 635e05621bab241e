"""A question and what must be said are enough: places are proposed, and one is taken by a word."""

import json
from dataclasses import replace
from datetime import date

import pytest
from test_suite_runs import CARRIED, TELEWORK, TUNGSTEN
from typer.testing import CliRunner

from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from bots.cli import build_app
from evals.suites.authoring.proposal import Proposer, first_of, propose
from evals.suites.files.checking import OnShelf
from evals.suites.files.csv_file import read_csv
from evals.suites.files.preview import compare
from evals.suites.files.proposed import with_proposals
from evals.suites.files.suite_file import read_suite
from evals.suites.model import Case, Evidence, Suite
from evals.suites.places import Place, Places
from evals.suites.run import run_suite, score_run
from indexing.progress import SilentProgress

ROW = "Fixed-term\t2.5\t45\t10\t60"
SENTENCE = "1.1 A staff member may telework on up to three days in each week."


@pytest.fixture(scope="module")
def proposer(small_assistant):
    return Proposer.of(small_assistant)


def bare(case: Case) -> Case:
    return replace(case, evidence=())


def test_what_charter_cites_and_says_the_fact_is_proposed_first(small_assistant):
    first, *_ = propose(bare(CARRIED), small_assistant)
    assert first.evidence == Evidence("Policy on annual leave", "2. Entitlement", ROW)
    assert (first.cited, first.says) == (True, ("45",))
    assert first.why == "Charter cites it; it says: 45."


def test_a_proposal_is_found_again_and_lets_the_case_pass(small_assistant, proposer):
    made = [
        replace(case, evidence=first_of(proposer.propose(bare(case))), wordings=())
        for case in (CARRIED, TELEWORK)
    ]
    assert all(case.evidence for case in made)
    found = score_run(run_suite(Suite("Made", tuple(made)), small_assistant), small_assistant)
    assert [one.passed for one in found.results] == [True, True]


def test_what_is_found_and_not_cited_is_proposed_after_it(proposer):
    case = Case("x", "What does the policy on telework say of bicycles?", must_say=("three days",))
    found = proposer.propose(case)
    assert [one.evidence.quote for one in found if not one.cited] == [SENTENCE]
    assert found[-1].why.startswith("Charter found it, passage ")


@pytest.mark.parametrize(
    "case",
    [
        TUNGSTEN,
        replace(bare(TELEWORK), must_say=("fourteen days",)),
        replace(bare(TELEWORK), must_say=("two days",)),  # of a version that is not in force
        replace(bare(TELEWORK), must_say=()),
        replace(bare(TELEWORK), question="?" * 5000),
    ],
)
def test_nothing_is_proposed_that_does_not_say_it(proposer, case):
    assert proposer.propose(case) == ()


def test_a_case_about_another_day_gets_the_words_of_that_day(proposer):
    case = replace(bare(TELEWORK), must_say=("two days",), as_of=date(2022, 1, 1))
    (first, *_) = proposer.propose(case)
    assert (first.evidence.quote, first.cited) == (SENTENCE.replace("three", "two"), True)


def test_two_facts_in_two_places_take_both(proposer):
    case = Case(
        "both",
        "May unused annual leave be carried over, and what does a request state?",
        must_say=("carried over to the next calendar year", "the number of days"),
    )
    chosen = first_of(proposer.propose(case))
    assert {one.quote for one in chosen} == {
        "3.1 Unused annual leave may be carried over to the next calendar year.",
        "(a) the number of days;",
    }


def test_what_says_more_of_the_facts_goes_before_what_is_cited(proposer):
    case = replace(bare(TELEWORK), must_say=("staff member", "three days"))
    (first, *_) = proposer.propose(case)
    assert first.says == ("staff member", "three days")
    case = replace(bare(TELEWORK), must_say=("days", "forfeited on 31 December"))
    found = proposer.propose(case, most=50)
    assert (found[0].cited, len(found[0].says)) == (False, 2)
    assert [one.says for one in found if one.cited] == [("days",)]


def test_every_proposal_stands_at_its_place_and_no_place_is_named_twice(proposer, small_assistant):
    case = replace(bare(CARRIED), must_say=("staff members", "2.5"))
    found = proposer.propose(case, most=50)
    places = Places(small_assistant.shelf())
    assert len({(one.evidence.section, one.evidence.quote) for one in found}) == len(found) > 1
    assert all(isinstance(places.find(one.evidence), Place) for one in found)
    assert [len(one.says) for one in found] == sorted(
        (len(one.says) for one in found), reverse=True
    )


def test_what_is_for_others_is_not_proposed_and_equal_titles_are_told_apart(tmp_path):
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    for name, audience, words in (
        ("staff", "", "Staff members are paid ninety francs for each bicycle."),
        ("guests", "", "Guests are paid forty francs for each bicycle."),
        ("board", "audience: [board]\n", "The board is paid ninety francs for each bicycle."),
    ):
        (folder / f"{name}.md").write_text(
            f"---\nid: {name}-bicycles\ntitle: Bicycles\n{audience}---\n# Bicycles\n\n{words}\n"
        )
    index_corpus(load_settings(home=home, corpus=folder), SilentProgress())
    assistant = build_assistant(load_settings(home=home, corpus=folder))
    try:
        case = Case("x", "How many francs are paid for a bicycle?", must_say=("ninety francs",))
        found = propose(case, assistant)
    finally:
        assistant.close()
    assert [one.evidence.quote for one in found] == [
        "Staff members are paid ninety francs for each bicycle."
    ]
    assert found[0].evidence.document in {"staff-bicycles", "Bicycles"}


# in an import

TABLE = (
    "id,question,must say,why not answerable\n"
    f"known,{TELEWORK.question},three days,\n"
    f"fresh,{CARRIED.question.replace(',', ' ')},45,\n"
    "nowhere,When does it freeze?,zero degrees,\n"
    "frost,What is the boiling point of tungsten?,,off topic\n"
)
KNOWN = Case("known", TELEWORK.question, must_say=("three days",))


def previewed(proposer, library, *, accept, current=None):
    preview = compare(current, read_csv(TABLE.encode(), "file"), library)
    return with_proposals(preview, proposer.propose, library, accept=accept)


@pytest.fixture(scope="module")
def library(small_assistant):
    return OnShelf(small_assistant.shelf())


def test_an_import_proposes_places_with_the_rows_of_their_cases(proposer, library):
    found = previewed(proposer, library, accept=False)
    assert [(one.row, one.case.id, len(one.proposals) > 0) for one in found.proposed] == [
        (2, "known", True),
        (3, "fresh", True),
        (4, "nowhere", False),
    ]
    assert not any(case.evidence for case in found.preview.suite.cases)
    assert found.preview.accepted == ()


def test_what_is_accepted_is_pinned_to_its_version_also_in_a_case_that_did_not_change(
    proposer, library
):
    current = Suite("Leave", (KNOWN,))
    found = previewed(proposer, library, accept=True, current=current)
    cases = {case.id: case for case in found.preview.suite.cases}
    (known,) = cases["known"].evidence
    assert (known.quote, known.version, len(known.sha256)) == (SENTENCE, "2", 64)
    assert found.preview.same == ()
    (changed,) = found.preview.changed
    assert (changed.row, changed.case) == (2, cases["known"])
    assert {one.field for one in changed.changes} >= {"document", "section", "exact quote"}
    new = dict(found.preview.new)
    assert new[3].evidence[0].quote == ROW
    assert new[4].evidence == ()
    assert [(one.row, one.case, one.offer) for one in found.preview.accepted] == [
        (2, "known", SENTENCE),
        (3, "fresh", ROW),
    ]
    assert found.preview.changes_anything


@pytest.fixture
def charter(small_home, small_corpus):
    def call(*arguments, home=small_home):
        environment = {
            "CHARTER_HOME": str(home),
            "CHARTER_CORPUS": str(small_corpus),
            "COLUMNS": "80",
        }
        return CliRunner(env=environment).invoke(
            build_app(), ["eval", "import", *map(str, arguments)]
        )

    return call


def test_an_import_in_the_terminal_proposes_and_takes_the_first_by_an_option(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "s.yaml"
    table.write_text(TABLE)
    done = charter(table, "--into", suite, "--dry-run")
    plain = " ".join(done.stdout.split())
    assert "3 cases name no place; proposals:" in plain
    assert "Policy on telework › 1. Days of telework. Charter cites it; it says:" in plain
    assert "nowhere no place is found that says it" in plain
    assert "--accept-proposals takes the first place proposed for each." in plain
    assert max(map(len, done.stdout.splitlines())) <= 80
    done = charter(table, "--into", suite, "--accept-proposals", "--json")
    told = json.loads(done.stdout)
    assert [(one["row"], one["accepted"]) for one in told["proposed"]] == [
        (2, True),
        (3, True),
        (4, False),
    ]
    assert told["proposed"][1]["proposals"][0]["quote"] == ROW
    assert [len(case.evidence) for case in read_suite(suite).cases] == [1, 1, 0, 0]
    table.write_text(f"question,must say\n{TELEWORK.question},three days\n")
    plain = " ".join(charter(table, "--into", tmp_path / "t.yaml").stdout.split())
    assert "1 case names no place; proposals:" in plain


def test_without_an_index_nothing_is_proposed_and_the_import_goes_on(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "s.yaml"
    table.write_text(TABLE)
    done = charter(table, "--into", suite, home=tmp_path / "empty")
    assert done.exit_code == 0, done.stderr
    assert "4 new" in done.stdout
    assert "no place" not in done.stdout
    done = charter(table, "--into", suite, "--accept-proposals", home=tmp_path / "empty")
    assert done.exit_code == 1
    assert "index" in done.stderr
