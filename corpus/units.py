"""Units: the sentences, list items and table rows of a passage, each of which can be quoted."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Passage
from corpus.sentences import sentences


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be quoted: canonical ``[start, end)`` of a block.

    Attributes:
        block: position in ``Document.blocks`` of the block that it is, or is a sentence of.
    """

    block: int
    start: int
    end: int


def units_of(document: Document, passage: Passage) -> tuple[Unit, ...]:
    """Return what can be quoted of a passage, in reading order."""
    found: list[Unit] = []
    for position in range(passage.first, passage.last + 1):
        block = document.blocks[position]
        if block.kind in {"list_item", "table_row"}:
            found.append(whole_block(document, position))
            continue
        start, end = max(block.start, passage.start), min(block.end, passage.end)
        if start < end:
            found += [Unit(position, *span) for span in sentences(document.text, start, end)]
    return tuple(found)


def whole_block(document: Document, position: int) -> Unit:
    """Return a block as one unit, a row with the cells above that it continues."""
    block = document.blocks[position]
    start = min([block.start, *(cell.start for cell in block.cells if cell.start < cell.end)])
    return Unit(position, start, block.end)


def words_of(document: Document, unit: Unit) -> str:
    """Return a unit's text as it is matched: of a row, its cells with their column headers."""
    cells = document.blocks[unit.block].cells
    if not cells:
        return document.text[unit.start : unit.end]
    filled = [cell for cell in cells if cell.start < cell.end]
    return ". ".join(
        f"{cell.header}: {document.text[cell.start : cell.end]}".removeprefix(": ")
        for cell in filled
    )
