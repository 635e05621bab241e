"""The words of a text as they are collected, each with its place."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from corpus.traced import Traced


@dataclass(slots=True)
class Tape:
    """The original: everything kept, in the order of the file."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> Traced:
        """Add a text on a line of its own, and return it with its places."""
        start, self.length = self.length, self.length + len(text) + 1
        self.parts += (text, "\n")
        return Traced(text, array("i", range(start, start + len(text))))


@dataclass(slots=True)
class Letters:
    """The letters of one paragraph, and how they look.

    Attributes:
        count, bold: how many letters are seen, and how many of those are bold.
        size: of the smallest, in half points; None where nothing says it.
    """

    pieces: list[str] = field(default_factory=list)
    count: int = 0
    bold: int = 0
    size: int | None = None

    def add(self, text: str, *, bold: bool, size: int | None) -> None:
        """Add a run of letters that look alike."""
        self.pieces.append(text)
        if count := len(text.strip()):
            self.count += count
            if bold:
                self.bold += count
            if size is not None and (self.size is None or size < self.size):
                self.size = size

    @property
    def text(self) -> str:
        """All letters."""
        return "".join(self.pieces)

    @property
    def is_bold(self) -> bool:
        """Say whether all is bold; one character, often the colon after the words, may not be."""
        return self.count - self.bold <= 1 <= self.bold
