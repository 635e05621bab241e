"""The body of a list from the register inside a reply, described for OpenAPI."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from assistant.register.model import Grouping, Status, Timing


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListFiltersBody(_Body):
    """What the list is limited to; what is empty lets everything through."""

    lead: list[str]
    theme: list[str]
    document: list[str]
    body: list[str]
    due_from: date | None
    due_to: date | None
    timing: list[Timing]
    status: list[Status]
    search: str
    review: bool


class ListDenominatorBody(_Body):
    """What the list is a list of."""

    text: str
    found: int
    held: int
    documents_found: int
    documents_held: int
    undated: int
    ongoing: int


class ListSideBody(_Body):
    """One side of a comparison."""

    name: str
    denominator: ListDenominatorBody


class ListGroupBody(_Body):
    """How many share a value; one with two leads counts for both."""

    name: str = Field(description="Empty for what has no such value.")
    count: int


class ListRowBody(_Body):
    """One commitment of the list."""

    citation: int = Field(description="Number of its citation.")
    id: str
    text: str
    activities: list[str]
    leads: list[str] = Field(description="One spelling for each team.")
    times: list[str] = Field(description="As the document writes them.")
    due: date | None = Field(description="The last day of the latest of its time frames.")
    ongoing: bool
    overdue: bool
    status: Status
    review: list[str] = Field(description="Why a person should look at it; usually empty.")


class ReplyListBody(_Body):
    """The list from the register that answers, where the question asks for one."""

    understood: str = Field(description="The filters in words.")
    note: str = Field(description="What words of the question were taken for; or empty.")
    filters: ListFiltersBody
    as_of: date
    denominator: ListDenominatorBody
    sides: list[ListSideBody]
    group_by: Grouping | None
    groups: list[ListGroupBody]
    rows: list[ListRowBody] = Field(description="The first 200; `url` has them all.")
    url: str = Field(description="The whole list on the page.")
    follow_up: str = Field(description="Fingerprint of the statuses that it was made with.")
