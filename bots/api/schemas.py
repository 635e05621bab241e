"""The bodies of the API: what it takes and what it gives, described for OpenAPI."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.reply import LONGEST_QUESTION
from bots.api.list_schemas import ReplyListBody
from bots.days import read_day
from corpus.model import BlockKind, Status


def _day(value: object) -> date | None:
    """Take a day only as text: pydantic alone would read numbers as seconds since 1970."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("a day is text such as “2026-01-31”.")  # noqa: TRY004  pydantic reports ValueError
    return read_day(value)


Day = Annotated[date | None, BeforeValidator(_day)]


SOME_TEXT = r"^[^\x00]*[^\s\x00][^\x00]*$"  # as JSON Schema says it: not blank, without NUL


class Body(BaseModel):
    """What all bodies share: an unknown key is a mistake, and is said to be one."""

    model_config = ConfigDict(extra="forbid")


class SentBody(Body):
    """What bodies that are sent here share: a value of another type is a mistake as well."""

    model_config = ConfigDict(strict=True)


class AskBody(SentBody):
    """A question to the documents."""

    question: str = Field(
        title="Question",
        description="1 to 4,000 characters of text.",
        examples=["How many days of annual leave may I carry over?"],
        # the assistant checks the length, so that every door refuses with the same words
        json_schema_extra={
            "minLength": 1,
            "maxLength": LONGEST_QUESTION,
            "pattern": SOME_TEXT,
        },
    )
    conversation_id: str | None = Field(
        None,
        title="Conversation",
        description="The `conversation_id` of the reply that the question goes on from; or an id "
        "of your own for a whole conversation, which nobody can guess (a UUID): whoever knows it "
        "goes on with it. Left out, the question stands alone.",
        max_length=200,
        pattern=r"^[^\x00]*$",
    )
    as_of: Day = Field(
        None,
        title="As of",
        description="The day whose rules are asked for; today when left out.",
        examples=["2026-01-31"],
    )


class CitationBody(Body):
    """Where a quote stands: `quote` equals the document's text at `start` to `end`."""

    number: int = Field(description="As it appears in the text, from 1.")
    document: str
    title: str
    version: str
    status: Status
    section: list[str] = Field(description="Headings from the outermost to the innermost.")
    page: int | None = Field(description="That the quote begins on, counted from 1.")
    page_label: str = Field(description="The number printed on that page where it is another.")
    quote: str
    start: int = Field(description="First character, counted in Unicode code points from 0.")
    end: int = Field(description="One past the last character.")
    url: str = Field(description="The document opened with the quote highlighted.")
    marks: list[str] = Field(
        description="What must be said beside the citation wherever it is shown."
    )


class ReplyBody(Body):
    """An answer, the closest passages, or no answer: `outcome` says which."""

    id: str = Field(description="Name of the receipt.")
    outcome: Literal["answer", "closest_passages", "no_answer"]
    text: str = Field(description="With `[1]` where citation 1 belongs.")
    conversation_id: str = Field(
        description="Send it with the next question to go on from this reply."
    )
    understood: str = Field(
        description="What a question that leans on its conversation was understood as; empty when "
        "it stands alone."
    )
    contact: str = Field(description="Whom to ask.")
    citations: list[CitationBody] = Field(description="Empty when there is no answer.")
    listing: ReplyListBody | None = Field(
        None, description="Only there where the question asks for a list or count of commitments."
    )


class VersionBody(Body):
    """One version of a document as it stands on the day that was asked for."""

    version: str
    status: Status
    marks: list[str]
    effective_from: date | None
    effective_to: date | None
    url: str


class EntryBody(Body):
    """What is known about one version of a document."""

    id: str
    title: str
    version: str
    status: Status
    marks: list[str]
    organisation: str
    kind: str
    language: str
    owner: str
    contact: str
    source: str
    effective_from: date | None
    effective_to: date | None
    period_from: date | None = Field(description="First day of what a strategy covers.")
    period_to: date | None
    supersedes: list[str] = Field(description="Ids of documents that it takes the place of.")
    audience: list[str] = Field(description="Groups that may read it; empty is everybody.")
    found: list[str] = Field(
        description="Names of the fields that nobody set and that were found in its text."
    )
    passages: int = Field(description="How many passages the index holds of it.")
    corrected_on: date | None = Field(
        description="Day on which its text was last changed without a new version."
    )
    url: str


class CatalogueBody(Body):
    """Every version of every document."""

    documents: list[EntryBody]


class GapBody(Body):
    """What the owner of a document should set or correct."""

    document: str
    version: str
    level: Literal["error", "warning"]
    field: str
    problem: str


class CheckedBody(CatalogueBody):
    """Every version of every document, and what is missing in what is known of them."""

    gaps: list[GapBody]
    slips: list[str] = Field(description="Patterns of a folder’s settings that fit nothing.")


class PlaceBody(Body):
    """A place in a version, in Unicode code points of its text."""

    start: int
    end: int
    section: list[str]


class EditBody(Body):
    """A run of words of a changed block; places of `removed` ones are of the older version."""

    kind: Literal["same", "added", "removed"]
    text: str
    start: int
    end: int


class ChangeBody(Body):
    """One block that is not the same in both versions."""

    kind: Literal["added", "removed", "changed", "moved"]
    block: BlockKind
    older: PlaceBody | None
    newer: PlaceBody | None
    edits: list[EditBody]


class ComparisonBody(Body):
    """What changed from one version to another, in the newer one’s reading order."""

    id: str
    title: str
    older: VersionBody
    newer: VersionBody
    unchanged: int = Field(description="How many blocks are the same in both.")
    changes: list[ChangeBody]
    url: str


class SectionBody(Body):
    """A heading with all that stands under it."""

    heading: str
    path: list[str]
    anchor: str = Field(description="Its name in addresses.")
    number: str
    start: int
    end: int
    parent: int | None = Field(description="Position of the enclosing section in `sections`.")


class CellBody(Body):
    """One cell of a table row; `start == end` is an empty one."""

    header: str
    start: int
    end: int


class BlockBody(Body):
    """A heading, paragraph, list item or table row."""

    kind: BlockKind
    start: int
    end: int
    section: int = Field(description="Position in `sections`.")
    label: str = Field(description="Clause number or list label as printed.")
    depth: int
    page: int | None
    cells: list[CellBody]


class DocumentBody(EntryBody):
    """One version of a document with its text; all places count Unicode code points of `text`."""

    versions: list[VersionBody]
    sha256: str = Field(description="Of the file that was read.")
    text: str
    sections: list[SectionBody]
    blocks: list[BlockBody]


class ExcerptBody(EntryBody):
    """One section of a document; places count from the start of the whole text."""

    section: SectionBody
    text: str
    blocks: list[BlockBody]


class ProblemBody(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="Address of an explanation, relative to the server’s root.")
    title: str
    status: int
    detail: str = Field(description="What failed, and what to do next.")
    instance: str
    id: str = Field(description="Stands in the server’s log as well.")
    request: str = Field("", description="Of the request, as its header `X-Request-Id` has it.")


class HealthBody(Body):
    """The server is there."""

    status: Literal["ok"]


class ReadyBody(Body):
    """The server can answer."""

    status: Literal["ready"]
    indexed_at: datetime = Field(description="When the index that answers was built.")
    building: bool = Field(description="Whether the next one is being built.")
