"""Hashes of files: reused while a file's stamp vouches for them, and never a moment longer."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from indexing.digests import Digests, Hashed, Stamp, State, stamp_of

OLD = 10**18  # a moment in the past, nanoseconds


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "leave.md"
    path.write_bytes(b"two days")
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_hash_holds_for_a_stamp_that_had_settled_when_it_was_computed() -> None:
    stamp = Stamp(8, OLD, OLD, 1)
    assert Hashed(stamp, "", OLD + 2 * 10**9).holds_for(stamp)
    assert not Hashed(stamp, "", OLD + 2 * 10**9 - 1).holds_for(stamp)


@pytest.mark.parametrize("other", [(9, 1, 1, 1), (8, 2, 1, 1), (8, 1, 2, 1), (8, 1, 1, 2)])
def test_a_hash_holds_for_no_other_stamp(other: tuple[int, int, int, int]) -> None:
    assert not Hashed(Stamp(8, 1, 1, 1), "", OLD).holds_for(Stamp(*other))


def test_a_file_is_hashed_again_as_long_as_it_may_have_changed_within_a_tick(
    file: Path, tmp_path: Path
) -> None:
    """Size and times stay the same here, as where a disk's clock is coarse."""
    digests = Digests()
    assert digests.of(file) == sha256(b"two days")
    digests.remember(tmp_path)
    before = file.stat()
    file.write_bytes(b"six days")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert digests.of(file) == sha256(b"six days")
    assert Digests.remembered(tmp_path).of(file) == sha256(b"six days")


def test_a_settled_file_is_not_read_again(file: Path, tmp_path: Path) -> None:
    digests = Digests()
    digests.of(file)
    digests.remember(tmp_path)
    remembered = tmp_path / "stamps.json"
    stamp = stamp_of(file)
    # as if it had been hashed long after its last change, with another result
    vouched = Hashed(stamp, "remembered", stamp.changed + 10 * 10**9)
    text = remembered.read_text("utf-8").replace(sha256(b"two days"), vouched.sha256)
    at = next(part for part in text.split('"at":')[1].split("}"))
    remembered.write_text(text.replace(f'"at":{at}', f'"at":{vouched.at}'), "utf-8")
    assert Digests.remembered(tmp_path).of(file) == "remembered"


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"\xff"])
def test_hashes_that_cannot_be_remembered_are_computed(
    file: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "stamps.json").write_bytes(content)
    assert Digests.remembered(tmp_path).of(file) == sha256(b"two days")


def test_a_home_that_cannot_be_written_remembers_nothing_and_fails_nothing(
    file: Path, tmp_path: Path
) -> None:
    digests = Digests()
    digests.of(file)
    digests.remember(tmp_path / "not there")
    assert not (tmp_path / "not there").exists()


def test_a_file_that_cannot_be_read_says_why_in_place_of_its_hash(tmp_path: Path) -> None:
    assert Digests().of(tmp_path / "none.md") == "unreadable: No such file or directory"
    assert State("unreadable: No such file", "some").digest == "unreadable: No such file"


def test_what_describes_a_file_counts_as_much_as_what_it_says() -> None:
    digests = {State("a").digest, State("a", "b").digest, State("a", "c").digest, State("b").digest}
    assert len(digests) == 4
