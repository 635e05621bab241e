"""SHA-256 of files, computed again only where a file's stamp says that it may have changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import StorageError
from corpus.files.folder import SourceFile
from indexing.plan import UNREADABLE
from indexing.storage import replace_file, writing_to

_FILE = "stamps.json"
# A file that is written twice within one tick of its disk's clock keeps its stamp. The coarsest
# clock in use ticks every two seconds (FAT), so a younger file is hashed again.
SETTLED = 2 * 10**9  # nanoseconds


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the system says of a file without reading it; the times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Hashed:
    """The SHA-256 of a file, with the stamp that it had and the moment when it was computed."""

    stamp: Stamp
    sha256: str
    at: int

    def holds_for(self, stamp: Stamp) -> bool:
        """Tell whether a file with this stamp has this hash for certain."""
        return stamp == self.stamp and self.stamp.changed + SETTLED <= self.at


@dataclass(frozen=True, slots=True)
class State:
    """What decides how a file is read: its bytes, and what stands beside it about it.

    Attributes:
        content: SHA-256 of its bytes, or why it cannot be read.
        description: SHA-256 over its sidecar and the settings of its folders; empty without any.
    """

    content: str
    description: str = ""

    @property
    def digest(self) -> str:
        """Both in one."""
        if self.content.startswith(UNREADABLE) or not self.description:
            return self.content
        return hashlib.sha256(f"{self.content} {self.description}".encode()).hexdigest()


class Digests:
    """Hashes files and remembers the hashes; not to be shared between threads."""

    def __init__(self) -> None:
        self._known: dict[str, Hashed] = {}
        self._seen: dict[str, Hashed] = {}
        self._changed = False

    @classmethod
    def remembered(cls, home: Path) -> Digests:
        """Return digests that know what an earlier run hashed; none where that cannot be read."""
        digests = cls()
        with suppress(OSError, ValidationError):
            digests._known = _remembered().validate_json((home / _FILE).read_bytes())
        return digests

    def of(self, path: Path) -> str:
        """Return the SHA-256 of a file, or why it cannot be read."""
        name = str(path)
        try:
            stamp = stamp_of(path)
            known = self._seen.get(name) or self._known.get(name)
            if known is None or not known.holds_for(stamp):
                known = _hashed(path, stamp)
                self._changed = True
        except OSError as error:
            self._seen.pop(name, None)
            self._known.pop(name, None)
            return f"{UNREADABLE}: {error.strerror}"
        self._seen[name] = known
        return known.sha256

    def state(self, file: SourceFile) -> State:
        """Return the state of a file of the corpus."""
        return State(self.of(file.path), self.description(file))

    def description(self, file: SourceFile) -> str:
        """Return the hash of what stands beside a file about it; empty when nothing does."""
        beside = list(describing(file))
        if not beside:
            return ""
        parts = " ".join(self.of(path) for path in beside)
        return hashlib.sha256(parts.encode()).hexdigest()

    def remember(self, home: Path) -> None:
        """Keep what was hashed for the next run, as far as ``home`` can be written."""
        if not self._changed and self._seen.keys() == self._known.keys():
            return
        # without it, the next run hashes all files again and finds the same
        with suppress(StorageError), writing_to(home):
            replace_file(home / _FILE, _remembered().dump_json(self._seen))
            self._changed = False


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a file; raises OSError."""
    found = os.stat(path)  # noqa: PTH116  Path.stat costs three times as much, for each file
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def describing(file: SourceFile) -> Iterable[Path]:
    """Give the files that say something about a file: its sidecar, the settings of its folders."""
    if file.sidecar:
        yield file.sidecar
    yield from file.settings


def _hashed(path: Path, stamp: Stamp) -> Hashed:
    at = time.time_ns()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    # changed while it was read: what was hashed may be no state that it ever had
    return Hashed(stamp, found, at if stamp_of(path) == stamp else 0)


@cache
def _remembered() -> TypeAdapter[dict[str, Hashed]]:
    return TypeAdapter(dict[str, Hashed])
