"""The documents of one index, to list and to open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.library.catalogue import CatalogueEntry, catalogue_of
from corpus.errors import DocumentNotFound
from corpus.model import Document, Metadata, document_key
from indexing.index import Index

_DAYS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """One version of a document.

    Attributes:
        entry: what must be said of it today, whatever day chose it; as in every citation.
        versions: all versions of the document as they stand today, this one included, in the
            order of the index.
        before: those of them that are older than this one.
    """

    document: Document
    entry: CatalogueEntry
    versions: tuple[CatalogueEntry, ...]
    before: tuple[CatalogueEntry, ...] = ()


class Described:
    """Every version of an index as it stands on a day; to be made once, by ``Index.once``.

    The days asked for last are kept: of 4,000 versions each takes 30 ms, half of a search.

    Attributes:
        on: day → the versions, in index order.
    """

    def __init__(self, index: Index) -> None:
        self._catalogue = index.once(catalogue_of)
        keys = [document_key(one.id, one.version) for one in index.catalogue]
        self._known = [
            (one, index.passage_count(key), index.corrected.get(key))
            for one, key in zip(index.catalogue, keys, strict=True)
        ]
        self.on = lru_cache(_DAYS_KEPT)(self._on)

    def _on(self, day: date) -> tuple[CatalogueEntry, ...]:
        return tuple(
            replace(self._catalogue.entry(one, day, passages), corrected_on=corrected)
            for one, passages, corrected in self._known
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Lists and opens the documents of one index, also when another is served meanwhile."""

    index: Index
    today: date

    def entries(self, day: date | None = None) -> tuple[CatalogueEntry, ...]:
        """List every version of every document as it stands on a day; today if none is named."""
        return self.index.once(Described).on(day or self.today)

    def open(
        self, document_id: str, version: str | None = None, as_of: date | None = None
    ) -> Opened:
        """Open a version of a document: the one named, else the one in force on a day.

        Raises:
            DocumentNotFound: there is no such document or version.
        """
        chosen = self._chosen(document_id, version, as_of or self.today)
        key = document_key(chosen.id, chosen.version)
        same = [one for one in self.index.catalogue if one.id == document_id]
        versions = tuple(self._entry(one, self.today) for one in same)
        entry = next(one for one in versions if one.key == key)
        ages = self.index.once(catalogue_of).versions(document_id)
        older = set(ages[: ages.index(chosen)])
        before = tuple(one for one in versions if one.metadata in older)
        return Opened(self.index.document(key), entry, versions, before)

    def pair(
        self, document_id: str, older: str | None = None, newer: str | None = None
    ) -> tuple[Opened, Opened]:
        """Open two versions of a document to compare.

        Args:
            document_id: of both.
            older: the version to start from; the one before ``newer`` if left out.
            newer: the one in force today, else the latest, if left out; where that has none
                before it, the one after it.

        Raises:
            DocumentNotFound: there is no such document or version, or only one.
        """
        known = [one.version for one in self.index.once(catalogue_of).versions(document_id)]
        last = self.open(document_id, newer).document.metadata.version
        first = older or next(iter(known[: known.index(last)][-1:]), None)
        if first is None and newer is None and len(known) > 1:
            first, last = last, known[1]
        if first is None or (first == last and older is None):
            raise DocumentNotFound(
                f"“{document_id}” has no version before version {last}.",
                "Name the two versions to compare.",
            )
        return self.open(document_id, first), self.open(document_id, last)

    def _entry(self, one: Metadata, day: date) -> CatalogueEntry:
        key = document_key(one.id, one.version)
        entry = self.index.once(catalogue_of).entry(one, day, self.index.passage_count(key))
        return replace(entry, corrected_on=self.index.corrected.get(key))

    def _chosen(self, document_id: str, version: str | None, day: date) -> Metadata:
        catalogue = self.index.once(catalogue_of)
        if version is None:
            chosen = catalogue.version_in_force(document_id, day)
        else:
            known = catalogue.versions(document_id)
            chosen = next((one for one in known if one.version == version), None)
        if chosen is None:
            named = f"“{document_id}”" + (f" in version {version}" if version else "")
            raise DocumentNotFound(
                f"There is no document {named}.", "Run `charter documents` for the list."
            )
        return chosen
