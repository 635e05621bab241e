"""A folder as a source: its documents are read where they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexing.origins.port import Failure, Fetched, Say


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder on this machine, such as one that a sync client keeps."""

    name: str
    path: Path

    def fetch(self, home: Path, say: Say) -> Fetched:  # noqa: ARG002  nothing is copied
        """Say whether the folder is there."""
        say(f"{self.name}: {self.path}")
        if self.path.is_dir():
            return Fetched(self.name, self.path)
        failure = Failure(
            "",
            f"{self.name}: the folder {self.path} does not exist.",
            "Mount or create it, or take it out of the list of origins.",
        )
        return Fetched(self.name, self.path, failures=(failure,), reached=False)
