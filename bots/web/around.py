"""A quote with what stands around it, for a card beside its citation."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.shelf import Opened
from bots.web.reading import Row, Span, Table, read
from corpus.model import Block, Document
from corpus.places import first_page, page_label

_MOST = 400  # characters shown before and after a quote


@dataclass(frozen=True, slots=True)
class Around:
    """A quote with its surroundings; each is text as the document has it.

    Attributes:
        table: the rows of it under the names of their columns; None where it stands in no table.
        page, label: position and printed number of the page; None and empty where there are none.
    """

    opened: Opened
    section: tuple[str, ...]
    before: str
    quote: str
    after: str
    table: Table | None
    page: int | None
    label: str


def around(opened: Opened, span: Span) -> Around | None:
    """Return a quote with the blocks that it stands in and beside; None where there is none."""
    document = opened.document
    text = document.text
    if not 0 <= span.start < span.end <= len(text) or not text[span.start : span.end].strip():
        return None
    touched = [
        place
        for place, block in enumerate(document.blocks)
        if block.start < span.end and span.start < block.end
    ]
    if not touched:
        return None
    section = document.blocks[touched[0]].section
    first = _within(document.blocks, touched[0] - 1, section)
    last = _within(document.blocks, touched[-1] + 1, section)
    start = min(span.start, (first or document.blocks[touched[0]]).start)
    end = max(span.end, (last or document.blocks[touched[-1]]).end)
    page = first_page(document, span.start, span.end)
    return Around(
        opened,
        document.sections[section].path,
        _end_of(text[start : span.start]),
        text[span.start : span.end],
        _beginning_of(text[span.end : end]),
        _rows(document, span) if document.blocks[touched[0]].cells else None,
        page,
        page_label(document, page),
    )


def _rows(document: Document, span: Span) -> Table | None:
    """Return the rows that a quote stands in, with the one before and the one after."""
    for part in read(document, span).parts:
        if isinstance(part, Table):
            places = [place for place, row in enumerate(part.rows) if _is_marked(row)]
            if places:
                return Table(part.headers, part.rows[max(places[0] - 1, 0) : places[-1] + 2])
    return None


def _is_marked(row: Row) -> bool:
    return any(piece.marked for cell in row.cells for text in cell for piece in text.pieces)


def _within(blocks: tuple[Block, ...], place: int, section: int) -> Block | None:
    """Return a neighbour, if it stands in the same section and is not its heading."""
    if not 0 <= place < len(blocks):
        return None
    block = blocks[place]
    return block if block.section == section and block.kind != "heading" else None


def _end_of(text: str) -> str:
    if len(text) <= _MOST:
        return text
    return "…" + text[-_MOST:][text[-_MOST:].find(" ") :]


def _beginning_of(text: str) -> str:
    if len(text) <= _MOST:
        return text
    return text[: text[:_MOST].rfind(" ") + 1] + "…"
