"""What a document is cut into for a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the canonical text, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    Attributes:
        marked: it belongs to the quote; ``first`` is where a reader is taken to.
        match: it belongs to this match of the words that were looked for, from 1; 0 is none.
        begins: the match begins with it.
    """

    text: str
    marked: bool = False
    first: bool = False
    match: int = 0
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Text with its printed label, if any, in front."""

    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """The label in words; empty where there is none."""
        return "".join(piece.text for piece in self.label).strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, 1 for the document's own."""

    level: int
    anchor: str
    prose: Prose
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or clause; ``at`` is where it begins in the text, as for all that has one."""

    prose: Prose
    at: int = 0
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Caption:
    """The title of a table or picture."""

    prose: Prose
    at: int = 0
    kind: str = "caption"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or speaker's note."""

    prose: Prose
    at: int = 0
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class PageStart:
    """What follows begins on another page than what stands before; ``number`` is from 1."""

    page: str
    number: int = 0
    kind: str = "page"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with the items below it; ``page`` where it begins on another page."""

    prose: Prose
    items: tuple[Item, ...] = ()
    page: str = ""
    number: int = 0
    at: int = 0


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
    number: int = 0
    at: int = 0


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
