"""The pages to find documents and passages on, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect
from test_browse_page import DOCUMENTS, SEARCH, SEEN


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.mark.browser
def test_documents_are_found_without_javascript_and_by_an_address_that_can_be_shared(
    browser: Browser, shelves_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shelves_address + DOCUMENTS)
    page.get_by_label("Kind", exact=True).select_option("policy")
    page.get_by_text("More filters").click()
    page.get_by_label("Effective on or after").fill("2024-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("1 of 4 documents")
    assert parse_qs(urlsplit(page.url).query) == {
        "kind": ["policy"],
        "effective_after": ["2024-01-01"],
    }
    page.get_by_text("2 other versions").click()
    expect(page.get_by_role("link", name="version 3")).to_be_visible()
    page.get_by_role("link", name="remove the filter Kind").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("2 of 4 documents")
    context.close()


@pytest.mark.browser
def test_a_search_is_typed_narrowed_and_opened_by_the_keyboard_alone(
    context: BrowserContext, shelves_address: str
) -> None:
    page = context.new_page()
    page.goto(shelves_address + SEARCH)
    page.get_by_label("Find passages about").focus()
    page.keyboard.type("bicycle shed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("passages")
    page.get_by_role("link", name="strategy", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("1 passage")
    expect(page.get_by_label("Find passages about")).to_have_value("bicycle shed")
    page.get_by_role("link", name="Mobility strategy").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cited")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the search").click()
    expect(page.get_by_text("Kind: strategy", exact=True)).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_or_breaks_a_rule_of_accessibility(
    browser: Browser, shelves_address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(one.text) if "422" not in one.text else None)
    for address in SEEN:
        page.goto(shelves_address + address)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess <= 0, address
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    assert wrong == []
    context.close()
