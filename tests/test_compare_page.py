"""The page that shows what changed: as HTML, for programs, and in a real browser."""

from __future__ import annotations

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from bots.api.schemas import ComparisonBody


def test_the_api_gives_the_change_with_places_that_hold(address: str) -> None:
    given = httpx.get(f"{address}/v1/documents/telework/compare", params={"from": "1", "to": "2"})
    body = ComparisonBody.model_validate(given.json())
    assert (body.older.version, body.newer.version) == ("1", "2")
    (change,) = body.changes
    texts = {
        version: httpx.get(f"{address}/v1/documents/telework?version={version}").json()["text"]
        for version in ("1", "2")
    }
    for edit in change.edits:
        text = texts["1" if edit.kind == "removed" else "2"]
        assert text[edit.start : edit.end] == edit.text
    assert [edit.text for edit in change.edits if edit.kind != "same"] == ["two", "three"]


@pytest.mark.parametrize(
    "path", ["telework/compare?from=9", "annual-leave/compare", "nothing/compare"]
)
def test_what_cannot_be_compared_is_not_found(address: str, path: str) -> None:
    assert httpx.get(f"{address}/v1/documents/{path}").status_code == 404
    assert httpx.get(f"{address}/documents/{path}").status_code == 404


def test_the_page_marks_words_as_removed_and_added_for_readers_and_for_screen_readers(
    address: str,
) -> None:
    page = httpx.get(f"{address}/documents/telework/compare").text
    assert re.search(r"<del>.*removed: .*two.*</del><ins>.*added: .*three.*</ins>", page)
    assert "Sample policy" in page


def test_markup_in_a_compared_document_is_shown_as_text(address: str) -> None:
    page = httpx.get(f"{address}/documents/hostile/compare?from=1&to=<script>alert(1)</script>")
    assert "<script>alert" not in page.text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_a_reader_gets_from_a_version_to_what_changed_and_to_its_place(
    address: str, browser: Browser, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of its literals
    )
    page = context.new_page()
    page.goto(f"{address}/documents/telework?version=1")
    page.get_by_role("link", name="from version 1 to 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Policy on telework")
    expect(page.get_by_text("1 changed; 2 unchanged")).to_be_visible()
    struck = page.locator("del").evaluate("e => getComputedStyle(e).textDecorationLine")
    assert struck == "line-through"
    assert page.locator("ins").evaluate("e => getComputedStyle(e).textDecorationLine") == (
        "underline"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Open it in version 2").click()
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page.locator("mark", has_text="three days")).to_be_visible()
    context.close()
