"""What is wrong with a disk, in words and with what to do."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import StorageError
from indexing.storage import writing_to


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
