"""The blocks of a Word file as they are seen: paragraphs and tables, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from corpus.formats.docx.names import MC, W, child_of, is_on, number_of, value_of
from corpus.formats.docx.notes import Notes
from corpus.formats.docx.numbering import Numbering
from corpus.formats.docx.paragraphs import Words, chosen
from corpus.formats.docx.styles import Styles, indent_of
from corpus.formats.wordtext.seen import (
    Gap,
    Grid,
    GridCell,
    GridRow,
    Line,
    NoteMark,
    Seen,
    lines_of,
)
from corpus.formats.wordtext.tables import inside, is_layout
from corpus.formats.wordtext.tape import Tape
from corpus.traced import Traced, joined, made

_P, _TBL, _TR, _TC = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_SDT, _CONTENT = f"{W}sdt", f"{W}sdtContent"
_WRAPS = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag"))
_OF_PROGRAMS = ("table of contents", "index", "table of figures", "table of authorities")
_WIDEST = 1000  # columns that one cell may span; Word stops at 63
_BLANK = frozenset(("", "auto", "ffffff", "clear"))
_FIRST_ROW = 0x20  # of the old way to write which parts of a table style are used


@dataclass(slots=True)
class Body:
    """Reads the blocks of a file; what it counts (numbers, notes) goes on from call to call."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    words: Words
    tape: Tape
    in_note: bool = False
    inserted: int = 0  # files that were to be put in here when Word opens this one

    def read(self, element: Element) -> list[Seen]:
        """Return the blocks in the body, a cell, a note or a frame."""
        found: list[Seen] = []
        rest = self._read(element, found, None)
        if rest is not None:
            self._keep(rest, found)
        return found

    def _read(self, element: Element, found: list[Seen], before: Line | None) -> Line | None:
        """Add the blocks to those found; ``before`` are words that the next paragraph begins with.

        Returns such words when the last paragraph has no end of its own.
        """
        for child in element:
            tag = child.tag
            if tag == _P:
                before = self._paragraph(child, found, before)
            elif tag == _TBL:
                self._table(child, found)
            elif tag in _WRAPS:
                before = self._read(child, found, before)
            elif tag == f"{W}altChunk":
                self.inserted += 1
            else:
                for part in _parts(child, found):
                    before = self._read(part, found, before)
        return before

    def _paragraph(self, element: Element, found: list[Seen], before: Line | None) -> Line | None:
        properties = element.find(f"{W}pPr")
        style = self.styles[value_of(properties, "pStyle")]
        line = self.words.read(element, style, self.tape)
        if before is not None:
            line.join(before)
        mark = child_of(properties, "rPr")
        if _is_deleted(mark) or _is_initial(properties):
            return line
        if style.role == "contents" or line.contents:
            found.append(Gap())
            line.text = made("")
        line.outline = style.outline
        if properties is not None:
            self._settle(line, element, properties)
        elif style.number:
            self._number(line, element, style.number, None)
        if line.indent is None:
            line.indent = style.indent
        line.keep_next = style.keep_next or bool(is_on(properties, "keepNext"))
        self._keep(line, found)
        if child_of(properties, "sectPr") is not None:
            self.notes.end_section()
        return None

    def _settle(self, line: Line, element: Element, properties: Element) -> None:
        """Find the outline level, number and indent that a paragraph has of its own."""
        level = number_of(properties, "outlineLvl")
        if level is not None:
            line.outline = level if 0 <= level < 9 else None  # noqa: PLR2004  9 is body text
        line.indent = indent_of(properties)
        style = self.styles[line.style]
        num = value_of(properties, "numPr", "numId") or style.number
        if num and num != "0":
            own = value_of(properties, "numPr", "numId") is not None
            ilvl = number_of(properties, "numPr", "ilvl")
            ilvl = style.number_level or 0 if own and ilvl is None else ilvl
            self._number(line, element, num, ilvl)

    def _number(self, line: Line, element: Element, num: str, level: int | None) -> None:
        hidden = not line.text.text.strip() and next(element.iter(f"{W}t"), None) is not None
        if hidden or num == "0":
            return
        style = self.styles[line.style]
        line.number = self.numbering.next(num, level, style)
        if line.number is not None and line.indent is None:
            by_style = style.indent if style.number == num else None
            line.indent = line.number.indent if by_style is None else by_style

    def _keep(self, line: Line, found: list[Seen]) -> None:
        """Add a paragraph, its notes read, and the frames that hang on it."""
        line.noted = [note for mark in line.notes if (note := self._note(mark)) is not None]
        found.append(line)
        for box in line.boxes:
            found += self.read(box)

    def _note(self, mark: NoteMark) -> Traced | None:
        """Return a note with its printed mark; None for one that says nothing."""
        if self.in_note:
            return None
        printed = self.notes.mark(mark)
        element = self.notes.element(mark)
        if element is None:
            return None
        self.in_note = True
        text = joined(lines_of(self.read(element)), "\n")
        self.in_note = False
        return joined([made(f"{printed} "), text.strip()]) if text.text.strip() else None

    def _table(self, element: Element, found: list[Seen]) -> None:
        properties = element.find(f"{W}tblPr")
        grid = Grid([], self._sets_first_row_apart(properties))
        self._rows(element, grid.rows)
        if is_layout(grid):
            found += inside(grid)
        else:
            found.append(grid)

    def _sets_first_row_apart(self, properties: Element | None) -> bool:
        look = child_of(properties, "tblLook")
        style = value_of(properties, "tblStyle")
        if style is None or look is None or not self.styles.character(style).first_row:
            return False
        if (said := look.get(f"{W}firstRow")) is not None:
            return said in ("1", "true", "on")
        try:
            return bool(int(look.get(f"{W}val", "0"), 16) & _FIRST_ROW)
        except ValueError:
            return False

    def _rows(self, element: Element, rows: list[GridRow]) -> None:
        for child in element:
            if child.tag == _TR:
                properties = child.find(f"{W}trPr")
                gone = child_of(properties, "del") is not None or is_on(properties, "hidden")
                if not gone:
                    row = GridRow([], min(number_of(properties, "gridBefore") or 0, _WIDEST))
                    row.header = bool(is_on(properties, "tblHeader"))
                    self._cells(child, row.cells)
                    rows.append(row)
            elif child.tag in _WRAPS or child.tag == _CONTENT:
                self._rows(child, rows)
            elif child.tag == _SDT:
                for content in child.iterchildren(_CONTENT):
                    self._rows(content, rows)

    def _cells(self, element: Element, cells: list[GridCell]) -> None:
        for child in element:
            if child.tag == _TC:
                cells.append(self._cell(child))
            elif child.tag in _WRAPS or child.tag == _CONTENT:
                self._cells(child, cells)
            elif child.tag == _SDT:
                for content in child.iterchildren(_CONTENT):
                    self._cells(content, cells)

    def _cell(self, element: Element) -> GridCell:
        properties = element.find(f"{W}tcPr")
        blocks = self.read(element)
        if properties is None:
            return GridCell(blocks)
        return GridCell(
            [] if child_of(properties, "cellDel") is not None else blocks,
            span=max(1, min(number_of(properties, "gridSpan") or 1, _WIDEST)),
            goes_on_above=_goes_on(properties, "vMerge"),
            goes_on_left=_goes_on(properties, "hMerge"),
            filled=_is_filled(child_of(properties, "shd")),
        )


def _parts(element: Element, found: list[Seen]) -> list[Element]:
    """Return what is to be read of a wrapper; a table of contents leaves a gap instead."""
    if element.tag == f"{MC}AlternateContent":
        return chosen(element)
    if element.tag != _SDT or is_on(element, "sdtPr", "showingPlcHdr"):
        return []
    if _is_made_by_word(element):
        found.append(Gap())
        return []
    return list(element.iterchildren(_CONTENT))


def _is_made_by_word(control: Element) -> bool:
    """Say whether a content control holds a table of contents or an index."""
    gallery = value_of(control, "sdtPr", "docPartObj", "docPartGallery") or ""
    return gallery.casefold() in _OF_PROGRAMS


def _is_deleted(mark: Element | None) -> bool:
    """Say whether the end of a paragraph was deleted or moved away, so that the next goes on."""
    if mark is None:
        return False
    return child_of(mark, "del") is not None or child_of(mark, "moveFrom") is not None


def _is_initial(properties: Element | None) -> bool:
    """Say whether a paragraph is but the large first letter of the next."""
    frame = child_of(properties, "framePr")
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _goes_on(properties: Element, name: str) -> bool:
    found = child_of(properties, name)
    return found is not None and found.get(f"{W}val", "continue") == "continue"


def _is_filled(shading: Element | None) -> bool:
    if shading is None:
        return False
    if shading.get(f"{W}themeFill"):
        return True
    return shading.get(f"{W}fill", "auto").casefold() not in _BLANK
