"""From what the assistant returns to the bodies that programs read."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.library.catalogue import CatalogueEntry
from assistant.library.compare import Change, Comparison, Place
from assistant.library.edits import Edit
from assistant.library.gaps import Gap
from assistant.library.shelf import Opened
from assistant.reply import Citation
from assistant.writing.addresses import (
    around_address,
    comparison_address,
    document_address,
    place_address,
)
from bots.api.schemas import (
    BlockBody,
    CatalogueBody,
    CellBody,
    ChangeBody,
    CheckedBody,
    ComparisonBody,
    DocumentBody,
    EditBody,
    EntryBody,
    ExcerptBody,
    GapBody,
    PlaceBody,
    SectionBody,
    VersionBody,
)
from corpus.model import Block, Document, Section


def place_url(citation: Citation, question: str, as_of: str, conversation: str = "") -> str:
    """Return the address of a quote in its document, with the way back to the answer.

    It is relative even where a public address is set, so that a page never leads to another host.
    """
    return place_address(
        citation.document,
        citation.version,
        start=citation.start,
        end=citation.end,
        more={"as_of": as_of, "q": question, "conversation": conversation},
    )


def around_url(citation: Citation) -> str:
    """Return the address of a quote with what stands around it."""
    return around_address(
        citation.document, citation.version, start=citation.start, end=citation.end
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
        supersedes=list(known.supersedes),
        audience=list(known.audience),
        found=list(known.found),
        passages=entry.passages,
        corrected_on=entry.corrected_on,
        url=document_address(known.id, known.version),
    )


def catalogue_body(entries: Iterable[CatalogueEntry]) -> CatalogueBody:
    """Describe every version of every document."""
    return CatalogueBody(documents=[entry_body(entry) for entry in entries])


def checked_body(
    entries: Iterable[CatalogueEntry], gaps: Iterable[Gap], slips: Iterable[str]
) -> CheckedBody:
    """Describe every version, and what is missing in what is known of them."""
    return CheckedBody(
        documents=[entry_body(entry) for entry in entries],
        gaps=[
            GapBody(
                document=gap.key.partition("@")[0],
                version=gap.key.partition("@")[2],
                level=gap.level,
                field=gap.field,
                problem=gap.problem,
            )
            for gap in gaps
        ],
        slips=list(slips),
    )


def comparison_body(older: Opened, newer: Opened, found: Comparison) -> ComparisonBody:
    """Describe what changed from one version to another."""
    first, last = older.entry.metadata, newer.entry.metadata
    return ComparisonBody(
        id=last.id,
        title=last.title,
        older=version_body(older.entry),
        newer=version_body(newer.entry),
        unchanged=found.unchanged,
        changes=[_change(change) for change in found.changes],
        url=comparison_address(last.id, first.version, last.version),
    )


def document_body(
    document: Document, entry: CatalogueEntry, versions: Iterable[CatalogueEntry]
) -> DocumentBody:
    """Describe one version with its text and the versions beside it."""
    return DocumentBody(
        **entry_body(entry).model_dump(),
        versions=[version_body(other) for other in versions],
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


def _change(change: Change) -> ChangeBody:
    return ChangeBody(
        kind=change.kind,
        block=change.block,
        older=_place(change.older),
        newer=_place(change.newer),
        edits=[edit_body(edit) for edit in change.edits],
    )


def edit_body(edit: Edit) -> EditBody:
    """Describe a run of words that stayed, went or came."""
    return EditBody(kind=edit.kind, text=edit.text, start=edit.start, end=edit.end)


def _place(place: Place | None) -> PlaceBody | None:
    if place is None:
        return None
    return PlaceBody(start=place.start, end=place.end, section=list(place.section))


def version_body(entry: CatalogueEntry) -> VersionBody:
    """Describe one version as it stands on a day."""
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
