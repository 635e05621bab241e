"""A suite asked of a real index: verdicts, causes, gates; and of the same index, damaged."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from conftest import FILLER, LEAVE

from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from corpus.errors import SuiteUnusable
from evals.shares import Score
from evals.suites.judging.comparison import compare
from evals.suites.judging.gates import gates, outcome_of
from evals.suites.log import load_run, save_run
from evals.suites.model import Case, Evidence, Suite
from evals.suites.reports.elsewhere import written_for
from evals.suites.reports.report import html_report
from evals.suites.run import Run, ScoredRun, run_suite, score_run
from indexing.progress import SilentProgress

CARRIED = Case(
    "carried-over",
    "How many days of annual leave may be carried over under a fixed-term appointment?",
    wordings=("fixed-term appointment: most annual leave carried over",),
    must_say=("45",),
    must_not_say=("60 days",),
    evidence=(Evidence("annual-leave", "2. Entitlement", "Fixed-term\t2.5\t45\t10\t60"),),
    importance="critical",
)
TELEWORK = Case(
    "telework",
    "On how many days in each week may a staff member telework?",
    must_say=("three days",),
    evidence=(Evidence("Policy on telework", quote="up to three days in each week"),),
)
TUNGSTEN = Case(
    "tungsten", "What is the boiling point of tungsten?", expected="refuse", why="off topic"
)
SUITE = Suite("Small", (CARRIED, TELEWORK, TUNGSTEN), target=0.2)


def scored(suite, assistant) -> ScoredRun:
    return score_run(run_suite(suite, assistant), assistant)


def of(found: ScoredRun, name: str):
    return next(one for one in found.results if one.case.id == name).worst


@pytest.fixture(scope="module")
def sound(small_assistant) -> ScoredRun:
    return scored(SUITE, small_assistant)


def test_what_is_answered_as_expected_passes_in_every_wording(sound):
    assert [one.passed for one in sound.results] == [True, True, True]
    assert [len(one.wordings) for one in sound.results] == [2, 1, 1]
    six = sound.scores.six
    assert (six.right.part, six.right.whole) == (2, 2)
    assert (six.stops.part, six.stops.whole) == (1, 1)
    assert six.true_quotes.part == six.true_quotes.whole > 0
    assert (six.consistent.part, six.consistent.whole) == (1, 1)


def test_nothing_of_a_run_is_kept_in_the_records(small_home, small_corpus, tmp_path):
    home = tmp_path / "home"
    # to open and close the records would take the locks of whoever writes them in this process
    shutil.copytree(small_home, home, ignore=shutil.ignore_patterns("records.db*"))
    assistant = build_assistant(load_settings(home=home, corpus=small_corpus))
    try:
        run_suite(SUITE, assistant)
    finally:
        assistant.close()
    assert not list(home.glob("records.db*"))


def test_two_runs_on_one_index_are_scored_alike(sound, small_assistant):
    again = scored(SUITE, small_assistant)
    assert [one.passed for one in again.results] == [one.passed for one in sound.results]
    changed = compare(sound.results, again.results)
    assert changed.shared == 3
    assert not changed.fixed
    assert not changed.broken
    assert changed.in_words == "Nothing changed."


def test_a_run_is_saved_and_scored_again_without_asking(sound, small_assistant, tmp_path):
    file = tmp_path / "run.json"
    save_run(sound.run, file)
    read = load_run(file)
    assert read == sound.run
    assert score_run(read, small_assistant).scores == sound.scores


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (replace(TELEWORK, must_say=("two days in each week",)), "wrong value"),
        (replace(TELEWORK, must_say=("three days", "with a laptop")), "incomplete"),
        (replace(TELEWORK, must_not_say=("three days",)), "said what it must not"),
        (replace(TELEWORK, evidence=(Evidence("parental-leave"),)), "document missing"),
        (replace(TELEWORK, evidence=(Evidence("telework", quote="gone"),)), "out of date"),
        (
            replace(TELEWORK, evidence=(Evidence("people-strategy", quote="within 120 days"),)),
            "not cited",
        ),
        (replace(TELEWORK, expected="refuse", why="near miss"), "should not have answered"),
        (replace(TUNGSTEN, expected="answer", must_say=("5,555 degrees",)), "too cautious"),
        (
            replace(
                TUNGSTEN,
                expected="answer",
                evidence=(Evidence("annual-leave", "23. Particular case 23"),),
            ),
            "search miss",
        ),
        (replace(TELEWORK, question="?" * 5000), "system failed"),
    ],
)
def test_each_failure_has_its_cause_and_says_what_to_do(case, cause, small_assistant):
    found = scored(Suite("One", (case,)), small_assistant).results[0].worst
    assert (found.verdict != "passed", found.cause) == (True, cause)
    assert found.action


def test_a_failed_system_is_counted_apart_from_a_wrong_answer(small_assistant):
    case = replace(TELEWORK, question="?" * 5000)
    found = scored(Suite("One", (case, TUNGSTEN)), small_assistant)
    assert found.scores.errors == 1
    assert found.results[0].failed_by_system
    integrity = next(gate for gate in found.gates if gate.name == "integrity")
    assert integrity.outcome == "FAIL"


def test_a_draft_and_what_is_only_watched_decide_nothing(small_assistant):
    wrong = replace(TELEWORK, id="wrong", must_say=("two days in each week",))
    suite = replace(
        SUITE,
        cases=(
            *SUITE.cases,
            replace(wrong, state="draft"),
            replace(wrong, id="w", importance="watch"),
        ),
    )
    found = scored(suite, small_assistant)
    assert len(found.results) == 5
    assert len(found.counting) == 3
    assert found.scores.six.right.whole == 2
    assert all(gate.outcome != "FAIL" for gate in found.gates)


# gates: what few cases can prove, and what they cannot


def test_few_cases_are_no_evidence(sound):
    told = {gate.name: gate.outcome for gate in sound.gates}
    assert told["integrity"] == "PASS"
    assert told["critical cases"] == "PASS"
    assert told["honesty: off topic"] == "NOT ENOUGH EVIDENCE"
    assert outcome_of(sound.gates) == "NOT ENOUGH EVIDENCE"


def test_enough_cases_prove_honesty(small_assistant):
    cases = [
        replace(TUNGSTEN, id=f"t{n}", question=f"What is the boiling point of element {n}?")
        for n in range(40)
    ]
    found = scored(replace(SUITE, cases=(CARRIED, TELEWORK, *cases)), small_assistant)
    assert {gate.name: gate.outcome for gate in found.gates} == {
        "integrity": "PASS",
        "critical cases": "PASS",
        "honesty: off topic": "PASS",
        "right answers": "PASS",
    }
    assert found.outcome == "PASS"


def test_a_higher_target_cannot_be_proven_by_two_cases(sound):
    strict = replace(SUITE, target=0.8)
    told = {one.name: one for one in gates(strict, sound.counting, sound.scores)}
    assert told["right answers"].outcome == "NOT ENOUGH EVIDENCE"
    assert "2 of 2 passed" in told["right answers"].reason


# a damaged index is caught, with the right cause


def damaged(tmp_path, small_corpus, change, **settings) -> ScoredRun:
    folder, home = tmp_path / "documents", tmp_path / "home"
    shutil.copytree(small_corpus, folder)
    change(folder)
    index_corpus(load_settings(home=home, corpus=folder), SilentProgress())
    assistant = build_assistant(load_settings(home=home, corpus=folder, **settings))
    try:
        return scored(SUITE, assistant)
    finally:
        assistant.close()


@pytest.mark.slow
def test_a_document_that_was_removed_is_caught(tmp_path, small_corpus):
    def remove(folder):
        (folder / "telework-1.md").unlink()
        (folder / "telework-2.md").unlink()

    found = damaged(tmp_path, small_corpus, remove)
    assert of(found, "telework").cause == "document missing"
    assert not next(one for one in found.results if one.case.id == "telework").passed


@pytest.mark.slow
def test_a_row_that_was_altered_is_caught_and_fails_the_gate(tmp_path, small_corpus):
    def alter(folder):
        text = (LEAVE + FILLER).replace("| Fixed-term | 2.5 | 45 |", "| Fixed-term | 2.5 | 40 |")
        (folder / "leave.md").write_text(text, "utf-8")

    found = damaged(tmp_path, small_corpus, alter)
    assert of(found, "carried-over").cause == "out of date"
    assert found.outcome == "FAIL"
    assert "carried-over" in next(g.reason for g in found.gates if g.name == "critical cases")


@pytest.mark.slow
def test_a_threshold_that_was_opened_wide_is_caught(tmp_path, small_corpus):
    near = Case(
        "near",
        "What does a bicycle permit cost?",
        expected="refuse",
        why="not in documents",
    )
    folder, home = tmp_path / "documents", tmp_path / "home"
    shutil.copytree(small_corpus, folder)
    index_corpus(load_settings(home=home, corpus=folder), SilentProgress())
    told = {}
    for threshold in (None, 0.0):
        wide = {} if threshold is None else {"answer_threshold": 0.0, "closest_threshold": 0.0}
        assistant = build_assistant(load_settings(home=home, corpus=folder, **wide))
        try:
            told[threshold] = scored(Suite("Near", (near, TUNGSTEN)), assistant)
        finally:
            assistant.close()
    assert all(one.passed for one in told[None].results)
    worse = compare(told[None].results, told[0.0].results)
    assert worse.broken
    assert worse.broken[0].after.worst.cause == "should not have answered"


def test_a_comparison_tells_apart_what_was_edited_and_what_only_one_run_has(sound):
    edited = replace(TELEWORK, must_say=("three",))
    after = [replace(one, case=edited) if one.case is TELEWORK else one for one in sound.results]
    changed = compare(sound.results, [one for one in after if one.case is not TUNGSTEN])
    assert changed.shared == 1
    assert [pair.after.case.id for pair in changed.edited] == ["telework"]
    assert changed.left_out == ("tungsten",)
    assert "1 case was edited in between" in changed.in_words


def test_confidence_tells_what_is_answerable(sound):
    assert isinstance(sound.scores.sure, Score)
    assert sound.scores.sure.value == 1.0
    assert sound.scores.retrieval["recall@10"].value == 1.0


def test_a_run_has_what_it_was_run_on(sound, small_assistant):
    ground = sound.run.ground
    assert ground.index == small_assistant.live.current().fingerprint
    assert set(ground.documents) >= {"annual-leave@2", "telework@1", "telework@2"}
    assert isinstance(sound.run, Run)


def test_what_is_for_others_is_in_no_run_not_even_by_name(tmp_path):
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    (folder / "leave.md").write_text(LEAVE, "utf-8")
    (folder / "board.md").write_text(
        "---\nid: board-pay\ntitle: Board\naudience: [board]\n---\n# Pay of the board\n\n"
        "The board carries ninety days of annual leave over.\n",
        "utf-8",
    )
    index_corpus(load_settings(home=home, corpus=folder), SilentProgress())
    assistant = build_assistant(load_settings(home=home, corpus=folder))
    try:
        case = replace(CARRIED, question="How many days does the board carry over?", wordings=())
        run = run_suite(Suite("One", (case,)), assistant)
        save_run(run, tmp_path / "run.json")
        written = written_for(run, assistant, "ragas")
        report = html_report(score_run(run, assistant), assistant)
    finally:
        assistant.close()
    for text in ((tmp_path / "run.json").read_text("utf-8"), written, report):
        assert "board-pay" not in text
        assert "ninety days" not in text


def test_a_case_about_another_day_is_held_against_the_version_of_that_day(small_assistant):
    before = replace(
        TELEWORK,
        must_say=("two days",),
        evidence=(Evidence("telework", quote="up to two days in each week"),),
        as_of=date(2022, 1, 1),
    )
    found = scored(Suite("One", (before,)), small_assistant).results[0].worst
    assert (found.verdict, found.cause, found.cited) == ("passed", None, (1, 1))
    assert found.ranking is not None
    assert found.ranking.hit_10 == 1.0


def test_a_run_that_answers_what_its_suite_does_not_ask_is_refused(sound, tmp_path):
    save_run(replace(sound.run, suite=Suite("Other", (TUNGSTEN,))), tmp_path / "run.json")
    with pytest.raises(SuiteUnusable, match="does not ask"):
        load_run(tmp_path / "run.json")
