"""A document as a page reads it: its blocks in order, with one span of it marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter

from assistant.reply import page_in_words
from bots.rows import by_column, columns_of
from bots.web.parts import (
    Caption,
    CellText,
    Heading,
    Item,
    Listing,
    Note,
    PageStart,
    Paragraph,
    Part,
    Piece,
    Prose,
    Reading,
    Row,
    Span,
    Table,
)
from corpus.model import Block, Document, Section
from corpus.places import page_label

__all__ = [
    "Caption",
    "Heading",
    "Item",
    "Listing",
    "Note",
    "PageStart",
    "Paragraph",
    "Part",
    "Piece",
    "Prose",
    "Reading",
    "Row",
    "Span",
    "Table",
    "contents",
    "page_anchor",
    "page_starts",
    "read",
]

LOWEST_HEADING = 6
DEEPEST_CONTENTS = 3


def read(document: Document, span: Span | None = None, *, found: Sequence[Span] = ()) -> Reading:
    """Cut a document into the parts of a page; mark ``span`` in it, and the spans ``found``.

    Those are in order and do not overlap.
    """
    titled = _is_titled(document)
    first = _first_marked(document, span) if span else None
    shown = span if first is not None else None
    cutter = _Cutter(document, shown, first, page_starts(document), titled, tuple(found))
    return Reading(tuple(cutter.parts()), titled, found=first is not None)


def read_page(document: Document, number: int, span: Span | None = None) -> tuple[Part, ...]:
    """Cut what begins on one page of a document, from 1, into the parts of a page."""
    first = _first_marked(document, span) if span else None
    cutter = _Cutter(document, span, first, {}, titled=False)
    return tuple(cutter.parts([one for one in document.blocks if one.page == number]))


def _is_titled(document: Document) -> bool:
    if not document.blocks or document.blocks[0].kind != "heading":
        return False
    own = document.text[document.blocks[0].start : document.blocks[0].end]
    return _bare(own) == _bare(document.metadata.title)


def _bare(title: str) -> str:
    """Return letters and digits alone: a title differs from its heading in dashes and quotes."""
    return "".join(filter(str.isalnum, title.casefold()))


def _first_marked(document: Document, span: Span) -> int | None:
    """Return the first character that a page shows of ``span``; None if it shows none."""
    for place in _shown_places(document):
        start, end = max(place.start, span.start), min(place.end, span.end)
        if start < end and document.text[start:end].strip():
            return start
    return None


def _shown_places(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        if block.cells:
            yield from (Span(c.start, c.end) for c in block.cells if c.start >= block.start)
        else:
            yield Span(block.start, block.end)


@dataclass(frozen=True, slots=True)
class _Cutter:
    document: Document
    span: Span | None
    first: int | None
    pages: Mapping[int, str]
    titled: bool
    found: tuple[Span, ...] = ()

    def parts(self, blocks: Sequence[Block] | None = None) -> Iterator[Part]:
        for kind, run in groupby(blocks or self.document.blocks, key=_run_key):
            same = list(run)
            page = self.pages.get(same[0].start)
            if page:
                yield PageStart(page, same[0].page or 0)
            if kind[0] == "list_item":
                first, *rest = self.items(same)
                yield Listing((replace(first, page=""), *rest))
            elif kind[0] == "table_row":
                yield self.table(same)
            else:
                yield self.single(same[0])

    def single(self, block: Block) -> Heading | Paragraph | Caption | Note:
        if block.kind == "caption":
            return Caption(self.prose(block), block.start)
        if block.kind == "note":
            return Note(self.prose(block), block.start)
        if block.kind == "heading":
            section = self.document.sections[block.section]
            return Heading(self.level(block), page_anchor(section.anchor), self.prose(block))
        return Paragraph(self.prose(block), block.start)

    def level(self, block: Block) -> int:
        """Return 1 for the title, then 2 and below; a page never skips past 6."""
        if self.titled and block is self.document.blocks[0]:
            return 1
        depth, parent = 2, self.document.sections[block.section].parent
        title = self.document.blocks[0].section if self.titled else None
        while parent is not None:
            depth += parent != title
            parent = self.document.sections[parent].parent
        return min(depth, LOWEST_HEADING)

    def items(self, blocks: Sequence[Block]) -> tuple[Item, ...]:
        """Nest the items of a list by their depth."""
        if not blocks:
            return ()
        top = min(block.depth for block in blocks)
        heads = [place for place, block in enumerate(blocks) if block.depth == top]
        heads[0] = 0  # a list that starts with an inner item shows it on the outer level
        ends = [*heads[1:], len(blocks)]
        return tuple(
            Item(
                self.prose(blocks[head]),
                self.items(blocks[head + 1 : end]),
                self.pages.get(blocks[head].start, ""),
                blocks[head].page or 0,
                blocks[head].start,
            )
            for head, end in zip(heads, ends, strict=True)
        )

    def table(self, blocks: Sequence[Block]) -> Table:
        rows = [by_column(self.row(block)) for block in blocks]
        columns = columns_of(rows)
        headers = tuple(header for header, _ in columns)
        pages = ["", *(self.pages.get(block.start, "") for block in blocks[1:])]
        cells = [tuple(row.get(column, ()) for column in columns) for row in rows]
        numbers, places = [one.page or 0 for one in blocks], [one.start for one in blocks]
        return Table(
            headers if any(headers) else (), tuple(map(Row, cells, pages, numbers, places))
        )

    def row(self, block: Block) -> Iterator[tuple[str, CellText]]:
        if not block.cells:
            yield "", CellText(self.pieces(block.start, block.end))
        for cell in block.cells:
            if cell.start < block.start:
                above = Piece(self.document.text[cell.start : cell.end])
                yield cell.header, CellText((above,), repeated=True)
            else:
                yield cell.header, CellText(self.pieces(cell.start, cell.end))

    def prose(self, block: Block) -> Prose:
        """Cut a block after its printed label, so that the label can hang in the margin."""
        text = self.document.text[block.start : block.end]
        if not block.label or not text.startswith(block.label):
            return Prose((), self.pieces(block.start, block.end))
        cut = block.start + len(block.label)
        return Prose(self.pieces(block.start, cut), self.pieces(cut, block.end))

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """Cut ``[start, end)`` where the marked span and what was found begin and end."""
        if self.span is None and not self.found:
            return (Piece(self.document.text[start:end]),)
        cuts = {start, end}
        if self.span:
            cuts |= {min(max(at, start), end) for at in (self.span.start, self.span.end)}
        for place in range(self._after(start), len(self.found)):
            one = self.found[place]
            if one.start >= end:
                break
            cuts |= {min(max(at, start), end) for at in (one.start, one.end)}
        return tuple(self._piece(a, b) for a, b in pairwise(sorted(cuts)))

    def _after(self, start: int) -> int:
        """Return the place of the first span found that ends after ``start``."""
        return bisect_right(self.found, start, key=attrgetter("end"))

    def _piece(self, start: int, end: int) -> Piece:
        span, text = self.span, self.document.text[start:end]
        marked = span is not None and span.start <= start and end <= span.end and bool(text.strip())
        place = self._after(start)
        match = place < len(self.found) and self.found[place].start <= start
        return Piece(
            text,
            marked,
            first=marked and start <= (self.first or 0) < end,
            match=place + 1 if match else 0,
            begins=match and self.found[place].start == start,
        )


def page_starts(document: Document) -> dict[int, str]:
    """Return the start of each block that begins on another page than the one before it.

    With it the page, in words; the first page is not told.
    """
    return {
        block.start: page_in_words(block.page, page_label(document, block.page))
        for before, block in pairwise(document.blocks)
        if block.page is not None and block.page != before.page
    }


def contents(document: Document) -> tuple[tuple[Section, int], ...]:
    """List the sections with their depth, the document's own title left out."""
    title = document.blocks[0].section if _is_titled(document) else None
    listed = []
    for place, section in enumerate(document.sections):
        depth, parent = 0, section.parent
        while parent is not None:
            depth += parent != title
            parent = document.sections[parent].parent
        if place != title:
            listed.append((section, min(depth, DEEPEST_CONTENTS)))
    return tuple(listed)


def page_anchor(anchor: str) -> str:
    """Return a section's anchor on the page; ``cited`` is taken by the marked quote."""
    return f"section-{anchor}" if anchor in {"cited", "main", "contents"} else anchor


def _run_key(block: Block) -> tuple[str, int | None]:
    """Return what the blocks of one list or table share; any other block is alone."""
    return block.kind, block.start if block.group is None else block.group
