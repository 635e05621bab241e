"""The copy of a source's documents: ``home/origins/<name>/``, with what is known of each file.

Files are replaced one by one and whole, so whoever reads meanwhile finds the old or the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.files.folder import SIDECAR_SUFFIX
from indexing.storage import writing_to

ORIGINS = "origins"
_STATE = ".state.json"
_LOCK = ".lock"
_LONGEST_PATH = 1000  # characters; a file system takes some 4,000 bytes
_LONGEST_NAME = 240  # bytes of one name, of the 255 that file systems take


class Held(BaseModel):
    """What is known of one document of the copy.

    Attributes:
        source: the address that readers are shown.
        retrieved: day on which this content was first fetched.
        mark: what the source calls this content: a blob's id, an ETag.
        modified: the day of change as a server writes it, to be asked with.
        digest: SHA-256 of the file.
        address: that it was fetched from.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    retrieved: date
    mark: str = ""
    modified: str = ""
    digest: str = ""
    address: str = ""


class _State(BaseModel):
    files: dict[str, Held] = {}
    described: tuple[str, ...] = ()  # sidecars that were written here, not brought


class Busy(Exception):
    """Another process is fetching the same source."""


@dataclass(slots=True)
class Mirror:
    """A copy that is being brought up to date."""

    folder: Path
    before: Mapping[str, Held]
    described: set[str]
    files: dict[str, Held] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def has(self, relative: str) -> bool:
        """Say whether the file that was there before is still whole."""
        held = self.before.get(relative)
        if held is None:
            return False
        try:
            with (self.folder / relative).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == held.digest
        except OSError:
            return False

    def keep(self, relative: str) -> None:
        """Leave a document as it is."""
        self.files[relative] = self.before[relative]

    def put(self, relative: str, data: bytes, held: Held) -> None:
        """Write a document unless it is there already; its day stays that of its content."""
        digest = hashlib.sha256(data).hexdigest()
        old = self.before.get(relative)
        if old is not None and old.digest == digest and self.has(relative):
            self.files[relative] = held.model_copy(
                update={"digest": digest, "retrieved": old.retrieved, "source": old.source}
            )
            return
        self._write(relative, data)
        self.files[relative] = held.model_copy(update={"digest": digest})
        self.changed.add(relative)

    def finish(self) -> tuple[str, ...]:
        """Remove what was neither kept nor put, describe the rest; return what was removed."""
        removed = tuple(sorted(self.before.keys() - self.files.keys()))
        self._describe()
        known = {*self.files, *self.described}
        for path in [*self.folder.rglob("*")]:
            relative = path.relative_to(self.folder)
            if relative.parts[0].startswith("."):
                continue
            if not path.is_dir() and relative.as_posix() not in known:
                path.unlink()
        self._drop_empty_folders()
        state = _State(files=self.files, described=tuple(sorted(self.described)))
        self._write(_STATE, state.model_dump_json().encode())
        return removed

    def _describe(self) -> None:
        """Write beside each document where it comes from, unless its owner describes it."""
        self.described.clear()
        sources: dict[str, set[str]] = {}
        for relative, held in self.files.items():
            if not relative.endswith(SIDECAR_SUFFIX) and PurePosixPath(relative).suffix != ".toml":
                beside = str(PurePosixPath(relative).with_suffix("")) + SIDECAR_SUFFIX
                sources.setdefault(beside, set()).add(held.source)
        for beside, found in sources.items():
            if beside in self.files:
                continue
            source = min(found)  # of one document in several formats
            said = yaml.safe_dump({"source": source}, allow_unicode=True).encode()
            with suppress(FileNotFoundError):
                if (self.folder / beside).read_bytes() == said:
                    self.described.add(beside)
                    continue
            self._write(beside, said)
            self.described.add(beside)

    def _write(self, relative: str, data: bytes) -> None:
        target = self.folder / relative
        self._clear_way(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / ".new"
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)

    def _clear_way(self, target: Path) -> None:
        """Take away a file where a folder is needed, and a folder where a file is."""
        for outer in target.parents:
            if outer == self.folder:
                break
            if outer.is_symlink() or outer.is_file():
                outer.unlink()
        if target.is_dir() and not target.is_symlink():
            for path in sorted(target.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
            target.rmdir()

    def _drop_empty_folders(self) -> None:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.relative_to(self.folder).parts[0].startswith("."):
                with suppress(OSError):  # it is not empty
                    path.rmdir()


@contextmanager
def open_mirror(home: Path, name: str) -> Iterator[Mirror]:
    """Open the copy of a source for a change.

    Raises:
        Busy: another process has it open.
        StorageError: it cannot be written.
    """
    folder = home / ORIGINS / name
    with writing_to(home):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy from error
            state = _read_state(folder)
            yield Mirror(folder, state.files, set(state.described))


def held_in(folder: Path) -> Mapping[str, Held]:
    """Return what is known of the documents of a copy, by their paths in it."""
    return _read_state(folder).files


def is_safe(relative: str) -> bool:
    """Say whether a path may be written below a copy: no way out, nothing hidden, not too long."""
    parts = relative.split("/")
    return len(relative) <= _LONGEST_PATH and all(map(_is_safe_name, parts))


def _is_safe_name(name: str) -> bool:
    plain = name.isprintable() and "\\" not in name and not name.startswith(".")
    return bool(name) and plain and len(name.encode(errors="replace")) <= _LONGEST_NAME


def today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def _read_state(folder: Path) -> _State:
    try:
        return _State.model_validate_json((folder / _STATE).read_bytes())
    except FileNotFoundError:
        return _State()
    except (ValidationError, OSError):
        return _State()  # all is fetched anew
