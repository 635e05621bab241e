"""The running text of a page, collected until a block ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.html.notes import PageNote
from corpus.formats.html.tree import Node, Text
from corpus.traced import Traced, cut, joined, made

_LINKED = 0.7  # share of letters in links within the page that makes a line of contents
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_BOLD = frozenset(("bold", "bolder", "600", "700", "800", "900"))
_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_BOLD_TAGS = frozenset(("b", "strong", "th"))


@dataclass(frozen=True, slots=True)
class Line:
    """The text of one block.

    Attributes:
        bold: it is so throughout.
        is_link: most of it is a link to a place on the same page.
        notes: that it refers to.
    """

    text: Traced
    bold: bool
    is_link: bool
    notes: tuple[PageNote, ...]


class Words:
    """What was read since the last block ended."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._clear()

    def _clear(self) -> None:
        self.parts: list[Text | str] = []
        self.notes: list[PageNote] = []
        self.letters = self.bold = self.linked = 0

    def add(self, text: Text, *, bold: bool, linked: bool) -> None:
        """Take characters of the page."""
        letters = text.end - text.start - self.source.count(" ", text.start, text.end)
        self.letters += letters
        self.bold += letters if bold else 0
        self.linked += letters if linked else 0
        self.parts.append(text)

    def put(self, text: str) -> None:
        """Put in what the page shows without writing it."""
        self.parts.append(text)

    @property
    def ends_line(self) -> bool:
        """Whether a line break was the last thing that came."""
        for part in reversed(self.parts):
            words = part if isinstance(part, str) else self.source[part.start : part.end]
            if words == "\n":
                return True
            if words.strip():
                return False
        return False

    def take(self) -> Line | None:
        """Return what was collected and begin anew; None if it was blank."""
        text = self._text() if self.parts else made("")
        line = None
        if text.text:
            line = Line(
                text,
                bold=self.bold == self.letters > 0,
                is_link=self.linked > _LINKED * self.letters,
                notes=tuple(self.notes),
            )
        notes = [] if line else self.notes
        self._clear()
        self.notes = notes
        return line

    def _text(self) -> Traced:
        pieces: list[Traced] = []
        start = end = -1
        for part in self.parts:
            if isinstance(part, Text) and part.start == end:
                end = part.end
                continue
            if end > start:
                pieces.append(cut(self.source, start, end))
            if isinstance(part, Text):
                start, end = part.start, part.end
            else:
                start = end = -1
                pieces.append(made(part))
        if end > start:
            pieces.append(cut(self.source, start, end))
        return (pieces[0] if len(pieces) == 1 else joined(pieces)).strip()


def join_lines(lines: Sequence[Line]) -> Traced:
    """Return lines as one text, each on its own line."""
    return lines[0].text if len(lines) == 1 else joined([line.text for line in lines], "\n")


def weight_of(node: Node, bold_names: frozenset[str]) -> bool | None:
    """Say whether an element makes its text bold; None if it leaves that as it is."""
    if found := _WEIGHT.search(node.attributes.get("style", "")):
        return found[1].lower() in _BOLD
    if node.tag in _BOLD_TAGS:
        return True
    names = node.attributes.get("class")
    if bold_names and names and not bold_names.isdisjoint(names.split()):
        return True
    return None


def bold_classes(styles: str) -> frozenset[str]:
    """Return the classes that a style sheet sets in bold, where one rule names one class."""
    return frozenset(
        rule[1]
        for rule in _CLASS_RULE.finditer(styles)
        if (found := _WEIGHT.search(rule[2])) and found[1].lower() in _BOLD
    )
