"""From what the assistant returns to the bodies that programs read."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.addresses import document_address, place_address
from assistant.catalogue import CatalogueEntry
from assistant.reply import Citation
from bots.schemas import (
    BlockBody,
    CatalogueBody,
    CellBody,
    DocumentBody,
    EntryBody,
    ExcerptBody,
    SectionBody,
    VersionBody,
)
from corpus.model import Block, Document, Section


def place_url(citation: Citation, question: str, as_of: str) -> str:
    """Return the address of a quote in its document, with the way back to the answer.

    It is relative even where a public address is set, so that a page never leads to another host.
    """
    return place_address(
        citation.document,
        citation.version,
        start=citation.start,
        end=citation.end,
        more={"as_of": as_of, "q": question},
    )


def entry_body(entry: CatalogueEntry) -> EntryBody:
    """Describe one version without its text."""
    known = entry.metadata
    return EntryBody(
        id=known.id,
        title=known.title,
        version=known.version,
        status=entry.status,
        marks=list(entry.marks),
        organisation=known.organisation,
        kind=known.kind,
        language=known.language,
        owner=known.owner,
        contact=known.contact,
        source=known.source,
        effective_from=known.effective_from,
        effective_to=known.effective_to,
        period_from=known.period_from,
        period_to=known.period_to,
        passages=entry.passages,
        url=document_address(known.id, known.version),
    )


def catalogue_body(entries: Iterable[CatalogueEntry]) -> CatalogueBody:
    """Describe every version of every document."""
    return CatalogueBody(documents=[entry_body(entry) for entry in entries])


def document_body(
    document: Document, entry: CatalogueEntry, versions: Iterable[CatalogueEntry]
) -> DocumentBody:
    """Describe one version with its text and the versions beside it."""
    return DocumentBody(
        **entry_body(entry).model_dump(),
        versions=[_version(other) for other in versions],
        sha256=document.sha256,
        text=document.text,
        sections=[_section(section) for section in document.sections],
        blocks=[_block(block) for block in document.blocks],
    )


def excerpt_body(document: Document, entry: CatalogueEntry, section: Section) -> ExcerptBody:
    """Describe one section of a version."""
    inside = [
        block
        for block in document.blocks
        if section.start <= block.start and block.end <= section.end
    ]
    return ExcerptBody(
        **entry_body(entry).model_dump(),
        section=_section(section),
        text=document.text[section.start : section.end],
        blocks=[_block(block) for block in inside],
    )


def _version(entry: CatalogueEntry) -> VersionBody:
    return VersionBody(
        version=entry.metadata.version,
        status=entry.status,
        marks=list(entry.marks),
        effective_from=entry.metadata.effective_from,
        effective_to=entry.metadata.effective_to,
        url=document_address(entry.metadata.id, entry.metadata.version),
    )


def _section(section: Section) -> SectionBody:
    return SectionBody(
        heading=section.heading,
        path=list(section.path),
        anchor=section.anchor,
        number=section.number,
        start=section.start,
        end=section.end,
        parent=section.parent,
    )


def _block(block: Block) -> BlockBody:
    return BlockBody(
        kind=block.kind,
        start=block.start,
        end=block.end,
        section=block.section,
        label=block.label,
        depth=block.depth,
        page=block.page,
        cells=[
            CellBody(header=cell.header, start=cell.start, end=cell.end) for cell in block.cells
        ],
    )
