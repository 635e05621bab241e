"""The bodies of documents and passages to browse, described for OpenAPI."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from assistant.library.finding import Field as FacetField
from assistant.searching import MOST
from bots.api.schemas import Body, CatalogueBody
from corpus.model import BlockKind, Status


class FacetValueBody(Body):
    """A value with how many have it."""

    key: str = Field(description="By which a filter names it.")
    name: str
    count: int


class FacetBody(Body):
    """How many have each value of a field, under all filters but that of the field itself."""

    field: FacetField
    values: list[FacetValueBody] = Field(description="Largest first.")


class DocumentsBody(CatalogueBody):
    """Versions of documents: all that meet the filters, or a page of them."""

    total: int = Field(description="How many versions meet the filters, on all pages.")
    total_documents: int = Field(description="Of how many documents these are versions.")
    held_documents: int = Field(description="How many documents there are in all.")
    offset: int
    next: str | None = Field(description="Address of the next page; none after the last.")
    facets: list[FacetBody] | None = Field(
        None, description="Counts of documents, each once for a value; only where asked for."
    )


class PlacedBody(Body):
    """A place in a version, in Unicode code points of its text."""

    start: int
    end: int


class PassageCellBody(PlacedBody):
    """A cell of a row; one that is merged with the row above has its place there."""

    header: str
    text: str


class PassageLineBody(PlacedBody):
    """A paragraph, list item or table row of a passage."""

    kind: BlockKind
    text: str
    cells: list[PassageCellBody] = Field(description="Of a table row.")
    words: list[PlacedBody] = Field(description="Where words of the question stand in it.")


class PassageBody(PlacedBody):
    """A passage: `text` equals the document’s text at `start` to `end`."""

    document: str
    title: str
    version: str
    status: Status
    marks: list[str] = Field(description="What must be said beside it wherever it is shown.")
    section: list[str] = Field(description="Headings from the outermost to the innermost.")
    page: int | None = Field(description="That it begins on, counted from 1.")
    page_label: str = Field(description="The number printed on that page where it is another.")
    text: str
    lines: list[PassageLineBody]
    score: float = Field(description="Comparable within one search only.")
    url: str = Field(description="The document opened with the passage highlighted.")


class SearchBody(Body):
    """Passages nearest to some words, best first. They are no answer, and may not hold one."""

    q: str
    as_of: date
    found: int = Field(
        description=f"How many passages were found; no more than {MOST} are looked at."
    )
    more: bool = Field(description=f"All {MOST} were found: there are further ones.")
    documents: int = Field(description="How many documents were searched.")
    held_documents: int = Field(description="How many documents there are in all.")
    offset: int
    next: str | None = Field(description="Address of the next page; none after the last.")
    facets: list[FacetBody] | None = Field(
        None,
        description=f"Counts of passages, each among at most {MOST} nearest under all filters but "
        "that of its field; only where asked for.",
    )
    passages: list[PassageBody]
