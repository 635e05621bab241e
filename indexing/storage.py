"""Files written whole, and what a disk that is full, read-only or gone is called.

The one place that maps the errors of disks.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
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
# what disks of a network say to the sync of a folder that they cannot do
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
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


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in the place of what stands there: whole, or not at all, also after a power cut.

    Args:
        path: of the file; its folder is there. One that is there hands on who may read it.
        data: what it is to hold.

    Raises:
        OSError: it cannot be written; what stood there stands.
    """
    # by no name that a list of ours shows: hidden, and with an ending that nothing else has
    trial = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with trial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, trial)
        trial.replace(path)
    except BaseException:
        trial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def storage_error(folder: Path, code: int | None, words: str | None) -> StorageError:
    """Say why ``folder`` cannot be written, from an error's number or, failing that, its words."""
    cause, remedy = _CAUSES.get(
        code or 0, (words or "the disk failed", "Check the disk and the space on it")
    )
    return StorageError(
        f"{folder} cannot be written: {cause}.", f"{remedy}, then run the command again."
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)
