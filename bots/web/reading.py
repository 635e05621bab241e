"""A document as a page reads it: its blocks in order, with one span of it marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from assistant.reply import page_in_words
from bots.rows import by_column, columns_of
from corpus.model import Block, Document, Section
from corpus.places import page_label

LOWEST_HEADING = 6
DEEPEST_CONTENTS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the canonical text, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not; ``first`` is where a reader is taken to."""

    text: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Text with its printed label, if any, in front."""

    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, 1 for the document's own."""

    level: int
    anchor: str
    prose: Prose
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or clause."""

    prose: Prose
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Caption:
    """The title of a table or picture."""

    prose: Prose
    kind: str = "caption"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or speaker's note."""

    prose: Prose
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class PageStart:
    """What follows begins on another page than what stands before."""

    page: str
    kind: str = "page"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with the items below it; ``page`` where it begins on another page."""

    prose: Prose
    items: tuple[Item, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Item, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class CellText:
    """A paragraph of a cell; ``repeated`` when it continues the row above."""

    pieces: tuple[Piece, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, each cell its paragraphs; ``page`` where it begins on another page."""

    cells: tuple[tuple[CellText, ...], ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; without ``headers`` where the author gave none."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = "table"


Part = Heading | Paragraph | Caption | Note | PageStart | Listing | Table


@dataclass(frozen=True, slots=True)
class Reading:
    """A document cut for a page.

    Attributes:
        titled: the first part is the document's title, so that the page needs no other.
        found: the span that was asked for covers some of the text.
    """

    parts: tuple[Part, ...]
    titled: bool
    found: bool


def read(document: Document, span: Span | None = None) -> Reading:
    """Cut a document into the parts of a page and mark ``span`` in it."""
    titled = _is_titled(document)
    first = _first_marked(document, span) if span else None
    shown = span if first is not None else None
    cutter = _Cutter(document, shown, first, page_starts(document), titled=titled)
    return Reading(tuple(cutter.parts()), titled, found=first is not None)


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

    def parts(self) -> Iterator[Part]:
        for kind, run in groupby(self.document.blocks, key=_run_key):
            blocks = list(run)
            page = self.pages.get(blocks[0].start)
            if page:
                yield PageStart(page)
            if kind[0] == "list_item":
                first, *rest = self.items(blocks)
                yield Listing((replace(first, page=""), *rest))
            elif kind[0] == "table_row":
                yield self.table(blocks)
            else:
                yield self.single(blocks[0])

    def single(self, block: Block) -> Heading | Paragraph | Caption | Note:
        if block.kind == "caption":
            return Caption(self.prose(block))
        if block.kind == "note":
            return Note(self.prose(block))
        if block.kind == "heading":
            section = self.document.sections[block.section]
            return Heading(self.level(block), page_anchor(section.anchor), self.prose(block))
        return Paragraph(self.prose(block))

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
            )
            for head, end in zip(heads, ends, strict=True)
        )

    def table(self, blocks: Sequence[Block]) -> Table:
        rows = [by_column(self.row(block)) for block in blocks]
        columns = columns_of(rows)
        headers = tuple(header for header, _ in columns)
        pages = ["", *(self.pages.get(block.start, "") for block in blocks[1:])]
        cells = [tuple(row.get(column, ()) for column in columns) for row in rows]
        return Table(headers if any(headers) else (), tuple(map(Row, cells, pages)))

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
        """Cut ``[start, end)`` where the marked span begins and ends."""
        if self.span is None:
            return (Piece(self.document.text[start:end]),)
        cuts = sorted({start, end, *(min(max(at, start), end) for at in self._edges())})
        return tuple(self._piece(a, b) for a, b in pairwise(cuts))

    def _edges(self) -> tuple[int, int]:
        return (self.span.start, self.span.end) if self.span else (0, 0)

    def _piece(self, start: int, end: int) -> Piece:
        low, high = self._edges()
        text = self.document.text[start:end]
        marked = low <= start and end <= high and bool(text.strip())
        return Piece(text, marked, first=marked and start <= (self.first or 0) < end)


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
