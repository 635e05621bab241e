"""Markdown and plain text: decoded, front matter apart, read as what they are named."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from corpus.formats.decode import decode
from corpus.formats.text import markdown, plain
from corpus.metadata import split_front_matter
from corpus.raw import Parsed, Raw

_LONGEST_LINE = 200_000  # characters; a longer line is no Markdown that anyone wrote


def parse(
    data: bytes, name: str, *, as_markdown: bool, settled: AbstractSet[str] = frozenset()
) -> Parsed:
    """Return what a text file holds; ``settled`` are fields that need not be usable here.

    Raises:
        UnreadableFile: it is no text, or its front matter cannot be used.
    """
    original, notes = decode(data, name)
    start, front, front_notes = split_front_matter(original, name, settled=settled)
    blocks, format_notes = (
        _markdown(original, start) if as_markdown else (plain.parse(original, start), ())
    )
    return Parsed(
        original=original,
        blocks=blocks,
        marked=False,
        front=front,
        notes=(*notes, *front_notes, *format_notes),
    )


def _markdown(text: str, start: int) -> tuple[list[Raw], tuple[str, ...]]:
    """Return the blocks, and a note if they had to be read as plain text."""
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        return plain.parse(text, start), ("A line is too long for Markdown; read as plain text.",)
    try:
        return markdown.parse(text, start), ()
    except markdown.TooDeep:
        return plain.parse(text, start), ("Nested too deeply for Markdown; read as plain text.",)
