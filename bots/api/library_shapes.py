"""From documents and passages that were found to the bodies that programs read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.library.catalogue import CatalogueEntry
from assistant.library.finding import DocumentsFound, Facet
from assistant.searching import Line, PassageFound, Searched
from assistant.writing.addresses import place_address
from bots.api.library_schemas import (
    DocumentsBody,
    FacetBody,
    FacetValueBody,
    PassageBody,
    PassageCellBody,
    PassageLineBody,
    PlacedBody,
    SearchBody,
)
from bots.api.shapes import entry_body


def documents_body(
    found: DocumentsFound,
    shown: Sequence[CatalogueEntry],
    *,
    offset: int,
    following: str | None,
    facets: bool,
) -> DocumentsBody:
    """Describe the versions of a page; ``following`` is the address of the next."""
    return DocumentsBody(
        documents=[entry_body(entry) for entry in shown],
        total=len(found.versions),
        total_documents=len(found.documents),
        held_documents=found.held,
        offset=offset,
        next=following,
        facets=facet_bodies(found.facets) if facets else None,
    )


def search_body(searched: Searched, public_url: str, following: str | None) -> SearchBody:
    """Describe a page of passages; ``following`` is the address of the next."""
    return SearchBody(
        q=searched.question.text,
        as_of=searched.question.as_of,
        found=searched.found,
        more=searched.more,
        documents=searched.documents,
        held_documents=searched.held,
        offset=searched.search.offset,
        next=following,
        facets=facet_bodies(searched.facets) if searched.search.facets else None,
        passages=[_passage(one, public_url) for one in searched.passages],
    )


def facet_bodies(facets: Iterable[Facet]) -> list[FacetBody]:
    """Describe counts."""
    return [
        FacetBody(
            field=facet.field,
            values=[
                FacetValueBody(key=one.key, name=one.name, count=one.count) for one in facet.values
            ],
        )
        for facet in facets
    ]


def _passage(one: PassageFound, public_url: str) -> PassageBody:
    known, text = one.entry.metadata, one.text
    place = place_address(known.id, known.version, start=text.start, end=text.end)
    return PassageBody(
        document=known.id,
        title=known.title,
        version=known.version,
        status=one.entry.status,
        marks=list(one.marks),
        section=list(one.section),
        page=one.page,
        page_label=one.page_label,
        text=text.text,
        start=text.start,
        end=text.end,
        lines=[_line(line) for line in one.lines],
        score=round(one.score, 4),
        url=public_url + place,
    )


def _line(line: Line) -> PassageLineBody:
    return PassageLineBody(
        kind=line.kind,
        text=line.text.text,
        start=line.text.start,
        end=line.text.end,
        cells=[
            PassageCellBody(header=header, text=cell.text, start=cell.start, end=cell.end)
            for header, cell in line.cells
        ],
        words=[PlacedBody(start=start, end=end) for start, end in line.words],
    )
