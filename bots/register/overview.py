"""What stands around a list on its page: its filters, its order, its counts, its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.ask import Assistant
from assistant.register.model import Filters, Listing, Sorting, Value, Values, View
from bots.menus import Chip, Choice, Column, choice_of
from bots.register.exports import EXPORTS
from bots.register.query import STATUSES, CommitmentsQuery
from bots.register.timeline import MOST_MARKS, Quarter, Timeline, drawn, quarter_of, quarters_of
from bots.register.understood import understood

ADDRESS = "/commitments"
FILES = "/v1/commitments"

_COLUMNS: tuple[tuple[Sorting, str], ...] = (
    ("document", "commitment"),
    ("lead", "lead"),
    ("due", "due"),
    ("theme", "theme"),
    ("status", "status"),
)
_FIELDS = {"Words": "search", "Only": "review"}  # where a field has another name than its filter


@dataclass(frozen=True, slots=True)
class Linked:
    """Something counted; ``url`` is of the list of just that, empty where it can't be asked for."""

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
    return tuple(_column(query, sorting, name) for sorting, name in _COLUMNS)


def chips_of(query: CommitmentsQuery, filters: Filters, values: Values) -> tuple[Chip, ...]:
    """Return the filters that hold, each with the way out of it; documents by their titles."""
    titles = {one.key: one.name for one in values.documents}
    filters = replace(filters, documents=tuple(titles.get(id_, id_) for id_ in filters.documents))
    return tuple(
        Chip(name, value, query.address(ADDRESS, offset=0, **{field: query.usual(field)}))
        for name, value in understood(filters)
        for field in (_FIELDS.get(name, name.lower()),)
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
            group.name or "nobody named",
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


def _column(query: CommitmentsQuery, sorting: Sorting, name: str) -> Column:
    sorted_by = query.sort == sorting
    turned = sorted_by and not query.descending
    order = ("descending" if query.descending else "ascending") if sorted_by else ""
    return Column(name, query.address(ADDRESS, offset=0, sort=sorting, descending=turned), order)


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
