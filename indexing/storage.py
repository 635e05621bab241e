"""What a disk that is full, read-only or gone is called: the one place that maps its errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StorageError

_FULL = "Free some space"
_RIGHTS = "Give Charter the right to write there, or set CHARTER_HOME to another folder"
_CAUSES = {
    errno.ENOSPC: ("the disk is full", _FULL),
    errno.EDQUOT: ("the quota is used up", _FULL),
    errno.EFBIG: ("a file would be larger than is allowed here", _FULL),
    errno.EROFS: ("it is read-only", _RIGHTS),
    errno.EACCES: ("permission is denied", _RIGHTS),
    errno.EPERM: ("permission is denied", _RIGHTS),
}
_SQLITE_CAUSES = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Call whatever goes wrong on the disk below ``folder`` by its name.

    Raises:
        StorageError: in place of an OSError, or of a sqlite3.OperationalError.
    """
    try:
        yield
    except OSError as error:
        raise storage_error(folder, error.errno, error.strerror) from error
    except sqlite3.OperationalError as error:
        code = _SQLITE_CAUSES.get(error.sqlite_errorcode & 0xFF)
        raise storage_error(folder, code, str(error)) from error


def storage_error(folder: Path, code: int | None, words: str | None) -> StorageError:
    """Say why ``folder`` cannot be written, from an error's number or, failing that, its words."""
    cause, remedy = _CAUSES.get(
        code or 0, (words or "the disk failed", "Check the disk and the space on it")
    )
    return StorageError(
        f"{folder} cannot be written: {cause}.", f"{remedy}, then run the command again."
    )
