"""What a question asks the register for, and what of it was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.register.model import Filters, Grouping, Listing, Sorting


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list, or a count, that a question asks the register for.

    Attributes:
        said: the filters as they were understood, in words: "Lead: HR Staffing; due: Q1 2024".
        grouping: what is counted for each value of.
        sorting: what the lines are sorted by.
        as_of: the day on which "overdue" is counted, where the question names one.
        sides: the names of what it compares, each with the filters of its own list; else empty.
        note: what whoever asked must know of how it was understood; or empty.
    """

    filters: Filters
    said: str
    grouping: Grouping | None = None
    sorting: Sorting = "document"
    as_of: date | None = None
    sides: tuple[tuple[str, Filters], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FromRegister:
    """A list from the register as it answers a question.

    Attributes:
        said: how the question was understood: "Lead: HR Staffing; due: Q1 2024".
        note: what else whoever asked must know of how it was understood; or empty.
        url: of the whole list on the page; relative unless a public address is set.
        followed: fingerprint of the follow-up that the list was made with; empty while nobody has
            said anything.
        sides: of a comparison, the name and the list of each side; else empty.
    """

    said: str
    listing: Listing
    url: str
    note: str = ""
    followed: str = ""
    sides: tuple[tuple[str, Listing], ...] = ()


@dataclass(frozen=True, slots=True)
class NotRead:
    """A question for a list of which a part was not understood; no list answers it.

    Attributes:
        remark: which part, and what there is instead.
    """

    remark: str
