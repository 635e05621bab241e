"""Tables of contents that somebody typed, or that lost their mark on the way through a program."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.formats.wordtext.seen import Gap, Line, Seen, labelled
from corpus.repair.headings import heading_key

# "3.2 Annual leave ........ 12": leaders or a tab before the number of a page
_ENTRY = re.compile(
    r"\s*(\S.*?)(?:\t|[.…_·]{3,}|(?:\s[.…]){3,})[\s.…_·]*(\d{1,4}|[ivxlc]{1,7})\s*$"
)
_NUMBER = re.compile(r"[\d.()]+\s+")
_FEWEST = 3  # entries
_ENOUGH = 0.6  # share of them that must be found again as a line of the text


def without_typed_contents(blocks: Sequence[Seen]) -> list[Seen]:
    """Return the blocks with a gap in place of each run of entries of a table of contents.

    What looks like one is a table of values unless most of its entries are lines of the text.
    """
    entries = [_entry(block) for block in blocks]
    lines: set[str] | None = None
    found: list[Seen] = []
    place = 0
    while place < len(blocks):
        end = place
        while end < len(blocks) and (entries[end] or (end > place and _is_empty(blocks[end]))):
            end += 1
        run = [entry for entry in entries[place:end] if entry]
        if len(run) >= _FEWEST:
            lines = lines if lines is not None else _keys(blocks, entries)
            if sum(bool(_both(entry) & lines) for entry in run) >= _ENOUGH * len(run):
                found.append(Gap())
                place = end
                continue
        end = max(end, place + 1)
        found += blocks[place:end]
        place = end
    return found


def _entry(block: Seen) -> str:
    """Return the words of an entry without its page; nothing for what is none."""
    if not isinstance(block, Line) or block.noted:
        return ""
    match = _ENTRY.match(labelled(block).text)
    return match[1] if match else ""


def _keys(blocks: Sequence[Seen], entries: Sequence[str]) -> set[str]:
    return {
        key
        for block, entry in zip(blocks, entries, strict=True)
        if isinstance(block, Line) and not entry
        for key in _both(labelled(block).text)
    }


def _both(text: str) -> set[str]:
    """Return what a line has in common with its copy elsewhere, with its number and without."""
    return {heading_key(text), heading_key(_NUMBER.sub("", text, count=1))} - {""}


def _is_empty(block: Seen) -> bool:
    return isinstance(block, Line) and not block.text.text.strip() and not block.picture
