"""Long replies in several messages: the end of one is never the part that is cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bots.slack import limits
from bots.slack.blocks import Element, rich, section, text
from bots.slack.limits import Block, size


def in_blocks(paragraphs: Iterable[Element]) -> list[Block]:
    """Put paragraphs of rich text into as few blocks as hold them; a long one is divided."""
    made: list[list[Element]] = []
    room = 0
    for paragraph in paragraphs:
        for piece in _divided(paragraph):
            if size(piece) > room or not made:
                made.append([])
                room = limits.RICH_TEXT
            made[-1].append(piece)
            room -= size(piece) + 1  # and a line break
    return [rich(*_in_lines(held)) for held in made]


def _in_lines(paragraphs: Iterable[Element]) -> Iterator[Element]:
    """Join paragraphs by line breaks, for not every client breaks between two in a row."""
    for kind, run in groupby(paragraphs, key=lambda one: one["type"]):
        held = list(run)
        if kind == "rich_text_section":
            first, *others = (one["elements"] for one in held)
            broken = [piece for elements in others for piece in (text("\n"), *elements)]
            yield section(*first, *broken)
        else:
            yield from held


def in_messages(body: Sequence[Block], tail: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Divide blocks among messages; the last one holds the tail, whole where it can.

    Args:
        body: may go on in the next message anywhere between two blocks.
        tail: stands together at the end; where it fills more than a message, its end does.
    """
    made = _packed(body)
    ends = _packed(tail)
    if made and ends and _fits((*made[-1], *ends[0])):
        made[-1:] = [(*made[-1], *ends.pop(0))]
    return [*made, *ends]


def _packed(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    made: list[tuple[Block, ...]] = []
    for block in blocks:
        if made and _fits((*made[-1], block)):
            made[-1] = (*made[-1], block)
        else:
            made.append((block,))
    return made


def _fits(blocks: Sequence[Block]) -> bool:
    most = limits.MOST_BLOCKS["message"]
    if sum(block["type"] == "table" for block in blocks) > 1:
        return False
    return len(blocks) <= most and sum(map(size, blocks)) <= limits.MESSAGE_CHARACTERS


def _divided(paragraph: Element) -> list[Element]:
    """Divide a paragraph that no block holds, between its elements and between words."""
    if size(paragraph) <= limits.RICH_TEXT:
        return [paragraph]
    made: list[list[Element]] = [[]]
    room = limits.RICH_TEXT
    for element in paragraph["elements"]:
        for piece in _pieces(element):
            if size(piece) > room and made[-1]:
                made.append([])
                room = limits.RICH_TEXT
            made[-1].append(piece)
            room -= size(piece)
    return [{**paragraph, "elements": held} for held in made]


def _pieces(element: Element) -> list[Element]:
    if size(element) <= limits.RICH_TEXT:
        return [element]
    if "elements" in element:
        return _divided(element)
    if element["type"] != "text":
        return [element]
    return [{**element, "text": part} for part in split(element["text"], limits.RICH_TEXT)]


def split(words: str, most: int) -> list[str]:
    """Divide a text into parts that are short enough, after a blank where there is one."""
    parts = []
    while len(words) > most:
        place = words[:most].rfind(" ") + 1
        place = place if place > 0 else most
        parts.append(words[:place])
        words = words[place:]
    return [*parts, words] if words else parts
