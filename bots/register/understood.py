"""How a list was understood, and what it is a list of: said at every door in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.library.catalogue import CatalogueEntry, in_words
from assistant.register.due import due_in_words
from assistant.register.model import Filters, Grouping, Listing

ANY = "all commitments"
_SORTED = {
    "document": "the order of the documents",
    "due": "the day that they fall due",
    "lead": "the lead team",
    "theme": "the theme",
    "status": "the status",
}


def understood(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Say each filter with its name: ("Lead", "OIO"), ("Due", "by 30 June 2024")."""
    return tuple((name, value) for name, value in _said(filters) if value)


def in_one_line(filters: Filters) -> str:
    """Say all filters: "Lead: OIO; due: by 30 June 2024"."""
    said = [f"{name}: {value}" for name, value in understood(filters)]
    return "; ".join([*said[:1], *(one[:1].lower() + one[1:] for one in said[1:])]) or ANY


def group_name(name: str, grouping: Grouping | None) -> str:
    """Name what was counted as people do: "Q1 2024" for "2024-1"; empty for what has no value."""
    year, _, quarter = name.partition("-")
    return f"Q{quarter} {year}" if grouping == "quarter" and name else name


def about(listing: Listing) -> Iterator[tuple[str, str]]:
    """Say what a list is, for a file that is read far from Charter."""
    yield "What this is", "Commitments that Charter read in the organisation’s documents"
    yield "Asked for", in_one_line(listing.filters)
    yield "Found", listing.denominator
    yield "As of", in_words(listing.as_of)
    yield "Sorted by", _SORTED[listing.sorting]
    for entry in _documents(listing):
        known = entry.metadata
        said = [known.title, f"version {known.version}", entry.status, *entry.marks]
        yield "Document", "; ".join(said)
    yield "Text", "Commitments, activities and time frames are the documents’ own words."
    yield "Due", "The last day of the time frame as it was read."
    yield "Status", "What somebody said of it, beside the document and not in it."


def _documents(listing: Listing) -> tuple[CatalogueEntry, ...]:
    return tuple({line.entry.key: line.entry for line in listing.lines}.values())


def _said(filters: Filters) -> Iterator[tuple[str, str]]:
    yield "Lead", " or ".join(filters.leads)
    yield "Due", due_in_words(filters)
    yield "Theme", " or ".join(filters.themes)
    yield "Document", " or ".join(filters.documents)
    yield "Body", " or ".join(filters.bodies)
    yield "Status", " or ".join(filters.statuses)
    yield "Words", filters.words
    yield "Only", "what a person should look at" if filters.review else ""
