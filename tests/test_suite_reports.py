"""Reports of a run: a page, JUnit, what other evaluators read; and the suites that are shipped."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect
from test_suite_runs import SUITE, TELEWORK, scored

from assistant.reply import Answer
from evals.suites import plugin
from evals.suites.files import read_suite
from evals.suites.judging.comparison import compare
from evals.suites.model import Suite
from evals.suites.reports.elsewhere import written_for
from evals.suites.reports.report import html_report, junit_report
from evals.suites.run import run_suite, score_run

SHIPPED = Path(plugin.__file__).parent / "shipped"
WRONG = replace(TELEWORK, id="wrong", must_say=("two days in each week",))
HOSTILE = replace(TELEWORK, id="<script>alert(1)</script>", question="</script><script>alert(2)")


@pytest.fixture(scope="module")
def found(small_assistant):
    return scored(Suite("Small", (*SUITE.cases, WRONG, HOSTILE)), small_assistant)


def test_a_report_needs_nothing_beside_it(found, small_assistant):
    html = html_report(found, small_assistant)
    assert not re.search(r'(src|href)\s*=\s*["\']?(https?:|//|/)', html)
    assert "<script>alert" not in html
    assert "Not ready." in html
    assert "up to <mark>" not in html


def test_a_report_shows_why_a_case_failed_with_the_quote_in_place(found, small_assistant):
    html = html_report(found, small_assistant)
    assert "Wrong value (1)" in html
    assert re.search(r"<mark>1\.1 A staff member may telework on up to three days", html)
    assert "never tested" in html


def test_a_report_of_two_runs_shows_what_changed_side_by_side(found, small_assistant):
    before = [replace(one, case=WRONG) for one in found.results if one.case.id == "telework"]
    after = [one for one in found.results if one.case.id == "wrong"]
    html = html_report(found, small_assistant, compare(before, after))
    assert "Fixed 0, broke 1: this could still be chance" in html
    assert "Before: passed" in html


def test_junit_tells_failures_from_errors_and_drafts(small_assistant):
    draft = replace(WRONG, id="draft", state="draft")
    broken = replace(TELEWORK, id="broken", question="?" * 5000)
    suite = Suite("Small", (TELEWORK, WRONG, draft, broken))
    root = ET.fromstring(junit_report(scored(suite, small_assistant)))  # noqa: S314  our own
    told = {
        case.get("name").split(":")[0]: [child.tag for child in case]
        for case in root.iter("testcase")
    }
    assert told == {"telework": [], "wrong": ["failure"], "draft": ["skipped"], "broken": ["error"]}
    assert root[0].get("failures") == "1"
    assert root[0].get("errors") == "1"


def test_other_evaluators_get_questions_replies_and_what_was_found(found, small_assistant):
    lines = written_for(found.run, small_assistant, "ragas").splitlines()
    first = json.loads(lines[0])
    assert set(first) == {
        "user_input",
        "response",
        "retrieved_contexts",
        "reference",
        "reference_contexts",
    }
    assert "45" in first["response"]
    assert any("45" in one for one in first["retrieved_contexts"])
    rows = json.loads(written_for(found.run, small_assistant, "deepeval"))
    assert len(rows) == len(lines)
    assert {"input", "actual_output", "expected_output", "context", "retrieval_context"} <= set(
        rows[0]
    )


@pytest.mark.browser
def test_the_slider_says_what_more_caution_would_change(found, small_assistant, browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(html_report(found, small_assistant), "utf-8")
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri())
    slider = page.get_by_role("slider")
    slider.fill("1")
    expect(page.locator("#dial-said")).to_contain_text("It would answer 0 of")
    slider.fill("0.01")
    expect(page.locator("#dial-said")).not_to_contain_text("It would answer 0 of")
    assert wrong == []
    page.close()


# the suites that come with Charter


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("strategies", 80), ("policies", 60)])
def test_a_shipped_suite_passes_its_gates(assistant, name, least):
    suite = read_suite(SHIPPED / f"{name}.yaml")
    assert len(suite.cases) >= least
    found = score_run(run_suite(suite, assistant), assistant)
    assert {gate.name: gate.outcome for gate in found.gates if gate.outcome != "PASS"} == {}
    assert found.outcome == "PASS"


def test_every_quote_of_a_shipped_suite_stands_in_its_document(assistant):
    from evals.suites.places import Place, Places  # noqa: PLC0415  for this test alone

    places = Places(assistant.shelf())
    for name in ("strategies", "policies"):
        for case in read_suite(SHIPPED / f"{name}.yaml").cases:
            assert all(isinstance(places.find(one), Place) for one in case.evidence), case.id


@pytest.mark.parametrize(
    "question",
    [
        "How many days of leave does a staff member on a continuing appointment earn per month?",
        "How long is the course in people management for supervisors?",
    ],
)
def test_a_limit_is_met_by_a_cell_or_a_verb_that_says_it(assistant, question):
    assert isinstance(assistant.trial(question), Answer)
