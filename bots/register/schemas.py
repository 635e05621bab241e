"""The bodies of the register in the API, described for OpenAPI."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from assistant.register.model import Change, Grouping, Shift, Sorting, Status
from bots.api.schemas import Body
from corpus.commitments.model import DoubtKind, Form
from corpus.figures.timeframes import TimeFrameKind
from corpus.model import Status as DocumentStatus


class QuoteBody(Body):
    """Words of a document: `text` equals the document’s text at `start` to `end`."""

    text: str
    start: int = Field(description="First character, counted in Unicode code points from 0.")
    end: int = Field(description="One past the last character.")


class TimeBody(Body):
    """A time frame as it is written and as it was read."""

    written: QuoteBody
    kind: TimeFrameKind
    first: date | None = Field(description="None where it is open on that side, or has no dates.")
    last: date | None = Field(description="The day that it falls due.")


class DoubtBody(Body):
    """Why a person should look at a commitment."""

    kind: DoubtKind
    words: str


class StandingBody(Body):
    """Where a commitment stands, as somebody last said; it is no text of the document."""

    status: Status
    note: str
    link: str = Field(description="Evidence.")
    by: str = Field(description="Empty while nobody has said anything.")
    at: datetime | None
    waits: bool = Field(
        description="The document changed it since: somebody must confirm the status."
    )
    said_of: str = Field(description="The version of the document that it was said of.")
    seen: int = Field(
        description="Names the statement that it comes from, 0 for none; sent as `if_seen` with a "
        "status, it is refused if somebody spoke since."
    )


class BeforeBody(Body):
    """What a commitment said in the version before."""

    version: str
    text: str
    activities: list[str]
    leads: list[str]
    times: list[str]


class DifferenceBody(Body):
    """How a commitment differs from the one that the version before had in its place."""

    changes: list[Change]
    shift: Shift | None = Field(description="Where the date of a “moved” one went.")
    before: BeforeBody | None = Field(
        description="None for a new one, or where nothing is known of it."
    )


class CommitmentBody(Body):
    """One thing that a document says will be done."""

    id: str = Field(description="The same in every version that says it in the same words.")
    document: str
    title: str = Field(description="Of the document.")
    version: str
    document_status: DocumentStatus
    marks: list[str] = Field(
        description="What must be said of the document wherever the commitment is shown."
    )
    theme: list[str] = Field(description="Headings from the outermost to the innermost.")
    form: Form = Field(description="A row of a table, or an item of a list.")
    text: QuoteBody | None = Field(
        description="The objective. None where conversion tore a row off and it is not known."
    )
    activities: list[QuoteBody]
    leads: list[str] = Field(description="One spelling for each team.")
    leads_written: list[QuoteBody] = Field(description="As the document writes them.")
    times: list[TimeBody]
    due: date | None = Field(description="The last day of the latest of its time frames.")
    ongoing: bool
    overdue: bool = Field(description="It was due before the day asked about and is not done.")
    standing: StandingBody
    difference: DifferenceBody | None
    doubts: list[DoubtBody]
    start: int = Field(description="Of the whole of it, in the document’s text.")
    end: int
    url: str = Field(description="The document opened at it.")


class GroupBody(Body):
    """How many share a value; one with two leads counts for both."""

    name: str = Field(description="Empty for what has no such value.")
    count: int


class FilterBody(Body):
    """One filter as it was understood."""

    name: str
    value: str


class DenominatorBody(Body):
    """What the list is a list of."""

    text: str
    found: int = Field(description="How many meet the filters, on all pages.")
    held: int = Field(description="How many the register holds of documents in force.")
    documents_found: int
    documents_held: int
    undated: int = Field(description="How many meet all filters but that of time, and have no day.")
    ongoing: int = Field(description="How many of these say that they are ongoing.")


class CommitmentsBody(Body):
    """A list from the register, complete or one page of it."""

    understood: list[FilterBody] = Field(description="The filters as they were understood.")
    as_of: date
    denominator: DenominatorBody
    sort: Sorting
    group_by: Grouping | None
    groups: list[GroupBody] = Field(description="Of all that were found, not only of this page.")
    offset: int
    next: str | None = Field(description="Address of the next page; none after the last.")
    commitments: list[CommitmentBody]


class ValueBody(Body):
    """A value that the register holds."""

    key: str = Field(description="By which a filter names it.")
    name: str
    spellings: list[str] = Field(description="All ways in which it is written.")
    count: int


class ValuesBody(Body):
    """The values of each field, by count."""

    leads: list[ValueBody]
    themes: list[ValueBody]
    documents: list[ValueBody]
    bodies: list[ValueBody]
    first: date | None = Field(description="The earliest day that something falls due.")
    last: date | None
