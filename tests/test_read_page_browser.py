"""The page to read a document on, in a real browser: at a desk, on a phone, without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import served
from in_step import assistant_of, put
from in_step import build as build_small
from long_document import long_pdf
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from printed import QUOTE, build

from assistant.ask import Assistant
from assistant.wiring import build_assistant

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (360, 1280)
LEAVE = "/documents/annual-leave?version=2"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = build_assistant(build(tmp_path_factory.mktemp("printed")))
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def quoted(printed: Assistant) -> Iterator[str]:
    """Address of the quote in the PDF."""
    document, _ = printed.document("vehicles")
    start = document.text.index(QUOTE)
    with served(printed) as url:
        yield f"{url}/documents/vehicles?version=1&start={start}&end={start + len(QUOTE)}"


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def is_coloured(page: Page) -> bool:
    """Tell whether the picture of a page has a place marked on it."""
    shown = page.locator(".printed img")
    expect(shown).to_be_visible()
    png = page.request.get(f"{page.url.split('/documents')[0]}{shown.get_attribute('src')}").body()
    red, _, blue = np.moveaxis(np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), int), 2, 0)
    return bool((red - blue > 60).any())


def test_the_quote_is_marked_in_the_text_and_on_the_page_as_printed(
    page: Page, quoted: str
) -> None:
    page.goto(f"{quoted}#cited")
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_text(QUOTE)
    page.get_by_role("link", name="As printed", exact=True).click()
    expect(page.get_by_text("The quote is marked on this page.")).to_be_visible()
    assert is_coloured(page)
    shown = page.locator(".printed img")
    assert shown.evaluate("async e => { await e.decode(); return e.naturalWidth }") > 0
    page.get_by_role("link", name="Next page").first.click()
    expect(page.get_by_text("The quote is not on this page.")).to_be_visible()
    assert not is_coloured(page)
    page.get_by_role("link", name="The quote on page 2").click()
    expect(page.get_by_text("Page 2 of 3").first).to_be_visible()
    page.get_by_role("link", name="Text", exact=True).click()
    expect(page.locator("#cited")).to_be_in_viewport()


def test_pages_and_words_are_reached_without_javascript(plain_page: Page, quoted: str) -> None:
    plain_page.goto(quoted)
    plain_page.get_by_role("link", name="As printed", exact=True).click()
    assert is_coloured(plain_page)
    plain_page.get_by_label("Go to page").fill("3")
    plain_page.get_by_role("button", name="Go", exact=True).click()
    expect(plain_page.get_by_text("Page 3 of 3").first).to_be_visible()
    plain_page.get_by_text("The text of this page").click()
    expect(plain_page.get_by_text("Vehicles are parked in the garage at night.")).to_be_visible()
    plain_page.get_by_label("Find in this document").fill("VEHICLES")
    plain_page.get_by_role("button", name="Find").click()
    expect(plain_page.get_by_text("1 of 2 matches")).to_be_visible()
    expect(plain_page.locator(".match-now")).to_be_in_viewport()
    plain_page.get_by_role("link", name="Next", exact=True).click()
    expect(plain_page.get_by_text("2 of 2 matches")).to_be_visible()
    expect(plain_page.locator("#match-2")).to_be_in_viewport()


def test_matches_are_stepped_through_from_the_field_by_the_keyboard(
    page: Page, address: str
) -> None:
    page.goto(address + LEAVE)
    page.get_by_label("Find in this document").fill("leave")
    page.keyboard.press("Enter")
    at = page.locator(".match-at")
    expect(at).to_have_text("1")
    count = page.locator("[id^=match-]").count()
    page.wait_for_load_state()
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.get_by_label("Find in this document").focus()
    page.keyboard.press("Enter")
    expect(at).to_have_text("2")
    expect(page.locator(".match-now")).to_be_in_viewport()
    assert page.locator(".match-now").get_attribute("data-match") == "2"
    assert page.url.endswith("at=2#match-2")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(at).to_have_text(str(count))
    expect(page.locator(".match-now")).to_be_in_viewport()
    page.get_by_role("link", name="Next", exact=True).click()
    expect(at).to_have_text("1")
    assert loads == []
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("mark")).to_have_count(0)


def test_the_address_of_a_clause_is_a_link_that_shows_itself_and_leads_there(
    page: Page, address: str
) -> None:
    page.goto(address + LEAVE)
    link = page.get_by_role("link", name="Link to 3.1", exact=True)
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"version=2#p-\d+$"))
    expect(page.locator("p:target")).to_contain_text("Unused annual leave")
    expect(page.locator("p:target")).to_be_in_viewport()


def test_the_contents_show_where_one_reads(page: Page, address: str) -> None:
    page.goto(f"{address}{LEAVE}#3-carrying-leave-over")
    here = page.locator(".contents a[aria-current=location]")
    page.evaluate("document.getElementById(location.hash.slice(1))?.scrollIntoView()")
    expect(here).to_have_count(1)
    page.get_by_role("heading", name="12. Particular case 12").evaluate("e => e.scrollIntoView()")
    expect(here).to_contain_text("12. Particular case 12")


def test_one_gets_from_a_version_to_another_and_to_what_changed(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/telework?version=1")
    versions = page.get_by_role("navigation", name="Versions")
    expect(versions.locator("[aria-current]")).to_have_text("Version 1")
    versions.get_by_role("link", name="Version 2", exact=True).click()
    expect(page).to_have_url(re.compile("version=2$"))
    page.get_by_role("link", name="What changed from version 1 to 2").click()
    expect(page.locator("del")).to_contain_text("two")
    expect(page.locator("ins")).to_contain_text("three")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700, 1280])
def test_no_view_scrolls_sideways_or_breaks_a_rule_of_accessibility(
    browser: Browser, address: str, quoted: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
    )
    page = context.new_page()
    for url in (
        f"{address}{LEAVE}&find=leave&at=3#match-3",
        f"{address}{LEAVE}&find=year+of+service",
        f"{address}{LEAVE}&beside=1&start=300&end=400#cited",
        f"{address}/documents/people-strategy",
        f"{address}/documents/telework?version=7",
        f"{address}/documents/anual-leave",
        f"{quoted}&view=pages",
    ):
        page.goto(url)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess <= 0, url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
    context.close()


def test_in_a_long_document_the_quote_the_match_and_the_place_are_in_sight(
    browser: Browser, tmp_path: Path, serve: Callable[[Assistant], str]
) -> None:
    folder = put(tmp_path / "documents", {"long.pdf": long_pdf(60)})
    build_small(folder, tmp_path / "home")
    assistant = assistant_of(folder, tmp_path / "home")
    document, _ = assistant.document("long")
    block = document.blocks[len(document.blocks) * 3 // 4]
    url = f"{serve(assistant)}/documents/long?version=1"
    context = browser.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()
    page.goto(f"{url}&start={block.start}&end={block.end}#cited")
    expect(page.locator(".is-long")).to_have_count(1)
    expect(page.locator("#cited")).to_be_in_viewport()
    page.goto(f"{url}&find=register&at=90#match-90")
    expect(page.locator("#match-90.match-now")).to_be_in_viewport()
    page.get_by_role("link", name="Previous", exact=True).click()
    expect(page.locator("#match-89.match-now")).to_be_in_viewport()
    page.goto(f"{url}#p-{block.start}")
    expect(page.locator(":target")).to_be_in_viewport()
    context.close()
    assistant.close()
