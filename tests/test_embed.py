"""The box to ask in on pages of other sites: which sites, and that it works there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from web_server import Site
from web_server import serve as serve_site

from assistant.ask import Assistant
from assistant.settings import load_settings
from corpus.errors import SettingsError

QUESTION = "How many days of annual leave may be carried over under a fixed-term appointment?"
INTRANET = """<!doctype html><html lang="en"><title>Intranet</title><main><h1>Intranet</h1>
<div id="ask"></div><script src="{charter}/embed.js" {more} defer></script>
<p id="below">Below</p></main></html>"""


def with_origins(assistant: Assistant, *origins: str) -> Assistant:
    kept = assistant.settings.model_dump(include={"home", "corpus"})
    return replace(assistant, settings=load_settings(**kept, embed_origins=origins))


# over HTTP


def test_where_no_site_is_set_there_is_nothing_to_embed(address: str) -> None:
    for path in ("/embed", "/embed.js"):
        answer = httpx.get(address + path)
        assert answer.status_code == 404
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "Charter is shown on no other site here" in httpx.get(f"{address}/embed").text


def test_the_sites_that_are_set_and_no_others_may_show_the_page(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    url = serve(with_origins(small_assistant, "https://Intranet.example.org", "http://a:8080"))
    page = httpx.get(f"{url}/embed")
    policy = page.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://intranet.example.org http://a:8080")
    assert "x-frame-options" not in page.headers
    script = httpx.get(f"{url}/embed.js")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["content-type"].startswith("text/javascript")
    assert "max-age=3600" in script.headers["cache-control"]
    others = httpx.get(f"{url}/").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in others


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.example.org",
        "intranet.example.org",
        "https://intranet.example.org/",
        "https://intranet.example.org/page",
        "https://a.example.org; script-src *",
        "https://a.example.org\nx: y",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(SettingsError, match="is no origin"):
        load_settings(embed_origins=(origin,))


def test_a_reply_in_the_frame_has_its_quotes_and_opens_them_in_charter(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    url = serve(with_origins(small_assistant, "https://intranet.example.org"))
    html = httpx.get(f"{url}/embed", params={"q": QUESTION, "language": "fr"}).text
    assert '<html lang="fr">' in html
    assert "reply-answer" in html
    links = re.findall(r'<a class="cite" href="([^"]+)" target="_blank" rel="noopener">', html)
    assert links
    assert all(link.startswith("/documents/annual-leave") for link in links)
    assert "Politique donnée à titre d’exemple" in html
    assert '<input type="hidden" name="language" value="fr">' in html
    assert re.search(r'name="conversation" value="\S+"', html)
    assert "<nav" not in html
    assert httpx.get(f"{url}/embed", params={"language": "<de>"}).status_code == 200


def test_what_cannot_be_asked_in_the_frame_is_said_beside_the_field(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    url = serve(with_origins(small_assistant, "https://intranet.example.org"))
    page = httpx.get(f"{url}/embed", params={"q": "  "})
    assert page.status_code == 422
    assert 'aria-describedby="q-error"' in page.text
    refused = httpx.get(f"{url}/embed", params={"q": "What is the boiling point of tungsten?"})
    assert "No answer in the documents" in refused.text


# on another site, in a browser


@dataclass(frozen=True)
class Sites:
    """Charter, and a site whose name for this machine is another: another origin."""

    charter: str
    other: Site

    @property
    def allowed(self) -> str:
        return self.other.url

    @property
    def refused(self) -> str:
        return self.other.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def sites(small_assistant: Assistant, serve: Callable[[Assistant], str]) -> Iterator[Sites]:
    with serve_site() as other:
        charter = serve(with_origins(small_assistant, other.url))
        other.put("/", INTRANET.format(charter=charter, more=""))
        other.put("/there", INTRANET.format(charter=charter, more='data-target="#ask"'))
        other.put("/french", INTRANET.format(charter=charter, more='data-language="fr"'))
        yield Sites(charter, other)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 900, "height": 800})
    yield made
    made.close()


def height(page: Page) -> float:
    box = page.locator("iframe").bounding_box()
    assert box
    return box["height"]


def shown_whole(page: Page) -> None:
    """Wait until the frame is as high as the page in it."""
    frame = page.frames[1]
    inside = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    expect(page.locator("iframe")).to_have_css("height", f"{inside}px")


@pytest.mark.browser
def test_a_site_that_is_set_shows_the_box_and_the_answer_in_a_frame_as_high_as_it(
    context: BrowserContext, sites: Sites
) -> None:
    page = context.new_page()
    page.goto(sites.allowed)
    frame = page.frame_locator("iframe")
    expect(page.locator("iframe")).to_have_attribute("title", "Ask Charter")
    frame.get_by_label("Your question").fill(QUESTION)
    before = height(page)
    frame.get_by_role("button", name="Ask").click()
    expect(frame.locator(".reply-answer")).to_be_visible()
    expect(frame.locator(".cite").first).to_be_visible()
    shown_whole(page)
    assert height(page) > before
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    with context.expect_page() as opened:
        frame.locator(".cite").first.click()
    expect(opened.value.locator("#cited")).to_be_visible()
    assert opened.value.url.startswith(f"{sites.charter}/documents/annual-leave")


@pytest.mark.browser
def test_a_site_that_is_not_set_is_refused_by_the_browser(
    context: BrowserContext, sites: Sites
) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(sites.refused)
    expect(page.locator("iframe")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").get_by_label("Your question").count() == 0
    assert any("frame-ancestors" in text for text in said)


@pytest.mark.browser
def test_the_box_stands_where_and_speaks_what_the_tag_says(
    context: BrowserContext, sites: Sites
) -> None:
    page = context.new_page()
    page.goto(f"{sites.allowed}/there")
    expect(page.locator("#ask > iframe")).to_be_visible()
    page.goto(f"{sites.allowed}/french")
    expect(page.locator("script + iframe")).to_have_attribute("title", "Interroger Charter")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Votre question").fill(QUESTION)
    frame.get_by_role("button", name="Demander").click()
    expect(frame.locator("html")).to_have_attribute("lang", "fr")
    expect(frame.locator(".reply-answer")).to_be_visible()


@pytest.mark.browser
def test_a_message_from_elsewhere_changes_nothing(context: BrowserContext, sites: Sites) -> None:
    page = context.new_page()
    page.goto(sites.allowed)
    expect(page.frame_locator("iframe").get_by_label("Your question")).to_be_visible()
    shown_whole(page)
    before = height(page)
    page.evaluate("postMessage({charter: 'height', height: 9000}, '*')")
    page.evaluate("new Promise(done => setTimeout(done))")
    assert height(page) == before


@pytest.mark.browser
def test_the_frame_works_without_scripts_in_it(browser: Browser, sites: Sites) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites.charter}/embed")
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply-answer")).to_be_visible()
    context.close()
