"""Footnotes: small text under a page's own, that begins with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.pdf.layout import Piece
from corpus.formats.pdf.lines import Line

_MARK = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶]{1,3}|[a-z](?=\s))[.)]?(?=\s*\S)")
_RAISED_OR_SPACED = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*[^\s\d.,%)]")
_SMALL = 0.93  # times the size of most text


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note at the foot of a page: its mark and its lines."""

    page: int
    mark: str
    lines: tuple[Line, ...]


def take_notes(flow: list[Piece], body: float) -> tuple[list[Piece], list[PageNote]]:
    """Return a flow without the notes at its end, and those."""
    first = len(flow)
    while first and _is_small(flow[first - 1], body):
        first -= 1
    while first < len(flow) and not _mark_of(flow[first]):
        first += 1
    if first == len(flow) or (first == 0 and not _is_low(flow)):
        return flow, []
    notes: list[PageNote] = []
    for piece in flow[first:]:
        if not isinstance(piece, Line):
            continue
        mark = _mark_of(piece)
        if mark and _follows(notes, mark):
            notes.append(PageNote(piece.page, mark, (piece,)))
        else:
            last = notes[-1]
            notes[-1] = PageNote(last.page, last.mark, (*last.lines, piece))
    return flow[:first], notes


def _is_small(piece: Piece, body: float) -> bool:
    return isinstance(piece, Line) and piece.size <= _SMALL * body


def _is_low(flow: Sequence[Piece]) -> bool:
    """Say whether a flow of small lines only begins with a raised mark."""
    first = flow[0]
    return isinstance(first, Line) and bool(_raised_mark(first))


def _raised_mark(line: Line) -> str:
    first = line.segments[0]
    if first.raised and first.raised[0][0] == 0:
        return first.text[: first.raised[0][1]].strip()
    if len(line.segments) > 1 and first.size < 0.8 * line.segments[1].size:
        return first.text.strip()
    return ""


def _mark_of(piece: Piece) -> str:
    """Return the mark that begins a note, or nothing."""
    if not isinstance(piece, Line):
        return ""
    raised = _raised_mark(piece)
    if raised:
        return raised if len(raised) <= 3 else ""  # noqa: PLR2004  "123"
    found = _MARK.match(piece.text)
    return found["mark"] if found and _RAISED_OR_SPACED.match(piece.text) else ""


def _follows(notes: Sequence[PageNote], mark: str) -> bool:
    """Say whether a mark can be that of the next note: numbers go up by one."""
    if not notes or not mark.isdigit() or not notes[-1].mark.isdigit():
        return True
    return int(mark) == int(notes[-1].mark) + 1
