"""The pages to find documents and passages on: as HTML, and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from shelves import SCRIPT

DOCUMENTS = "/documents"
SEARCH = "/search"
WORDS = "How long may a bicycle stand in the shed?"
SEEN = [
    DOCUMENTS,
    f"{DOCUMENTS}?kind=policy&effective_after=2023-01-01&sort=effective&descending=true",
    f"{DOCUMENTS}?status=expired&kind=policy",
    f"{DOCUMENTS}?kind=rule",
    f"{DOCUMENTS}?limit=2&offset=2",
    SEARCH,
    f"{SEARCH}?q={WORDS}&kind=policy&all_versions=true",
    f"{SEARCH}?q=bicycle&limit=2",
    f"{SEARCH}?q=xqzzt&organisation=North+Office",
    f"{SEARCH}?q=bicycle&kind=rule",
]


@pytest.fixture
def client(shelves_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shelves_address) as client:
        yield client


def titles(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<a class="title"[^>]*>([^<]*)</a>', html)]


def heading(html: str) -> str:
    found = re.search(r'<h2 class="found" id="found">(.*?)</h2>', html, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def links(html: str, pattern: str) -> list[str]:
    return [unescape(one) for one in re.findall(pattern, html, re.DOTALL)]


# the list of documents


def test_the_list_says_what_it_lists_and_shows_the_version_that_stands(
    client: httpx.Client,
) -> None:
    html = client.get(DOCUMENTS).text
    assert heading(html) == "4 of 4 documents; 1 is a sample"
    assert titles(html) == [
        "Mobility strategy",
        "Policy on bicycles",
        "Règlement des vélos",
        "Rules of the canteen",
    ]
    assert 'href="/documents/bicycles?version=2"' in html
    folded = re.search(r"2 other versions.*?</ul>", html, re.DOTALL)
    assert folded
    assert re.findall(r">version (\d)<", folded[0]) == ["3", "1"]
    assert "not yet in force, from 1 January 2027" in folded[0]
    assert "superseded, from 1 January 2022" in folded[0]
    assert "Hidden Office" not in html
    assert "managers" not in html


def test_menus_count_documents_under_the_other_filters(client: httpx.Client) -> None:
    html = client.get(DOCUMENTS, params={"organisation": "South Office"}).text
    assert heading(html) == "2 of 4 documents; 1 is a sample"
    assert '<option value="policy">policy (1)</option>' in html
    assert '<option value="strategy">strategy (0)</option>' in html
    assert '<option value="South Office" selected>South Office (2)</option>' in html
    assert '<option value="North Office">North Office (2)</option>' in html
    assert '<option value="fr">French (1)</option>' in html


def test_filters_are_chips_that_are_taken_away_one_by_one(client: httpx.Client) -> None:
    query = {"kind": "Policy", "effective_after": "2023-01-01", "title": "o", "sort": "effective"}
    html = client.get(DOCUMENTS, params=query).text
    assert "Kind: <strong>policy</strong>" in html
    assert "Effective on or after: <strong>1 January 2023</strong>" in html
    without = links(html, r'class="chip">.*?href="([^"]*)"')
    assert [set(parse_qs(urlsplit(one).query)) for one in without] == [
        {"kind", "effective_after", "sort"},
        {"effective_after", "title", "sort"},
        {"kind", "title", "sort"},
    ]
    for one in without:
        assert client.get(one).status_code == 200


def test_documents_without_a_date_are_told_where_days_are_asked_for(client: httpx.Client) -> None:
    html = client.get(DOCUMENTS, params={"effective_after": "2024-01-01"}).text
    assert heading(html) == "2 of 4 documents; 1 more carries no date"


def test_a_version_that_is_not_in_force_stands_for_its_document_only_where_it_alone_is_meant(
    client: httpx.Client,
) -> None:
    html = client.get(DOCUMENTS, params={"status": "superseded"}).text
    assert titles(html) == ["Policy on bicycles"]
    assert 'class="title" href="/documents/bicycles?version=1"' in html
    assert "Superseded by version 2" in html
    then = client.get(DOCUMENTS, params={"as_of": "2023-06-01"}).text
    assert 'class="title" href="/documents/bicycles?version=1"' in then
    assert "As of 1 June 2023" in then


def test_heads_sort_and_turn_the_order_around(client: httpx.Client) -> None:
    html = client.get(DOCUMENTS, params={"sort": "effective"}).text
    assert titles(html)[-1] == "Mobility strategy"
    turned = links(html, r'aria-sort="ascending"><a href="([^"]*)"')[0]
    assert titles(client.get(turned).text)[0] == "Policy on bicycles"
    assert html.count("aria-sort") == 1
    assert 'aria-sort="ascending"' in client.get(DOCUMENTS).text


def test_a_long_list_has_pages_and_says_where_it_ends(client: httpx.Client) -> None:
    first = client.get(DOCUMENTS, params={"limit": "3"}).text
    assert "1 to 3 of 4" in first
    following = links(first, r'<a href="([^"]*)" rel="next">')[0]
    second = client.get(following).text
    assert "4 to 4 of 4" in second
    assert len({*titles(first), *titles(second)}) == 4
    beyond = client.get(DOCUMENTS, params={"limit": "3", "offset": "5000"}).text
    assert "The list ends before this page." in beyond
    back = links(beyond, r'before this page. <a href="([^"]*)"')[0]
    assert titles(client.get(back).text)


def test_a_list_with_nothing_in_it_says_so_and_keeps_its_menus(client: httpx.Client) -> None:
    html = client.get(DOCUMENTS, params={"status": "expired", "kind": "policy"}).text
    assert heading(html) == "0 of 4 documents"
    assert "No document meets all filters. Take one away above" in html
    assert len(links(html, r'class="chip">.*?href="([^"]*)"')) == 2
    assert '<option value="in force">in force (1)</option>' in html


@pytest.mark.parametrize("path", [DOCUMENTS, SEARCH])
def test_the_address_of_a_form_loses_its_empty_fields(client: httpx.Client, path: str) -> None:
    sent = client.get(f"{path}?title=&kind=rules&status=&as_of=+")
    assert sent.status_code == 303
    assert sent.headers["location"] == f"{path}?kind=rules"


# the passages


def hits(html: str) -> list[str]:
    return [" ".join(one.split()) for one in links(html, r"<blockquote>(.*?)</blockquote>")]


def test_passages_come_with_their_place_and_open_there_and_lead_back(
    client: httpx.Client,
) -> None:
    html = client.get(SEARCH, params={"q": WORDS, "limit": "3"}).text
    assert "These are passages, not an answer." in html
    assert "Searched 4 of 4 documents, as of 4 May 2026." in html
    assert (
        'A <mark class="word">bicycle</mark> may <mark class="word">stand</mark> in the '
        '<mark class="word">shed</mark> for five days.' in hits(html)[0]
    )
    href = links(html, r'<h3 id="hit-1"><a href="([^"]*)"')[0]
    opened = client.get(href).text
    assert "A bicycle may stand in the shed for five days." in "".join(
        re.findall(r"<mark[^>]*>([^<]*)</mark>", opened)
    )
    assert "Back to the search" in opened
    back = links(opened, r'<a class="back" href="([^"]*)"')[0]
    assert parse_qs(urlsplit(back).query) == {"q": [WORDS], "limit": ["3"]}
    assert hits(client.get(back).text) == hits(html)


def test_a_row_is_shown_by_its_columns(client: httpx.Client) -> None:
    html = client.get(SEARCH, params={"q": "places in the north bicycle shed"}).text
    assert "<dt>Places</dt><dd>40</dd>" in html


def test_counts_narrow_the_passages_to_as_many_as_they_say(client: httpx.Client) -> None:
    html = client.get(SEARCH, params={"q": "bicycle"}).text
    assert "Counted among the passages that were found." in html
    narrow = re.findall(
        r'<li><a href="(/search\?[^"]*)">[^<]*</a> <span class="count">(\d+)</span>', html
    )
    assert len(narrow) > 4
    for href, count in narrow:
        narrowed = client.get(unescape(href)).text
        assert heading(narrowed).split()[0] == count


def test_what_was_chosen_can_be_taken_away_at_its_count_and_at_its_chip(
    client: httpx.Client,
) -> None:
    html = client.get(SEARCH, params={"q": "bicycle", "kind": ["policy", "rules"]}).text
    at_count = links(html, r'<li class="chosen"><a href="([^"]*)" aria-current="true"')
    at_chip = links(html, r'class="chip">.*?href="([^"]*)"')
    assert (
        sorted(at_count)
        == sorted(at_chip)
        == [
            f"{SEARCH}?kind=policy&q=bicycle",
            f"{SEARCH}?kind=rules&q=bicycle",
        ]
    )
    assert '<input type="hidden" name="kind" value="rules">' in html
    assert html.count("Counted among the nearest passages without this filter.") == 1


def test_other_versions_are_searched_by_a_tick_and_marked(client: httpx.Client) -> None:
    assert "Superseded" not in client.get(SEARCH, params={"q": WORDS}).text
    html = client.get(SEARCH, params={"q": WORDS, "all_versions": "true"}).text
    assert 'name="all_versions" value="true" checked' in html
    assert "Superseded by version 2" in html
    assert "Not yet in force: from 1 January 2027" in html


def test_passages_have_pages_that_keep_the_filters(client: httpx.Client) -> None:
    first = client.get(SEARCH, params={"q": "bicycle", "kind": "policy", "limit": "2"}).text
    following = links(first, r'<a href="([^"]*)" rel="next">')[0]
    second = client.get(following).text
    assert not set(hits(first)) & set(hits(second))
    assert '<ol class="hits" start="3">' in second
    assert "Kind: <strong>policy</strong>" in second
    beyond = client.get(SEARCH, params={"q": "bicycle", "offset": "99999"}).text
    assert "The passages end before this page." in beyond
    assert hits(client.get(links(beyond, r'this page. <a href="([^"]*)"')[0]).text)


def test_finding_nothing_says_what_to_do(client: httpx.Client) -> None:
    html = client.get(SEARCH, params={"q": "xqzzt", "kind": "policy"}).text
    assert heading(html) == "No passage found"
    assert 'href="/search?q=xqzzt"' in html
    assert 'href="/search?kind=policy&amp;q=xqzzt&amp;all_versions=true"' in html
    assert 'href="/?q=xqzzt"' in html
    assert 'id="narrow"' not in html


def test_the_page_without_words_has_the_form_alone(client: httpx.Client) -> None:
    html = client.get(SEARCH).text
    assert 'name="q"' in html
    assert "found" not in re.findall(r'id="([^"]*)"', html)


# what cannot be read


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{DOCUMENTS}?colour=red", "There is no filter “colour”. There is kind, organisation"),
        (f"{DOCUMENTS}?kind=rule", "No kind goes by “rule”. Did you mean “rules”?"),
        (f"{DOCUMENTS}?status=lost", "“status” cannot be “lost”."),
        (f"{DOCUMENTS}?as_of=soon", "“soon” is not a day"),
        (f"{DOCUMENTS}?limit=many", "“limit” cannot be “many”."),
        (f"{DOCUMENTS}?title={'a' * 4001}", "“title” cannot be"),
        (f"{SEARCH}?q=", "The question is empty"),
        (f"{SEARCH}?q=+&kind=policy", "The question is empty"),
        (f"{SEARCH}?q={'a' * 4001}", "4,000 is the most"),
        (f"{SEARCH}?q=shed&owner=Nobody", "No owner goes by “Nobody”."),
        (f"{SEARCH}?q=shed&audience=managers", "No audience goes by “managers”."),
        (f"{SEARCH}?q=shed&offset=-1", "“offset” cannot be “-1”."),
        (f"{SEARCH}?q=shed&all_versions=perhaps", "“all-versions” cannot be “perhaps”."),
    ],
)
def test_what_cannot_be_read_is_said_over_the_form(
    client: httpx.Client, address: str, said: str
) -> None:
    page = client.get(address)
    assert page.status_code == 422
    assert said in unescape(page.text)
    assert 'role="alert"' in page.text
    assert "<form" in page.text


class Tags(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.scripts: set[str | None] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "script":
            self.scripts.add(dict(attrs).get("src"))
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("path", [DOCUMENTS, SEARCH])
def test_markup_in_any_field_is_shown_as_text(client: httpx.Client, path: str) -> None:
    fields = (
        "q title kind organisation status audience owner language document effective_on "
        "effective_after effective_before as_of sort limit offset descending all_versions x"
    ).split()
    for name in fields:
        html = client.get(
            path, params={"q": "shed", name: SCRIPT} if path == SEARCH else {name: SCRIPT}
        )
        seen = Tags()
        seen.feed(html.text)
        assert None not in seen.scripts
        assert all(str(source).startswith("/static/") for source in seen.scripts)
        assert not {"img", "style"} & seen.names
        assert not {"style", "onerror", "onload", "onclick"} & seen.attributes


def test_hostile_titles_are_shown_as_text(address: str) -> None:
    for path in (DOCUMENTS, f"{SEARCH}?q=parking+permit", f"{DOCUMENTS}?title=parking"):
        seen = Tags()
        page = httpx.get(f"{address}{path}").text
        seen.feed(page)
        assert "Parking &lt;img" in page
        assert "img" not in seen.names
        assert "onerror" not in seen.attributes
