"""What is seen of a text: paragraphs and tables, before it is known what each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element as Element

from corpus.traced import Traced, joined, made

Role = Literal["", "title", "contents", "caption"]

_BETWEEN = " | "  # the cells of a table that stands in a cell


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before one paragraph.

    Attributes:
        key: of the list; paragraphs of one list count together.
        num: how the list is named where it is used; a new name may begin it anew.
        level: from 0.
        text: as printed, with the space after it; empty for a bullet.
        bullet: a sign that only says "an item begins here".
        worded: it has words of its own ("Article 3"), not figures and letters alone.
        first: its list begins with it.
    """

    key: str
    num: str
    level: int
    text: str
    bullet: bool
    worded: bool
    first: bool
    indent: int | None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a note is referred to; ``mark`` is what the author printed in place of a number."""

    kind: str
    id: str
    mark: str = ""


@dataclass(slots=True)
class Line:
    """A paragraph as it is seen.

    Attributes:
        outline: level of a heading from 0; None for body text.
        size: of its smallest letters, in half points; None where nothing says it.
        notes, noted: where it refers to notes, and those with their marks once they are read.
        boxes: texts in frames that hang on it.
        sequence: it holds a number that counts tables, figures or the like, by this name.
    """

    text: Traced
    style: str = ""
    role: Role = ""
    outline: int | None = None
    number: Number | None = None
    bold: bool = False
    size: int | None = None
    indent: int | None = None
    keep_next: bool = False
    picture: bool = False
    contents: bool = False
    sequence: str = ""
    notes: list[NoteMark] = field(default_factory=list)
    noted: list[Traced] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def join(self, before: Line) -> None:
        """Put the words of a paragraph whose end was deleted before one's own."""
        self.bold = self.bold and (before.bold or not before.text.text.strip())
        self.text = joined([before.text, self.text])
        self.notes = before.notes + self.notes
        self.boxes = before.boxes + self.boxes
        self.picture = self.picture or before.picture


@dataclass(slots=True)
class Gap:
    """A table of contents or an index stood here."""


@dataclass(slots=True)
class GridCell:
    """A cell: what is in it, and how it is merged with others."""

    blocks: list[Seen]
    span: int = 1
    goes_on_above: bool = False
    goes_on_left: bool = False
    filled: bool = False  # with a colour


@dataclass(slots=True)
class GridRow:
    """A row of a table; ``before`` columns are left out at its start."""

    cells: list[GridCell]
    before: int = 0
    header: bool = False


@dataclass(slots=True)
class Grid:
    """A table; ``first_row`` when its style sets the first row apart."""

    rows: list[GridRow]
    first_row: bool = False


Seen = Line | Grid | Gap


def labelled(line: Line) -> Traced:
    """Return a paragraph's words after its printed number."""
    number = line.number
    if number is None or not number.text:
        return line.text
    return joined([made(number.text), line.text])


def lines_of(blocks: Iterable[Seen]) -> list[Traced]:
    """Return blocks as lines of text: paragraphs with their numbers, rows of tables in a cell."""
    lines: list[Traced] = []
    for block in blocks:
        if isinstance(block, Line):
            if block.text.text.strip():
                lines.append(labelled(block))
        elif isinstance(block, Grid):
            for row in block.rows:
                cells = [joined(lines_of(cell.blocks), " ") for cell in row.cells]
                lines.append(joined([cell for cell in cells if cell.text.strip()], _BETWEEN))
    return lines
