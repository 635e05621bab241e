"""What happens at a bad moment: while an index is opened, and after a new one is served."""

from __future__ import annotations

import fcntl
import multiprocessing
import sys
from pathlib import Path

import pytest

from indexing.build import BuildReport, build_index
from indexing.embedding import HashEmbedder
from indexing.generations import current_name
from indexing.index import open_index
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow  # each build starts the processes that read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return changed(tmp_path / "documents", 0)


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Path:
    build(folder, tmp_path / "home")
    return tmp_path / "home"


def changed(folder: Path, days: int) -> Path:
    (folder / "leave.md").write_text(f"# Leave\n\nAnnual leave is {days} days.\n", "utf-8")
    return folder


def build(folder: Path, home: Path) -> BuildReport:
    return build_index(folder, home, HashEmbedder(), progress=SilentProgress())


def served(home: Path) -> str:
    """Return the name of the index that is opened, read to its last part."""
    index = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    try:
        assert index.document("leave@1")
        return index.manifest.generation
    finally:
        index.close()


def test_an_index_that_goes_while_it_is_opened_gives_way_to_its_successor(
    folder: Path, home: Path
) -> None:
    context = multiprocessing.get_context("spawn")  # what listens to a process stays in it
    process = context.Process(target=open_while_it_goes, args=(folder, home))
    process.start()
    process.join()
    assert process.exitcode == 0
    process.close()


def open_while_it_goes(folder: Path, home: Path) -> None:
    """Replace the index twice after its file was opened and before that is locked."""
    first = current_name(home)
    waiting = [1, 2]

    def replace(event: str, arguments: tuple[object, ...]) -> None:
        if event == "fcntl.flock" and arguments[1] == fcntl.LOCK_SH | fcntl.LOCK_NB:
            while waiting:
                build(changed(folder, waiting.pop()), home)

    sys.addaudithook(replace)
    assert served(home) == current_name(home)
    assert waiting == []
    assert not (home / "generations" / first).exists()


def test_what_cannot_be_tidied_away_fails_no_build(folder: Path, home: Path) -> None:
    class Hinder(SilentProgress):
        def writing(self, part: str) -> None:
            if part == "vectors":
                (home / "vectors.db").unlink()
                (home / "vectors.db").mkdir()

    before = current_name(home)
    embedder = HashEmbedder()
    report = build_index(changed(folder, 5), home, embedder, progress=Hinder())
    assert report.changed
    assert served(home) == report.generation != before
