"""Which version of a document is in force on a day, and what must be said of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

from assistant.library import marks
from assistant.library.marks import Mark
from corpus.model import Metadata, Status, document_key
from indexing.index import Index

in_words = marks.in_words  # where every door has it from

Force = Literal["in force", "superseded", "expired", "not yet in force"]

_DAYS_KEPT = 8  # of which it is remembered what was in force
NOTHING_STALE: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One version as it stands on a day.

    Attributes:
        force: whether its rules hold on that day.
        status: the same, or "sample" for a document that is no rule of any organisation.
        marks: what must be shown beside every citation of it.
        passages: how many passages the index holds of it.
        corrected_on: day on which its text was last changed without a new version.
    """

    metadata: Metadata
    force: Force
    status: Status
    marks: tuple[Mark, ...]
    passages: int = 0
    corrected_on: date | None = None

    @property
    def key(self) -> str:
        """Id and version in one word."""
        return document_key(self.metadata.id, self.metadata.version)


def catalogue_of(index: Index) -> Catalogue:
    """Return the catalogue of an index; to be made once, by ``Index.once``."""
    return Catalogue(index.catalogue, index.stale)


class Catalogue:
    """All versions of all documents of one index, or those of them that somebody may read.

    What it tells of a day it remembers, for every question of that day asks the same.

    Attributes:
        keys_in_force: day → names of the versions whose rules hold on it.
        keys_not_in_force: day → names of all others.
        keys_without: day → names of all versions of the documents that have none in force on it.
    """

    def __init__(
        self, versions: Iterable[Metadata], stale: Mapping[str, date] = NOTHING_STALE
    ) -> None:
        """Take the versions, and the keys of those whose file cannot be read since a day."""
        self._stale = stale
        self._versions: dict[str, list[Metadata]] = {}
        for metadata in versions:
            self._versions.setdefault(metadata.id, []).append(metadata)
        for document, same in self._versions.items():
            self._versions[document] = _by_age(same)
        self.keys_in_force = lru_cache(_DAYS_KEPT)(self._keys_in_force)
        self.keys_not_in_force = lru_cache(_DAYS_KEPT)(self._keys_not_in_force)
        self.keys_without = lru_cache(_DAYS_KEPT)(self._keys_without)

    def __contains__(self, document: str) -> bool:
        return document in self._versions

    @cached_property
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
        otherwise or a later version takes over. A version without a date does not take over from
        one that has one: nobody knows when.
        """
        if metadata.effective_from and day < metadata.effective_from:
            return "not yet in force"
        end = self._end_by_others(metadata)
        if end and day > end:
            return "superseded"
        own = metadata.effective_to
        if metadata.withdrawn:  # a mark without a date holds for every day
            last = min(filter(None, (end, own)), default=None)
            return "superseded" if last is None or day > last else "in force"
        if own and day > own:
            return "expired"
        return "not yet in force" if self._waits_for_a_date(metadata) else "in force"

    def version_in_force(self, document: str, day: date) -> Metadata | None:
        """Return the version to open when none is named: the one in force, else the latest."""
        same = self._versions.get(document, [])
        valid = [metadata for metadata in same if self.force(metadata, day) == "in force"]
        return valid[-1] if valid else same[-1] if same else None

    def versions(self, document: str) -> tuple[Metadata, ...]:
        """Return all versions of one document, oldest first."""
        return tuple(self._versions.get(document, ()))

    def is_newer(self, one: Metadata, other: Metadata) -> bool:
        """Tell whether a version comes after another one of the same document."""
        same = self._versions[one.id]
        return one.id == other.id and same.index(one) > same.index(other)

    def keys_of(self, documents: Iterable[str]) -> frozenset[str]:
        """Name all versions of some documents, given by their ids."""
        return frozenset(
            document_key(one.id, one.version) for id_ in documents for one in self.versions(id_)
        )

    def takes_over(self, metadata: Metadata, document: str) -> bool:
        """Tell whether a version takes the place of a document that it says it supersedes."""
        return metadata in self._superseding.get(document, ())

    def _keys_in_force(self, day: date) -> frozenset[str]:
        return frozenset(
            document_key(metadata.id, metadata.version)
            for same in self._versions.values()
            for metadata in same
            if self.force(metadata, day) == "in force"
        )

    def _keys_not_in_force(self, day: date) -> frozenset[str]:
        return self.keys - self.keys_in_force(day)

    def _keys_without(self, day: date) -> frozenset[str]:
        held = self.keys_in_force(day)
        return frozenset(
            document_key(metadata.id, metadata.version)
            for same in self._versions.values()
            if not any(document_key(one.id, one.version) in held for one in same)
            for metadata in same
        )

    def _end_by_others(self, metadata: Metadata) -> date | None:
        """Return the eve of the first day of what takes its place; None when nothing does."""
        first_days = [first for first, _ in self._taking_over(metadata)]
        return min(first_days) - timedelta(days=1) if first_days else None

    def _taking_over(self, metadata: Metadata) -> list[tuple[date, Metadata]]:
        """Return what takes the place of a version, each with its first day.

        That is the next version, and other documents that say they supersede this one, unless
        they began before it did.
        """
        same = self._versions[metadata.id]
        later = same[same.index(metadata) + 1 :]
        first = metadata.effective_from
        following = next(
            (one for one in later if not one.withdrawn and not self._waits_for_a_date(one)), None
        )
        others = [
            one
            for one in self._superseding.get(metadata.id, ())
            if not first or not one.effective_from or one.effective_from >= first
        ]
        return [(_first_day(one), one) for one in (following, *others) if one]

    @cached_property
    def _superseding(self) -> dict[str, list[Metadata]]:
        """Id of each document → the versions of others that take its place.

        Of documents that supersede each other, also by way of further ones, none does.
        """
        named = {
            document: {name for one in same if not one.withdrawn for name in one.supersedes}
            for document, same in self._versions.items()
        }
        found: dict[str, list[Metadata]] = {}
        for document, same in self._versions.items():
            for one in (one for one in same if not one.withdrawn):
                for name in one.supersedes:
                    if document not in _reached(named, name):
                        found.setdefault(name, []).append(one)
        return found

    def _waits_for_a_date(self, metadata: Metadata) -> bool:
        """Tell whether a version without a date stands after one that has one."""
        same = self._versions[metadata.id]
        earlier = same[: same.index(metadata)]
        return metadata.effective_from is None and any(one.effective_from for one in earlier)

    def _marks(self, metadata: Metadata, force: Force, day: date) -> tuple[Mark, ...]:
        said = [marks.sample()] if metadata.sample else []
        if force == "superseded":
            said.append(self._superseded_by(metadata))
        if force == "expired" and metadata.effective_to:
            said.append(marks.expired(metadata.effective_to))
        if force == "not yet in force":
            said.append(marks.later(metadata.effective_from))
        if metadata.period_to and metadata.period_to < day:
            said.append(marks.period_ended(metadata.period_to))
        since = self._stale.get(document_key(metadata.id, metadata.version))
        if since:
            said.append(marks.stale(since))
        return tuple(said)

    def _superseded_by(self, metadata: Metadata) -> Mark:
        taking_over = self._taking_over(metadata)
        if not taking_over:
            return marks.superseded()
        _, one = min(taking_over, key=lambda pair: pair[0])
        if one.id == metadata.id:
            return marks.superseded_by_version(one.version)
        return marks.superseded_by_document(one.title)


def _first_day(metadata: Metadata) -> date:
    """Return the first day of force; the second of all days where it is open, so it has an eve."""
    return max(metadata.effective_from or date.min, date.min + timedelta(days=1))


def _by_age(same: Sequence[Metadata]) -> list[Metadata]:
    """Sort versions, oldest first: by date, one without a date by its number among the others."""
    ordered = sorted((one for one in same if one.effective_from), key=_age)
    for one in sorted((one for one in same if not one.effective_from), key=_age):
        higher = (place for place, other in enumerate(ordered) if _number(other) > _number(one))
        ordered.insert(next(higher, len(ordered)), one)
    return ordered


def _age(metadata: Metadata) -> tuple[date, list[tuple[int, str]]]:
    return metadata.effective_from or date.min, _number(metadata)


def _number(metadata: Metadata) -> list[tuple[int, str]]:
    """Return a version's name so that 9 goes before 10, as people count."""
    parts = re.findall(r"\d+|\D+", metadata.version)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _reached(named: Mapping[str, AbstractSet[str]], start: str) -> set[str]:
    """Return the documents that one supersedes, be it by way of others; itself among them."""
    reached, waiting = set[str](), [start]
    while waiting:
        document = waiting.pop()
        if document not in reached:
            reached.add(document)
            waiting += named.get(document, ())
    return reached
