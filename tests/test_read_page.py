"""The page to read a document on, as HTML: versions, words looked for, places, what is not here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from in_step import assistant_of, build, put, rule
from long_document import long_pdf
from reading import read as read_file
from test_page import Tags, pieces_of

from assistant.ask import Assistant
from bots.web.finding import MOST_MARKED, find
from bots.web.parts import Span
from bots.web.reading import contents, read

LEAVE = "/documents/annual-leave"

# words looked for


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Annual leave. ANNUAL LEAVE", "annual leave", ["Annual leave", "ANNUAL LEAVE"]),
        ("Congé payé et conge", "conge", ["Congé", "conge"]),
        ("fixed-term and fixed term", "fixed term", ["fixed-term", "fixed term"]),
        ("one\n\ntwo", "one two", ["one\n\ntwo"]),
        ("sleeves and leaves", "leave", ["leave"]),
        ("policies", "polic", ["polic"]),
        ("1.1 and 11", "1.1", ["1.1"]),
        ("a (b) [c", "(b) [c", ["b) [c"]),
        ("STRASSE", "strasse", ["STRASSE"]),
        ("nothing", "  …!", []),
        ("nothing", "", []),
        ("x" * 99, "y", []),
    ],
)
def test_words_are_found_whatever_their_accents_capitals_and_hyphens(
    text: str, words: str, found: list[str]
) -> None:
    spans = find(text, words).spans
    assert [text[one.start : one.end] for one in spans] == found


def test_words_that_never_stand_together_are_found_apart_and_that_is_said() -> None:
    found = find("leave is carried over each year", "year of leave")
    assert found.apart
    assert found.count == 2
    assert not find("leave of a year", "leave of").apart


def test_of_a_word_that_stands_everywhere_all_are_counted_and_the_first_are_marked() -> None:
    found = find("a rule " * (MOST_MARKED + 5), "rule")
    assert (len(found.spans), found.count) == (MOST_MARKED, MOST_MARKED + 5)


def test_all_that_was_found_is_marked_once_beside_the_quote(small_assistant: Assistant) -> None:
    document, _ = small_assistant.document("annual-leave")
    found = find(document.text, "leave")
    assert found.count > 5
    quote = Span(found.spans[1].start - 3, found.spans[1].start + 2)
    reading = read(document, quote, found=found.spans)
    pieces = list(pieces_of(reading))
    text = "".join(piece.text for piece in pieces)
    assert text == "".join(piece.text for piece in pieces_of(read(document)))
    for number, span in enumerate(found.spans, 1):
        mine = [piece for piece in pieces if piece.match == number]
        assert "".join(piece.text for piece in mine) == document.text[span.start : span.end]
        assert [piece.begins for piece in mine] == [True] + [False] * (len(mine) - 1)
    assert any(piece.marked and piece.match for piece in pieces)


def test_the_page_says_how_many_and_links_to_the_next_and_the_one_before(address: str) -> None:
    html = httpx.get(f"{address}{LEAVE}", params={"find": "leave over"}).text
    assert re.search(r'<span class="match-at">1</span> of 2 matches', html)
    assert html.count('id="match-') == 2
    assert "find=leave+over&amp;at=2#match-2" in html
    second = httpx.get(f"{address}{LEAVE}", params={"find": "leave over", "at": 2}).text
    assert re.search(r'match-now" data-match="2"', second)
    none = httpx.get(f"{address}{LEAVE}", params={"find": "<zz>tungsten"}).text
    assert "0 matches for “&lt;zz&gt;tungsten”" in none


@pytest.mark.parametrize("at", ["0", "-4", "99999999"])
def test_a_match_that_is_not_there_is_the_nearest_that_is(address: str, at: str) -> None:
    page = httpx.get(f"{address}{LEAVE}", params={"find": "leave", "at": at})
    assert page.status_code == 200
    assert "match-now" in page.text


def test_words_of_any_length_are_refused_beyond_a_limit(address: str) -> None:
    assert httpx.get(f"{address}{LEAVE}", params={"find": "x" * 201}).status_code == 422


# places


def test_every_heading_clause_paragraph_item_and_row_has_an_address(
    address: str, small_assistant: Assistant
) -> None:
    document, _ = small_assistant.document("annual-leave")
    html = httpx.get(f"{address}{LEAVE}").text
    anchors = set(re.findall(r' id="([^"]+)"', html))
    links = re.findall(r'class="here" href="\?version=2#([^"]+)"[^>]*aria-label="([^"]+)"', html)
    assert {anchor for anchor, _ in links} <= anchors
    starts = {f"p-{one.start}" for one in document.blocks if one.kind != "heading"}
    sections = {section.anchor for section, _ in contents(document)}
    assert {anchor for anchor, _ in links} == starts | sections
    assert "Link to 3.1" in {name for _, name in links}
    assert len(anchors) == len(re.findall(r' id="([^"]+)"', html))


# versions and force


def test_all_versions_can_be_switched_to_and_compared(address: str) -> None:
    html = httpx.get(f"{address}/documents/telework?version=1").text
    assert re.search(r'version=1" aria-current="page">Version 1</a>', html)
    assert re.search(
        r'<a href="/documents/telework\?version=2">Version 2</a>\s*<span class="detail">in force',
        html,
    )
    assert "/documents/telework/compare?from=1&amp;to=2" in html


def test_a_document_in_force_says_since_when(address: str) -> None:
    html = httpx.get(f"{address}/documents/people-strategy").text
    assert "<strong>In force since 1 January 2025.</strong>" in html


def test_a_sample_is_never_said_to_be_in_force(address: str) -> None:
    assert "In force since" not in httpx.get(f"{address}{LEAVE}").text


# what is not here


def test_a_version_that_is_not_kept_is_said_not_to_be_and_the_newest_is_offered(
    address: str,
) -> None:
    page = httpx.get(f"{address}/documents/telework?version=<b>9")
    assert page.status_code == 404
    assert "Version &lt;b&gt;9 of “Policy on telework” is not kept here" in page.text
    assert 'href="/documents/telework?version=2">Open version 2</a>, in force' in page.text


def test_a_name_that_is_none_offers_the_nearest(address: str) -> None:
    page = httpx.get(f"{address}/documents/anual-leave")
    assert page.status_code == 404
    assert f'href="{LEAVE}?version=2">Policy on annual leave</a>' in page.text


@pytest.mark.slow
def test_what_is_for_others_is_no_nearest_name_and_none_of_its_versions_is_told(
    tmp_path: Path, serve: Callable[[Assistant], str]
) -> None:
    secret = rule("Salaries", "Pay is secret.", id="salaries", audience="[hr]")
    mixed = [
        rule("Bonus old", "One.", id="bonus", version="'1'", audience="[hr]"),
        rule("Bonus", "Two.", id="bonus", version="'2'"),
    ]
    files = {"secret.md": secret, "b1.md": mixed[0], "b2.md": mixed[1]}
    folder, home = put(tmp_path / "documents", files), tmp_path / "home"
    build(folder, home)
    assistant = assistant_of(folder, home)
    url = serve(assistant)
    unknown = httpx.get(f"{url}/documents/salariez").text
    hidden = httpx.get(f"{url}/documents/salaries").text
    assert "Did you mean" not in unknown + hidden
    same = [
        re.sub(r"<code>.*?</code>", "", httpx.get(f"{url}/documents/bonus?version={one}").text)
        for one in ("1", "7")
    ]
    asked = same[0].replace("ersion 1 of", "ersion 7 of").replace("version%3D1", "version%3D7")
    assert asked == same[1]
    assert "Bonus old" not in same[0]
    assistant.close()


@pytest.mark.slow
def test_a_deleted_document_is_not_found_and_its_original_neither(
    tmp_path: Path, serve: Callable[[Assistant], str]
) -> None:
    folder = put(tmp_path / "documents", {"a.md": rule("A", "One."), "b.md": rule("B", "Two.")})
    build(folder, tmp_path / "home")
    assistant = assistant_of(folder, tmp_path / "home")
    url = serve(assistant)
    assert httpx.get(f"{url}/documents/a/original").status_code == 200
    (folder / "a.md").unlink()
    for path in ("", "/original", "/pages/1.png", "?version=1"):
        assert httpx.get(f"{url}/documents/a{path}").status_code == 404
    assistant.close()


# beside an answer, and long


def test_beside_an_answer_the_contents_are_left_out_and_places_open_in_the_whole_window(
    address: str,
) -> None:
    html = httpx.get(f"{address}{LEAVE}?start=300&end=400&beside=1").text
    assert 'class="contents"' not in html
    assert 'class="back"' not in html
    assert 'id="cited"' in html
    assert html.count('class="here"') == html.count('target="_top"')
    assert '<input type="hidden" name="beside" value="1">' in html


@pytest.mark.slow
def test_a_document_of_500_pages_is_cut_whole_with_all_that_was_found_in_it() -> None:
    document = read_file(long_pdf(), name="long.pdf")
    assert len(document.pages) == 500
    document = replace(document, metadata=replace(document.metadata, title="Long"))
    reading = read(document)
    assert len(reading.parts) >= 6000
    found = find(document.text, "register")
    assert found.count > 1000
    marked = [p for p in pieces_of(read(document, None, found=found.spans)) if p.match]
    assert len(marked) == len(found.spans)


def test_no_link_in_a_hostile_document_carries_its_markup(address: str) -> None:
    html = httpx.get(f"{address}/documents/hostile?find=<script>").text
    seen = Tags()
    seen.feed(html)
    assert not {"img", "b"} & seen.names
    assert not seen.handlers


def test_a_banner_speaks_the_language_of_the_reader(address: str) -> None:
    page = httpx.get(
        f"{address}/documents/telework?version=1", headers={"Accept-Language": "fr"}
    ).text
    banner = re.search(r'<div class="banner banner-superseded".*?</div>', page, re.DOTALL)
    assert banner
    assert "Superseded" not in banner[0]
    assert "version 2" in banner[0]
