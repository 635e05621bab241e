"""Twins and variants of the cases of a suite: what is made, what means the same, what is not."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bots.cli import build_app
from evals.suites.drafts import draft_cases
from evals.suites.drafts.rewrites import reworded
from evals.suites.drafts.twins import ELSEWHERE, NO_PLACE
from evals.suites.drafts.variants import variants_of
from evals.suites.files.suite_file import read_suite, write_suite
from evals.suites.model import Case, Evidence, Suite
from evals.suites.run import run_suite, score_run

CARRIED = Case(
    "carried",
    "How many days of annual leave may be carried over under a fixed-term appointment?",
    must_say=("45",),
    evidence=(Evidence("annual-leave", quote="Fixed-term\t2.5\t45\t10\t60"),),
    importance="critical",
    tags=("leave",),
)
SUITE = Suite("Small", (CARRIED,))


def twins(suite, assistant):
    return draft_cases(suite, assistant.shelf(), ("twins",))


def variants(case, assistant):
    made = draft_cases(Suite("One", (case,)), assistant.shelf(), ("variants",)).cases
    return {one.tags[2]: one for one in made}


# twins


def test_a_twin_asks_the_same_without_the_section_that_answers_it(small_assistant):
    (twin,) = twins(SUITE, small_assistant).cases
    assert twin.question == CARRIED.question
    assert (twin.expected, twin.why) == ("refuse", "near miss")
    assert twin.without == (Evidence("annual-leave", "2. Entitlement"),)
    assert (twin.state, twin.importance) == ("draft", "normal")
    assert not twin.must_say
    assert not twin.evidence
    assert "carried" in twin.notes
    assert "leave" in twin.tags
    scored = score_run(run_suite(Suite("Twin", (twin,)), small_assistant), small_assistant)
    assert scored.results[0].worst.verdict in {"passed", "failed"}


def test_no_twin_is_made_where_another_section_says_the_same(small_assistant):
    record = Case(
        "record",
        "What does the supervisor keep in a particular case?",
        must_say=("The supervisor keeps a record",),
        evidence=(
            Evidence("annual-leave", "9. Particular case 9", "The supervisor keeps a record."),
        ),
    )
    drafted = twins(Suite("Small", (record,)), small_assistant)
    assert not drafted.cases
    assert drafted.left_out == {ELSEWHERE: 1}


def test_no_twin_is_made_where_another_section_says_another_value_of_the_same(assistant):
    """It would be quoted, and rightly: two sections that differ are both to be seen."""
    quote = (
        "Unused annual leave may be carried over into the next calendar year up to a maximum of "
        "60 working days."
    )
    case = Case(
        "carry",
        "How many days of unused annual leave may be carried over into the next year?",
        must_say=("60 working days",),
        evidence=(Evidence("annual-leave", quote=quote),),
    )
    drafted = twins(Suite("Small", (case,)), assistant)
    assert drafted.left_out == {ELSEWHERE: 1}


def test_only_reviewed_cases_that_are_answered_at_a_place_have_twins(small_assistant):
    cases = (
        replace(CARRIED, id="draft", state="draft"),
        replace(CARRIED, id="nowhere", evidence=()),
        replace(CARRIED, id="gone", evidence=(Evidence("annual-leave", quote="gone"),)),
        Case("refused", "When does it freeze?", expected="refuse", why="off topic"),
    )
    drafted = twins(Suite("Small", cases), small_assistant)
    assert not drafted.cases
    assert drafted.left_out == {NO_PLACE: 2}


def test_twins_are_made_once(small_assistant):
    drafted = twins(SUITE, small_assistant)
    again = twins(drafted.added_to(SUITE), small_assistant)
    assert not again.cases
    assert again.known == 1


def test_twins_can_be_of_some_documents_alone(small_assistant):
    shelf = small_assistant.shelf()
    assert not draft_cases(SUITE, shelf, ("twins",), documents=("telework",)).cases
    assert draft_cases(SUITE, shelf, ("twins",), documents=("annual-leave",)).cases


# variants


def test_variants_share_the_facts_and_places_of_their_case(small_assistant):
    made = variants(CARRIED, small_assistant)
    assert set(made) == {"typos", "keywords", "reworded"}
    for kind, case in made.items():
        assert case.id == f"carried-{kind}"
        assert (case.must_say, case.evidence) == (CARRIED.must_say, CARRIED.evidence)
        assert (case.state, case.importance) == ("draft", "normal")
        assert case.question != CARRIED.question
        assert "“carried”" in case.notes
    assert made["reworded"].question == (
        "What is the number of days of annual leave that may be carried over under a fixed-term "
        "appointment?"
    )


def test_a_question_that_denies_keeps_its_small_words(small_assistant):
    case = replace(CARRIED, question="Which days of leave may not be carried over?")
    assert "keywords" not in variants(case, small_assistant)


def test_a_question_in_another_language_gets_slips_alone(small_assistant):
    case = replace(CARRIED, question="Combien de jours de congé annuel puis-je reporter ?")
    assert set(variants(case, small_assistant)) == {"typos"}


def test_what_the_glossary_explains_is_written_out_and_short(assistant):
    index = assistant.shelf().index
    entry = next(one for one in index.glossary if one.term == "OIO")
    asked = {
        "What is the OIO?": f"What is the {entry.meaning}?",
        f"Who leads the {entry.meaning}?": "Who leads the OIO?",
    }
    for question, other in asked.items():
        made = variants_of(replace(CARRIED, question=question), index)
        assert other in [one.case.question for one in made if one.case]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("May I plant a tree?", "Am I allowed to plant a tree?"),
        ("Am I allowed to plant a tree?", "May I plant a tree?"),
        ("May employees plant trees?", "Are employees allowed to plant trees?"),
        ("Can a staff member rent a plot?", "Is it possible for a staff member to rent a plot?"),
        ("Can I rent a plot?", "Is it possible for me to rent a plot?"),
        ("Must we lock the gate?", "Are we required to lock the gate?"),
        ("Do I need to lock the gate?", "Must I lock the gate?"),
        ("Who leads the planting?", "Which team is responsible for the planting?"),
        ("Which team is responsible for the planting?", "Who leads on the planting?"),
        ("How many trees may I plant?", "What is the number of trees that I may plant?"),
        ("How many trees are felled?", "What is the number of trees that are felled?"),
        ("How many trees may be felled?", "What is the number of trees that may be felled?"),
        ("By when must I pay?", "What is the latest date by which I must pay?"),
        ("How long does the lease last?", "What is the duration of the lease?"),
        ("What does “season” mean?", "What is meant by “season”?"),
        (
            "Under the rules on gardens, who decides on felling?",
            "Under the rules on gardens, who takes the decision on felling?",
        ),
    ],
)
def test_a_question_is_put_in_another_form_that_means_the_same(question, other):
    assert list(reworded(question)) == [other]


@pytest.mark.parametrize(
    "question",
    [
        "May I not plant a tree?",
        "How many trees does the office own?",
        "How many trees are there?",
        "Why are trees felled?",
        "May the tall old oak beside the gate be felled?",
        "plant trees",
    ],
)
def test_a_form_that_is_not_known_is_left_alone(question):
    assert not list(reworded(question))


# the command


@pytest.fixture
def draft(small_corpus, small_home, monkeypatch):
    monkeypatch.setenv("CHARTER_CORPUS", str(small_corpus))
    monkeypatch.setenv("CHARTER_HOME", str(small_home))
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str):
        return CliRunner().invoke(build_app(), ["eval", "draft", *arguments])

    return call


def test_the_command_adds_rows_and_figures_and_touches_nothing_else(draft, tmp_path):
    file = tmp_path / "suite.yaml"
    write_suite(SUITE, file)
    done = draft(str(file))
    assert done.exit_code == 0, done.output
    suite = read_suite(file)
    assert suite.cases[0] == CARRIED
    added = suite.cases[1:]
    assert {case.state for case in added} == {"draft"}
    assert {case.tags[1] for case in added} == {"table row", "figure"}
    assert f"Added {len(added)} drafts to" in " ".join(done.output.split())
    assert max(map(len, done.output.splitlines())) <= 80
    before = file.read_bytes()
    again = draft(str(file))
    assert "No new draft" in " ".join(again.output.split())
    assert file.read_bytes() == before


def test_the_command_drafts_into_another_suite_and_tells_programs_what(draft, tmp_path):
    source, into = tmp_path / "suite.yaml", tmp_path / "twins.yaml"
    write_suite(SUITE, source)
    before = source.read_bytes()
    done = draft(str(source), "--twins", "--variants", "--into", str(into), "--json")
    told = json.loads(done.stdout)
    assert told["written"]
    assert told["by_kind"] == {"twin": 1, "variant": 3}
    assert [one["id"] for one in told["drafts"]] == [case.id for case in read_suite(into).cases]
    assert source.read_bytes() == before
    again = json.loads(
        draft(str(source), "--twins", "--variants", "--into", str(into), "--json").stdout
    )
    assert (again["written"], again["known"], again["drafts"]) == (False, 4, [])


def test_the_command_can_be_confined_and_tried_without_writing(draft, tmp_path):
    file = tmp_path / "new.yaml"
    done = draft(str(file), "--figures", "--document", "telework", "--most", "1", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "1 draft; nothing was written." in done.output
    assert not file.exists()
    wrong = draft(str(file), "--document", "parental-leave")
    assert wrong.exit_code != 0
    assert "parental-leave" in wrong.output + wrong.stderr
