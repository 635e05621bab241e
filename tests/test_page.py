"""The web page: as HTML, and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
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

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant
from bots.suggestions import suggest
from bots.web.reading import Listing, PageStart, Piece, Reading, Span, Table, read

ANSWERED = "How many days of annual leave may be carried over under a fixed-term appointment?"
LISTED = "What does a request to carry leave over state?"
REFUSED = "What is the boiling point of tungsten?"


# cutting a document for the page


def pieces_of(reading: Reading) -> Iterator[Piece]:
    for part in reading.parts:
        if isinstance(part, Table):
            for row in part.rows:
                for cell in (cell for paragraphs in row.cells for cell in paragraphs):
                    yield from cell.pieces
        elif isinstance(part, Listing):
            waiting = list(part.items)
            while waiting:
                item = waiting.pop(0)
                yield from (*item.prose.label, *item.prose.pieces)
                waiting = [*item.items, *waiting]
        elif not isinstance(part, PageStart):
            yield from (*part.prose.label, *part.prose.pieces)


def words(text: str) -> list[str]:
    return text.split()


def test_every_span_of_a_document_is_marked_word_for_word_and_has_one_first_place(
    small_assistant: Assistant,
) -> None:
    document, _ = small_assistant.document("annual-leave")
    end = len(document.text)
    for start in range(0, end, 97):
        for length in (1, 40, 400, 4000):
            span = Span(start, min(start + length, end))
            reading = read(document, span)
            asked = document.text[span.start : span.end]
            shown = [piece for piece in pieces_of(reading) if piece.marked]
            assert words("".join(piece.text for piece in shown)) or not asked.strip()
            assert "".join("".join(piece.text for piece in shown).split()) == "".join(asked.split())
            assert sum(piece.first for piece in shown) == bool(asked.strip())
            assert reading.found == bool(asked.strip())


def test_marking_changes_nothing_of_what_is_read(small_assistant: Assistant) -> None:
    document, _ = small_assistant.document("annual-leave")
    plain = "".join(piece.text for piece in pieces_of(read(document)))
    marked = "".join(piece.text for piece in pieces_of(read(document, Span(300, 900))))
    assert marked == plain


@pytest.mark.parametrize("span", [Span(9, 9), Span(50, 20), Span(-10, -1), Span(10**9, 10**9 + 5)])
def test_a_place_that_a_document_does_not_have_is_not_found(
    small_assistant: Assistant, span: Span
) -> None:
    document, _ = small_assistant.document("annual-leave")
    reading = read(document, span)
    assert not reading.found
    assert not any(piece.marked for piece in pieces_of(reading))


def test_suggestions_come_from_documents_in_force_and_speak_of_different_ones(
    small_assistant: Assistant,
) -> None:
    suggestions = suggest(small_assistant.shelf(), small_assistant.catalogue())
    assert suggestions
    assert any("“People strategy” say about recruitment of staff" in one for one in suggestions)
    assert len(set(suggestions)) == len(suggestions)
    assert not any("purpose" in suggestion for suggestion in suggestions)


# the pages as HTML


def test_an_empty_question_on_the_page_says_so_beside_the_field_and_keeps_the_day(
    address: str,
) -> None:
    page = httpx.get(f"{address}/", params={"q": "  ", "as_of": "2026-01-31"})
    assert page.status_code == 422
    assert 'aria-describedby="q-error"' in page.text
    assert "The question is empty" in page.text
    assert 'value="2026-01-31"' in page.text


def test_a_day_that_is_no_day_is_refused_beside_the_field(address: str) -> None:
    page = httpx.get(f"{address}/", params={"q": ANSWERED, "as_of": "yesterday"})
    assert page.status_code == 422
    assert "“yesterday” is not a day" in page.text


def test_markup_in_a_question_and_in_a_document_is_shown_as_text(address: str) -> None:
    question = '"><script>alert(7)</script><img src=x onerror=alert(8)>'
    pages = [
        httpx.get(f"{address}/"),
        httpx.get(f"{address}/", params={"q": question}),
        httpx.get(f"{address}/", params={"q": "What does a parking permit cost?"}),
        httpx.get(f"{address}/documents/hostile"),
        httpx.get(f"{address}/documents/hostile", params={"q": question, "version": question}),
        httpx.get(f"{address}/{question}"),
    ]
    for page in pages:
        seen = Tags()
        seen.feed(page.text)
        assert set(seen.scripts) <= {f"/static/{name}.js" for name in ("ask", "answer", "read")}
        assert not {"img", "b"} & seen.names
        assert not seen.handlers


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_every_page_has_one_first_heading_and_a_title(address: str) -> None:
    for path in (
        "/",
        f"/?q={ANSWERED}",
        f"/?q={REFUSED}",
        "/?q=+",
        "/documents/annual-leave",
        "/documents/people-strategy",
        "/documents/nothing",
        "/problems",
    ):
        html = httpx.get(address + path).text
        assert len(re.findall(r"<h1\b", html)) == 1, path
        assert re.search(r"<title>\S.* – Charter</title>", html), path


def test_a_superseded_version_says_so_and_leads_to_the_one_in_force(address: str) -> None:
    html = httpx.get(f"{address}/documents/telework?version=1").text
    assert "Superseded by version 2.</strong> This version is no longer in force." in html
    assert 'href="/documents/telework?version=2"' in html
    assert "Sample policy" in html


def test_closest_passages_are_never_headed_as_an_answer(
    small_home: Path, small_corpus: Path, serve: Callable[[Assistant], str]
) -> None:
    careful = load_settings(home=small_home, corpus=small_corpus, answer_threshold=1)
    html = httpx.get(serve(build_assistant(careful)), params={"q": ANSWERED}).text
    assert "reply-closest_passages" in html
    assert "No direct answer" in html
    assert "do not answer" in html
    assert "Whom to ask:" in html
    assert "Sample policy" in html


# in a browser


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
