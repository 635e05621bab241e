"""What every source of documents does: bring them into a folder, and say what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Say = Callable[[str], None]  # takes what is being fetched, in words


@dataclass(frozen=True, slots=True)
class Failure:
    """One document that could not be brought, or a whole source; in words for its owner.

    Attributes:
        about: the document's address or path; empty for the source as a whole.
        kept: the copy that was there before is still there and goes on answering.
    """

    about: str
    problem: str
    remedy: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one source brought.

    Attributes:
        folder: with its documents as they are now, read like any folder.
        changed: paths in the folder that are new or different, sorted.
        removed: paths that are gone, sorted.
        unchanged: how many documents stayed as they were.
        reached: the source as a whole could be read; otherwise all stayed as it was.
    """

    name: str
    folder: Path
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    reached: bool = True


class Source(Protocol):
    """Somewhere that documents come from."""

    @property
    def name(self) -> str:
        """What the administrator calls it; a folder's name, unique among the sources."""

    def fetch(self, home: Path, say: Say) -> Fetched:
        """Bring the documents into a folder below ``home``; never raises for what is outside.

        Raises:
            StorageError: ``home`` cannot be written.
        """
