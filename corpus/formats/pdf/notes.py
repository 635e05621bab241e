"""Footnotes: small text under a page's own, that begins with a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.formats.pdf.layout import Piece
from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet

_MARK = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶]{1,3}|[a-z](?=\s))[.)]?(?=\s*\S)")
_RAISED_OR_SPACED = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*[^\s\d.,%)]")
_SMALL = 0.93  # times the size of most text
_LITTLE_SMALLER = 0.97  # times it: smaller than that to the eye, if only by half a point
_SHORT_RULE = 0.6  # of the column's width; a longer one parts sections
_NEAR = 6.0  # points


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note at the foot of a page: its mark and its lines."""

    page: int
    mark: str
    lines: tuple[Line, ...]


def marks_of(flows: Iterable[Sequence[Piece]]) -> set[tuple[int, str]]:
    """Return the raised marks in running text, each with its page."""
    return {
        (segment.page, segment.text[a:b].strip())
        for flow in flows
        for piece in flow
        for segment in _segments_of(piece)
        for a, b in segment.raised
        if a
    }


def _segments_of(piece: Piece) -> Sequence[Segment]:
    if isinstance(piece, Line):
        return piece.segments
    return [segment for cell in piece.cells for segment in cell.segments]


def take_notes(
    flow: list[Piece], body: float, marks: AbstractSet[tuple[int, str]], sheets: Sequence[Sheet]
) -> tuple[list[Piece], list[PageNote]]:
    """Return a flow without the notes at its end, and those.

    They are in smaller type; if only a little smaller, or below a short rule, then the text must
    refer to them (``marks``).
    """
    first = len(flow)
    while first and _is_small(flow[first - 1], body):
        first -= 1
    while first < len(flow) and not _mark_of(flow[first]):
        first += 1
    first = min(first, _first_referred(flow, body, marks, sheets))
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


def _first_referred(
    flow: Sequence[Piece],
    body: float,
    marks: AbstractSet[tuple[int, str]],
    sheets: Sequence[Sheet],
) -> int:
    """Return where the notes that the text refers to begin at the end of a flow."""
    found = place = len(flow)
    size = 0.0
    while place:
        piece = flow[place - 1]
        if not isinstance(piece, Line) or piece.size > body or (size and piece.size > size + 0.3):
            break
        place -= 1
        size = size or piece.size
        if (piece.page, _mark_of(piece)) not in marks:
            continue
        if piece.size <= _LITTLE_SMALLER * body:
            found = place
        elif _is_under_rule(piece, flow[place - 1] if place else None, sheets[piece.page]):
            return place
    return found


def _is_under_rule(line: Line, above: Piece | None, sheet: Sheet) -> bool:
    """Say whether a short rule stands between a line and what is above it."""
    left, right = line.column
    top = above.bottom if isinstance(above, Line) else line.top - 2 * line.height
    return any(
        top - 1 <= y <= line.top + 1
        and abs(x0 - line.x0) <= _NEAR
        and x1 - x0 <= _SHORT_RULE * (right - left)
        for x0, y, x1, _ in sheet.drawings.across.tolist()
    )


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
