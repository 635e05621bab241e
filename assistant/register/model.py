"""What the register is asked for, and the list that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.library.catalogue import CatalogueEntry
from corpus.commitments import changes
from corpus.commitments.model import Commitment

Change = changes.Change
Shift = changes.Shift
Status = Literal["not started", "in progress", "delivered", "dropped", "superseded"]
Grouping = Literal["lead", "theme", "document", "status", "quarter"]
Sorting = Literal["document", "due", "lead", "theme", "status"]
Timing = Literal["dated", "ongoing", "undated", "overdue"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which commitments are wanted; what is empty lets everything through.

    All must be met; of several values in one field, any.

    Attributes:
        leads: names of lead teams, as the register writes them or in another spelling.
        themes: words of headings that they stand under.
        documents: ids.
        bodies: whose commitments: words of an organisation, or of a heading or title that names
            one.
        due_from, due_to: the first and last day on which they may fall due; a time frame falls
            due on its last day.
        timing: any of these. "dated" has a last day, "ongoing" says so, "undated" has neither;
            "overdue" was due before the day asked and is not done.
        statuses: of the follow-up.
        words: all of which must stand in the commitment, its activities or its theme.
        review: only what was marked for review.
    """

    leads: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    timing: tuple[Timing, ...] = ()
    statuses: tuple[Status, ...] = ()
    words: str = ""
    review: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands, as somebody last said.

    Attributes:
        note, link: what whoever said it added; evidence.
        by, at: who said it, and when (UTC); empty and None while nobody has.
        waits: the document changed the commitment since: somebody must confirm the status.
        said_of: the version of the document that it was said of.
        seen: number of the statement that it comes from, for whoever sets the status next; 0 while
            there is none.
    """

    status: Status = "not started"
    note: str = ""
    link: str = ""
    by: str = ""
    at: datetime | None = None
    waits: bool = False
    said_of: str = ""
    seen: int = 0

    @property
    def words(self) -> str:
        """The status as people read it: that nothing was said is no statement."""
        said = self.seen or self.status != "not started"
        return self.status if said else "nothing said yet"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a commitment differs from the one that the version before had in its place.

    Attributes:
        changes: "moved" is a later or earlier date, "re-assigned" another lead, "changed" other
            words; "new" and "dropped" stand alone.
        before: of the version before; None for a new one, or where that version may not be shown.
        shift: where the date of a "moved" one went.
    """

    changes: tuple[Change, ...]
    before: Commitment | None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list.

    Attributes:
        leads: the names that the register files its leads under, one spelling for each team.
        due: the last day of the latest of its time frames that has one.
        url: of the document opened at it.
    """

    commitment: Commitment
    entry: CatalogueEntry
    leads: tuple[str, ...]
    due: date | None
    ongoing: bool
    overdue: bool
    standing: Standing
    url: str
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How many commitments of a list share a value; one with two leads counts for both."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list from the register, with what it is a list of.

    Attributes:
        lines: of the page asked for, sorted.
        found: how many meet the filters in all.
        held: how many the register holds of documents in force that the asker may read.
        documents_found, documents_held: the same in documents.
        undated: how many meet all filters but that of the time, and have no last day; of these
        ongoing: how many say that they are ongoing.
        groups: of all that were found, by the grouping asked for, largest first.
    """

    filters: Filters
    as_of: date
    lines: tuple[Listed, ...]
    found: int
    held: int
    documents_found: int
    documents_held: int
    undated: int
    ongoing: int
    sorting: Sorting = "document"
    grouping: Grouping | None = None
    groups: tuple[Group, ...] = ()
    offset: int = 0

    @property
    def denominator(self) -> str:
        """Say what the list is a list of: "7 of 40 commitments, from 2 of 2 documents; …"."""
        said = (
            f"{self.found:,} of {self.held:,} commitments, from {self.documents_found:,} of "
            f"{self.documents_held:,} {'document' if self.documents_held == 1 else 'documents'}"
        )
        if not self.undated:
            return said
        told = f"{self.undated:,} {'carries' if self.undated == 1 else 'carry'} no date"
        if self.ongoing:
            told += f" ({self.ongoing:,} of them ongoing)" if self.ongoing < self.undated else ""
            told += " (all ongoing)" if self.ongoing == self.undated else ""
        return f"{said}; {told}"


@dataclass(frozen=True, slots=True)
class View:
    """How a list is shown.

    Attributes:
        limit: lines of a page; None is all.
    """

    sorting: Sorting = "document"
    descending: bool = False
    grouping: Grouping | None = None
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value that the register really holds, for menus and for reading questions.

    Attributes:
        key: by which filters name it: of a document its id, else the name.
        spellings: all ways in which it is written, abbreviations among them.
        count: commitments that have it, of documents in force.
    """

    key: str
    name: str
    spellings: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Values:
    """The values of each field that somebody may see on a day, by count, largest first.

    Attributes:
        bodies: organisations of documents, and headings and titles that name a body.
        first, last: the earliest and latest day that something falls due; None without any.
    """

    leads: tuple[Value, ...]
    themes: tuple[Value, ...]
    documents: tuple[Value, ...]
    bodies: tuple[Value, ...]
    first: date | None
    last: date | None
