"""Passages as a page shows them: cut where the question's words stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.searching import Line, PassageFound, Searched, Stretch
from assistant.writing.addresses import place_address
from bots.web.reading import Piece
from corpus.model import BlockKind


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a passage; ``cells`` of a row, header and pieces."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    cells: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with the address of its document, opened at it."""

    found: PassageFound
    lines: tuple[ShownLine, ...]
    url: str


def shown_of(searched: Searched, back: str) -> tuple[Shown, ...]:
    """Return the passages of a page; ``back`` is what the address of the search says."""
    return tuple(_shown(one, back) for one in searched.passages)


def _shown(one: PassageFound, back: str) -> Shown:
    known, text = one.entry.metadata, one.text
    more = {"searched": back}
    url = place_address(known.id, known.version, start=text.start, end=text.end, more=more)
    return Shown(one, tuple(map(_line, one.lines)), url)


def _line(line: Line) -> ShownLine:
    cells = tuple((header, _cut(cell, line.words)) for header, cell in line.cells)
    return ShownLine(line.kind, _cut(line.text, line.words), cells)


def _cut(text: Stretch, words: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, at = list[Piece](), text.start
    for start, end in words:
        if text.start <= start and end <= text.end:
            pieces.append(Piece(text.text[at - text.start : start - text.start]))
            pieces.append(Piece(text.text[start - text.start : end - text.start], marked=True))
            at = end
    return tuple(piece for piece in (*pieces, Piece(text.text[at - text.start :])) if piece.text)
