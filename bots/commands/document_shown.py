"""A document, or one section of it, written for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.catalogue import CatalogueEntry, in_words
from bots.commands.terminal import hanging, row_written, written
from bots.web.reading import page_starts
from corpus.model import Block, Document, Section


def document_shown(
    document: Document, entry: CatalogueEntry, section: Section | None = None
) -> RenderableType:
    """Write a document with what is known about it, or one section of it."""
    start, end = (section.start, section.end) if section else (0, len(document.text))
    inside = [block for block in document.blocks if start <= block.start and block.end <= end]
    return Group(*_head(entry), *_blocks(document, inside))


def _head(entry: CatalogueEntry) -> Iterator[RenderableType]:
    known = entry.metadata
    said = [known.organisation, known.kind, f"version {known.version}", entry.force]
    if known.effective_from:
        said.append(f"from {in_words(known.effective_from)}")
    yield written(known.title, "bold")
    yield written(" · ".join(filter(None, said)), "dim")
    for mark in entry.marks:
        yield written(f"! {mark}", "bold yellow")
    if entry.corrected_on:
        yield written(f"Corrected without a new version on {in_words(entry.corrected_on)}")
    if known.contact:
        yield written(f"Whom to ask: {known.contact}")


def _blocks(document: Document, blocks: Sequence[Block]) -> Iterator[RenderableType]:
    pages = page_starts(document)
    for block in blocks:
        if block.start in pages:
            yield Text()
            yield written(f"── {pages[block.start]} ──", "dim")
        yield from _block(document, block)


def _block(document: Document, block: Block) -> Iterator[RenderableType]:
    text = document.text[block.start : block.end]
    if block.kind == "heading":
        anchor = document.sections[block.section].anchor
        yield Text()
        yield Text.assemble(written(text, "bold cyan"), (f"  #{anchor}", "dim"))
    elif block.kind == "list_item":
        mark = "" if block.label else "• "
        yield Padding(written(mark + text), (0, 0, 0, 2 + 2 * block.depth))
    elif block.kind == "table_row":
        yield Padding(hanging(written("▪"), written(_row(document, block))), (0, 0, 0, 2))
    elif block.kind == "note":
        yield Padding(written(text, "dim"), (0, 0, 0, 4))
    else:
        yield Text()
        yield written(text, "italic" if block.kind == "caption" else "")


def _row(document: Document, block: Block) -> str:
    cells = [(cell.header, document.text[cell.start : cell.end]) for cell in block.cells]
    return row_written(cells) or document.text[block.start : block.end]
