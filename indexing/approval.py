"""A new generation is looked at, whole, before it is served; whoever looks may hold it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexing.manifest import Manifest
from indexing.plan import Plan


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation that is whole and not served yet.

    Attributes:
        home: where it stands.
        folder: of it alone; to be opened by ``indexing.index.open_generation``.
        manifest: of it.
        plan: what changed in the folder since what is served.
        served: what is served meanwhile; None where that is nothing, or nothing that can be used.
    """

    home: Path
    folder: Path
    manifest: Manifest
    plan: Plan
    served: Manifest | None


class Approve(Protocol):
    """Decides whether a generation is served; goes to another process, so it must be picklable."""

    @property
    def standing(self) -> str:
        """What it decides by: while that is the same, it decides the same of the same files."""

    def __call__(self, candidate: Candidate) -> tuple[str, ...]:
        """Return what is to be said of a generation that may be served, a sentence each.

        Raises:
            IndexHeldBack: it may not; what is served goes on being served.
        """
