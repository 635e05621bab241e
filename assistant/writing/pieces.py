"""A reply in the pieces in which it can be shown as it comes: a line each, with its citation.

Put together, the pieces are the reply's text. Where a model writes one day, its checked sentences
are the pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reply import Citation, Excerpt, NoAnswer, Reply
from assistant.writing.write import plain_line, plain_text


@dataclass(frozen=True, slots=True)
class Piece:
    """The next words of a reply, and what they quote; None for words of Charter's own."""

    text: str
    citation: Citation | None = None


def pieces_of(reply: Reply) -> Iterator[Piece]:
    """Cut a reply into pieces, in order."""
    if isinstance(reply, NoAnswer) or not reply.excerpts:
        yield Piece(reply.text)
        return
    before, _, after = reply.text.partition(plain_text(reply.excerpts))
    if before:
        yield Piece(before)
    by_number = {citation.number: citation for citation in reply.citations}
    for position, excerpt in enumerate(reply.excerpts):
        gap = "\n\n" if position else ""
        for text, number in _lines(excerpt):
            yield Piece(f"{gap}{text}", by_number[number])
            gap = ""
    if after:
        yield Piece(after)


def _lines(excerpt: Excerpt) -> Iterator[tuple[str, int]]:
    """Return the lines as they stand in the text; the first says where they are from."""
    between = f"{excerpt.where}:\n"
    for line in excerpt.lines:
        yield f"{between}{plain_line(line)}", line.citation
        between = "\n"
