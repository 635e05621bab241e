"""A part of a document, not longer than an agent can take in at once."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.sections import find_section
from assistant.library.shelf import Opened
from assistant.writing.addresses import place_address
from bots.mcp.inputs import ReadInput
from bots.mcp.outputs import OutlineBody, ReadBody
from bots.register.rows import absolute
from corpus.errors import DocumentNotFound
from corpus.model import Document

LONGEST = 8_000  # characters of one part, some 2,000 tokens
_MOST_SECTIONS = 300  # of an outline; the outermost where there are more


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    next: int | None


def read(opened: Opened, said: ReadInput, base: str) -> ReadBody:
    """Return the part of a document that is asked for, or as much of it as goes at once.

    Raises:
        DocumentNotFound: it has no such section, page or place.
    """
    document, known = opened.document, opened.document.metadata
    whole = _asked_for(document, said)
    part = _cut(document, whole, said.start or whole.start)
    url = place_address(known.id, known.version, start=part.start, end=part.end)
    inside = (block for block in document.blocks if part.start <= block.start < part.end)
    pages = [block.page for block in inside if block.page]
    whole_document = said.section is None and said.first_page is None and not said.start
    return ReadBody(
        document=known.id,
        title=known.title,
        version=known.version,
        status=opened.entry.status,
        marks=list(opened.entry.marks),
        effective_from=known.effective_from,
        effective_to=known.effective_to,
        owner=known.owner,
        contact=known.contact,
        text=document.text[part.start : part.end],
        start=part.start,
        end=part.end,
        next=part.next,
        left=0 if part.next is None else whole.end - part.next,
        first_page=min(pages, default=None),
        last_page=max(pages, default=None),
        outline=_outline(document) if whole_document else [],
        url=absolute(url, base),
    )


def _asked_for(document: Document, said: ReadInput) -> _Part:
    if said.section is not None:
        section = find_section(document, said.section)
        return _Part(section.start, section.end, None)
    if said.first_page is not None:
        return _pages(document, said.first_page, said.last_page or said.first_page)
    return _Part(document.blocks[0].start, document.blocks[-1].end, None)


def _pages(document: Document, first: int, last: int) -> _Part:
    blocks = [block for block in document.blocks if first <= (block.page or 0) <= last]
    if not blocks:
        has = f"{len(document.pages)} pages" if document.pages else "no pages"
        named = f"page {first}" if first == last else f"text on pages {first} to {last}"
        raise DocumentNotFound(
            f"“{document.metadata.title}” has {has}, and no {named}.",
            "Name other pages, or a section.",
        )
    return _Part(blocks[0].start, max(block.end for block in blocks), None)


def _cut(document: Document, whole: _Part, start: int) -> _Part:
    """Return what is read at once from a place on: whole blocks, as many as go."""
    if not whole.start <= start < whole.end:
        raise DocumentNotFound(
            f"{start} lies outside of what is asked for, {whole.start} to {whole.end}.",
            "Send `next` of the result before, with the same section or pages.",
        )
    if whole.end - start <= LONGEST:
        return _Part(start, whole.end, None)
    ends = [block.end for block in document.blocks if start < block.end <= start + LONGEST]
    end = ends[-1] if ends else start + LONGEST  # one block is longer than that
    after = [block.start for block in document.blocks if block.start >= end]
    return _Part(start, end, after[0] if ends and after else end)


def _outline(document: Document) -> list[OutlineBody]:
    deepest = max((len(section.path) for section in document.sections), default=0)
    while deepest > 1 and _up_to(document, deepest) > _MOST_SECTIONS:
        deepest -= 1
    return [
        OutlineBody(
            anchor=section.anchor,
            heading=section.heading,
            depth=len(section.path) - 1,
            characters=section.end - section.start,
        )
        for section in document.sections
        if len(section.path) <= deepest
    ]


def _up_to(document: Document, deepest: int) -> int:
    return sum(len(section.path) <= deepest for section in document.sections)
