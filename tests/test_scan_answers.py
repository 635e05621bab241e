"""Scans in the index: their places are kept, and what is quoted from them says that it was read."""

from pathlib import Path

import pytest
from scans import SENTENCES, page, scan

from assistant.ask import Assistant
from assistant.reply import Answer, ClosestPassages
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, index_corpus
from assistant.writing.write import plain_text
from bots.web.answers import sources
from corpus.places import rects
from indexing.generations import current_name, generation_folder
from indexing.index import open_index
from indexing.manifest import read_manifest
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow  # each build starts the processes that read

QUESTION = "When are days of leave above the maximum forfeited?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of one scan with two pages."""
    folder = tmp_path_factory.mktemp("scans")
    (folder / "leave.pdf").write_bytes(scan(page(sentences=SENTENCES[:1]), page()))
    settings = load_settings(home=tmp_path_factory.mktemp("home"), corpus=folder)
    index_corpus(settings, SilentProgress())
    return settings


@pytest.fixture(scope="module")
def answer(settings: Settings) -> Answer:
    assistant: Assistant = build_assistant(settings)
    reply = assistant.ask(QUESTION)
    assistant.close()
    assert isinstance(reply, Answer)
    return reply


def test_a_quote_from_a_scan_says_so_and_on_which_page_it_stands(answer: Answer) -> None:
    citation = answer.citations[0]
    assert citation.quote == SENTENCES[1]
    assert citation.page == 2
    assert citation.marks == ("Read from a scan",)


def test_the_mark_of_a_scan_is_shown_in_the_text_and_among_the_sources(answer: Answer) -> None:
    assert "; Read from a scan)" in plain_text(answer.excerpts)
    assert sources(answer)[0].marks == ("Read from a scan",)


def test_what_was_read_with_little_certainty_says_that_too(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    coarse = page().resize((370, 523)).resize((1240, 1754))  # as if it were scanned at 45 dpi
    (tmp_path / "docs" / "leave.pdf").write_bytes(scan(coarse))
    settings = load_settings(home=tmp_path / "home", corpus=tmp_path / "docs")
    report = index_corpus(settings, SilentProgress())
    assert any("little certainty" in note.note for note in report.notes)
    assistant = build_assistant(settings)
    reply = assistant.ask(QUESTION)
    assistant.close()
    assert isinstance(reply, Answer | ClosestPassages)
    assert reply.citations[0].marks == ("Read from a scan, with little certainty",)


def boxes_of(settings: Settings) -> bytes:
    manifest = read_manifest(generation_folder(settings.home, current_name(settings.home)))
    index = open_index(settings.home, embedder_fingerprint=manifest.versions.embedder)
    boxes = index.boxes("leave@1")
    document = index.document("leave@1")
    assert document.boxes == b""
    start = document.text.index(SENTENCES[1])
    assert rects(document, start, start + 10, boxes=boxes)[0].page == 2
    index.close()
    return boxes


def test_places_are_kept_while_other_documents_come_and_go(settings: Settings) -> None:
    before = boxes_of(settings)
    assert before
    (settings.corpus / "other.md").write_text("# Other\n\nIt says something else.\n", "utf-8")
    index_corpus(settings, SilentProgress())
    assert boxes_of(settings) == before
    (settings.corpus / "other.md").unlink()
    index_corpus(settings, SilentProgress())
    assert boxes_of(settings) == before
