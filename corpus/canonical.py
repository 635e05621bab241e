"""The canonical text: blocks laid out one after another, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.labels import heading_number, label_of
from corpus.model import Block, Cell, Origin
from corpus.raw import Caption, Heading, Item, Note, Paragraph, Raw, Table
from corpus.repair.tables import LogicalRow, columns_of, exact_rows, logical_rows
from corpus.traced import NOWHERE, Traced, joined, made

_FINAL = re.compile(r"[.;:,!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Laid:
    """The text, where it comes from, its blocks, and for each block its raw block's position."""

    text: str
    origin: Origin
    blocks: tuple[Block, ...]
    raw: tuple[int, ...]
    notes: tuple[str, ...]


def lay_out(blocks: Sequence[Raw]) -> Laid:
    """Return the canonical text of blocks; sections are still to be filled in, all are 0."""
    sheet = _Sheet()
    for position, block in enumerate(blocks):
        sheet.lay(position, block)
    whole = joined(sheet.parts)
    return Laid(
        text=whole.text,
        origin=origin_of(whole),
        blocks=tuple(sheet.blocks),
        raw=tuple(sheet.raw),
        notes=tuple(sheet.notes),
    )


def origin_of(traced: Traced) -> Origin:
    """Return the places of a text as runs."""
    places = np.array(traced.places, dtype=np.int64)
    known = places != NOWHERE
    goes_on = np.zeros(len(places), dtype=bool)
    goes_on[1:] = known[1:] & known[:-1] & (np.diff(places) == 1)
    starts = np.flatnonzero(known & ~goes_on)
    ends = np.flatnonzero(known & ~np.append(goes_on[1:], False)) + 1
    return Origin(
        tuple(starts.tolist()), tuple(places[starts].tolist()), tuple((ends - starts).tolist())
    )


@dataclass(slots=True)
class _Sheet:
    """The text so far. Blocks of one group stand on neighbouring lines, others apart."""

    parts: list[Traced] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    raw: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    length: int = 0
    groups: int = 0
    position: int = 0
    before: Raw | None = None  # the block laid out last
    list_group: int | None = None  # the raw number of the list that is being laid out
    lead_in: int | None = None  # of the outermost items of that list
    parents: list[int] = field(default_factory=list)  # last block at each depth of that list

    def lay(self, position: int, block: Raw) -> None:
        self.position = position
        match block:
            case Heading():
                number = heading_number(block.text.text)
                self.add(block.text, Block("heading", 0, 0, 0, label=number))
            case Paragraph():
                self.add(block.text, Block("paragraph", 0, 0, 0, label=label_of(block.text.text)))
            case Item():
                self.item(block)
            case Table():
                self.table(block)
            case Caption():
                self.add(block.text, Block("caption", 0, 0, 0))
            case Note():
                self.note(block)
        self.before = block

    def add(self, text: Traced, block: Block) -> int:
        """Lay out one block and return its start."""
        if block.kind != "list_item":
            self.list_group = None
        if self.blocks:
            together = block.group is not None and block.group == self.blocks[-1].group
            self._put(made("\n" if together else "\n\n"))
        start = self.length
        self._put(text)
        self.blocks.append(replace(block, start=start, end=self.length))
        self.raw.append(self.position)
        return start

    def item(self, item: Item) -> None:
        label = label_of(item.text.text)
        if item.group != self.list_group:
            self.lead_in = self._lead_in(item, labelled=label.endswith(")"))
            self.list_group = item.group
            self.groups += 1
            self.parents.clear()
        depth = min(item.depth, len(self.parents))
        del self.parents[depth:]
        lead_in = self.parents[-1] if self.parents else self.lead_in
        self.parents.append(len(self.blocks))
        block = Block("list_item", 0, 0, 0, label, depth, lead_in, self.groups)
        self.add(item.text, block)

    def note(self, note: Note) -> None:
        belongs_to = len(self.blocks) - 1
        while belongs_to >= 0 and self.blocks[belongs_to].kind == "note":
            belongs_to -= 1
        block = Block("note", 0, 0, 0, lead_in=None if belongs_to < 0 else belongs_to)
        self.add(note.text, block)

    def table(self, table: Table) -> None:
        rows, notes = exact_rows(table) if table.exact else logical_rows(table)
        self.notes += notes
        self.groups += 1
        lead_in = self._lead_in(table, labelled=False)
        headers = [cell.text for cell in table.header] or [""] * len(table.rows[0])
        above: dict[int, tuple[int, int]] = {}
        for row in rows:
            text = joined([joined(cells, "\t") for cells in row.lines], "\n")
            block = Block("table_row", 0, 0, 0, lead_in=lead_in, group=self.groups)
            start = self.add(text, block)
            cells = _cells(row, start, headers, above)
            self.blocks[-1] = replace(self.blocks[-1], cells=cells)

    def _lead_in(self, block: Item | Table, *, labelled: bool) -> int | None:
        """Return the paragraph before, if it leads in to this list or table.

        It does when it ends with a colon, when no blank line parts them, when the items bear
        letters, which always belong to a clause, or when it is the caption of the table.
        """
        last = self.blocks[-1] if self.blocks else None
        before = self.before
        if isinstance(block, Table) and isinstance(before, Caption):
            return len(self.blocks) - 1
        if last is None or not isinstance(before, Paragraph):
            return None
        close = before.lines[1] == block.lines[0]
        caption = isinstance(block, Table) and not _FINAL.search(before.text.text)
        if close or labelled or caption or before.text.text.endswith(":"):
            return len(self.blocks) - 1
        return None

    def _put(self, text: Traced) -> None:
        self.parts.append(text)
        self.length += len(text)


def _cells(
    row: LogicalRow, start: int, headers: Sequence[str], above: dict[int, tuple[int, int]]
) -> tuple[Cell, ...]:
    """Return the cells of a row, and remember in ``above`` where the last filled ones stand."""
    spans = {}
    for line, texts in enumerate(row.lines):
        for column, text in enumerate(texts):
            spans[column, line] = (start, start + len(text))
            start += len(text) + 1
    cells: list[Cell] = []
    for column, line in columns_of(row):
        span = spans[column, line]
        if column in row.left and cells:
            span = (cells[-1].start, cells[-1].end)
        elif span[0] == span[1] and _merged(row, column):
            span = above.get(column, span)
        if span[0] < span[1] or row.exact:
            above[column] = span
        cells.append(Cell(headers[column], *span))
    return tuple(cells)


def _merged(row: LogicalRow, column: int) -> bool:
    """Say whether an empty cell is merged with the one above.

    Of a flattened table, where it lies left of the first filled one or right of the last.
    """
    if row.exact:
        return column in row.above
    if not row.inherits:
        return False
    filled = [n for n, cell in enumerate(row.lines[0]) if cell.text]
    return column < filled[0] or column > filled[-1]
