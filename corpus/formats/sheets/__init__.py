"""Spreadsheets: each sheet that is shown is a section with its tables."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from corpus.errors import EmptyFile
from corpus.formats.grid import blocks_of
from corpus.formats.grid.cells import Entry, Grid, Line
from corpus.formats.package import open_package
from corpus.formats.sheets.workbook import Sheet, Workbook, open_workbook, read_sheets
from corpus.metadata import Fields
from corpus.progress import OnPage, unheard
from corpus.raw import Heading, Paragraph, Parsed, Raw
from corpus.traced import Traced

_UNNAMED = re.compile(r"[^\W\d_]+\s?\d+$")  # as programs call a sheet: Sheet1, Tabelle1
_LONGEST_TITLE = 25  # words


def parse(data: bytes, name: str, *, on_page: OnPage = unheard) -> Parsed:
    """Return the tables and texts of a spreadsheet file.

    The original is the text of its cells as they are shown, by sheet, row and column, each cell
    ending with a tab and each row with a line break.

    Raises:
        UnreadableFile: it is damaged, too large, or shows nothing.
    """
    package = open_package(data, name)
    workbook = open_workbook(package)
    page = _Text()
    notes: list[str] = []
    total = len(workbook.sheets)
    for number, sheet in enumerate(read_sheets(workbook), start=1):
        notes += _notes(sheet)
        if sheet.rows:
            page.add(sheet, name, alone=total == 1)
        on_page(number, total)
    if workbook.hidden:
        notes.append(f"Hidden sheets were left out: {', '.join(workbook.hidden)}.")
    if not page.blocks:
        raise EmptyFile(
            f"{name} shows no text. {' '.join(notes)}".rstrip(), "Give it some, or remove it."
        )
    return Parsed(
        original="".join(page.parts),
        blocks=page.blocks,
        properties=_properties(workbook),
        notes=tuple(notes),
    )


def _properties(workbook: Workbook) -> Fields:
    root = workbook.package.xml("docProps/core.xml")
    if root is None:
        return Fields()
    texts = {
        key: (next(root.iter(f"{{*}}{key}"), root).text or "").strip()
        for key in ("title", "language")
    }
    return Fields(title=texts["title"] or None, language=texts["language"] or None)


class _Text:
    """The text of the sheets so far, and their blocks."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Raw] = []

    def add(self, sheet: Sheet, name: str, *, alone: bool) -> None:
        """Add a sheet. The only one of a file needs no heading that no one wrote."""
        line = self.blocks[-1].lines[1] + 1 if self.blocks else 0
        heading = self.traced(sheet.name, "\n")
        grid = self._grid(sheet)
        found = blocks_of(grid, name, line + 3)
        title = found[0] if alone and found else None
        if isinstance(title, Paragraph) and title.bold and _is_title(title.text.text):
            self.blocks.append(Heading(title.text, 1, title.lines))
            self.blocks += found[1:]
            return
        if not (alone and _UNNAMED.match(sheet.name)):
            self.blocks.append(Heading(heading, 1 if alone else 2, (line, line + 1)))
        self.blocks += found

    def traced(self, text: str, end: str) -> Traced:
        """Add text and what ends it, and return it with its places."""
        start = self.length
        self.parts += [text, end]
        self.length += len(text) + len(end)
        return Traced(text, array("i", range(start, start + len(text))))

    def _grid(self, sheet: Sheet) -> Grid:
        hidden = sorted(number for kind, number in sheet.hidden if kind == "row")
        rows: list[Line] = []
        for row in sorted(sheet.rows):
            cells = sheet.rows[row]
            entries = {
                column: Entry(
                    self.traced(cell.text, "\t"),
                    bold=cell.bold,
                    marked=cell.bold or cell.coloured,
                    number=cell.number,
                    year=cell.year,
                )
                for column, cell in sorted(cells.items())
            }
            self.traced("", "\n")
            rows.append((row - bisect_left(hidden, row), entries))
        heads = frozenset(row - bisect_left(hidden, row) for row in sheet.heads)
        merged = [
            (top - bisect_left(hidden, top), left, bottom - bisect_left(hidden, bottom), right)
            for top, left, bottom, right in sheet.merged
        ]
        return Grid(rows, merged, heads)


def _is_title(text: str) -> bool:
    return "\n" not in text and len(text.split()) <= _LONGEST_TITLE


def _notes(sheet: Sheet) -> list[str]:
    """Return what of a sheet was not read, in words."""
    notes = []
    for kind in ("row", "column"):
        count = sum(one == kind for one, _ in sheet.hidden)
        if count:
            notes.append(f"Sheet “{sheet.name}”: hidden {kind}s were left out: {count}.")
    if sheet.uncounted:
        notes.append(
            f"Sheet “{sheet.name}”: {sheet.uncounted} formulas have no result in the file; open "
            "it in a spreadsheet program and save it again."
        )
    if sheet.pictured:
        notes.append(f"Sheet “{sheet.name}”: its charts and pictures were not read.")
    return notes
