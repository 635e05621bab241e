"""The web page: as HTML, and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

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
