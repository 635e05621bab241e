"""What stands around a list on its page: menus of its filters, chips of those chosen, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.register.model import Value
from bots.queries import ListedQuery

MOST_CHOICES = 300  # of a menu; of a field that has more values, words are typed


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the form that takes one of some values.

    Attributes:
        options: value, name and how many, None where nobody counted; none where there are too
            many to choose from.
        chosen: what stands in the address, at least one; "" is any.
    """

    name: str
    options: tuple[tuple[str, str, int | None], ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as it was understood, with the address of the list without it.

    Attributes:
        key: by which the filter names the value, where that is not how it is shown.
    """

    name: str
    value: str
    without: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        url: of the same list sorted by it; the other way round where it is already.
        order: as ``aria-sort`` says it; empty where another column is sorted by.
    """

    name: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a list: where it begins, how many it may hold and holds, and of how many."""

    offset: int
    limit: int
    size: int
    found: int


def choice_of(
    name: str, held: Sequence[Value], chosen: Sequence[str], *, counted: bool = True
) -> Choice:
    """Return the menu of a field; what is chosen and not held stands in it as well."""
    options = tuple(
        (one.key, one.name, one.count if counted else None) for one in held[: MOST_CHOICES + 1]
    )
    known = {key for key, _, _ in options}
    others = tuple((one, one, None) for one in chosen if one not in known)
    if len(options) > MOST_CHOICES:
        return Choice(name, (), tuple(chosen) or ("",))
    return Choice(name, (*options, *others), tuple(chosen) or ("",))


def pages_of(query: ListedQuery, path: str, shown: Slice) -> tuple[str, str]:
    """Return the addresses of the page before and of the next; empty where there is none."""
    before, after = max(0, min(shown.offset, shown.found) - shown.limit), shown.offset + shown.size
    return (
        query.address(path, offset=before) if shown.offset else "",
        query.address(path, offset=after) if shown.size and after < shown.found else "",
    )
