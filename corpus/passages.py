"""Split a document into passages along its own structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Block, Document, Passage
from corpus.sentences import Span, sentences

# to be raised whenever the passages of any document, or their units, would change
SPLITTER_VERSION = "1"

_SHORT = 25  # words; a shorter paragraph is joined with its neighbours
_JOINED = 120  # words of joined paragraphs at most
_LONG = 180  # words; a longer paragraph or list is cut
_PART = 150  # words of a part of a paragraph at most
_LEAD_IN = 60  # words of a lead-in that each part of a list repeats; of a longer one, its end
_STOP = re.compile(r"[.!?;:,…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks ``first`` to ``last`` or a stretch of one; ``text`` if it is not the bare slice."""

    first: int
    last: int
    start: int
    end: int
    text: str = ""


def split(document: Document) -> tuple[Passage, ...]:
    """Return the passages: paragraphs and clauses, lists with their lead-in, single table rows.

    None crosses a section. Every block but headings is in one passage, a paragraph that is too
    long in several.
    """
    blocks = document.blocks
    units = _units(blocks)
    parts: list[_Part] = []
    for unit in _joined(document, units):
        parts += _parts(document, unit)
    return tuple(_passage(document, ordinal, part) for ordinal, part in enumerate(parts))


def _units(blocks: Sequence[Block]) -> list[list[int]]:
    """Return runs of blocks that belong together: a list with its lead-in, or one block."""
    units: list[list[int]] = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            continue
        goes_on = bool(units) and units[-1][-1] == number - 1
        if goes_on and block.kind == "list_item" and _together(blocks, number - 1, block):
            units[-1].append(number)
        else:
            units.append([number])
    return units


def _together(blocks: Sequence[Block], last: int, item: Block) -> bool:
    same_list = blocks[last].group is not None and blocks[last].group == item.group
    return same_list or item.lead_in == last


def _joined(document: Document, units: Sequence[list[int]]) -> list[list[int]]:
    """Join neighbouring short paragraphs of one section."""
    joined: list[list[int]] = []
    for unit in units:
        if joined and _may_join(document, joined[-1], unit):
            joined[-1] = joined[-1] + unit
        else:
            joined.append(unit)
    return joined


def _may_join(document: Document, before: list[int], unit: list[int]) -> bool:
    blocks = [document.blocks[number] for number in (*before, *unit)]
    return (
        all(block.kind == "paragraph" and not block.label for block in blocks)
        and before[-1] + 1 == unit[0]
        and blocks[0].section == blocks[-1].section
        and min(_words(document, blocks[-2]), _words(document, blocks[-1])) < _SHORT
        and sum(_words(document, block) for block in blocks) <= _JOINED
    )


def _parts(document: Document, unit: list[int]) -> Iterator[_Part]:
    blocks = [document.blocks[number] for number in unit]
    if blocks[0].kind == "table_row":
        yield _row(document, unit[0])
    elif blocks[-1].kind == "list_item":
        yield from _list(document, unit)
    elif len(unit) == 1 and _words(document, blocks[0]) > _LONG:
        for start, end in _stretches(document.text, blocks[0].start, blocks[0].end):
            yield _Part(unit[0], unit[0], start, end)
    else:
        yield _Part(unit[0], unit[-1], blocks[0].start, blocks[-1].end)


def _row(document: Document, number: int) -> _Part:
    """Return a row as "Header: cell. Header: cell.", with the cells that it continues."""
    block = document.blocks[number]
    pieces = []
    for cell in block.cells:
        words = " ".join(document.text[cell.start : cell.end].split())
        if words:
            pieces.append(f"{cell.header}: {words}" if cell.header else words)
    text = " ".join(piece if _STOP.search(piece) else f"{piece}." for piece in pieces)
    start = min((cell.start for cell in block.cells), default=block.start)
    return _Part(number, number, min(start, block.start), block.end, text)


def _list(document: Document, unit: list[int]) -> Iterator[_Part]:
    """Return a list with its lead-in, cut between items where it is too long."""
    runs: list[list[int]] = [[]]
    length = 0
    for number in unit:
        words = _words(document, document.blocks[number])
        introduces = runs[-1] == [unit[0]] and document.blocks[unit[0]].kind == "paragraph"
        if runs[-1] and length + words > _LONG and not (introduces and length <= _LEAD_IN):
            runs.append([])
            length = _repeated_words(document, number)
        runs[-1].append(number)
        length += words
    for run in runs:
        first, last = document.blocks[run[0]], document.blocks[run[-1]]
        if len(run) == 1 and first.end - first.start and _words(document, first) > _LONG:
            for start, end in _stretches(document.text, first.start, first.end):
                yield _Part(run[0], run[0], start, end, _with_lead_in(document, run[0], start, end))
        else:
            text = _with_lead_in(document, run[0], first.start, last.end)
            yield _Part(run[0], run[-1], first.start, last.end, text)


def _repeated_words(document: Document, number: int) -> int:
    return sum(len(text.split()) for text in _lead_ins(document, number))


def _with_lead_in(document: Document, number: int, start: int, end: int) -> str:
    return "\n".join([*_lead_ins(document, number), document.text[start:end]])


def _lead_ins(document: Document, number: int) -> list[str]:
    """Return what introduces a block, the outermost first: of a long lead-in its last sentence."""
    texts = []
    lead_in = document.blocks[number].lead_in
    while lead_in is not None:
        block = document.blocks[lead_in]
        text = document.text[block.start : block.end]
        if len(text.split()) > _LEAD_IN:
            start, end = sentences(document.text, block.start, block.end)[-1]
            text = document.text[start:end]
        texts.append(text)
        lead_in = block.lead_in
    return texts[::-1]


def _stretches(text: str, start: int, end: int) -> list[Span]:
    """Cut a long text at sentence ends into parts of about equal length."""
    spans = [piece for span in sentences(text, start, end) for piece in _short_enough(text, span)]
    counts = [len(text[a:b].split()) for a, b in spans]
    parts = -(-sum(counts) // _PART)
    aim = sum(counts) / parts
    stretches: list[Span] = []
    length = 0
    for (first, last), words in zip(spans, counts, strict=True):
        if stretches and length + words <= _PART and length + words / 2 <= aim:
            stretches[-1] = (stretches[-1][0], last)
            length += words
        else:
            stretches.append((first, last))
            length = words
    return stretches


def _short_enough(text: str, span: Span) -> list[Span]:
    """Cut a sentence that is too long for one part between its words."""
    words = [
        (m.start() + span[0], m.end() + span[0]) for m in re.finditer(r"\S+", text[slice(*span)])
    ]
    cuts = [*range(0, len(words), _PART), len(words)]
    return [(words[a][0], words[b - 1][1]) for a, b in pairwise(cuts)]


def _words(document: Document, block: Block) -> int:
    return len(document.text[block.start : block.end].split())


def _passage(document: Document, ordinal: int, part: _Part) -> Passage:
    section = document.blocks[part.first].section
    return Passage(
        document=document.metadata.id,
        version=document.metadata.version,
        ordinal=ordinal,
        section=section,
        first=part.first,
        last=part.last,
        start=part.start,
        end=part.end,
        text=part.text or document.text[part.start : part.end],
        heading=" › ".join(document.sections[section].path),
    )
