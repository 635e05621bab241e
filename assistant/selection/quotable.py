"""Units with their words: what can be quoted, and what it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from corpus.model import Block, Document, Passage
from corpus.sentences import sentences
from corpus.units import Unit, units_of, whole_block, words_of
from indexing.keywords import tokens

# A sentence that opens with one of these leans on the sentence before it.
_LEANING = re.compile(
    r"(?:this|that|these|those|it|its|they|their|them|such|he|she|his|her|however|moreover|"
    r"furthermore|in addition|also|both|otherwise|therefore|thus|hence|similarly|conversely|"
    r"(?:in|if|when|where|as|for|under|after|before) (?:this|that|these|those|such|it|they|so)|"
    r"if either|if not|the (?:former|latter|same|above)|doing so)\b",
    re.IGNORECASE,
)
_AROUND_KEPT = 1_024
_OF_SENTENCES = frozenset(("paragraph", "note"))


@dataclass(frozen=True, slots=True)
class Quotable:
    """A unit of one document with the words that it is matched by.

    Attributes:
        text: canonical text of the unit.
        words: the same as it is matched: a row's cells with their column headers.
        stems: of its own words; of a row, with those of its column headers.
        around: stems of what it stands under: section path, title, organisation, lead-in.
    """

    key: str
    unit: Unit
    text: str
    words: str
    stems: frozenset[str]
    around: frozenset[str]


def quotables_of(document: Document, passage: Passage) -> tuple[Quotable, ...]:
    """Return what can be quoted of a passage, in the order of ``units_of``."""
    return tuple(quotable(document, unit) for unit in units_of(document, passage))


def quotable(document: Document, unit: Unit) -> Quotable:
    """Return a unit with its words."""
    text = document.text[unit.start : unit.end]
    words = words_of(document, unit)
    around = _around(document, document.blocks[unit.block])
    return Quotable(document.key, unit, text, words, frozenset(tokens(words)), around)


def _around(document: Document, block: Block) -> frozenset[str]:
    metadata = document.metadata
    words = [metadata.title, metadata.organisation, *document.sections[block.section].path]
    if block.lead_in is not None:
        lead_in = document.blocks[block.lead_in]
        words.append(document.text[lead_in.start : lead_in.end])
    return _stems_of(" ".join(words))


@lru_cache(_AROUND_KEPT)
def _stems_of(words: str) -> frozenset[str]:
    """Return the stems of what units stand under: those of one section share one set."""
    return frozenset(tokens(words))


def standing_alone(document: Document, one: Quotable) -> Quotable:
    """Return it with the sentence before it where it cannot be understood alone."""
    block = document.blocks[one.unit.block]
    if block.kind not in _OF_SENTENCES or one.unit.start == block.start:
        return one
    if not _LEANING.match(one.text):
        return one
    before = sentences(document.text, block.start, one.unit.start)
    if not before:
        return one
    return quotable(document, Unit(one.unit.block, before[-1][0], one.unit.end))


def introduced(document: Document, one: Quotable) -> list[Quotable]:
    """Return an item of a list after the sentence that leads its list in, where one does.

    "A passport copy" says little without "A request must hold:".
    """
    block = document.blocks[one.unit.block]
    if block.kind != "list_item" or block.lead_in is None:
        return [one]
    lead_in = document.blocks[block.lead_in]
    start, end = sentences(document.text, lead_in.start, lead_in.end)[-1]
    if lead_in.kind == "heading" or not document.text[start:end].rstrip().endswith(":"):
        return [one]
    return [quotable(document, Unit(block.lead_in, start, end)), one]


def merged(document: Document, placed: Iterable[Quotable]) -> tuple[Quotable, ...]:
    """Join units, in the order of their places, that overlap in one block."""
    kept: list[Quotable] = []
    for one in placed:
        last = kept[-1].unit if kept else None
        if any(one.unit == other.unit for other in kept):
            continue  # the lead-in of two items
        if last and last.block == one.unit.block and one.unit.start < last.end:
            span = Unit(last.block, min(last.start, one.unit.start), max(last.end, one.unit.end))
            kept[-1] = quotable(document, span)
        else:
            kept.append(one)
    return tuple(kept)


def introduces(document: Document, position: int, *, loosely: bool = False) -> bool:
    """Tell whether a block leads in the list or table that follows it.

    A paragraph does by a colon, an item by having items of its own, a caption by its table.
    A note does not. ``loosely`` takes a paragraph
    right before a list for its lead-in even without a colon.
    """
    block = document.blocks[position]
    following = document.blocks[position + 1 : position + 2]
    if not following or following[0].group is None:
        return False
    if block.kind == "list_item":
        return following[0].group == block.group and following[0].depth > block.depth
    if block.kind in {"caption", "note"}:
        return block.kind == "caption" and following[0].lead_in == position
    ends_so = document.text[block.start : block.end].rstrip().endswith(":")
    return block.group is None and (loosely or ends_so)


def whole_group(document: Document, position: int) -> tuple[Quotable, ...]:
    """Return the list or table that a block belongs to or leads in, its lead-in first."""
    block = document.blocks[position]
    first = block if block.group is not None else document.blocks[position + 1]
    lead_in = first.lead_in if block.group is not None else position
    members = [place for place, other in enumerate(document.blocks) if other.group == first.group]
    if lead_in is not None and lead_in not in members:
        members.insert(0, lead_in)
    return tuple(quotable(document, whole_block(document, place)) for place in members)


def with_its_list(document: Document, position: int) -> tuple[Quotable, ...]:
    """Return a block that leads in a list, with that list: of an item, the items below it."""
    block = document.blocks[position]
    if block.kind != "list_item":
        return whole_group(document, position)
    after = range(position + 1, len(document.blocks))
    below = takewhile(
        lambda place: (
            document.blocks[place].group == block.group
            and document.blocks[place].depth > block.depth
        ),
        after,
    )
    return tuple(quotable(document, whole_block(document, place)) for place in (position, *below))
