"""A file that breaks goes on answering with what was read of it, and every citation says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from in_step import assistant_of, build, put, rule

from assistant.ask import Assistant
from assistant.library.catalogue import in_words
from assistant.reply import Answer
from indexing.build import served_manifest
from indexing.survey import Options

pytestmark = pytest.mark.slow  # each build starts the processes that read

PARKING = rule("Parking", "A parking permit costs twenty francs in each month.")
CANTEEN = rule("Canteen", "Lunch costs twelve francs in the canteen.")
QUESTION = "What does a parking permit cost in each month?"
BROKEN = b"PK\x03\x04 cut off"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", {"parking.md": PARKING, "canteen.md": CANTEEN})


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    build(folder, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def assistant(folder: Path, home: Path) -> Iterator[Assistant]:
    made = assistant_of(folder, home)
    yield made
    made.close()


def stale() -> str:
    today = in_words(datetime.now(UTC).date())
    return f"Stale: the file can no longer be read since {today}; this is the text read before"


def archive(*members: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in members:
            file.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("content", [BROKEN, b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99])
def test_a_file_that_can_no_longer_be_read_answers_with_what_was_read_and_is_marked(
    folder: Path, home: Path, assistant: Assistant, content: bytes
) -> None:
    put(folder, {"parking.md": content})
    report = build(folder, home)
    assert [file.relative for file in report.stale] == ["parking.md"]
    assert report.stale[0].problem
    assert report.stale[0].remedy
    assert report.skipped == ()
    assert report.documents == report.files == 2
    reply = assistant.ask(QUESTION)
    assert isinstance(reply, Answer)
    assert stale() in reply.citations[0].marks
    entry = next(one for one in assistant.catalogue() if one.metadata.id == "parking")
    assert stale() in entry.marks


def test_a_stale_document_stays_so_through_further_builds_until_its_file_is_mended(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    put(folder, {"parking.md": BROKEN})
    build(folder, home)
    assert not build(folder, home).changed
    put(folder, {"gym.md": rule("Gym", "The gym is open.")})
    assert [file.relative for file in build(folder, home).stale] == ["parking.md"]
    assert build(folder, home, Options(again=True)).stale
    put(folder, {"parking.md": PARKING.replace("twenty", "thirty")})
    report = build(folder, home)
    assert report.stale == ()
    assert len(report.corrections) == 1
    reply = assistant.ask(QUESTION)
    assert isinstance(reply, Answer)
    assert "thirty" in reply.text
    assert reply.citations[0].marks == ()


def test_a_file_that_never_could_be_read_is_left_out(folder: Path, home: Path) -> None:
    put(folder, {"gym.docx": BROKEN})
    report = build(folder, home)
    assert ([file.relative for file in report.skipped], report.stale) == (["gym.docx"], ())
    assert report.files == 3


def test_a_slip_in_the_metadata_leaves_a_document_out_for_it_may_be_for_fewer_readers(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    put(folder, {"parking.meta.yaml": "audiense: [hr]\n"})
    report = build(folder, home)
    assert [file.relative for file in report.skipped] == ["parking.md"]
    assert not isinstance(assistant.ask(QUESTION), Answer)


def test_a_file_that_breaks_while_its_metadata_changes_is_left_out(
    folder: Path, home: Path
) -> None:
    put(folder, {"parking.md": BROKEN, "parking.meta.yaml": "audience: [hr]\n"})
    report = build(folder, home)
    assert ([file.relative for file in report.skipped], report.stale) == (["parking.md"], ())


def test_a_file_that_breaks_while_its_own_top_names_readers_is_left_out(
    folder: Path, home: Path
) -> None:
    put(folder, {"parking.md": "---\naudience: hr\n---\n"})  # and no text any more
    report = build(folder, home)
    assert ([file.relative for file in report.skipped], report.stale) == (["parking.md"], ())


def test_a_correction_is_remembered_while_its_file_is_stale(folder: Path, home: Path) -> None:
    put(folder, {"parking.md": PARKING.replace("twenty", "thirty")})
    build(folder, home)
    put(folder, {"parking.md": BROKEN})
    build(folder, home)
    manifest = served_manifest(home)
    assert manifest is not None
    assert list(manifest.corrected) == list(manifest.stale) == ["parking@1"]


def test_a_stale_file_that_is_deleted_is_gone(folder: Path, home: Path) -> None:
    put(folder, {"parking.md": BROKEN})
    build(folder, home)
    (folder / "parking.md").unlink()
    report = build(folder, home)
    assert (report.stale, report.documents) == ((), 1)


def test_the_files_of_an_archive_that_breaks_are_all_stale(folder: Path, home: Path) -> None:
    put(folder, {"rules.zip": archive(("gym.md", rule("Gym", "The gym is open.")))})
    assert build(folder, home).documents == 3
    put(folder, {"rules.zip": BROKEN})
    report = build(folder, home)
    assert [file.relative for file in report.stale] == ["rules.zip/gym.md"]
    assert report.documents == 3
    assert not build(folder, home).changed


def test_an_index_with_a_stale_document_is_another_one(
    folder: Path, home: Path, assistant: Assistant
) -> None:
    before = assistant.live.current().fingerprint
    put(folder, {"parking.md": BROKEN})
    build(folder, home)
    assert assistant.live.current().fingerprint != before
