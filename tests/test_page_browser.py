"""The pages in a real browser: citations, keys, no scripts, every rule of axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    expect,
)
from test_page import ANSWERED, LISTED, REFUSED


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1200, "height": 800})
    yield made
    made.close()


@dataclass  # not frozen: Playwright notes on an object which of its methods it calls
class Watched:
    """A page with what went wrong on it and every address that it asked for."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self) -> Page:
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        return self.page

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a script ran: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)


def sees(page: Page, selector: str) -> bool:
    """Tell whether the first line of an element is inside the window."""
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getClientRects()[0];
                return box.top >= 0 && box.top + 10 <= innerHeight && box.left >= 0;
            }""",
            selector,
        )
    )


def marked_text(page: Page) -> str:
    return "".join(page.locator("mark").all_text_contents())


def open_first_citation_by_mouse(page: Page, address: str, question: str) -> str:
    page.goto(address)
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply-answer")).to_be_visible()
    page.wait_for_load_state("load")  # before its scripts run, a citation is a plain link
    quote = page.locator(".sources q").first.text_content() or ""
    page.locator(".cite").first.click()
    page.get_by_role("link", name="Open on a page of its own").click()
    expect(page.locator("#cited")).to_be_visible()
    return quote


@pytest.mark.browser
@pytest.mark.parametrize("question", [ANSWERED, LISTED])
def test_a_click_on_a_citation_opens_the_document_at_the_marked_quote(
    context: BrowserContext, address: str, question: str
) -> None:
    watched = Watched(context.new_page())
    page = watched.watch()
    quote = open_first_citation_by_mouse(page, address, question)
    assert "".join(quote.split()) == "".join(marked_text(page).split())
    assert sees(page, "#cited")
    assert "Sample policy" in (page.locator(".bar").text_content() or "")
    assert sees(page, ".bar .mark")
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.get_by_label("Your question")).to_have_value(question)
    assert watched.wrong == []
    assert all(url.startswith(address) for url in watched.asked)


@pytest.mark.browser
def test_every_citation_of_an_answer_opens_where_its_quote_stands(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/?q={LISTED}")
    links = page.locator(".sources a.open")
    found = [
        (link.get_attribute("href") or "", link.locator("q").text_content() or "")
        for link in links.all()
    ]
    assert len(found) >= 3
    for href, quote in found:
        page.goto(address + href)
        assert "".join(quote.split()) == "".join(marked_text(page).split())
        assert sees(page, "#cited")


@pytest.mark.browser
def test_asking_and_opening_a_source_needs_no_mouse(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(ANSWERED)
    page.keyboard.press("Enter")
    expect(page.locator(".reply-answer")).to_be_visible()
    page.wait_for_load_state("load")
    first = page.locator(".cite").first
    for _ in range(12):
        if first.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.frame_locator(".beside iframe").locator("#cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


@pytest.mark.browser
def test_everything_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your question").fill(ANSWERED)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply-answer")).to_be_visible()
    page.locator(".cite").first.click()
    expect(page.locator("#cited")).to_be_in_viewport()
    context.close()


@pytest.mark.browser
def test_the_address_of_an_answer_can_be_shared(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your question").fill(ANSWERED)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply-answer")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["q"] == [ANSWERED]
    receipt = page.locator(".receipt code").text_content()
    other = context.new_page()
    other.goto(page.url)
    assert other.locator(".receipt code").text_content() == receipt


@pytest.mark.browser
def test_no_answer_looks_and_reads_unlike_an_answer(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/?q={ANSWERED}")
    answered = page.locator(".reply").evaluate("box => getComputedStyle(box).borderTopWidth")
    page.goto(f"{address}/?q={REFUSED}")
    expect(page.get_by_role("heading", level=1)).to_have_text("No answer in the documents")
    expect(page.get_by_text("Whom to ask:")).to_be_visible()
    refused = page.locator(".reply").evaluate("box => getComputedStyle(box).borderTopWidth")
    assert answered != refused
    assert page.locator(".cite").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_no_page_scrolls_sideways_or_breaks_a_rule_of_accessibility(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
    )
    page = context.new_page()
    for path in (
        "/",
        f"/?q={ANSWERED}&as_of=2025-06-01",
        f"/?q={LISTED}",
        f"/?q={REFUSED}",
        "/?q=+",
        "/documents/annual-leave?start=300&end=700#cited",
        "/documents/telework?version=1",
        "/documents/hostile",
        "/problems",
    ):
        page.goto(address + path)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess <= 0, path
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    context.close()


@pytest.mark.browser
def test_a_hostile_document_and_question_run_nothing(context: BrowserContext, address: str) -> None:
    watched = Watched(context.new_page())
    page = watched.watch()
    hostile = "</textarea><script>alert(9)</script><img src=x onerror=alert(10)>"
    page.goto(address)
    page.get_by_label("Your question").fill(f"{hostile} What does a parking permit cost?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(re.compile("alert\\(10\\)"))
    page.goto(f"{address}/documents/hostile")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parking")
    assert page.locator("img").count() == 0
    assert page.locator("script:not([src^='/static/'])").count() == 0
    assert watched.wrong == []
