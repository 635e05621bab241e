"""The file that a document was read from is kept with the index that holds the document."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest
from in_step import build, put, rule

from corpus.errors import DocumentNotFound
from indexing.embedding import HashEmbedder
from indexing.generations import current_name, generation_folder
from indexing.index import Index, open_index
from indexing.survey import Options

pytestmark = pytest.mark.slow  # each build starts the processes that read

LEAVE = rule("Leave", "Annual leave is 25 days.")
TRAVEL = rule("Travel", "Tickets are booked 30 days before.")


def opened(home: Path) -> closing[Index]:
    return closing(open_index(home, embedder_fingerprint=HashEmbedder().fingerprint))


def original(home: Path, key: str) -> bytes | None:
    with opened(home) as index:
        path = index.original(key)
        return path.read_bytes() if path else None


def kept(home: Path) -> list[Path]:
    return sorted(generation_folder(home, current_name(home)).rglob("*.original"))


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.md", content)
    return out.getvalue()


def mail(name: str, content: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "The rules"
    message.set_content("The rules on travel are attached to this message.")
    message.add_attachment(content.encode(), "text", "markdown", filename=name)
    return message.as_bytes()


def test_what_was_read_is_kept_when_the_folder_has_another_file_or_none(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE, "travel.md": TRAVEL}), tmp_path
    build(folder, home)
    put(folder, {"leave.md": LEAVE.replace("25", "30")})
    (folder / "travel.md").unlink()
    assert original(home, "leave@1") == LEAVE.encode()
    assert original(home, "travel@1") == TRAVEL.encode()


def test_the_next_index_keeps_what_is_read_then_and_drops_what_is_gone(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE, "travel.md": TRAVEL}), tmp_path
    build(folder, home)
    put(folder, {"leave.md": LEAVE.replace("25", "30")})
    (folder / "travel.md").unlink()
    build(folder, home)
    assert original(home, "leave@1") == LEAVE.replace("25", "30").encode()
    assert len(kept(home)) == 1
    with opened(home) as index, pytest.raises(DocumentNotFound):
        index.original("travel@1")


def test_a_file_that_did_not_change_is_on_the_disk_once(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE}), tmp_path
    build(folder, home)
    (first,) = kept(home)
    put(folder, {"travel.md": TRAVEL})
    build(folder, home)
    assert any(path.samefile(first) for path in kept(home))


def test_a_file_that_does_not_change_again_is_kept_from_an_index_that_lost_it(
    tmp_path: Path,
) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE}), tmp_path
    build(folder, home)
    kept(home)[0].unlink()
    assert original(home, "leave@1") is None
    put(folder, {"travel.md": TRAVEL})
    build(folder, home)
    assert original(home, "leave@1") == LEAVE.encode()


def test_of_a_packed_document_the_inner_file_is_kept(tmp_path: Path) -> None:
    files = {"rules.zip": packed(leave=LEAVE), "note.eml": mail("travel.md", TRAVEL)}
    folder, home = put(tmp_path / "documents", files), tmp_path
    build(folder, home)
    assert original(home, "leave@1") == LEAVE.encode()
    assert (original(home, "travel@1") or b"").decode().strip() == TRAVEL.strip()
    assert (original(home, "note@1") or b"").startswith(b"Subject: The rules")


def test_a_packed_document_that_was_taken_over_keeps_its_file(tmp_path: Path) -> None:
    folder = put(tmp_path / "documents", {"rules.zip": packed(leave=LEAVE)})
    build(folder, tmp_path)
    for path in kept(tmp_path):
        path.unlink()
    put(folder, {"travel.md": TRAVEL})
    build(folder, tmp_path)
    assert original(tmp_path, "leave@1") == LEAVE.encode()


def test_a_file_that_breaks_leaves_the_one_that_was_read(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE, "travel.md": TRAVEL}), tmp_path
    build(folder, home)
    put(folder, {"leave.md": "   "})
    build(folder, home)
    assert original(home, "leave@1") == LEAVE.encode()


def test_what_is_kept_is_what_was_read_byte_for_byte(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE}), tmp_path
    build(folder, home)
    build(folder, home, Options(again=True))
    with opened(home) as index:
        document = index.document("leave@1")
    kept_bytes = original(home, "leave@1") or b""
    assert hashlib.sha256(kept_bytes).hexdigest() == document.sha256


def test_what_may_not_be_shown_has_no_original(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "documents", {"leave.md": LEAVE}), tmp_path
    build(folder, home)
    with opened(home) as index, pytest.raises(DocumentNotFound):
        index.without(frozenset({"leave@1"})).original("leave@1")
