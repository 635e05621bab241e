"""The types of a document, from its bytes to its passages.

All offsets count Unicode code points, half open: ``text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "caption", "note"]
Status = Literal["in force", "superseded", "expired", "not yet in force", "sample"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about one version of a document, from its sidecar or found in its text.

    Attributes:
        id: name of the document, shared by all its versions; safe in a URL.
        version: as its owner calls it ("2", "2024–2027"); unique among the versions of one id.
        sample: shown for illustration; no rule of any organisation.
        withdrawn: its owner marked it superseded, whatever its dates say.
        effective_from, effective_to: first and last day on which it is in force; None is open.
        period_from, period_to: what a strategy or programme covers; its end does not end its force.
        contact: whom to ask; empty when nobody is named.
        source: where it comes from, in words or as an address.
        supersedes: ids of other documents that it takes the place of from its first day.
        audience: groups that may read it; empty is everybody.
        found: names of the fields that nobody set and the reader found in the document itself.
        assumed: names of the fields that nobody set and the document does not show: their value
            here is a stand-in.
    """

    id: str
    title: str
    version: str = "1"
    organisation: str = ""
    kind: str = "document"
    language: str = "en"
    owner: str = ""
    contact: str = ""
    source: str = ""
    sample: bool = False
    withdrawn: bool = False
    effective_from: date | None = None
    effective_to: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    supersedes: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: the text of its column's header and its own place.

    ``start == end`` is an empty cell. A cell that is merged with the one above has the place of the
    cell above, before the row's own start; one merged with the cell at its left has that one's.
    """

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row, caption or note of the canonical text.

    A note (of a footnote, an endnote, a slide's speaker) stands after the block, list or table that
    refers to it.

    Attributes:
        section: position in ``Document.sections`` of the section that it stands in.
        label: clause number or list label as printed ("3.2", "(b)"), in the text as well.
        depth: nesting of a list item, 0 for the outermost and for all other kinds.
        lead_in: position of the block that introduces this list item or row, or that a note
            belongs to; or None.
        group: one number for the items of one list or the rows of one table, else None.
        cells: of a table row, in column order.
        page: position from 1 of the page that it begins on; None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    section: int
    label: str = ""
    depth: int = 0
    lead_in: int | None = None
    group: int | None = None
    cells: tuple[Cell, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it, sub-sections included.

    Attributes:
        path: headings from the outermost to its own; the document's title is left out
            unless it is the only heading there is.
        anchor: name of the section in addresses, unique in its document.
        number: clause or chapter number as printed, empty when there is none.
        parent: position of the enclosing section, None at the top.
    """

    heading: str
    path: tuple[str, ...]
    anchor: str
    start: int
    end: int
    number: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where each character of the canonical text stands in the decoded original.

    Three parallel tuples of runs: canonical ``starts[i]`` comes from ``sources[i]`` and goes on
    for ``lengths[i]`` characters one to one. A character in no run was put there by the reader:
    a separator between blocks, a space for a line break, a hyphen that conversion lost.
    """

    starts: tuple[int, ...]
    sources: tuple[int, ...]
    lengths: tuple[int, ...]

    def source_of(self, position: int) -> int | None:
        """Return the place in the original of one canonical character, None if it has none."""
        run = bisect_right(self.starts, position) - 1
        if run < 0 or position >= self.starts[run] + self.lengths[run]:
            return None
        return self.sources[run] + position - self.starts[run]

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the smallest span of the original that holds canonical ``[start, end)``."""
        places = [place for place in map(self.source_of, range(start, end)) if place is not None]
        return (min(places), max(places) + 1) if places else None


@dataclass(frozen=True, slots=True)
class Page:
    """One page or slide of the original.

    Attributes:
        start: offset of its first character in the original text that ``Origin`` points into.
        label: its number as printed ("iv", "14"); empty when it is not known.
        width, height: in points, of the page as it is shown (turned if it says so); 0 where it
            cannot be pictured.
        confidence: mean confidence, 0 to 1, with which a scan was recognised; None for a page
            whose text is its own.
    """

    start: int
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a document, read.

    Attributes:
        path: of the file, relative to the corpus folder, with forward slashes.
        sha256: of the file's bytes, hexadecimal.
        text: canonical text: blocks joined by blank lines, list items and rows by line breaks,
            cells by tabs; NFC; no markup. It depends on the bytes and the reader's version alone.
        notes: what the reader repaired or could not read with certainty, in words for its owner.
        pages: in order; empty where the format has none.
        boxes: where the characters of the original stand on their pages: for each four unsigned
            16-bit little-endian numbers (left, top, right, bottom) in tenths of a point from the
            shown page's top left corner, all 0 for a character without a place. Empty where there
            is nothing to picture.
    """

    metadata: Metadata
    path: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    origin: Origin
    notes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    boxes: bytes = b""

    @property
    def key(self) -> str:
        """Id and version in one word, as the index files them."""
        return document_key(self.metadata.id, self.metadata.version)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and retrieved: one paragraph, clause, list or table row, place kept.

    Attributes:
        ordinal: position among the passages of its document, in reading order.
        first, last: positions in ``Document.blocks`` of its first and last block.
        text: what is matched: the canonical slice; a row with its column headers and with the
            cells that it continues; a list with its lead-in.
        heading: section path in one line.
    """

    document: str
    version: str
    ordinal: int
    section: int
    first: int
    last: int
    start: int
    end: int
    text: str
    heading: str


def document_key(document: str, version: str) -> str:
    """Name one version of one document."""
    return f"{document}@{version}"
