"""Tables of contents, and lists of tables and figures: they say nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.formats.pdf.layout import Piece
from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.tables import PageTable

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:·\s?){4,}|_{5,}\s*(?=\d+$)")
_LED = re.compile(
    r"(?:(?:\.\s?){4,}|…{2,}|(?:·\s?){4,})\s*(?:[A-Z]-)?(?:\d{1,4}|[ivxlc]{1,7})?\s*$"
)
_NUMBER_AT_END = re.compile(r"\S\s+(\d{1,4}|[ivxlc]{1,7})$")
_NAME = re.compile(
    r"(?:table of contents|contents|list of (?:tables|figures|annexes|abbreviations and tables)"
    r"|index|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|contenido)\W*$",
    re.IGNORECASE,
)
_FEWEST = 4  # entries; fewer lines that end with numbers may be anything
_ASTRAY = 3  # lines between two entries: one that is broken over lines
_TAGS = frozenset(("TOC", "TOCI"))
_SHARE = 0.5  # of the lines from the first entry to the last


def drop_contents(flows: list[list[Piece]], sheets: Sequence[Sheet]) -> list[list[Piece]]:
    """Return the flows without tables of contents and the headings that name them."""
    dropped: set[int] = set()
    pages = len(sheets)
    before: Line | None = None  # what stands last before a flow
    going = False  # whether contents ran to the end of the flow before
    for flow in flows:
        entries = _entries(flow, sheets, pages, going=going)
        if entries:
            first, last = min(entries), max(entries)
            dropped.update(id(piece) for piece in flow[first : last + 1])
            for piece in [before, *flow[:first]]:
                if isinstance(piece, Line) and _NAME.match(piece.text.strip()):
                    dropped.add(id(piece))
        going = bool(entries) and max(entries) >= len(flow) - 1 - _ASTRAY
        lines = [piece for piece in flow if isinstance(piece, Line)]
        before = lines[-1] if lines else before
    return [[piece for piece in flow if id(piece) not in dropped] for flow in flows]


def _entries(
    flow: Sequence[Piece], sheets: Sequence[Sheet], pages: int, *, going: bool
) -> list[int]:
    """Return the places of the entries in a flow; empty when it holds no contents."""
    sure = [n for n, piece in enumerate(flow) if _is_sure(piece, sheets)]
    if len(sure) >= (1 if going else 2):
        return _run(sure)
    named = going or any(isinstance(p, Line) and _NAME.match(p.text.strip()) for p in flow)
    numbers = {n: value for n, piece in enumerate(flow) if (value := _page_at_end(piece, pages))}
    if len(numbers) < _FEWEST:
        return []
    values = list(numbers.values())
    rising = sum(a <= b for a, b in pairwise(values))
    if rising < 0.9 * (len(values) - 1):
        return []
    span = max(numbers) - min(numbers) + 1
    enough = len(numbers) >= (_SHARE / 2 if named else 0.7) * span
    return _run(list(numbers)) if enough and (named or len(set(values)) >= _FEWEST) else []


def _run(entries: list[int]) -> list[int]:
    """Return the entries up to the first long gap: text goes on there."""
    kept = [entries[0]]
    for entry in entries[1:]:
        if entry - kept[-1] > _ASTRAY and len(kept) >= _FEWEST:
            break
        kept.append(entry)
    return kept


def _is_sure(piece: Piece, sheets: Sequence[Sheet]) -> bool:
    if isinstance(piece, PageTable):
        texts = [s.text for cell in piece.cells for s in cell.segments]
        return sum(bool(_LEADER.search(text)) for text in texts) >= max(2, piece.rows // 2)
    if _LED.search(piece.text):
        return True
    tag = sheets[piece.page].tags.get(piece.mcid)
    return tag is not None and bool(tag.within & _TAGS)


def _page_at_end(piece: Piece, pages: int) -> int:
    """Return the page number that ends a line, 0 if there is none."""
    if not isinstance(piece, Line):
        return 0
    found = _NUMBER_AT_END.search(piece.text.strip())
    if not found or not found[1].isdigit():
        return 0
    value = int(found[1])
    return value if value <= 2 * pages + 20 and _reaches_right(piece) else 0


def _reaches_right(line: Line) -> bool:
    return line.x1 >= line.column[1] - 12
