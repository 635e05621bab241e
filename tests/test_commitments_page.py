"""The page of the register: as HTML, and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from indexing.progress import SilentProgress

PAGE = "/commitments"
SHARED = [
    "/commitments",
    "/commitments?lead=Finance&due=by+2026&sort=due&descending=true",
    "/commitments?search=nothing+at+all",
    "/commitments?due=soon&document=south",
    "/commitments?theme=Learning&review=true&as_of=2026-05-04",
]


@pytest.fixture
def client(plans_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=plans_address) as client:
        yield client


def titles(html: str) -> list[str]:
    return re.findall(r'<a class="title"[^>]*>([^<]*)</a>', html)


# the page as HTML


def test_the_page_says_what_it_lists_and_shows_every_line(client: httpx.Client) -> None:
    html = client.get(PAGE).text
    assert "9 of 9 commitments, from 2 of 2 documents; 3 carry no date (1 of them ongoing)" in html
    assert len(titles(html)) == 9
    assert "head office" not in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.search(r"<title>Commitments – Charter</title>", html)


def test_every_line_opens_its_passage_and_the_document_leads_back(client: httpx.Client) -> None:
    html = client.get(PAGE, params={"lead": "Finance", "sort": "due"}).text
    for href, title in re.findall(r'<a class="title" href="([^"]*)">([^<]*)</a>', html):
        opened = client.get(href.replace("&amp;", "&")).text
        assert "The quote is not here" not in opened
        marked = "".join(re.findall(r"<mark[^>]*>([^<]*)</mark>", opened))
        assert "".join(title.split()) in "".join(marked.split())
        back = re.search(r'<a class="back" href="([^"]*)">.*?</svg>([^<]*)</a>', opened, re.DOTALL)
        assert back
        assert back[2].strip() == "Back to the list"
        assert parse_qs(urlsplit(back[1].replace("&amp;", "&")).query) == {
            "lead": ["Finance"],
            "sort": ["due"],
        }


def test_the_address_of_a_form_loses_its_empty_fields(client: httpx.Client) -> None:
    sent = client.get(f"{PAGE}?search=&due=Q1+2026&lead=&status=&theme=+&as_of=")
    assert sent.status_code == 303
    assert sent.headers["location"] == f"{PAGE}?due=Q1+2026"
    assert client.get(f"{PAGE}?search=&due=").headers["location"] == PAGE


def test_filters_stand_in_the_form_and_can_be_taken_away_one_by_one(client: httpx.Client) -> None:
    html = client.get(PAGE, params={"lead": "sdl", "due": "by 2026", "sort": "due"}).text
    assert 'name="due" value="by 2026"' in html
    assert '<option value="Staff Development &amp; Learning" selected>' in html
    assert "Due: <strong>by 31 December 2026</strong>" in html
    without = re.findall(r'class="chip">.*?href="([^"]*)"', html)
    assert [one.replace("&amp;", "&") for one in without] == [
        f"{PAGE}?due=by+2026&sort=due",
        f"{PAGE}?lead=sdl&sort=due",
    ]


def test_columns_are_sorted_by_their_heads_and_turned_by_a_second_click(
    client: httpx.Client,
) -> None:
    html = client.get(PAGE, params={"sort": "due"}).text
    assert re.search(r'<th [^>]*aria-sort="ascending"><a href="[^"]*sort=due&amp;descending', html)
    turned = client.get(PAGE, params={"sort": "due", "descending": "true"}).text
    assert re.search(r'<th [^>]*aria-sort="descending"><a href="/commitments\?sort=due">', turned)
    assert titles(html)[0] == "Publish a course for managers"
    assert titles(turned)[0] == "Train new managers"
    assert html.count("aria-sort") == 1


def test_counts_per_team_and_per_quarter_lead_to_the_lists_that_they_count(
    client: httpx.Client,
) -> None:
    html = client.get(PAGE).text
    teams = re.findall(
        r'<li><a href="(/commitments\?lead=[^"]*)">[^<]*</a> <span class="count">(\d+)', html
    )
    quarters = re.findall(
        r'<th scope="row"><a href="(/commitments\?due=[^"]*)">Q[^<]*</a></th><td>(\d+)', html
    )
    assert len(teams) == 3
    assert len(quarters) == 5
    for href, count in [*teams, *quarters]:
        assert len(titles(client.get(href.replace("&amp;", "&")).text)) == int(count)


def test_files_keep_the_filters_and_the_order(client: httpx.Client) -> None:
    query = {"due": "by 2026", "lead": "Finance", "sort": "due", "limit": "1", "offset": "1"}
    html = client.get(PAGE, params=query).text
    files = re.findall(r'href="(/v1/commitments\.(\w+)[^"]*)"', html)
    assert [suffix for _, suffix in files] == ["xlsx", "csv", "json", "ics"]
    for href, _ in files:
        assert client.get(href.replace("&amp;", "&")).status_code == 200
        said = parse_qs(urlsplit(href.replace("&amp;", "&")).query)
        assert said == {"due": ["by 2026"], "lead": ["Finance"], "sort": ["due"]}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("due=soon", "“soon” cannot be read as a time."),
        ("lead=Finanse", "No lead team goes by “Finanse”. Did you mean “Finance”?"),
        ("sort=size", "“sort” cannot be “size”."),
        ("status=lost", "“status” cannot be “lost”."),
        ("limit=9999", "“limit” cannot be “9999”."),
        ("utm_source=mail", "There is no filter “utm-source”."),
        ("as_of=yesterday", "“yesterday” is not a day"),
    ],
)
def test_what_cannot_be_read_is_said_over_the_form_as_it_was_filled_in(
    client: httpx.Client, query: str, said: str
) -> None:
    page = client.get(f"{PAGE}?search=pay&{query}")
    assert page.status_code == 422
    assert said in page.text
    assert 'role="alert"' in page.text
    assert 'name="search" value="pay"' in page.text
    assert "aria-sort" not in page.text


def test_a_list_with_nothing_in_it_says_so(client: httpx.Client) -> None:
    html = client.get(PAGE, params={"search": "unicorns"}).text
    assert "0 of 9 commitments, from 0 of 2 documents" in html
    assert "Nothing in the register meets all filters." in html
    assert '<svg class="timeline"' not in html


def test_markup_in_documents_and_addresses_is_shown_as_text(client: httpx.Client) -> None:
    hostile = '"><script>alert(7)</script><img src=x onerror=alert(8)>'
    for query in (
        {},
        {"search": hostile},
        {"due": hostile},
        {"lead": hostile},
        {"status": hostile},
    ):
        html = client.get(PAGE, params=query).text
        seen = Tags()
        seen.feed(html)
        assert seen.scripts == ["/static/ask.js"]
        assert not {"img", "style"} & seen.names
        assert not {"style", "onerror", "onload", "onclick"} & seen.attributes
    opened = client.get("/documents/north", params={"listed": hostile}).text
    assert "<img" not in opened


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.scripts: list[str | None] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        self.attributes |= {name for name, _ in attrs}


def test_nothing_but_a_list_is_led_back_to(client: httpx.Client) -> None:
    html = client.get("/documents/north", params={"listed": "//example.org"}).text
    assert 'class="back" href="/commitments?//example.org"' in html


def test_a_long_list_has_pages_that_keep_the_filters(client: httpx.Client) -> None:
    first = client.get(PAGE, params={"document": "north", "limit": "4"}).text
    assert "1 to 4 of 6" in first
    following = re.search(r'<a href="([^"]*)" rel="next">', first)
    assert following
    assert 'rel="prev"' not in first
    second = client.get(following[1].replace("&amp;", "&")).text
    assert "5 to 6 of 6" in second
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second
    assert len({*titles(first), *titles(second)}) == 6


@pytest.fixture(scope="module")
def many_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with more dated commitments than can be drawn one by one."""
    from conftest import served  # noqa: PLC0415  the fixtures of the session, as a context

    folder = tmp_path_factory.mktemp("many")
    rows = [
        f"| Deliver report number {number} | Team {number % 9} | Q{number % 4 + 1} "
        f"{2025 + number % 3} |"
        for number in range(320)
    ]
    head = "| Objective | Lead | When |\n|---|---|---|\n"
    text = "---\nid: many\ntitle: Many\n---\n\n# Plan\n\n" + head + "\n".join(rows) + "\n"
    (folder / "documents").mkdir()
    (folder / "documents" / "many.md").write_text(text, "utf-8")
    settings = load_settings(home=folder / "home", corpus=folder / "documents")
    index_corpus(settings, SilentProgress())
    built = build_assistant(settings)
    with served(replace(built, today=lambda: datetime(2026, 5, 4, tzinfo=UTC).date())) as url:
        yield url
    built.close()


@pytest.mark.slow
def test_many_commitments_are_drawn_as_bars_that_lead_to_their_lists(many_address: str) -> None:
    html = httpx.get(f"{many_address}{PAGE}").text
    assert len(titles(html)) == 100
    assert 'class="due ' not in html
    bars = re.findall(
        r'<a href="([^"]*)" aria-label="(Q\d \d{4}): (\d+) due(?:, (\d+) overdue)?"', html
    )
    assert sum(int(count) for _, _, count, _ in bars) == 320
    late = sum(int(overdue or 0) for *_, overdue in bars)
    found = httpx.get(f"{many_address}/v1/commitments", params={"due": "overdue", "limit": 1})
    assert found.json()["denominator"]["found"] == late > 0
    href, _, count, _ = bars[0]
    listed = httpx.get(many_address + href.replace("&amp;", "&")).text
    assert f"{count} of 320 commitments" in listed


# in a browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def filter_by(page: Page, address: str, **fields: str) -> None:
    page.goto(address + PAGE)
    for label, value in fields.items():
        field = page.get_by_label(label.replace("_", " "), exact=True)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Show").click()


@pytest.mark.browser
def test_filters_work_without_javascript_and_make_an_address_that_can_be_shared(
    browser: Browser, plans_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(plans_address)
    page.get_by_role("link", name="Commitments").click()
    page.get_by_label("Due", exact=True).fill("by 2026")
    page.get_by_label("Lead team", exact=True).select_option("Finance")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("2 of 9 commitments")
    assert page.url == f"{plans_address}{PAGE}?lead=Finance&due=by+2026" or (
        parse_qs(urlsplit(page.url).query) == {"lead": ["Finance"], "due": ["by 2026"]}
    )
    page.get_by_role("link", name="remove the filter Due").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("3 of 9 commitments")
    context.close()


@pytest.mark.browser
def test_a_click_on_a_line_opens_the_marked_words_and_the_way_back_keeps_the_list(
    context: BrowserContext, plans_address: str
) -> None:
    page = context.new_page()
    filter_by(page, plans_address, Lead_team="Finance")
    before = page.url
    page.get_by_role("link", name="=1+1 is what the budget says", exact=True).click()
    expect(page.locator("#cited")).to_be_in_viewport()
    assert "=1+1 is what the budget says" in "".join(page.locator("mark").all_text_contents())
    page.get_by_role("link", name="Back to the list").click()
    assert page.url == before


@pytest.mark.browser
def test_a_mark_on_the_time_line_leads_to_its_line_by_mouse_and_by_keyboard(
    context: BrowserContext, plans_address: str
) -> None:
    page = context.new_page()
    page.goto(plans_address + PAGE)
    mark = page.get_by_role(
        "link", name="Train new managers, due 31 December 2027, nothing said yet"
    )
    mark.click()
    expect(page.locator("tr:target")).to_contain_text("Train new managers")
    expect(page.locator("tr:target")).to_be_in_viewport()
    other = page.get_by_role("link", name="Publish a course for managers, due 31 March 2026, overd")
    other.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("Publish a course for managers")


@pytest.mark.browser
def test_sorting_is_a_click_on_a_head(context: BrowserContext, plans_address: str) -> None:
    page = context.new_page()
    page.goto(plans_address + PAGE)
    page.get_by_role("link", name="Sort by Due").click()
    head = page.get_by_role("columnheader", name="Due")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Sort by Due").click()
    expect(page.get_by_role("columnheader", name="Due")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.locator("a.title").first).to_have_text("Train new managers")


@pytest.mark.browser
def test_a_file_is_downloaded_under_its_name(
    context: BrowserContext, plans_address: str, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{plans_address}{PAGE}?lead=Finance")
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar").click()
    assert download.value.suggested_filename == "commitments-2026-05-04.ics"
    download.value.save_as(tmp_path / "list.ics")
    assert (tmp_path / "list.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.browser
def test_on_paper_stands_the_list_and_not_the_form(
    context: BrowserContext, plans_address: str
) -> None:
    page = context.new_page()
    page.goto(plans_address + PAGE)
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    expect(page.locator("a.title").first).to_be_visible()
    expect(page.locator("svg.timeline")).to_be_visible()
    expect(page.get_by_text("Film it")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_list_scrolls_sideways_or_breaks_a_rule_of_accessibility(
    browser: Browser, plans_address: str, many_address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(one.text) if "422" not in one.text else None)
    for address in (*(plans_address + path for path in SHARED), f"{many_address}{PAGE}?limit=20"):
        page.goto(address)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess <= 0, address
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    assert wrong == []
    context.close()
