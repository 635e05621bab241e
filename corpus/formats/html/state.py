"""What is known while a page is walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from corpus.formats.html.labels import StyledLists
from corpus.formats.html.notes import Notes, PageNote
from corpus.formats.html.office import has_title
from corpus.formats.html.tree import Node, Page
from corpus.formats.html.words import Line, bold_classes
from corpus.raw import Raw


@dataclass(frozen=True, slots=True)
class Walked:
    """A block, and whether it is a link to a place on the same page and nothing else."""

    block: Raw
    is_link: bool = False


@dataclass(slots=True)
class Entry:
    """A list item that is being read: its lines so far."""

    group: int
    depth: int
    label: str = ""
    lines: list[Line] = field(default_factory=list)
    has_text: bool = False
    spent: bool = False  # a heading stands in it: what follows are paragraphs


@dataclass(slots=True)
class Shared:
    """What is the same for a page and for the cells and notes in it."""

    page: Page
    notes: Notes
    styled: StyledLists
    bold: frozenset[str]
    back: frozenset[Node]
    frames: frozenset[Node]
    has_title: bool
    groups: Iterator[int] = field(default_factory=lambda: count(1))
    numbers: Iterator[int] = field(default_factory=count)
    written: set[PageNote] = field(default_factory=set)

    @classmethod
    def of(cls, page: Page, content: Node, notes: Notes) -> Shared:
        """Look at what holds for the whole page before its content is walked."""
        return cls(
            page,
            notes,
            StyledLists.of(page.styles),
            bold_classes(page.styles),
            notes.back,
            notes.frames(),
            has_title(content),
        )
