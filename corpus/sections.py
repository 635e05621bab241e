"""Sections: the tree of headings with its places in the canonical text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.canonical import Laid
from corpus.labels import heading_number
from corpus.model import Block, Section
from corpus.structure import Outline

_NOT_IN_ANCHOR = re.compile(r"[^\w]+")


def build(
    outline: Outline, laid: Laid, title: str
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Return the sections in reading order, and the blocks with their sections.

    The title's section comes first and holds the whole document; the sections at the top have no
    parent all the same, so that parents and paths agree. Text before the first heading of a
    document without a title stands in a section of the document's own name, with no path.
    """
    places = _first_blocks(laid, outline)
    ends = _ends(outline, [laid.blocks[place].start for place in places], len(laid.text))
    sections = []
    anchors: dict[str, int] = {}
    if outline.title is None and (not places or places[0] > 0):
        end = laid.blocks[places[0]].start if places else len(laid.text)
        sections.append(Section(title, (), _anchor(title, anchors), 0, end))
    shift = len(sections)
    for number, place in enumerate(places):
        block = laid.blocks[place]
        heading = laid.text[block.start : block.end]
        parent = outline.parents[number]
        sections.append(
            Section(
                heading=heading,
                path=_path(outline, number, heading, sections, shift),
                anchor=_anchor(heading, anchors),
                start=0 if number == outline.title else block.start,
                end=ends[number],
                number=heading_number(heading),
                parent=None if parent is None else parent + shift,
            )
        )
    return tuple(sections), _placed(laid.blocks, places, shift)


def _first_blocks(laid: Laid, outline: Outline) -> list[int]:
    """Return, for each heading, its position among the blocks."""
    heads = set(outline.heads)
    return [place for place, raw in enumerate(laid.raw) if raw in heads]


def _ends(outline: Outline, starts: Sequence[int], length: int) -> list[int]:
    """Return where each section ends: where the next one begins that is not inside it."""
    ends = [length] * len(starts)
    open_heads: list[int] = []
    for number, parent in enumerate(outline.parents):
        while open_heads and open_heads[-1] not in (parent, outline.title):
            ends[open_heads.pop()] = starts[number]
        open_heads.append(number)
    return ends


def _path(
    outline: Outline, number: int, heading: str, before: Sequence[Section], shift: int
) -> tuple[str, ...]:
    if number == outline.title:
        return (heading,) if len(outline.heads) == 1 else ()
    parent = outline.parents[number]
    return (*(() if parent is None else before[parent + shift].path), heading)


def _anchor(heading: str, taken: dict[str, int]) -> str:
    """Return the heading as a name for addresses, unlike any name before."""
    plain = _NOT_IN_ANCHOR.sub("-", heading.casefold()).strip("-") or "section"
    anchor = plain
    while anchor in taken:
        taken[plain] += 1
        anchor = f"{plain}-{taken[plain]}"
    taken[anchor] = 1
    return anchor


def _placed(blocks: Sequence[Block], places: Sequence[int], shift: int) -> tuple[Block, ...]:
    """Return the blocks, each with the number of the section whose heading was last."""
    placed = []
    section = 0
    following = 0
    for number, block in enumerate(blocks):
        if following < len(places) and places[following] == number:
            section = following + shift
            following += 1
        placed.append(replace(block, section=section))
    return tuple(placed)
