"""One folder as HR would leave it: every format, the same text three times, and broken files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from bad_files import BAD
from good_files import MAKERS
from in_step import build
from shared_documents import shared

from assistant.reply import Answer
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from corpus.normalise import normalise
from evals.reading import GOLD
from indexing.embedding import HashEmbedder
from indexing.index import open_index
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow

# each of these takes seconds to be refused; test_bad_files.py tries every one of them
LONG = ("million-cells", "deep-", "long-line", "huge-", "2001-pages", "many-lines", "wide-cell")
QUESTIONS = {
    "Who approves raises and bonuses?": "approved by the Board of Directors",
    "How many days in advance must time off be scheduled?": "no less than 5 business days",
    "To whom are media inquiries referred?": "be referred to the Executive Director",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "broken").mkdir(parents=True)
    for path in GOLD.iterdir():
        if path.suffix in {".pdf", ".docx", ".odt", ".html"}:
            shutil.copy(path, folder)
    for ending, make in MAKERS.items():
        (folder / f"small.{ending}").write_bytes(make())
    for bad in BAD:
        if not bad.name.startswith(LONG):
            (folder / "broken" / bad.name).write_bytes(bad.make())
    return folder


def of_files(places: Iterable[str], files: set[str]) -> set[str]:
    """Return the files that places are, or are members of."""
    return {
        name for place in places for name in files if place == name or place.startswith(f"{name}/")
    }


def test_a_folder_of_everything_is_indexed_to_the_end_and_the_report_is_true(folder, tmp_path):
    home = tmp_path / "home"
    report = build(folder, home)
    index = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    read = {index.document(f"{one.id}@{one.version}").path for one in index.catalogue}
    index.close()
    skipped = {one.relative for one in report.skipped}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert len(read) == report.documents
    assert of_files(read, files) | of_files(skipped, files) == files
    assert not read & skipped
    assert all(one.problem and one.remedy for one in report.skipped)
    assert {path.name for path in folder.iterdir() if path.is_file()} <= of_files(read, files)


def test_the_same_question_cites_the_same_clause_in_every_format(tmp_path):
    manual = shared("real/opengov_hr_manual")
    cited: dict[str, dict[str, tuple[str, ...]]] = {question: {} for question in QUESTIONS}
    for kind in ("markdown", "docx", "pdf"):
        settings = load_settings(corpus=manual / kind, home=tmp_path / kind)
        index_corpus(settings, SilentProgress())
        assistant = build_assistant(settings)
        for question, words in QUESTIONS.items():
            reply = assistant.ask(question)
            assert isinstance(reply, Answer), (kind, question)
            citation = next(one for one in reply.citations if words in normalise(one.quote))
            cited[question][kind] = citation.section
        assistant.close()
    for question, sections in cited.items():
        assert len(set(sections.values())) == 1, (question, sections)
