"""The pages for HR in a real browser: from a workbook of LibreOffice to a suite that passes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import leave_out
from hr_pages import SMALL, with_suites
from playwright.sync_api import Browser, Page, expect

from assistant.ask import Assistant
from evals.suites.files.suite_file import parse_suite
from evals.suites.folder import SuiteFolder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# as somebody writes it by hand: the least that works, a wrong value, a quote with a slip
BY_HAND = """\
question,must say,document,exact quote,expected,why not answerable
On how many days in each week may a staff member telework?,two days,,,,
Within how many days will every vacancy be filled?,120 days,People strategy,\
The Secretariat will fill every vacancy within 120 dayz of its announcement.,,
What is the boiling point of tungsten?,,,,refuse,off topic
"""
Serve = Callable[[Assistant], str]


@pytest.fixture
def folder(tmp_path: Path) -> SuiteFolder:
    return SuiteFolder(tmp_path / "suites")


@pytest.fixture
def address(small_assistant: Assistant, serve: Serve, tmp_path: Path) -> str:
    return serve(with_suites(small_assistant, tmp_path / "suites"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(locale="en-GB", accept_downloads=True) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        assert problems == []


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook that LibreOffice wrote."""
    if OFFICE is None:
        leave_out("office", "no LibreOffice here")
    (tmp_path / "by hand.csv").write_text(BY_HAND, "utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "by hand.csv"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603  our own
    return tmp_path / "by hand.xlsx"


def run_now(page: Page) -> None:
    before = page.locator(".run-now .verdict").count()
    page.get_by_role("button", name="Run it now").click()
    expect(page.locator(".run-now .verdict")).to_have_count(1, timeout=60_000)
    expect(page.get_by_role("button", name="Run it now")).to_be_visible(timeout=60_000)
    assert before in (0, 1)


def test_a_workbook_goes_in_fails_is_mended_passes_and_goes_out(
    page: Page, address: str, workbook: Path, folder: SuiteFolder, tmp_path: Path
) -> None:
    page.goto(f"{address}/hr/suites")
    page.get_by_label("Its name").fill("Telework")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Take in a spreadsheet").click()
    page.get_by_label("An Excel, CSV or YAML file").set_input_files(workbook)
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("heading", name="Rejected (1)")).to_be_visible()
    page.get_by_role("link", name="Show it with the nearest text").click()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="3 of 3 cases")).to_be_visible()

    run_now(page)
    page.locator(".run-now .verdict a").click()
    expect(page.get_by_role("heading", name="Wrong value (1)")).to_be_visible()
    failed = page.locator(".failure")
    expect(failed).to_have_count(1)
    expect(failed.locator("mark")).to_contain_text("three days")
    failed.get_by_role("link", name="Mend the case").click()
    page.get_by_label("Must say", exact=True).fill("three days")
    page.get_by_role("button", name="Ask it now, without keeping it").click()
    expect(page.locator("#tried").get_by_text("Passed")).to_be_visible()
    page.get_by_role("button", name="Keep the case").last.click()
    expect(page.get_by_text("Kept:")).to_be_visible()

    page.goto(f"{address}/hr/suites/Telework")
    run_now(page)
    page.locator(".run-now .verdict a").click()
    expect(page.get_by_text("Every case passed.")).to_be_visible()
    page.get_by_role("link", name="What changed since the run before").click()
    expect(page.get_by_role("heading", name="Edited in between")).to_be_visible()
    expect(page.get_by_text("1 case was edited in between, of which 1 passes now.")).to_be_visible()
    page.go_back()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Excel, with results").click()
    out = tmp_path / "out.xlsx"
    loading.value.save_as(out)
    back = parse_suite(out)
    assert back.problems == ()
    assert back.suite.cases == folder.open("Telework").suite.cases


def test_the_report_opens_alone_and_its_dial_moves(
    page: Page, address: str, folder: SuiteFolder
) -> None:
    folder.write("small", SMALL, state="")
    page.goto(f"{address}/hr/suites/small")
    run_now(page)
    page.locator(".run-now .verdict a").click()
    page.get_by_role("link", name="Full report, to print").click()
    page.get_by_label("Answer from confidence").fill("0")
    expect(page.locator("#dial-said")).to_have_text(re.compile("would answer 2 of 2|1 of 2"))


def test_a_case_is_kept_from_a_live_answer_without_a_script(
    browser: Browser, address: str, folder: SuiteFolder
) -> None:
    folder.write("small", SMALL, state="")
    with browser.new_context(locale="en-GB", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/hr/suites/small/ask")
        page.get_by_label("The question").fill("How often may I telework?")
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_label("telework on up to three days").first).to_be_checked()
        page.get_by_label("three days", exact=True).check()
        page.get_by_role("button", name="Keep: this is the right answer").click()
        expect(page.get_by_text("Ask the next question.")).to_be_visible()
    kept = folder.open("small").suite.cases[-1]
    assert (kept.must_say, kept.expected) == (("three days",), "answer")


def test_enter_keeps_a_case_and_takes_no_offer(
    page: Page, address: str, folder: SuiteFolder
) -> None:
    folder.write("small", SMALL, state="")
    page.goto(f"{address}/hr/suites/small/cases/telework")
    page.get_by_label("Section").first.fill("1. Days of telework")
    page.get_by_label("Section").first.press("Enter")
    expect(page.get_by_text("Kept:")).to_be_visible()
    assert folder.open("small").suite.cases[0].evidence[0].section == "1. Days of telework"


def test_on_a_phone_the_cards_alone_name_the_columns(
    browser: Browser, address: str, folder: SuiteFolder
) -> None:
    folder.write("small", SMALL, state="")
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="fr") as context:
        page = context.new_page()
        page.goto(f"{address}/hr/suites")
        heads = page.get_by_role("columnheader")  # still told to those who listen
        assert [head.inner_text() for head in heads.all()][:2] == ["Série", "Cas"]
        held = page.locator("thead").bounding_box()
        assert held
        assert held["width"] * held["height"] <= 1
