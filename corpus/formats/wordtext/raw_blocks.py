"""The blocks of a text of a word processor, as every reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from corpus.formats.wordtext.lists import Lists, could_be_heading, introduces
from corpus.formats.wordtext.roles import Facts, gather, is_caption, put_in_order
from corpus.formats.wordtext.seen import Grid, GridCell, Line, Number, Seen, labelled
from corpus.formats.wordtext.tables import square
from corpus.raw import BARE, Caption, Heading, Item, Note, Paragraph, Raw, Table
from corpus.traced import Traced, joined


def as_raw(blocks: Sequence[Seen], name: str) -> list[Raw]:
    """Return what is seen as headings, paragraphs, items, tables, captions and notes.

    ``name`` is the file's, for messages.
    """
    ordered = put_in_order(blocks)
    writer = _Writer(name, gather(ordered))
    for block, following in zip_longest(ordered, ordered[1:]):
        if isinstance(block, Grid):
            writer.table(block)
        elif isinstance(block, Line):
            writer.line(block, following)
    writer.write_notes()
    return writer.blocks


@dataclass(slots=True)
class _Writer:
    """The blocks so far. A note waits until the list or table that it may not part has ended."""

    name: str
    facts: Facts
    blocks: list[Raw] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    notes: list[Traced] = field(default_factory=list)
    clause: Number | None = None  # of the paragraph before, if it is a clause
    leads: bool = False  # the paragraph before is kept with what follows

    def line(self, line: Line, following: Seen | None) -> None:
        if not line.text.text.strip():
            self.notes += line.noted
            return
        level = self.facts.level(line)
        number = line.number
        if level is not None:
            self._add(Heading(labelled(line), level, self._span()))
        elif is_caption(line):
            self._add(Caption(labelled(line), self._span()))
        elif number is not None and (number.text or number.bullet):
            self._numbered(line, number, following)
        elif not self._goes_on(line):
            self._text(line)
        self.notes += line.noted

    def _numbered(self, line: Line, number: Number, following: Seen | None) -> None:
        if number.text and self._is_heading(line, number, following):
            self._add(Heading(labelled(line), BARE, self._span()))
        elif number.text and (number.key, number.level) in self.facts.clauses:
            self._add(Paragraph(labelled(line), self._span(), bold=line.bold))
            self.clause = number
        else:
            self._item(line, number)

    def _is_heading(self, line: Line, number: Number, following: Seen | None) -> bool:
        """Say whether a numbered paragraph is a heading in all but its style.

        All of its level are, or it is set in bold and no further item of its list follows.
        """
        after_line = following if isinstance(following, Line) else None
        if (number.key, number.level) in self.facts.titles and not line.bold:
            under = after_line is None or self.facts.level(after_line) is None
            after = after_line.number if after_line is not None else None
            lettered = after is not None and not after.bullet
            clauses = self.facts.clauses
            return under and not (lettered and introduces(number, after_line, clauses))
        if not could_be_heading(line) or not (line.bold or self.facts.is_large(line)):
            return False
        after = after_line.number if after_line is not None else None
        return following is not None and not (
            after is not None and after.key == number.key and after.level <= number.level
        )

    def _item(self, line: Line, number: Number) -> None:
        group = self.lists.group
        clause, leads = self.clause, self.leads
        depth = self.lists.depth(line, number)
        if group != self.lists.group and isinstance(self._last(), Item):
            self.write_notes()
        under = clause is not None and clause.key == number.key and clause.level < number.level
        if (under or leads) and isinstance(self._last(), Paragraph):
            self._close_up()
        item = Item(labelled(line), self._span(), self.lists.group, depth)
        self.blocks.append(item)
        self.clause, self.leads = None, False

    def _goes_on(self, line: Line) -> bool:
        """Join a paragraph without a number to the item before it, if it stands under its words."""
        last = self._last()
        if not isinstance(last, Item) or line.bold:
            return False
        depth = self.lists.continues(line, self.facts.indent)
        if depth is None:
            return False
        if depth == len(self.lists.open) - 1:
            text = joined([last.text, line.text], "\n")
            self.blocks[-1] = replace(last, text=text)
        else:
            del self.lists.open[depth + 1 :]
            self.blocks.append(Item(line.text, self._span(), last.group, depth + 1))
        return True

    def _text(self, line: Line) -> None:
        bold = line.bold or (self.facts.is_large(line) and could_be_heading(line))
        self._add(Paragraph(labelled(line), self._span(), bold=bold))
        self.leads = line.keep_next and not bold

    def table(self, grid: Grid) -> None:
        table = square(grid, self.name)
        if table.title is not None and not isinstance(self._last(), Caption):
            self._add(Caption(table.title, self._span()))
        elif table.title is not None:
            self._add(Paragraph(table.title, self._span()))
        if not any(cell.text.strip() for row in (table.header, *table.rows) for cell in row):
            return
        if self.leads and isinstance(self._last(), Paragraph):
            self._close_up()
        made = Table(
            rows=table.rows,
            lines=self._span(),
            header=table.header,
            exact=True,
            above=table.above,
            left=table.left,
        )
        self._end_list(made)
        self.blocks.append(made)
        self.notes += [note for row in grid.rows for cell in row.cells for note in _notes(cell)]

    def _add(self, block: Raw) -> None:
        self._end_list(block)
        self.blocks.append(block)

    def _end_list(self, block: Raw) -> None:
        """Write the notes that waited, unless the block before introduces the one that comes."""
        self.lists.end()
        self.clause, self.leads = None, False
        last = self._last()
        introduced = isinstance(block, Table) and (
            isinstance(last, Caption)
            or (isinstance(last, Paragraph) and last.lines[1] == block.lines[0])
        )
        if not introduced:
            self.write_notes()

    def write_notes(self) -> None:
        """Write the notes that waited."""
        for text in self.notes:
            self.blocks.append(Note(text, self._span()))
        self.notes.clear()

    def _last(self) -> Raw | None:
        return self.blocks[-1] if self.blocks else None

    def _span(self) -> tuple[int, int]:
        place = 2 * len(self.blocks)
        return place, place + 1

    def _close_up(self) -> None:
        """Let the last block end where the next begins."""
        last = self.blocks[-1]
        self.blocks[-1] = replace(last, lines=(last.lines[0], 2 * len(self.blocks)))


def _notes(cell: GridCell) -> list[Traced]:
    found: list[Traced] = []
    for block in cell.blocks:
        if isinstance(block, Line):
            found += block.noted
        elif isinstance(block, Grid):
            found += [note for row in block.rows for inner in row.cells for note in _notes(inner)]
    return found
