"""The document's way: what a build stores, what it reuses, skips and reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

import corpus
from corpus.errors import (
    CorpusEmpty,
    CorpusMissing,
    DocumentNotFound,
)
from corpus.files.folder import list_files
from corpus.model import document_key
from corpus.passages import split
from corpus.read import read_document
from corpus.units import units_of, words_of
from indexing.build import BuildReport, build_index, embedding_text, pending
from indexing.embedding import HashEmbedder, Vectors
from indexing.index import Index, open_index
from indexing.keywords import tokens
from indexing.progress import SilentProgress

SHIPPED = Path(corpus.__file__).parent / "documents"
LEAVE = "# Annual leave\n\n## Entitlement\n\nStaff members earn {days} days of leave each month.\n"
TRAVEL = "# Duty travel\n\n## Tickets\n\nTickets are booked by the travel office.\n"


class CountingEmbedder(HashEmbedder):
    """The fake, remembering what it was asked."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of an index of the shipped documents, which no test changes."""
    home = tmp_path_factory.mktemp("shipped")
    build(SHIPPED, home)
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "documents", {"leave.md": LEAVE.format(days=2), "travel.md": TRAVEL})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def build(folder: Path, home: Path, embedder: HashEmbedder | None = None) -> BuildReport:
    return build_index(folder, home, embedder or CountingEmbedder(), progress=SilentProgress())


@contextmanager
def opened(home: Path, embedder: HashEmbedder | None = None) -> Iterator[Index]:
    index = open_index(home, embedder_fingerprint=(embedder or CountingEmbedder()).fingerprint)
    try:
        yield index
    finally:
        index.close()


def answers(home: Path, embedder: HashEmbedder | None = None) -> list[object]:
    """Ask a few questions both ways, of all documents and of one."""
    embedder = embedder or CountingEmbedder()
    found: list[object] = []
    with opened(home, embedder) as index:
        one = next(iter(index.catalogue))
        for question in ("days of annual leave", "who books tickets", "recruitment of staff"):
            vector = embedder.embed([question])[0]
            for keys in (None, frozenset({f"{one.id}@{one.version}"})):
                near = index.search_vectors(vector, 20, keys)
                words = index.search_keywords(tokens(question), 20, keys)
                found += [near, words, index.passages([place for place, _ in near + words])]
    return found


def test_every_passage_and_document_comes_back_as_it_was_read(shipped: Path) -> None:
    with opened(shipped) as index:
        documents = [read_document(file) for file in list_files(SHIPPED)]
        assert set(index.catalogue) == {document.metadata for document in documents}
        for document in documents:
            assert index.document(document.key) == document
            stored = index.passages(index.ordinals(document.key))
            assert tuple(stored[place] for place in sorted(stored)) == split(document)
            assert index.passage_count(document.key) == len(split(document))


def test_every_passage_has_the_vectors_of_its_units(shipped: Path) -> None:
    embedder = CountingEmbedder()
    with opened(shipped) as index:
        for metadata in index.catalogue:
            key = document_key(metadata.id, metadata.version)
            document = index.document(key)
            for place, passage in index.passages(index.ordinals(key)).items():
                words = [words_of(document, unit) for unit in units_of(document, passage)]
                assert np.allclose(index.unit_vectors(place), embedder.embed(words), atol=1e-3)


def test_the_same_corpus_gives_the_same_index_in_any_folder(shipped: Path, home: Path) -> None:
    report = build(SHIPPED, home)
    with opened(shipped) as left, opened(home) as right:
        assert left.manifest.passages == report.passages
        assert left.fingerprint == right.fingerprint
    assert answers(shipped) == answers(home)


def test_an_index_that_was_built_in_steps_is_the_one_built_at_once(
    folder: Path, home: Path, tmp_path: Path
) -> None:
    written(folder, {"other.md": "# Other\n\nSomething else.\n", "leave.md": LEAVE.format(days=9)})
    build(folder, home)
    (folder / "other.md").unlink()
    written(folder, {"leave.md": LEAVE.format(days=2)})
    build(folder, home)
    build(folder, tmp_path / "at once")
    with opened(home) as left, opened(tmp_path / "at once") as right:
        assert left.fingerprint == right.fingerprint
    assert answers(home) == answers(tmp_path / "at once")


def test_what_changes_an_answer_changes_the_fingerprint(folder: Path, home: Path) -> None:
    build(folder, home)
    with opened(home) as index:
        before = index.fingerprint
    written(folder, {"leave.md": LEAVE.format(days=3)})
    build(folder, home)
    with opened(home) as index:
        assert index.fingerprint != before


def test_an_unchanged_corpus_builds_and_embeds_nothing(folder: Path, home: Path) -> None:
    first = build(folder, home)
    written(folder, {"unreadable.pdf": "x"})
    second = build(folder, home)
    embedder = CountingEmbedder()
    third = build(folder, home, embedder)
    assert embedder.texts == []
    assert (first.changed, second.changed, third.changed) == (True, True, False)
    assert third.generation == second.generation
    assert third.kept == ("leave.md", "travel.md", "unreadable.pdf")
    assert [skipped.relative for skipped in third.skipped] == ["unreadable.pdf"]
    assert pending(folder, home, embedder) == 0


def test_only_changed_texts_are_embedded(folder: Path, home: Path) -> None:
    build(folder, home)
    written(folder, {"leave.md": LEAVE.format(days=3)})
    assert pending(folder, home, CountingEmbedder()) == 1
    embedder = CountingEmbedder()
    report = build(folder, home, embedder)
    sentence = "Staff members earn 3 days of leave each month."
    assert embedder.texts == [f"Entitlement\n{sentence}", sentence]
    assert (report.embedded, report.reused) == (2, 2)
    assert (report.kept, report.replaced) == (("travel.md",), ("leave.md",))


def test_a_changed_sidecar_alone_renews_its_document_without_embedding_it_again(
    folder: Path, home: Path
) -> None:
    build(folder, home)
    written(folder, {"leave.meta.yaml": "version: 7\nowner: Human Resources\n"})
    embedder = CountingEmbedder()
    report = build(folder, home, embedder)
    assert report.replaced == ("leave.md",)
    assert embedder.texts == []
    with opened(home) as index:
        assert index.document("leave@7").metadata.owner == "Human Resources"
        assert index.ordinals("leave@1") == range(0)


def test_a_text_that_stands_in_two_documents_is_embedded_once(folder: Path, home: Path) -> None:
    written(folder, {"copy.md": TRAVEL, "copy.meta.yaml": "id: copy"})
    embedder = CountingEmbedder()
    report = build(folder, home, embedder)
    assert len(embedder.texts) == len(set(embedder.texts)) == report.embedded
    assert report.reused == 2


def test_vectors_that_no_kept_index_uses_are_forgotten(folder: Path, home: Path) -> None:
    for days in (2, 3, 4):
        written(folder, {"leave.md": LEAVE.format(days=days)})
        build(folder, home)
    written(folder, {"leave.md": LEAVE.format(days=3)})
    assert build(folder, home).embedded == 0  # of the index before
    written(folder, {"leave.md": LEAVE.format(days=2)})
    assert build(folder, home).embedded == 2


def test_a_damaged_cache_of_vectors_is_started_afresh(folder: Path, home: Path) -> None:
    build(folder, home)
    (home / "vectors.db").write_bytes(b"no database" * 500)
    written(folder, {"leave.md": LEAVE.format(days=3)})
    report = build(folder, home)
    assert (report.embedded, report.reused) == (4, 0)


def test_another_model_embeds_everything_anew(folder: Path, home: Path) -> None:
    build(folder, home, CountingEmbedder(64))
    report = build(folder, home, CountingEmbedder(32))
    assert report.changed
    assert (report.embedded, report.reused) == (4, 0)
    assert answers(home, CountingEmbedder(32))


def test_a_file_that_cannot_be_read_is_reported_and_ends_nothing(folder: Path, home: Path) -> None:
    written(folder, {"scan.pdf": "%PDF-1.7", "empty.md": ""})
    report = build(folder, home)
    assert report.documents == 2
    assert [skipped.relative for skipped in report.skipped] == ["empty.md", "scan.pdf"]
    assert all(skipped.problem and skipped.remedy for skipped in report.skipped)


def test_a_sidecar_that_belongs_to_no_document_is_reported(folder: Path, home: Path) -> None:
    written(folder, {"Parking.md": TRAVEL, "parking.meta.yaml": "status: withdrawn"})
    for _ in range(2):  # also when nothing changed
        (skipped,) = build(folder, home).skipped
        assert skipped.relative == "parking.meta.yaml"
        assert "belongs to no document" in skipped.problem
        assert "Name it like its document" in skipped.remedy


def test_a_home_inside_the_corpus_folder_is_no_part_of_it(folder: Path) -> None:
    home = folder / "home"
    for _ in range(2):
        report = build(folder, home)
        assert (report.documents, report.skipped) == (2, ())
    assert not report.changed
    assert pending(folder, home, CountingEmbedder()) == 0


def test_a_file_of_characters_without_width_ends_nothing(folder: Path, home: Path) -> None:
    written(folder, {"odd.md": "| a | b |\n|---|---|\n| a | b |\n|---|---|\n\ufeff\n"})
    assert build(folder, home).documents == 3


def test_of_two_files_with_one_id_and_version_the_later_is_skipped(
    folder: Path, home: Path
) -> None:
    written(folder, {"zz.md": TRAVEL, "zz.meta.yaml": "id: travel"})
    report = build(folder, home)
    (skipped,) = report.skipped
    assert skipped.relative == "zz.md"
    assert "zz.md and travel.md" in skipped.problem
    assert "the first was skipped" in skipped.problem


def test_a_file_that_was_read_and_has_a_twin_before_it_now_leaves_the_index_whole(
    folder: Path, home: Path
) -> None:
    written(folder, {"hr/zz.md": TRAVEL, "hr/zz.meta.yaml": "id: visas"})
    build(folder, home)
    written(folder, {"again.md": TRAVEL, "again.meta.yaml": "id: visas"})
    report = build(folder, home)
    assert [one.relative for one in report.skipped] == ["hr/zz.md"]
    with opened(home) as index:
        (left_out,) = [one for one in index.manifest.files if not one.key]
        assert (left_out.passages, left_out.twin) == (0, "again.md")


def test_files_of_one_name_in_two_folders_are_two_documents(folder: Path, home: Path) -> None:
    written(folder, {"hr/field/leave.md": LEAVE.format(days=5), "a/leave.md": LEAVE.format(days=4)})
    report = build(folder, home)
    assert report.skipped == ()
    with opened(home) as index:
        ids = {one.id for one in index.catalogue}
        assert ids == {"leave", "a-leave", "hr-field-leave", "travel"}
        assert "5 days" in index.document("hr-field-leave@1").text
    (folder / "leave.md").unlink()
    build(folder, home)
    with opened(home) as index:
        assert {one.id for one in index.catalogue} == {"leave", "hr-field-leave", "travel"}


@pytest.mark.parametrize("files", [{}, {"scan.pdf": "%PDF-1.7"}])
def test_a_folder_without_any_document_leaves_the_index_as_it_was(
    folder: Path, home: Path, tmp_path: Path, files: dict[str, str]
) -> None:
    build(folder, home)
    before = answers(home)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusEmpty, match="holds no document"):
        build(written(tmp_path / "empty", files), home)
    with pytest.raises(CorpusMissing):
        build(tmp_path / "missing", home)
    assert answers(home) == before


def test_a_document_is_found_by_words_of_its_title_and_headings(folder: Path, home: Path) -> None:
    build(folder, home)
    with opened(home) as index:
        ((place, _),) = index.search_keywords(tokens("duty"), 5)
        assert index.passages([place])[place].document == "travel"


def test_what_may_not_be_found_is_left_out_before_ranking(shipped: Path) -> None:
    question = "annual leave of staff members"
    vector = HashEmbedder(64).embed([question])[0]
    with opened(shipped) as index:
        keys = frozenset({"annual-leave@3", "telework@2", "not-there@1"})
        for found in (
            index.search_vectors(vector, 10, keys),
            index.search_keywords(tokens(question), 10, keys),
        ):
            passages = index.passages([place for place, _ in found])
            assert len(found) == 10
            assert {f"{one.document}@{one.version}" for one in passages.values()} <= keys
        for nobody in (frozenset[str](), frozenset({"not-there@1"})):
            assert index.search_vectors(vector, 10, nobody) == []
            assert index.search_keywords(tokens(question), 10, nobody) == []


def test_a_document_that_is_not_there_is_named(folder: Path, home: Path) -> None:
    build(folder, home)
    with opened(home) as index, pytest.raises(DocumentNotFound, match="leave@9"):
        index.document("leave@9")


def test_an_index_closes_itself_when_nothing_refers_to_it(folder: Path, home: Path) -> None:
    generation = home / "generations" / build(folder, home).generation
    index = open_index(home, embedder_fingerprint=CountingEmbedder().fingerprint)
    index.document("leave@1")
    del index  # were it still open, its generation would stay
    for days in (3, 4):
        written(folder, {"leave.md": LEAVE.format(days=days)})
        build(folder, home)
    assert not generation.exists()


def test_closing_an_index_twice_does_no_harm(folder: Path, home: Path) -> None:
    build(folder, home)
    with opened(home) as other:
        other.close()
        other.close()


def test_the_headings_are_embedded_with_the_passage(folder: Path) -> None:
    (passage,) = split(read_document(list_files(folder)[0]))
    assert embedding_text(passage) == (
        "Entitlement\nStaff members earn 2 days of leave each month."
    )
