"""Which version of a document is in force on a day, and what must be said of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from corpus.model import Metadata, Status, document_key

Force = Literal["in force", "superseded", "not yet in force"]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One version as it stands on a day.

    Attributes:
        force: whether its rules hold on that day.
        status: the same, or "sample" for a document that is no rule of any organisation.
        marks: what must be shown beside every citation of it.
        passages: how many passages the index holds of it.
    """

    metadata: Metadata
    force: Force
    status: Status
    marks: tuple[str, ...]
    passages: int = 0

    @property
    def key(self) -> str:
        """Id and version in one word."""
        return document_key(self.metadata.id, self.metadata.version)


class Catalogue:
    """All versions of all documents of one index."""

    def __init__(self, versions: Iterable[Metadata]) -> None:
        self._versions: dict[str, list[Metadata]] = {}
        for metadata in versions:
            self._versions.setdefault(metadata.id, []).append(metadata)
        for same in self._versions.values():
            same.sort(key=_age)

    def __contains__(self, document: str) -> bool:
        return document in self._versions

    @property
    def keys(self) -> frozenset[str]:
        """Name all versions."""
        return frozenset(
            document_key(metadata.id, metadata.version)
            for same in self._versions.values()
            for metadata in same
        )

    def entry(self, metadata: Metadata, day: date, passages: int = 0) -> CatalogueEntry:
        """Describe one version as it stands on ``day``."""
        force = self.force(metadata, day)
        status: Status = "sample" if metadata.sample else force
        return CatalogueEntry(metadata, force, status, self._marks(metadata, force, day), passages)

    def force(self, metadata: Metadata, day: date) -> Force:
        """Tell whether a version is in force on ``day``.

        The end of a strategy's period does not end its force: it stands until its dates say
        otherwise or a later version takes over.
        """
        if metadata.effective_from and day < metadata.effective_from:
            return "not yet in force"
        end = self._end(metadata)
        if end is None:  # a mark without a date holds for every day
            return "superseded" if metadata.withdrawn else "in force"
        return "superseded" if day > end else "in force"

    def keys_in_force(self, day: date) -> frozenset[str]:
        """Name the versions whose rules hold on ``day``."""
        return frozenset(
            document_key(metadata.id, metadata.version)
            for same in self._versions.values()
            for metadata in same
            if self.force(metadata, day) == "in force"
        )

    def keys_without(self, held: frozenset[str]) -> frozenset[str]:
        """Name all versions of the documents that have none among ``held``."""
        return frozenset(
            document_key(metadata.id, metadata.version)
            for same in self._versions.values()
            if not any(document_key(one.id, one.version) in held for one in same)
            for metadata in same
        )

    def version_in_force(self, document: str, day: date) -> Metadata | None:
        """Return the version to open when none is named: the one in force, else the latest."""
        same = self._versions.get(document, [])
        valid = [metadata for metadata in same if self.force(metadata, day) == "in force"]
        return valid[-1] if valid else same[-1] if same else None

    def versions(self, document: str) -> tuple[Metadata, ...]:
        """Return all versions of one document, oldest first."""
        return tuple(self._versions.get(document, ()))

    def _successor(self, metadata: Metadata) -> Metadata | None:
        same = self._versions[metadata.id]
        later = same[same.index(metadata) + 1 :]
        return next((other for other in later if not other.withdrawn), None)

    def _end(self, metadata: Metadata) -> date | None:
        """Return the last day of force: its own, or the eve of the next version's first day."""
        successor = self._successor(metadata)
        if successor is None:
            return metadata.effective_to
        first = max(successor.effective_from or date.min, date.min + timedelta(days=1))
        eve = first - timedelta(days=1)
        return min(eve, metadata.effective_to) if metadata.effective_to else eve

    def _marks(self, metadata: Metadata, force: Force, day: date) -> tuple[str, ...]:
        marks = ["Sample policy"] if metadata.sample else []
        if force == "superseded":
            successor = self._successor(metadata)
            by = f" by version {successor.version}" if successor else ""
            marks.append(f"Superseded{by}")
        if force == "not yet in force" and metadata.effective_from:
            marks.append(f"Not yet in force: from {in_words(metadata.effective_from)}")
        if metadata.period_to and metadata.period_to < day:
            marks.append(f"Its period ended on {in_words(metadata.period_to)}")
        return tuple(marks)


def in_words(day: date) -> str:
    """Write a date as people read it: 1 July 2027."""
    return f"{day.day} {day:%B %Y}"


def _age(metadata: Metadata) -> tuple[date, list[tuple[int, str]]]:
    parts = re.findall(r"\d+|\D+", metadata.version)
    natural = [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
    return metadata.effective_from or date.min, natural
