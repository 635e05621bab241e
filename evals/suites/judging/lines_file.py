"""A file that only grows: one record a line, as JSON, whole or not there."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.errors import StorageError, SuiteUnusable

_T = TypeVar("_T")
_BLOCK = 4_096  # bytes that are read at once to find the end of the last whole line


class LinesFile(Generic[_T]):
    """Records of one kind, oldest first; several processes may add to it at once.

    Args:
        file: is made, with its folder, when the first record is added.
        kind: the class of a record.
    """

    def __init__(self, file: Path, kind: type[_T]) -> None:
        self._file = file
        self._adapter: TypeAdapter[_T] = TypeAdapter(kind)

    def add(self, record: _T) -> None:
        """Write a record at the end; it is on the disk when this returns.

        Raises:
            StorageError: it cannot be written.
        """
        line = self._adapter.dump_json(record) + b"\n"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab+") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                _drop_cut_off(held)
                held.write(line)
                held.flush()
                os.fsync(held.fileno())
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be written: {error.strerror}.", "Check who may write there."
            ) from error

    @property
    def size(self) -> int:
        """In bytes; 0 where there is no file yet. It grows with each record."""
        return self._file.stat().st_size if self._file.exists() else 0

    def read(self) -> tuple[_T, ...]:
        """Return all records; none where there is no file yet.

        A line that was cut off at the end was never acknowledged, and is left out.

        Raises:
            SuiteUnusable: a line holds no such record.
            StorageError: it cannot be read.
        """
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be read: {error.strerror}.", "Check who may read it."
            ) from error
        whole = data[: data.rfind(b"\n") + 1].split(b"\n")
        return tuple(
            self._record(number, line) for number, line in enumerate(whole, start=1) if line
        )

    def _record(self, number: int, line: bytes) -> _T:
        try:
            return self._adapter.validate_json(line)
        except ValidationError as error:
            raise SuiteUnusable(
                f"Line {number} of {self._file} cannot be read: {error.errors()[0]['msg']}.",
                "Take the line out, or restore the file from a backup.",
            ) from error


def _drop_cut_off(held: BinaryIO) -> None:
    """Take away a last line that was not written to its end: a process was killed in it."""
    size = end = held.seek(0, os.SEEK_END)
    while end:
        begin = max(0, end - _BLOCK)
        held.seek(begin)
        found = held.read(end - begin).rfind(b"\n")
        if found >= 0:
            end = begin + found + 1
            break
        end = begin
    if end < size:
        held.truncate(end)
