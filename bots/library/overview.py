"""What stands around documents and passages on their pages: menus, counts, chips and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from babel import Locale

from assistant.library.catalogue import CatalogueEntry, in_words
from assistant.library.finding import DocumentFilters, Facet, Field, Sorting, values_held
from assistant.settings import Language
from bots.library.query import DocumentsQuery, LibraryQuery, SearchQuery
from bots.menus import Chip, Choice, Column, choice_of

DOCUMENTS = "/documents"
SEARCH = "/search"

_MENUS: tuple[Field, ...] = ("kind", "organisation", "status", "owner", "language", "audience")
_NARROWING: tuple[Field, ...] = (
    "document",
    "kind",
    "organisation",
    "status",
    "language",
    "owner",
    "audience",
)
_COLUMNS: tuple[tuple[str, Sorting | None], ...] = (
    ("document", "title"),
    ("organisation", "organisation"),
    ("effective", "effective"),
    ("owner", None),
    ("versions", None),
)
Query = TypeVar("Query", bound=LibraryQuery)

_DAYS = ("effective_on", "effective_after", "effective_before", "as_of")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A value that passages can be narrowed to; ``url`` adds it, or takes it away if chosen."""

    key: str
    name: str
    count: int
    url: str
    chosen: bool


def choices_of(
    entries: Sequence[CatalogueEntry], facets: Iterable[Facet], query: LibraryQuery
) -> tuple[Choice, ...]:
    """Return the menus that tell documents apart, with what each value would leave over."""
    counts = {(facet.field, one.key): one.count for facet in facets for one in facet.values}
    menus = []
    for field in _MENUS:
        held = values_held(entries, field)
        values = [replace(one, count=counts.get((field, one.key), 0)) for one in held]
        chosen = _chosen(query, field)
        if len(values) > 1 or chosen:
            menus.append(choice_of(field, values, chosen))
    return tuple(menus)


def chips_of(query: LibraryQuery, path: str, titles: Mapping[str, str]) -> tuple[Chip, ...]:
    """Return the filters that hold, each value with the address of the list without it."""
    return tuple(_chips(query, path, titles))


def narrowings_of(
    facets: Iterable[Facet], query: SearchQuery
) -> tuple[tuple[Field, tuple[Narrowing, ...]], ...]:
    """Return for each field that tells passages apart its values with their counts.

    What is chosen in the other fields stands among the chips.
    """
    by_field = {facet.field: facet for facet in facets}
    found = ((field, tuple(_narrowings(by_field[field], query))) for field in _NARROWING)
    return tuple(
        (field, some)
        for field, some in found
        if any(one.count and not one.chosen for one in some) and len(some) > 1
    )


def columns_of(query: DocumentsQuery) -> tuple[Column, ...]:
    """Return the columns of the table with what sorting by them means."""
    return tuple(_column(query, name, sorting) for name, sorting in _COLUMNS)


def understood(query: Query, filters: DocumentFilters) -> Query:
    """Return a query with each name as the documents have it, for chips and menus."""
    named: dict[str, list[str]] = {field: list(getattr(filters, field)) for field in _NARROWING}
    return query.model_copy(update=named)


def language_name(code: str, language: Language) -> str:
    """Return the name of a document's language in the language of the page; else its code."""
    return str(Locale(language).languages.get(code, code)) if code else code


def _chips(query: LibraryQuery, path: str, titles: Mapping[str, str]) -> Iterator[Chip]:
    if query.title:
        yield Chip("title", query.title, query.address(path, offset=0, title=""))
    for field in _NARROWING:
        chosen = _chosen(query, field)
        for key in chosen:
            rest = [one for one in chosen if one != key]
            name = titles.get(key, key) if field == "document" else key
            yield Chip(field, name, query.address(path, offset=0, **{field: rest}), key)
    for name in _DAYS:
        day = getattr(query, name)
        if day:
            yield Chip(name, in_words(day), query.address(path, offset=0, **{name: None}))


def _narrowings(facet: Facet, query: SearchQuery) -> Iterator[Narrowing]:
    chosen = _chosen(query, facet.field)
    counted = {value.key for value in facet.values}
    for value in facet.values:
        without = [one for one in chosen if one != value.key]
        then = without if value.key in chosen else [*chosen, value.key]
        url = query.address(SEARCH, offset=0, **{facet.field: then})
        yield Narrowing(value.key, value.name, value.count, url, value.key in chosen)
    for key in chosen:
        if key not in counted:
            rest = [one for one in chosen if one != key]
            url = query.address(SEARCH, offset=0, **{facet.field: rest})
            yield Narrowing(key, key, 0, url, chosen=True)


def _column(query: DocumentsQuery, name: str, sorting: Sorting | None) -> Column:
    if sorting is None:
        return Column(name, "", "")
    sorted_by = (query.sort if query.sort != "index" else "title") == sorting
    turned = sorted_by and not query.descending
    order = ("descending" if query.descending else "ascending") if sorted_by else ""
    url = query.address(DOCUMENTS, offset=0, sort=sorting, descending=turned)
    return Column(name, url, order)


def _chosen(query: LibraryQuery, field: Field) -> Sequence[str]:
    chosen: Sequence[str] = getattr(query, field)
    return chosen
