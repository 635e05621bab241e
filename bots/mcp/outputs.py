"""What the tools give to an agent."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from assistant.register.model import Grouping
from bots.api.schemas import Body
from bots.register.schemas import GroupBody
from corpus.model import Status

_MARKS = "What must be said wherever it is shown, such as “Sample policy” or “Superseded”."
_URL = "Opens the document at this place, for people."


class PassageBody(Body):
    """A passage: `quote` is the document’s text at `start` to `end`, word for word."""

    document: str
    title: str
    version: str
    status: Status
    marks: list[str] = Field(description=_MARKS)
    section: list[str] = Field(description="Headings from the outermost to the innermost.")
    anchor: str = Field(description="Of the section, for `read_document`.")
    page: int | None
    quote: str
    start: int
    end: int
    url: str = Field(description=_URL)


class PassagesBody(Body):
    """The nearest passages, best first; that they are near does not make them an answer."""

    passages: list[PassageBody]


class OutlineBody(Body):
    """A section that can be read by its anchor."""

    anchor: str
    heading: str
    depth: int = Field(description="0 for the outermost.")
    characters: int


class ReadBody(Body):
    """A part of a document: `text` is the document’s at `start` to `end`, word for word."""

    document: str
    title: str
    version: str
    status: Status
    marks: list[str] = Field(description=_MARKS)
    effective_from: date | None
    effective_to: date | None
    owner: str
    contact: str
    text: str
    start: int
    end: int
    next: int | None = Field(
        description="What to send as `start` to read on; null where what was asked for ends."
    )
    left: int = Field(description="Characters of what was asked for that come after this part.")
    first_page: int | None
    last_page: int | None
    outline: list[OutlineBody] = Field(
        description="The sections, where neither section, pages nor start were named; else empty."
    )
    url: str = Field(description=_URL)


class CommitmentLineBody(Body):
    """One commitment; its words, activities and time frames are the document’s own."""

    id: str
    commitment: str
    activities: list[str]
    leads: list[str]
    when: list[str] = Field(description="Time frames as the document writes them.")
    due: date | None = Field(description="The last day of them, as Charter read it.")
    ongoing: bool
    overdue: bool
    status: str = Field(description="What people said of it; it is no text of the document.")
    theme: list[str]
    document: str
    title: str
    version: str
    marks: list[str] = Field(description=_MARKS)
    doubts: list[str] = Field(description="Why a person should look at how it was read.")
    url: str = Field(description=_URL)


class CommitmentListBody(Body):
    """A list from the register, or a part of one. `denominator` says what it is a list of."""

    understood: str = Field(description="The filters as they were understood.")
    as_of: date
    denominator: str
    found: int = Field(description="How many meet the filters.")
    held: int = Field(description="How many the register holds of documents in force.")
    next_offset: int | None = Field(
        description="What to send as `offset` for more; null where the list is complete."
    )
    group_by: Grouping | None
    groups: list[GroupBody] = Field(description="Counts of all that were found.")
    commitments: list[CommitmentLineBody]
