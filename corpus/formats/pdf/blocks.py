"""Paragraphs, tables and notes as the blocks that every reader of a format returns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.notes import PageNote
from corpus.formats.pdf.paragraphs import Unit
from corpus.formats.pdf.rows import table_blocks
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.tables import PageTable
from corpus.formats.pdf.words import Typist
from corpus.labels import is_caption, style_of
from corpus.raw import Caption, Heading, Item, Note, Paragraph, Raw
from corpus.traced import Traced

_SAME = 4.0  # points; labels that stand so near each other are of one list
_MOST_CAPTION = 40  # words
_RUN_IN_WORDS = 10
_RUN_IN = re.compile(r"[.:]$|[.:]?\s*[–—]$")
_RUN_IN_LABEL = re.compile(
    r"(?:[A-Z]|[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,3})+)[.)]?\s|(?:Article|Section)\s"
)
_FEWEST_RUN_INS = 3

Units = Sequence[Unit | PageTable]


@dataclass(slots=True)
class Writer:
    """Writes units as blocks, each note after the block, list or table that refers to it."""

    typist: Typist
    levels: Mapping[int, int]
    notes: Sequence[PageNote]
    blocks: list[Raw] = field(default_factory=list)
    _pending: list[PageNote] = field(default_factory=list)
    _written: set[int] = field(default_factory=set)
    _list: list[tuple[float, str]] = field(default_factory=list)
    _group: int = 0
    _last: Line | None = None  # first line of the item before

    def write(self, units: Units) -> list[Raw]:
        """Return the blocks of a document."""
        run_ins = _run_ins(units, self.levels)
        deepest = min(6, max(self.levels.values(), default=0) + 1)
        for place, unit in enumerate(units):
            after = units[place + 1] if place + 1 < len(units) else None
            if isinstance(unit, PageTable):
                self._end_list()
                self._table(unit)
            elif place in self.levels:
                self._end_list()
                self._add(Heading(self._text(unit.lines), self.levels[place], self._lines()))
            elif _is_caption(unit, after, units[place - 1] if place else None):
                self._end_list()
                self._add(Caption(self._text(unit.lines), self._lines()))
            elif place in run_ins:
                self._end_list()
                self._run_in(unit, deepest)
            elif unit.item and not _is_clause(unit):
                self._item(unit)
            else:
                self._end_list()
                bold = unit.bold and len(unit.text.split()) <= 32  # noqa: PLR2004  a heading's length
                self._add(Paragraph(self._text(unit.lines), self._lines(), bold=bold))
            self._refer(unit)
            if not isinstance(after, Unit) or not after.item:
                self._end_list()
            self._leave_page(unit, after)
        self._pending += [n for n in self.notes if id(n) not in self._written]
        self._flush()
        return self.blocks

    def _lines(self) -> tuple[int, int]:
        number = len(self.blocks)
        return 2 * number, 2 * number + 1

    def _add(self, block: Raw) -> None:
        self.blocks.append(block)

    def _text(self, lines: Sequence[Line]) -> Traced:
        return self.typist.lines([self.typist.line(line.segments) for line in lines])

    def _run_in(self, unit: Unit, level: int) -> None:
        """Write a heading that stands in the first line of its paragraph, and the paragraph."""
        text = self._text(unit.lines)
        lead = _lead_of(unit)
        self._add(Heading(text.slice(0, lead).strip(), level, self._lines()))
        self._add(Paragraph(text.slice(lead).strip(), self._lines()))

    def _item(self, unit: Unit) -> None:
        text = self._text(unit.lines)
        sign = text.text[:1] if unit.bullet else unit.label
        if unit.bullet:
            text = text.slice(1).strip()
        if not self._list:
            self._group += 1
        self._add(Item(text, self._lines(), self._group, self._depth(unit, sign)))

    def _depth(self, unit: Unit, sign: str) -> int:
        """Return how deep an item stands: by where its label does, else by the kind of label."""
        left = unit.first.x0
        before = self._list[-1][1] if self._list else ""
        kind = sign if unit.bullet else _kind_of(sign, before)
        known = [n for n, (_, other) in enumerate(self._list) if other_kind(other) == kind]
        before_this, self._last = self._last, unit.first
        moved = before_this is not None and _is_moved(before_this, unit.first)
        if moved and known:
            depth = known[-1]
        else:
            near = [n for n, (x, _) in enumerate(self._list) if left < x + _SAME]
            depth = near[0] if near else len(self._list)
            if near and abs(self._list[depth][0] - left) <= _SAME and not unit.bullet:
                depth = self._by_kind(depth, kind, known)
        del self._list[depth:]
        self._list.append((left, f"{kind}\0{sign}"))
        return depth

    def _by_kind(self, depth: int, kind: str, known: Sequence[int]) -> int:
        """Tell labels of two kinds that stand at the same place apart: "1." over "(a)"."""
        if known:
            return max(depth, known[-1])
        first = kind in ("a", "i", "1")
        return len(self._list) if first and other_kind(self._list[-1][1]) != kind else depth

    def _end_list(self) -> None:
        self._list.clear()
        self._last = None
        self._flush()

    def _table(self, table: PageTable) -> None:
        for block in table_blocks(table, self.typist, self._lines()):
            self._add(block)

    def _refer(self, unit: Unit | PageTable) -> None:
        """Remember the notes that a unit refers to."""
        segments: list[Segment] = (
            [s for cell in unit.cells for s in cell.segments]
            if isinstance(unit, PageTable)
            else [s for line in unit.lines for s in line.segments]
        )
        marks = [(s.page, s.text[a:b].strip()) for s in segments for a, b in s.raised if a]
        for page, mark in marks:
            for note in self.notes:
                if note.page == page and note.mark == mark and id(note) not in self._written:
                    self._pending.append(note)
                    self._written.add(id(note))

    def _leave_page(self, unit: Unit | PageTable, after: Unit | PageTable | None) -> None:
        """Put notes that nothing refers to at the end of their page."""
        page = unit.page if isinstance(unit, PageTable) else unit.last.page
        following = None
        if after is not None:
            following = after.page if isinstance(after, PageTable) else after.first.page
        if following == page:
            return
        rest = [n for n in self.notes if n.page <= page and id(n) not in self._written]
        self._written.update(map(id, rest))
        self._pending += rest
        if not self._list:
            self._flush()

    def _flush(self) -> None:
        for note in self._pending:
            self._add(Note(self._text(note.lines), self._lines()))
        self._pending.clear()


def _is_moved(before: Line, line: Line) -> bool:
    """Say whether a line stands on another page or in another column than one before it."""
    if line.page != before.page:
        return True
    return line.column[0] >= before.column[1] or line.column[1] <= before.column[0]


def other_kind(entry: str) -> str:
    """Return the kind of label in an entry of the list's stack."""
    return entry.split("\0", 1)[0]


def _kind_of(label: str, before: str) -> str:
    core = label.strip("().")
    if "." in core:
        return f"dotted {core.count('.')}"
    kind = style_of(label, before.rpartition("\0")[2])
    closed = "(" if label.startswith("(") else label[-1:]
    return f"{kind}{closed}{'A' if core.isupper() else ''}" if kind else label


def _is_clause(unit: Unit) -> bool:
    """Say whether a unit is a clause ("3.2 Staff may …"), which is a paragraph of its own."""
    return "." in unit.label.strip("().")


def _is_caption(
    unit: Unit, after: Unit | PageTable | None, before: Unit | PageTable | None
) -> bool:
    text = " ".join(unit.text.split())
    if not is_caption(text) or len(text.split()) > _MOST_CAPTION:
        return False
    beside = isinstance(after, PageTable) or isinstance(before, PageTable)
    return beside or not text.endswith(".") or unit.bold


def _lead_of(unit: Unit) -> int:
    """Return how many characters of a paragraph's first line are bold at its start."""
    length = 0
    for segment in unit.first.segments:
        length += segment.lead
        if segment.lead < len(segment.text):
            break
        length += 1
    return length


def _run_ins(units: Units, levels: Mapping[int, int]) -> set[int]:
    """Return the places of paragraphs whose first words are their heading."""
    sure, likely = set(), set()
    for place, unit in enumerate(units):
        if not isinstance(unit, Unit) or place in levels or unit.bullet or unit.bold:
            continue
        lead = _lead_of(unit)
        text = unit.first.text
        words = text[:lead].split()
        if not 0 < len(words) <= _RUN_IN_WORDS or len(text.strip()) <= lead + 1:
            continue
        if not _RUN_IN.search(text[:lead].strip()) or not (text[0].isupper() or unit.label):
            continue
        if _RUN_IN_LABEL.match(text) and len(words) > 1:
            sure.add(place)
        elif not unit.item and text[:lead].rstrip().endswith("."):
            likely.add(place)
    return sure | (likely if len(likely) >= _FEWEST_RUN_INS else set())
