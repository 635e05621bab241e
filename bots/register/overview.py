"""What stands around a list on its page: its filters, its order, its counts, its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.ask import Assistant
from assistant.register.model import Filters, Listing, Sorting, Value, Values, View
from bots.menus import Choice, Column, choice_of
from bots.register.exports import EXPORTS
from bots.register.query import STATUSES, CommitmentsQuery
from bots.register.timeline import MOST_MARKS, Quarter, Timeline, drawn, quarter_of, quarters_of

ADDRESS = "/commitments"
FILES = "/v1/commitments"

_CHIPS = ("lead", "due", "theme", "document", "body", "status", "search", "review")
_COLUMNS: tuple[Sorting, ...] = ("document", "lead", "due", "theme", "status")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as it was understood, with the address of the list without it.

    Attributes:
        field: its name in the address.
        values: as the register writes them; none where the filters say it, as of a time.
    """

    field: str
    values: tuple[str, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Something counted; ``url`` is of the list of just that, empty where it can't be asked for.

    Attributes:
        name: empty for what has no value.
    """

    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Days:
    """When the commitments of a list fall due.

    Attributes:
        quarters: how many in each, with the address of the list of just these.
        timeline: None where nothing has a date.
    """

    quarters: tuple[tuple[Quarter, str], ...]
    timeline: Timeline | None


def columns_of(query: CommitmentsQuery) -> tuple[Column, ...]:
    """Return the columns of the table with what sorting by them means."""
    return tuple(_column(query, sorting) for sorting in _COLUMNS)


def chips_of(query: CommitmentsQuery, filters: Filters, values: Values) -> tuple[Chip, ...]:
    """Return the filters that hold, each with the way out of it; documents by their titles."""
    titles = {one.key: one.name for one in values.documents}
    filters = replace(filters, documents=tuple(titles.get(id_, id_) for id_ in filters.documents))
    return tuple(
        Chip(field, values, query.address(ADDRESS, offset=0, **{field: query.usual(field)}))
        for field, values in _said(filters)
    )


def choices_of(filters: Filters, values: Values) -> tuple[Choice, ...]:
    """Return the menus of the form, with what the filters have chosen."""
    statuses = tuple(Value(status, status, (), 0) for status in STATUSES)
    return (
        choice_of("lead", values.leads, filters.leads),
        choice_of("status", statuses, filters.statuses, counted=False),
        choice_of("theme", values.themes, filters.themes),
        choice_of("document", values.documents, filters.documents),
        choice_of("body", values.bodies, filters.bodies),
    )


def teams_of(query: CommitmentsQuery, listing: Listing) -> tuple[Linked, ...]:
    """Return how many each team leads of a list that was counted by lead."""
    return tuple(
        Linked(
            group.name,
            group.count,
            query.address(ADDRESS, offset=0, lead=[group.name]) if group.name else "",
        )
        for group in listing.groups
    )


def days_of(query: CommitmentsQuery, listing: Listing, assistant: Assistant) -> Days:
    """Return when what meets the filters of a list falls due, on this page or not."""
    view = View("due", limit=MOST_MARKS + 1)
    found = assistant.commitments(listing.filters, view=view, as_of=listing.as_of)
    dated = tuple(line for line in found.lines if line.due)
    if len(dated) <= MOST_MARKS:
        quarters = quarters_of(dated)
        timeline = drawn(quarters, dated, listing.as_of)
    else:
        quarters = _counted(listing, assistant)
        timeline = drawn(quarters, (), listing.as_of)
    linked = tuple((one, query.address(ADDRESS, offset=0, due=one.name)) for one in quarters)
    return Days(linked, timeline)


def files_of(query: CommitmentsQuery) -> tuple[tuple[str, str], ...]:
    """Return the files that the list can be had in: name and address."""
    return tuple(
        (export.name, query.whole.address(f"{FILES}.{export.suffix}")) for export in EXPORTS
    )


def _said(filters: Filters) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields of an address that filter something, with the values that they name."""
    several = {
        "lead": filters.leads,
        "theme": filters.themes,
        "document": filters.documents,
        "body": filters.bodies,
        "status": filters.statuses,
        "search": (filters.words,) if filters.words else (),
    }
    for field in _CHIPS:
        values = several.get(field, ())
        of_time = field == "due" and (filters.due_from or filters.due_to or filters.timing)
        if values or of_time or (field == "review" and filters.review):
            yield field, values


def _column(query: CommitmentsQuery, sorting: Sorting) -> Column:
    sorted_by = query.sort == sorting
    turned = sorted_by and not query.descending
    order = ("descending" if query.descending else "ascending") if sorted_by else ""
    return Column(sorting, query.address(ADDRESS, offset=0, sort=sorting, descending=turned), order)


def _counted(listing: Listing, assistant: Assistant) -> tuple[Quarter, ...]:
    """Count what falls due by quarter without reading all of it."""
    view = View(grouping="quarter", limit=0)
    filters, as_of = listing.filters, listing.as_of
    all_ = assistant.commitments(filters, view=view, as_of=as_of)
    late = {}
    if set(filters.timing) <= {"overdue", "dated"}:  # else the late ones cannot be asked for apart
        overdue = replace(filters, timing=("overdue",))
        found = assistant.commitments(overdue, view=view, as_of=as_of)
        late = {group.name: group.count for group in found.groups}
    return tuple(
        Quarter(*_days(group.name), group.count, late.get(group.name, 0))
        for group in sorted(all_.groups, key=lambda group: group.name)
        if group.name
    )


def _days(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of a quarter as the register names it: "2024-1"."""
    year, number = map(int, quarter.split("-"))
    return quarter_of(date(year, 3 * number, 1))
