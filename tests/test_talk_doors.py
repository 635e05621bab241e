"""A conversation through every door: the API, the page and the terminal say what was understood."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bots.api.schemas import ReplyBody

FIRST = "How many days of annual leave may be carried over under a fixed-term appointment?"
THEN = "and for short-term staff?"
MEANT = "How many days of annual leave may be carried over for short-term staff?"
ROOT = Path(__file__).parent.parent


def ask(address: str, question: str, conversation: str | None = None) -> ReplyBody:
    body = {"question": question, "conversation_id": conversation}
    return ReplyBody.model_validate(httpx.post(f"{address}/v1/ask", json=body).json())


# the API


def test_a_program_goes_on_from_a_reply_and_reads_what_was_understood(address: str) -> None:
    first = ask(address, FIRST)
    assert first.understood == ""
    then = ask(address, THEN, first.conversation_id)
    assert then.understood == MEANT
    assert then.conversation_id != first.conversation_id
    assert ask(address, THEN).understood == ""


def test_a_program_may_name_its_conversation(address: str) -> None:
    name = "0197b6a2-6f0e-7c30-b7f5-5d0f8f1f6b1c"
    assert ask(address, FIRST, name).conversation_id == name
    then = ask(address, THEN, name)
    assert (then.understood, then.conversation_id) == (MEANT, name)


def test_the_description_says_how_to_go_on(address: str) -> None:
    schemas = httpx.get(f"{address}/openapi.json").json()["components"]["schemas"]
    assert "goes on from" in schemas["AskBody"]["properties"]["conversation_id"]["description"]
    assert "understood" in schemas["ReplyBody"]["required"]


# the page


def test_an_address_of_a_follow_up_shows_the_same_to_whoever_opens_it(address: str) -> None:
    first = ask(address, FIRST)
    asked = {"q": THEN, "conversation": first.conversation_id}
    pages = [httpx.get(f"{address}/", params=asked).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert f"Understood as: <strong>{MEANT}</strong>" in pages[0]


def test_what_was_understood_is_shown_as_text(address: str) -> None:
    first = ask(address, "Who pays for <b>parking</b>?")
    page = httpx.get(
        f"{address}/", params={"q": "by when?", "conversation": first.conversation_id}
    ).text
    assert "&lt;b&gt;parking&lt;/b&gt;: by when?" in page
    assert "<b>" not in page


def test_an_empty_question_keeps_the_conversation(address: str) -> None:
    page = httpx.get(f"{address}/", params={"q": " ", "conversation": "c-7"})
    assert page.status_code == 422
    assert '<input type="hidden" name="conversation" value="c-7">' in page.text


def test_a_conversation_of_another_length_is_refused_in_a_plain_sentence(address: str) -> None:
    page = httpx.get(f"{address}/", params={"q": FIRST, "conversation": "c" * 201})
    assert page.status_code == 422
    assert "Traceback" not in page.text


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def fill_and_send(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply")).to_be_visible()


@pytest.mark.browser
def test_a_reader_goes_on_corrects_what_was_understood_and_begins_anew(
    page: Page, address: str
) -> None:
    page.goto(address)
    fill_and_send(page, FIRST)
    expect(page.locator(".understood")).to_have_count(0)
    fill_and_send(page, THEN)
    expect(page.locator(".understood strong")).to_have_text(MEANT)
    expect(page.get_by_label("Your question")).to_have_value(MEANT)
    page.get_by_role("link", name="Correct it").click()
    expect(page.get_by_label("Your question")).to_be_in_viewport()
    fill_and_send(page, MEANT.replace("short-term", "continuing"))
    expect(page.locator(".understood")).to_have_count(0)
    page.get_by_role("link", name="New conversation").click()
    fill_and_send(page, THEN)
    expect(page.locator(".understood")).to_have_count(0)
    assert "conversation" not in parse_qs(urlsplit(page.url).query)


@pytest.mark.browser
def test_the_way_back_from_a_document_leads_to_the_answer_of_the_follow_up(
    page: Page, address: str
) -> None:
    page.goto(address)
    fill_and_send(page, FIRST)
    fill_and_send(page, THEN)
    receipt = page.locator(".receipt code").text_content() or ""
    page.wait_for_load_state("load")
    page.locator(".sources a.open").first.click()
    page.get_by_role("link", name="Open on a page of its own").click()
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.locator(".understood strong")).to_have_text(MEANT)
    expect(page.locator(".receipt code")).to_have_text(receipt)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_a_follow_up_breaks_no_rule_of_accessibility(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    fill_and_send(page, FIRST)
    fill_and_send(page, THEN)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


# the terminal


@pytest.mark.slow
def test_the_terminal_goes_on_under_a_name_and_from_a_reply(
    small_home: Path, small_corpus: Path, tmp_path: Path
) -> None:
    def charter(*arguments: str) -> str:
        clean = {name: value for name, value in os.environ.items() if "CHARTER" not in name}
        settings = {"CHARTER_HOME": str(small_home), "CHARTER_CORPUS": str(small_corpus)}
        done = subprocess.run(  # noqa: S603  the arguments are the test's own
            [sys.executable, "-m", "bots.cli", *arguments],
            capture_output=True,
            cwd=tmp_path,
            env={**clean, **settings, "PYTHONPATH": str(ROOT), "COLUMNS": "90"},
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout

    charter("ask", FIRST, "--conversation", "leave")
    told = charter("ask", THEN, "--conversation", "leave")
    assert told.splitlines()[1].startswith("Understood as: How many days of annual leave may be")
    assert "Understood as" not in charter("ask", THEN, "--conversation", "another")

    first = json.loads(charter("ask", FIRST, "--json"))
    then = json.loads(charter("ask", THEN, "--conversation", first["conversation_id"], "--json"))
    assert then["understood"] == MEANT
    replayed = charter("receipt", then["id"], "--replay")
    assert "Understood as: How many days" in replayed
    assert "Replayed: the same bytes." in replayed
