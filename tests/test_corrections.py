"""The text of a version never changes silently."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from in_step import assistant_of, build, put, rule
from rich.console import Console

from assistant.library.catalogue import in_words
from assistant.wiring import build_ledgers
from bots.app import create_app
from bots.commands.build_report import correction_in_words
from bots.commands.catalogue_shown import catalogue_shown
from bots.commands.document_shown import document_shown
from indexing.build import served_manifest

pytestmark = pytest.mark.slow  # each build starts the processes that read

LEAVE = rule("Annual leave", "Staff members earn {days} days.\n\nLeave is approved.", version="'2'")
TRAVEL = rule("Travel", "Tickets are booked early.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", {"leave.md": LEAVE.format(days="two"), "travel.md": TRAVEL})


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    build(folder, tmp_path / "home")
    return tmp_path / "home"


def test_another_text_under_the_same_version_is_reported_as_a_correction(
    folder: Path, home: Path
) -> None:
    before = hashlib.sha256((folder / "leave.md").read_bytes()).hexdigest()
    put(folder, {"leave.md": LEAVE.format(days="three")})
    (correction,) = build(folder, home).corrections
    said = correction_in_words(correction)
    assert "Version 2 of Annual leave was corrected: 1 passage changed (leave.md)." in said
    assert "give it a version of its own" in said
    assert correction.before == before
    manifest = served_manifest(home)
    assert manifest is not None
    record = next(one for one in manifest.files if one.relative == "leave.md")
    assert (record.corrected_on, record.corrected_from) == (datetime.now(UTC).date(), before)


def test_the_list_of_documents_says_when_a_text_was_corrected(folder: Path, home: Path) -> None:
    put(folder, {"leave.md": LEAVE.format(days="three")})
    build(folder, home)
    put(folder, {"other.md": rule("Other", "Another rule.")})
    build(folder, home)  # it is not forgotten by the next build
    assistant = assistant_of(folder, home)
    try:
        told = {one.metadata.id: one.corrected_on for one in assistant.catalogue()}
    finally:
        assistant.close()
    today = datetime.now(UTC).date()
    assert told == {"leave": today, "travel": None, "other": None}


def test_every_way_to_a_document_says_when_its_text_was_corrected(folder: Path, home: Path) -> None:
    put(folder, {"leave.md": LEAVE.format(days="three")})
    build(folder, home)
    today = datetime.now(UTC).date()
    assistant = assistant_of(folder, home)
    try:
        client = TestClient(
            create_app(assistant, build_ledgers(assistant.settings)), base_url="http://localhost"
        )
        listed = client.get("/v1/documents").json()["documents"]
        assert {one["id"]: one["corrected_on"] for one in listed} == {
            "leave": today.isoformat(),
            "travel": None,
        }
        assert client.get("/v1/documents/leave").json()["corrected_on"] == today.isoformat()
        page = client.get("/documents/leave").text
        assert f"<dt>Corrected</dt><dd>{in_words(today)}, without a new version</dd>" in page
        assert "Corrected" not in client.get("/documents/travel").text
        shelf = assistant.shelf()
        opened = shelf.open("leave")
        for shown in (
            catalogue_shown(shelf.entries(), ()),
            document_shown(opened.document, opened.entry),
        ):
            console = Console(file=StringIO(), width=80)
            console.print(shown)
            written = console.file.getvalue()
            assert written.count(f"Corrected without a new version on {in_words(today)}") == 1
    finally:
        assistant.close()


def test_another_text_under_a_new_version_is_a_new_version(folder: Path, home: Path) -> None:
    put(folder, {"leave.md": LEAVE.format(days="three").replace("'2'", "'3'")})
    report = build(folder, home)
    assert report.corrections == ()
    assistant = assistant_of(folder, home)
    try:
        versions = [one.metadata.version for one in assistant.catalogue()]
    finally:
        assistant.close()
    assert sorted(versions) == ["1", "3"]  # of travel and leave; version 2 went with its file


def test_an_old_version_stays_while_its_file_does(folder: Path, home: Path) -> None:
    put(folder, {"leave-3.md": LEAVE.format(days="three").replace("'2'", "'3'\nid: leave")})
    report = build(folder, home)
    assert (report.corrections, report.documents) == ((), 3)


def test_a_text_that_is_moved_and_changed_is_a_correction_as_well(folder: Path, home: Path) -> None:
    (folder / "leave.md").unlink()
    put(folder, {"hr/leave.md": LEAVE.format(days="four")})
    (correction,) = build(folder, home).corrections
    assert correction.relative == "hr/leave.md"


def test_a_change_that_leaves_the_text_as_it_was_is_no_correction(folder: Path, home: Path) -> None:
    put(folder, {"leave.md": LEAVE.format(days="two").replace("version", "owner: HR\nversion")})
    report = build(folder, home)
    assert (report.replaced, report.corrections) == (("leave.md",), ())


def test_a_correction_of_nothing_but_a_heading_counts_no_passage(folder: Path, home: Path) -> None:
    put(folder, {"travel.md": TRAVEL.replace("The rule", "Tickets")})
    (correction,) = build(folder, home).corrections
    assert "its layout changed" in correction_in_words(correction)
