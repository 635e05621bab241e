"""What of an index may be shown now, by a look at the folder that reads no document.

An index is always a little older than its folder. What was deleted or restricted since must be
out of every reply at once, not when the next index is built:

- a file that is gone, or that the account that runs Charter may not read any more;
- a file whose sidecar, ``charter.toml`` or front matter changed: it may be meant for fewer people;
- all files of an archive that changed, for nobody knows yet what is left of them.

A file whose text alone changed goes on answering with the text that was read, until the next
index is there. Where the folder as a whole is gone, as when a disk is not mounted, nothing may be
shown, and that is said: nobody can tell what was deleted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePosixPath

from corpus.errors import CorpusEmpty, CorpusMissing
from corpus.files.folder import SourceFile
from indexing.digests import SETTLED, Digests, describing
from indexing.manifest import FileRecord, Manifest
from indexing.survey import front_of, is_fronted, list_roots, member_content

_REMEDY = (
    "Connect its disk or network drive, or set CHARTER_CORPUS to where it is now. "
    "CHARTER_FOLLOW=false answers from the index without looking at the folder."
)


_STAMP = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_CHANGED = 2  # place of the time of the last change in a stamp


@dataclass(frozen=True, slots=True)
class _Watched:
    """What decides what may be shown: the names in some folders, and the stamps of some files."""

    folders: tuple[str, ...]
    files: tuple[str, ...]

    def glance(self, at: int) -> _Glance | None:
        """Look at it, at a moment, without reading anything; None where something is not there."""
        try:
            names = tuple(tuple(os.listdir(folder)) for folder in self.folders)  # noqa: PTH208  names alone
            return _Glance(at, names, tuple(map(_STAMP, map(os.stat, self.files))))
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class _Glance:
    """What was seen at a moment, in nanoseconds."""

    at: int
    names: tuple[tuple[str, ...], ...]
    stamps: tuple[tuple[int, ...], ...]

    def shows_the_same_as(self, other: _Glance) -> bool:
        return (self.names, self.stamps) == (other.names, other.stamps)

    @property
    def is_settled(self) -> bool:
        """Whether every later change would show in a stamp."""
        last = max((stamp[_CHANGED] for stamp in self.stamps), default=0)
        return last + SETTLED <= self.at


class Guard:
    """Compares one index with its folder, again and again; not to be shared between threads.

    While nothing that decides has another stamp, it is not compared again: a glance at 13,000
    files takes 30 ms, a comparison 200.

    Args:
        home: where the index stands.
        manifest: of the index.
        now: the time in nanoseconds, as the system stamps files.
    """

    def __init__(
        self, home: Path, manifest: Manifest, *, now: Callable[[], int] = time.time_ns
    ) -> None:
        self._home = home
        self._corpus = Path(manifest.corpus)
        self._mirrors = manifest.mirrors
        self._records = tuple(record for record in manifest.files if record.key)
        self._digests = Digests.remembered(home)
        self._now = now
        self._watched: _Watched | None = None
        self._before: _Glance | None = None  # seen before the last comparison, if it may be trusted
        self._withheld = frozenset[str]()

    def withheld(self) -> frozenset[str]:
        """Return the keys of the documents that may not be shown now.

        Raises:
            CorpusMissing, CorpusEmpty: the folder is gone, or everything in it.
        """
        now = self._watched.glance(self._now()) if self._watched else None
        if now and self._before and now.shows_the_same_as(self._before):
            return self._withheld
        watched, self._watched, self._before = self._watched, None, None
        self._withheld = self._compared()
        if now and now.is_settled and self._watched == watched:
            self._before = now
        return self._withheld

    def _compared(self) -> frozenset[str]:
        if not self._corpus.is_dir():
            raise CorpusMissing(
                f"The folder of documents {self._corpus} is not there; until it is back, nothing "
                "of it is shown.",
                _REMEDY,
            )
        present = {
            file.relative: file
            for file in list_roots(self._corpus, self._mirrors, without=self._home)
        }
        withheld = frozenset(one.key for one in self._records if not self._shows(one, present))
        if len(withheld) == len(self._records) and not self._any_is_there(present):
            raise CorpusEmpty(
                f"The folder of documents {self._corpus} holds none of the documents that were "
                "indexed; until they are back, nothing of them is shown.",
                _REMEDY,
            )
        self._watched = _watched(
            present[name]
            for one in self._records
            if (name := one.archive or one.relative) in present
        )
        return withheld

    def _any_is_there(self, present: Mapping[str, SourceFile]) -> bool:
        return any((one.archive or one.relative) in present for one in self._records)

    def _shows(self, record: FileRecord, present: Mapping[str, SourceFile]) -> bool:
        file = present.get(record.archive or record.relative)
        if file is None or not os.access(file.path, os.R_OK):
            return False
        if self._digests.description(file) != record.description:
            return False
        if record.archive:
            whole = self._digests.of(file.path)
            return member_content(record.archive, record.relative, whole) == record.content
        return self._says_the_same_of_itself(file.path, record)

    def _says_the_same_of_itself(self, path: Path, record: FileRecord) -> bool:
        """Tell whether its front matter is as it was; only texts have any."""
        if not is_fronted(path):
            return True
        # the hash first: it is known from the file's stamp, and most files have not changed
        if self._digests.of(path) == record.content:
            return True
        try:
            return front_of(path.read_bytes()) == record.front
        except OSError:  # gone since it was listed
            return False


def _watched(files: Iterable[SourceFile]) -> _Watched:
    folders, paths = dict[str, None](), dict[str, None]()
    for file in files:
        paths.update((str(path), None) for path in (file.path, *describing(file)))
        folder = str(file.path)
        for _ in PurePosixPath(file.relative).parts:
            folder = os.path.dirname(folder)  # noqa: PTH120  a tenth of the time, for each file
            if folder in folders:
                break
            folders[folder] = None
    return _Watched(tuple(folders), tuple(paths))
