"""Documents to browse: which meet some filters, and how many have each value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from assistant.library.catalogue import CatalogueEntry, catalogue_of
from assistant.library.shelf import Shelf
from assistant.register.model import Value
from assistant.register.named import keys_meant
from corpus.model import Status
from indexing.keywords import folded

Field = Literal["document", "kind", "organisation", "status", "audience", "owner", "language"]
Sorting = Literal["index", "title", "effective", "organisation"]

FIELDS: tuple[Field, ...] = get_args(Field)
STATUSES: tuple[Status, ...] = get_args(Status)
EVERYBODY = "everybody"  # the key of documents that are for no group in particular
NOBODY = "none"  # the key of those of which a field says nothing

_TEXTS: tuple[Field, ...] = ("document", "kind", "organisation", "audience", "owner", "language")


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """Which versions of documents are wanted; what is empty lets everything through.

    All must be met; of several values in one field, any. Names are taken in any spelling.

    Attributes:
        document: ids.
        audience: groups; ``everybody`` is what is for no group in particular.
        owner, organisation: names; ``none`` is what names nobody.
        title: words that must all stand in the title, as parts of words too.
        effective_on: a day on which its rules hold, whatever the day asked about.
        effective_after, effective_before: the first and last day from which it may be effective.
    """

    document: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    audience: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    title: str = ""
    effective_on: date | None = None
    effective_after: date | None = None
    effective_before: date | None = None

    @property
    def dated(self) -> bool:
        """Whether a version without a date meets them in no case."""
        return bool(self.effective_after or self.effective_before)

    def having(self, field: Field, values: tuple[str, ...]) -> DocumentFilters:
        """Return the same filters with other values in one field."""
        changed: dict[str, Any] = {field: values}
        return replace(self, **changed)


EVERYTHING = DocumentFilters()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many have each value of a field under all other filters, largest first."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that was found.

    Attributes:
        entry: the version that stands for it: of those that meet the filters the one in force,
            else the newest.
        others: all its other versions that may be seen, newest first, found or not.
    """

    entry: CatalogueEntry
    others: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """The documents that meet some filters, with what they were found among.

    Attributes:
        filters: with each name as the documents have it.
        as_of: the day on which their force is looked at.
        versions: every version that meets them, sorted.
        documents: the same, one line for each document.
        held: how many documents there are to see in all.
        samples: how many of those found are samples.
        undated: how many meet all but the first days of force, and name no day.
    """

    filters: DocumentFilters
    as_of: date
    versions: tuple[CatalogueEntry, ...]
    documents: tuple[Listed, ...]
    held: int
    samples: int
    undated: int
    facets: tuple[Facet, ...]


def find_documents(
    shelf: Shelf,
    filters: DocumentFilters,
    *,
    as_of: date | None = None,
    sorting: Sorting = "index",
    descending: bool = False,
) -> DocumentsFound:
    """Find the documents of a shelf that meet some filters on a day.

    Raises:
        FilterUnreadable: a filter names what no document has.
    """
    day = as_of or shelf.today
    entries = shelf.entries(day)
    filters = named(filters, entries)
    judged = _judged(shelf, entries, filters)
    met = [entry for entry, missed in judged if not missed]
    versions = _sorted(met, sorting, descending=descending)
    documents = _documents(shelf, versions, entries)
    undated = {
        entry.metadata.id
        for entry, missed in judged
        if missed == {"effective"} and not entry.metadata.effective_from
    }
    return DocumentsFound(
        filters,
        day,
        versions,
        documents,
        held=len({entry.metadata.id for entry in entries}),
        samples=sum(one.entry.metadata.sample for one in documents),
        undated=len(undated - {entry.metadata.id for entry in met}),
        facets=_facets(judged, entries),
    )


def named(filters: DocumentFilters, entries: Sequence[CatalogueEntry]) -> DocumentFilters:
    """Return filters with each name as the documents have it.

    Raises:
        FilterUnreadable: a filter names what no document has; the message has what is near.
    """
    for field in _TEXTS:
        names = getattr(filters, field)
        if names:
            held = values_held(entries, field)
            meant = keys_meant(names, held, field, holder="The catalogue")
            filters = filters.having(field, meant)
    return filters


def keys_meeting(
    shelf: Shelf, entries: Iterable[CatalogueEntry], filters: DocumentFilters
) -> frozenset[str]:
    """Return the keys of the versions that meet named filters."""
    return frozenset(e.key for e, missed in _judged(shelf, entries, filters) if not missed)


def values_in(entry: CatalogueEntry, field: Field) -> tuple[str, ...]:
    """Return the keys of what a version has in a field; always at least one."""
    known = entry.metadata
    if field == "document":
        return (known.id,)
    if field == "status":
        return (entry.status,)
    if field == "audience":
        return known.audience or (EVERYBODY,)
    return (getattr(known, field) or NOBODY,)


def facet_of(field: Field, keys: Iterable[str], titles: Mapping[str, str]) -> Facet:
    """Count the keys of a field; a document is named by its title."""
    named_by = titles if field == "document" else {}
    counts = Counter(keys)
    values = [Value(key, named_by.get(key, key), (), count) for key, count in counts.items()]
    return Facet(field, tuple(sorted(values, key=lambda one: (-one.count, one.name))))


def titles_of(entries: Iterable[CatalogueEntry]) -> dict[str, str]:
    """Return the title of each document by its id; of several versions, the last one's."""
    return {entry.metadata.id: entry.metadata.title for entry in entries}


def values_held(entries: Sequence[CatalogueEntry], field: Field) -> tuple[Value, ...]:
    """Return what can be asked for in a field; a document by its title as well."""
    keys = (key for entry in entries for key in values_in(entry, field))
    values = facet_of(field, keys, titles_of(entries)).values
    return tuple(replace(one, spellings=(one.name,)) for one in values)


_Missed = frozenset[str]


def _judged(
    shelf: Shelf, entries: Iterable[CatalogueEntry], filters: DocumentFilters
) -> list[tuple[CatalogueEntry, _Missed]]:
    """Tell of each version which filters it does not meet."""
    words = folded(filters.title).split()
    return [(entry, _missed(shelf, entry, filters, words)) for entry in entries]


def _missed(
    shelf: Shelf, entry: CatalogueEntry, filters: DocumentFilters, words: Sequence[str]
) -> _Missed:
    missed: set[str] = {
        field
        for field in FIELDS
        if (wanted := getattr(filters, field)) and set(wanted).isdisjoint(values_in(entry, field))
    }
    if words and not all(word in folded(entry.metadata.title) for word in words):
        missed.add("title")
    if filters.effective_on and not _holds(shelf, entry, filters.effective_on):
        missed.add("effective_on")
    if filters.dated and not _begins(entry, filters):
        missed.add("effective")
    return frozenset(missed)


def _holds(shelf: Shelf, entry: CatalogueEntry, day: date) -> bool:
    return shelf.index.once(catalogue_of).force(entry.metadata, day) == "in force"


def _begins(entry: CatalogueEntry, filters: DocumentFilters) -> bool:
    first = entry.metadata.effective_from
    return first is not None and (
        (filters.effective_after or date.min) <= first <= (filters.effective_before or date.max)
    )


def _facets(
    judged: Sequence[tuple[CatalogueEntry, _Missed]], entries: Sequence[CatalogueEntry]
) -> tuple[Facet, ...]:
    """Count documents, each once for a value, under all filters but that of the field."""
    titles = titles_of(entries)
    return tuple(
        facet_of(
            field,
            (
                key
                for _, key in {
                    (entry.metadata.id, key)
                    for entry, missed in judged
                    if missed <= {field}
                    for key in values_in(entry, field)
                }
            ),
            titles,
        )
        for field in FIELDS
    )


def _documents(
    shelf: Shelf, met: Sequence[CatalogueEntry], entries: Sequence[CatalogueEntry]
) -> tuple[Listed, ...]:
    """Put one line for each document, where the version that stands for it is sorted."""
    catalogue = shelf.index.once(catalogue_of)
    held: dict[str, list[CatalogueEntry]] = {}
    for entry in entries:
        held.setdefault(entry.metadata.id, []).append(entry)
    found: dict[str, list[CatalogueEntry]] = {}
    for entry in met:
        found.setdefault(entry.metadata.id, []).append(entry)
    ages = {id_: catalogue.versions(id_) for id_ in found}
    leads = {
        id_: max(some, key=lambda one: (one.force == "in force", ages[id_].index(one.metadata)))
        for id_, some in found.items()
    }
    return tuple(
        Listed(lead, _newest_first(held[id_], lead, ages[id_]))
        for entry in met
        if (lead := leads[(id_ := entry.metadata.id)]) is entry
    )


def _newest_first(
    same: Sequence[CatalogueEntry], lead: CatalogueEntry, ages: Sequence[object]
) -> tuple[CatalogueEntry, ...]:
    others = [one for one in same if one is not lead]
    return tuple(sorted(others, key=lambda one: ages.index(one.metadata), reverse=True))


def _sorted(
    met: Sequence[CatalogueEntry], sorting: Sorting, *, descending: bool
) -> tuple[CatalogueEntry, ...]:
    """Sort versions; what has no date or organisation comes last in both directions."""
    if sorting == "index":
        return tuple(reversed(met)) if descending else tuple(met)
    by_title = sorted(met, key=lambda one: folded(one.metadata.title))
    if sorting == "title":
        return tuple(reversed(by_title)) if descending else tuple(by_title)
    said = [one for one in by_title if _sorted_by(one, sorting)]
    said.sort(key=lambda one: _sorted_by(one, sorting), reverse=descending)
    return (*said, *(one for one in by_title if not _sorted_by(one, sorting)))


def _sorted_by(entry: CatalogueEntry, sorting: Sorting) -> str:
    known = entry.metadata
    if sorting == "effective":
        return known.effective_from.isoformat() if known.effective_from else ""
    return folded(known.organisation)
