"""What is deleted or restricted is out of every reply at once, before the index is built anew."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from in_step import as_nobody, assistant_of, build, put, rule

from assistant.ask import Assistant
from assistant.reply import Answer
from corpus.errors import CorpusEmpty, CorpusMissing, DocumentNotFound, RecordNotFound
from corpus.files.folder import SourceFile
from corpus.model import Document
from indexing.build import served_manifest
from indexing.digests import Digests
from indexing.isolation import Readers
from indexing.manifest import Root
from indexing.sources import Before, read_sources
from indexing.survey import Options, list_roots, take_survey
from indexing.withheld import Guard

pytestmark = pytest.mark.slow  # each build starts the processes that read

FILES = {
    "parking.md": rule(
        "Parking", "A parking permit costs twenty francs in each month.", owner="Facilities"
    ),
    "hr/canteen.md": rule("Canteen", "Lunch in the canteen costs twelve francs."),
    "hr/canteen.meta.yaml": "owner: Facilities\n",
    "gym.md": rule("Gym", "A card for the gym costs nine francs in each month."),
}
PARKING = "What does a parking permit cost in each month?"
CANTEEN = "What does lunch in the canteen cost?"
GYM = "What does a card for the gym cost in each month?"
LIBRARY = "What does a library card cost in each month?"
POOL = "What does a pool ticket cost in each month?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", FILES)


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    build(folder, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def assistant(folder: Path, home: Path) -> Iterator[Assistant]:
    with opened(folder, home) as made:
        yield made


@contextmanager
def opened(folder: Path, home: Path) -> Iterator[Assistant]:
    made = assistant_of(folder, home)
    try:
        yield made
    finally:
        made.close()


def answers(assistant: Assistant, question: str) -> bool:
    return isinstance(assistant.ask(question), Answer)


def is_nowhere(assistant: Assistant, document: str, question: str) -> None:
    """Check every way to a document."""
    assert document not in assistant.ask(question).text.lower()
    assert not any(hit.passage.document == document for hit in assistant.search(question))
    assert document not in {entry.metadata.id for entry in assistant.catalogue()}
    with pytest.raises(DocumentNotFound):
        assistant.document(document)
    with pytest.raises(DocumentNotFound):
        assistant.shelf().open(document, "1")


def test_a_deleted_document_is_nowhere_at_once(folder: Path, assistant: Assistant) -> None:
    reply = assistant.ask(PARKING)
    assert isinstance(reply, Answer)
    (folder / "parking.md").unlink()
    is_nowhere(assistant, "parking", PARKING)
    with pytest.raises(RecordNotFound):  # which quotes it
        assistant.receipt(reply.id)
    with pytest.raises(RecordNotFound):
        assistant.replay(reply.id)
    assert answers(assistant, CANTEEN)


def test_a_withheld_document_is_as_one_that_never_was(
    folder: Path, assistant: Assistant, tmp_path: Path
) -> None:
    (folder / "parking.md").unlink()
    build(folder, tmp_path / "without it")
    with opened(folder, tmp_path / "without it") as other:
        for question in (PARKING, CANTEEN, "Who books the zeppelin?"):
            withheld, without = assistant.ask(question), other.ask(question)
            assert type(withheld) is type(without)
            assert withheld.text == without.text
            assert withheld.contact == without.contact


@pytest.mark.parametrize(
    "files",
    [
        {"hr/canteen.meta.yaml": "owner: Facilities\naudience: [hr]\n"},
        {"hr/charter.toml": '[documents]\naudience = ["hr"]\n'},
        {"charter.toml": '[documents."hr/*"]\naudience = ["hr"]\n'},
        {"hr/canteen.md": rule("Canteen", "Lunch costs twelve.", audience="hr")},
        {"hr/canteen.md": rule("Canteen", "Lunch costs twelve.", audience="hr").encode("utf-16")},
    ],
)
def test_a_document_whose_metadata_changed_is_withheld_until_it_is_read_again(
    folder: Path, home: Path, assistant: Assistant, files: dict[str, str | bytes]
) -> None:
    assert answers(assistant, CANTEEN)
    put(folder, files)
    is_nowhere(assistant, "canteen", CANTEEN)
    build(folder, home)
    is_nowhere(assistant, "canteen", CANTEEN)  # for everybody; those of its audience may read it
    readers = frozenset({"hr"})
    assert "canteen" in {one.metadata.id for one in assistant.catalogue(groups=readers)}


class OvertakenReaders(Readers):
    """Reads files that are restricted as soon as they have been read."""

    def read(self, source: SourceFile) -> Document:
        document = super().read(source)
        put(source.path.parent, {source.path.name: rule("Gym", "For few.", audience="hr")})
        return document


def test_a_document_that_is_restricted_while_it_is_indexed_is_withheld(
    folder: Path, home: Path
) -> None:
    with OvertakenReaders() as readers:
        files = [file for file in list_roots(folder, without=home) if file.relative == "gym.md"]
        survey = take_survey(
            files, None, digests=Digests(), expander=readers, options=Options(again=True)
        )
        (source,) = read_sources(
            survey, before=Before.of(survey), readers=readers, today=date(2026, 1, 1)
        )
    assert source.document
    assert source.document.metadata.audience == ()
    manifest = served_manifest(home)
    assert manifest is not None
    guard = Guard(home, replace(manifest, files=(source.record,)))
    assert guard.withheld() == {"gym@1"}


def test_a_sidecar_that_goes_withholds_its_document_too(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    (folder / "hr" / "canteen.meta.yaml").unlink()
    is_nowhere(assistant, "canteen", CANTEEN)
    build(folder, home)
    assert answers(assistant, CANTEEN)


def test_a_file_that_is_touched_or_whose_text_alone_changes_goes_on_answering(
    folder: Path, assistant: Assistant
) -> None:
    for name in ("parking.md", "hr/canteen.meta.yaml"):
        os.utime(folder / name)
    put(folder, {"parking.md": FILES["parking.md"].replace("twenty", "thirty")})
    assert "twenty francs" in assistant.ask(PARKING).text
    assert answers(assistant, CANTEEN)


def test_a_file_that_comes_back_answers_again(folder: Path, assistant: Assistant) -> None:
    shutil.move(folder / "parking.md", folder.parent / "parking.md")
    assert not answers(assistant, PARKING)
    shutil.move(folder.parent / "parking.md", folder / "parking.md")
    assert answers(assistant, PARKING)


def test_a_moved_document_answers_again_once_the_index_follows(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    shutil.move(folder / "parking.md", folder / "hr" / "parking.md")
    assert not answers(assistant, PARKING)
    report = build(folder, home)
    assert [(move.before, move.after) for move in report.moved] == [("parking.md", "hr/parking.md")]
    assert answers(assistant, PARKING)


def archive(place: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(place, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)


def test_the_documents_of_an_archive_that_changed_are_withheld(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    library = {"library.md": rule("Library", "A library card costs five francs in each month.")}
    pool = {"pool.md": rule("Pool", "A pool ticket costs six francs in each month.")}
    archive(folder / "rules.zip", library | pool)
    build(folder, home)
    assert answers(assistant, LIBRARY)
    archive(folder / "rules.zip", pool)
    is_nowhere(assistant, "library", LIBRARY)
    build(folder, home)
    is_nowhere(assistant, "library", LIBRARY)
    assert answers(assistant, POOL)


def test_a_folder_that_is_gone_is_an_error_and_shows_nothing(
    folder: Path, assistant: Assistant
) -> None:
    shutil.move(folder, folder.parent / "unmounted")
    for ask in (lambda: assistant.ask(PARKING), assistant.catalogue, assistant.shelf):
        with pytest.raises(CorpusMissing, match="is not there"):
            ask()
    folder.mkdir()  # as an empty place where a disk is mounted
    with pytest.raises(CorpusEmpty, match="holds none of the documents"):
        assistant.ask(PARKING)
    folder.rmdir()
    shutil.move(folder.parent / "unmounted", folder)
    assert answers(assistant, PARKING)


def test_where_nothing_is_followed_the_index_answers_as_it_was_built(
    folder: Path, home: Path
) -> None:
    shutil.rmtree(folder)
    made = assistant_of(folder, home, follow=False)
    try:
        assert answers(made, PARKING)
    finally:
        made.close()


def test_a_further_folder_is_watched_in_the_same_way(
    folder: Path, home: Path, tmp_path: Path, assistant: Assistant
) -> None:
    mirror = put(
        tmp_path / "mirror",
        {"pool.md": rule("Pool", "A pool ticket costs six francs in each month.")},
    )
    build(folder, home, Options(mirrors=(Root("intranet", str(mirror)),)))
    assert answers(assistant, POOL)
    (mirror / "pool.md").unlink()
    is_nowhere(assistant, "pool", POOL)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hr/canteen.md", "hr"])
def test_what_may_not_be_read_any_more_is_withheld(
    folder: Path, home: Path, tmp_path: Path, name: str
) -> None:
    for path in (tmp_path, *tmp_path.parents[:3]):  # another account goes through here
        path.chmod(0o755)
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    mode = (folder / name).stat().st_mode
    (folder / name).chmod(0)
    try:
        assert as_nobody(_expect_canteen_to_be_gone, folder, home) == 0
    finally:
        (folder / name).chmod(mode)


def _expect_canteen_to_be_gone(folder: Path, home: Path) -> None:
    with opened(folder, home) as assistant:
        is_nowhere(assistant, "canteen", CANTEEN)
        assert answers(assistant, GYM)


def test_the_next_index_is_without_what_may_not_be_read_nothing_of_it_goes_stale(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    (folder / "parking.md").unlink()
    (folder / "parking.md").symlink_to(folder / "nowhere")  # nobody may follow this, not even root
    is_nowhere(assistant, "parking", PARKING)
    report = build(folder, home)
    assert report.stale == ()
    assert ["cannot be read" in file.problem for file in report.skipped] == [True]
    is_nowhere(assistant, "parking", PARKING)
