"""What a change that is tried out does, told from what has changed in the folder already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexing.approval import Candidate
from indexing.manifest import FileRecord
from indexing.survey import Instead


@dataclass(frozen=True, slots=True)
class Tried:
    """The files that are tried out, and their documents; without any, all that differs is.

    Attributes:
        paths: of the files, below the folder.
        keys: of the documents that they give, served and new.
    """

    paths: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, candidate: Candidate, instead: Sequence[Instead]) -> Tried:
        """Return what is tried out with a new index."""
        paths = frozenset(one.relative for one in instead)
        served = candidate.served.files if candidate.served else ()
        known = _from(paths, (*served, *candidate.manifest.files))
        return cls(paths, frozenset(one.key for one in known if one.key))

    def has_file(self, record: FileRecord) -> bool:
        """Tell whether a file is tried out, or stands in an archive that is."""
        return not self.paths or bool({record.relative, record.archive} & self.paths)

    def has_any(self, keys: Sequence[str]) -> bool:
        """Tell whether one of some documents comes from a file that is tried out."""
        return not self.paths or not self.keys.isdisjoint(keys)

    def others(self, candidate: Candidate) -> tuple[str, ...]:
        """Return the files that have changed in the folder already, sorted."""
        if not self.paths:
            return ()
        plan, served = candidate.plan, candidate.served.files if candidate.served else ()
        own = {one.relative for one in _from(self.paths, (*served, *candidate.manifest.files))}
        moved = (one.after for one in plan.moved)
        changed = {*plan.add, *plan.replace, *plan.remove, *moved}
        return tuple(sorted(changed - own - self.paths))


def _from(paths: frozenset[str], records: Sequence[FileRecord]) -> Iterator[FileRecord]:
    return (one for one in records if {one.relative, one.archive} & paths)
