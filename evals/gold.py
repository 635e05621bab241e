"""Gold structures: what a careful reader sees in a document, written by hand line by line.

A file ``<name>.gold`` beside the documents. Its head names the document; after ``---`` each line is
one block in reading order, by its first sign::

    file: travel.pdf
    sha256: 9f86d0…           (only for a document that does not stand beside it)
    pages: 2-5                (only these were written down; whole document if left out)
    ---
    [2]                       page 2 begins
    ! Duty travel policy      the document's title
    # Purpose                 a heading; ## one below it
    = Table 1: Daily rates    a caption
    | Place | Rate            a table's column headers, then its rows; || begins one without
    - first item              a list item; -- one below it
    ^ 1 See staff rule 7.     a note
    ~ Duty travel, page 2     must not be in the text: a header, a footer, a page number
    Anything else             a paragraph; "…" at its end leaves out the rest

Cells that are merged are written out in every row. A line too long is gone on with on lines that
begin with two spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SUFFIX = ".gold"

Kind = Literal["title", "heading", "paragraph", "item", "row", "caption", "note", "furniture"]

_PAGE = re.compile(r"\[(\d+)\]$")
_LEVEL = re.compile(r"(#{1,6}) ")
_DEPTH = re.compile(r"(-{1,6}) ")


class GoldError(Exception):
    """A gold file cannot be understood; says which and where."""


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """One block as a careful reader sees it.

    Attributes:
        open_ended: ``text`` is only its beginning.
        level: of a heading, from 1.
        cells: of a row, (column header, text) in order.
    """

    kind: Kind
    text: str
    page: int | None
    open_ended: bool = False
    level: int = 0
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold structure of one document.

    Attributes:
        file: name of the document.
        sha256: of its bytes; empty for a document that stands beside the gold.
        pages: first and last page that were written down; None is all.
    """

    name: str
    file: str
    sha256: str
    pages: tuple[int, int] | None
    blocks: tuple[GoldBlock, ...]


def read_gold(path: Path) -> Gold:
    """Read one gold file; raises GoldError."""
    head, mark, body = path.read_text("utf-8").partition("\n---\n")
    if not mark:
        raise GoldError(f"{path.name} has no line --- between its head and its blocks.")
    said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    if "file" not in said:
        raise GoldError(f"{path.name} does not name its file.")
    pages = said.get("pages", "").split("-")
    return Gold(
        name=path.stem,
        file=said["file"],
        sha256=said.get("sha256", ""),
        pages=(int(pages[0]), int(pages[-1])) if pages[0] else None,
        blocks=tuple(_Reader().read(_lines(body))),
    )


def _lines(body: str) -> Iterator[str]:
    """Give the lines, those that go on with the one before joined to it."""
    line = ""
    for part in body.splitlines():
        if part.startswith("  ") and line:
            line = f"{line} {part.strip()}"
            continue
        if line.strip():
            yield line
        line = part
    if line.strip():
        yield line


@dataclass(slots=True)
class _Reader:
    page: int | None = None
    header: tuple[str, ...] | None = None
    blocks: list[GoldBlock] = field(default_factory=list)

    def read(self, lines: Iterator[str]) -> list[GoldBlock]:
        for line in lines:
            page = _PAGE.match(line)
            if page:
                self.page = int(page[1])
                continue
            if line.startswith("|"):
                self._row(line)
                continue
            self.header = None if not line.startswith("~") else self.header
            self.blocks.append(self._block(line))
        return self.blocks

    def _block(self, line: str) -> GoldBlock:
        heading = _LEVEL.match(line)
        if heading:
            return self._made("heading", line[heading.end() :], level=len(heading[1]))
        item = _DEPTH.match(line)
        if item:
            return self._made("item", line[item.end() :])
        signs: dict[str, Kind] = {"! ": "title", "= ": "caption", "^ ": "note", "~ ": "furniture"}
        for sign, kind in signs.items():
            if line.startswith(sign):
                return self._made(kind, line[2:])
        return self._made("paragraph", line)

    def _made(self, kind: Kind, text: str, level: int = 0) -> GoldBlock:
        open_ended = text.endswith("…")
        return GoldBlock(kind, text.rstrip("…").strip(), self.page, open_ended, level)

    def _row(self, line: str) -> None:
        if line.startswith("||"):
            cells = tuple(cell.strip() for cell in line[2:].split("|"))
            self.header = ("",) * len(cells)
        else:
            cells = tuple(cell.strip() for cell in line[1:].split("|"))
            if self.header is None:
                self.header = cells
                return
        if len(cells) != len(self.header):
            raise GoldError(f"A row has {len(cells)} cells under {len(self.header)}: {line}")
        pairs = tuple(zip(self.header, cells, strict=True))
        self.blocks.append(GoldBlock("row", " ".join(cells), self.page, cells=pairs))
