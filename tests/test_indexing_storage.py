"""What is wrong with a disk, in words and with what to do."""

from __future__ import annotations

import errno
import multiprocessing
import resource
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import StorageError
from corpus.files.folder import is_passing
from indexing.storage import replace_file, writing_to


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "the disk is full. Free some space"),
        (OSError(errno.EDQUOT, "x"), "the quota is used up. Free some space"),
        (OSError(errno.EFBIG, "x"), "larger than is allowed here. Free some space"),
        (OSError(errno.EROFS, "x"), "it is read-only. Give Charter the right"),
        (PermissionError(errno.EACCES, "x"), "permission is denied. Give Charter the right"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error. Check the disk"),
    ],
)
def test_what_is_wrong_with_a_disk_is_said_with_what_to_do(error: OSError, words: str) -> None:
    with pytest.raises(StorageError, match=words), writing_to(Path("home")):
        raise error


def test_a_full_disk_has_the_same_words_when_a_database_meets_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.db")) as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("CREATE TABLE rows (content BLOB)")
        with pytest.raises(StorageError, match="the disk is full"), writing_to(tmp_path):
            database.execute("INSERT INTO rows VALUES (zeroblob(100000))")


def test_a_file_takes_the_place_of_another_with_its_rights(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 255)  # the longest name that disks take
    replace_file(file, b"one")
    file.chmod(0o640)
    replace_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_leaves_what_stood_there_and_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path / "folder", b"one")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


@pytest.mark.slow
def test_a_write_that_is_killed_leaves_a_name_that_no_list_shows(tmp_path: Path) -> None:
    file = tmp_path / "one.told.json"
    file.write_bytes(b"whole")
    process = multiprocessing.get_context("spawn").Process(target=_write_too_much, args=(file,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGXFSZ
    process.close()
    assert file.read_bytes() == b"whole"
    (left,) = set(tmp_path.iterdir()) - {file}
    assert is_passing(left.name)
    assert left.suffix not in {".json", ".yaml", ".md"}


def _write_too_much(file: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    replace_file(file, b"x" * 1000)
