"""An index that is missing, damaged or not for this program is refused, and mended by a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, IndexMismatch, IndexMissing
from indexing.build import BuildReport, build_index, pending
from indexing.embedding import HashEmbedder
from indexing.index import Index, open_index
from indexing.keywords import tokens
from indexing.manifest import SCHEMA_VERSION
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow  # each build starts the processes that read

LEAVE = "# Annual leave\n\n## Entitlement\n\nStaff members earn 2 days of leave each month.\n"
TRAVEL = "# Duty travel\n\n## Tickets\n\nTickets are booked by the travel office.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "leave.md").write_text(LEAVE, "utf-8")
    (place / "travel.md").write_text(TRAVEL, "utf-8")
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def build(folder: Path, home: Path) -> BuildReport:
    return build_index(folder, home, HashEmbedder(), progress=SilentProgress())


@contextmanager
def opened(home: Path, dimension: int = 256) -> Iterator[Index]:
    index = open_index(home, embedder_fingerprint=HashEmbedder(dimension).fingerprint)
    try:
        yield index
    finally:
        index.close()


def answers(home: Path) -> object:
    with opened(home) as index:
        near = index.search_vectors(HashEmbedder().embed(["annual leave"])[0], 3)
        words = index.search_keywords(tokens("annual leave"), 3)
        return near, words, index.passages([place for place, _ in near + words])


def test_nothing_built_yet_is_said_so(home: Path) -> None:
    with pytest.raises(IndexMissing, match="charter index"), opened(home):
        pass


def test_an_index_of_another_model_is_refused(folder: Path, home: Path) -> None:
    build(folder, home)
    with pytest.raises(IndexMismatch, match="another embedding model"), opened(home, 32):
        pass
    assert pending(folder, home, HashEmbedder(32)) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f'"schema": {SCHEMA_VERSION}', '"schema": 99', "schema 99"),
        ('"splitter": "', '"splitter": "other ', "another way of splitting into passages"),
        ('"reader": "', '"reader": "other ', "another version of the reader"),
        ('"keywords": "', '"keywords": "other ', "another way of splitting into words"),
    ],
)
def test_an_index_of_another_version_is_refused_and_built_anew(
    folder: Path, home: Path, old: str, new: str, words: str
) -> None:
    manifest = home / "generations" / build(folder, home).generation / "manifest.json"
    text = manifest.read_text()
    assert old in text
    manifest.write_text(text.replace(old, new))
    with pytest.raises(IndexMismatch, match=words), opened(home):
        pass
    report = build(folder, home)
    assert (report.changed, report.embedded) == (True, 0)
    assert answers(home)


def _remove_manifest(generation: Path) -> None:
    (generation / "manifest.json").unlink()


def _garble_manifest(generation: Path) -> None:
    (generation / "manifest.json").write_text(f'{{"versions": {{"schema": {SCHEMA_VERSION}}}}}')


def _garble_pointer(generation: Path) -> None:
    (generation.parent.parent / "current").write_bytes(b"\xff\xfe../../etc")


def _remove_passages(generation: Path) -> None:
    (generation / "passages.db").unlink()


def _garble_passages(generation: Path) -> None:
    (generation / "passages.db").write_bytes(b"no database" * 1_000)


def _remove_keywords(generation: Path) -> None:
    (generation / "keywords" / "body" / "vocab.index.json").unlink()


def _cut_units(generation: Path) -> None:
    rows = generation / "units" / "units.f16"
    rows.write_bytes(rows.read_bytes()[:-128])


def _garble_chroma(generation: Path) -> None:
    (generation / "chroma" / "chroma.sqlite3").write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [
        _remove_manifest,
        _garble_manifest,
        _garble_pointer,
        _remove_passages,
        _garble_passages,
        _remove_keywords,
        _cut_units,
        _garble_chroma,
    ],
)
def test_a_damaged_index_is_named_and_the_next_build_mends_it(
    folder: Path, home: Path, damage: Callable[[Path], None]
) -> None:
    generation = home / "generations" / build(folder, home).generation
    before = answers(home)
    damage(generation)
    with pytest.raises(IndexDamaged, match="charter index"), opened(home):
        pass
    report = build(folder, home)
    assert (report.changed, report.embedded) == (True, 0)
    assert answers(home) == before


def test_a_document_that_was_lost_is_damage_and_is_read_again(folder: Path, home: Path) -> None:
    generation = home / "generations" / build(folder, home).generation
    (generation / "documents" / "000000.json").unlink()
    with opened(home) as index, pytest.raises(IndexDamaged, match="charter index"):
        index.document("leave@1")
    (folder / "travel.md").write_text(TRAVEL + "\nAnd hotels too.\n", "utf-8")
    build(folder, home)
    with opened(home) as index:
        assert "2 days" in index.document("leave@1").text
