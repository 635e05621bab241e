"""Cells in rows and columns, as a spreadsheet or CSV file has them: which of them are tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import FileTooLarge
from corpus.formats.grid.cells import Area, Entry, Grid, Line, is_marked, is_prose, places_of
from corpus.formats.grid.header import header_of, header_rows
from corpus.raw import Item, Note, Paragraph, Raw, Row, Table
from corpus.traced import Traced, joined, made

_MOST_CELLS = 2_000_000  # of one table, empty ones too: beyond it no reader's memory suffices
_HEAD_CHARS = 120  # of one cell that names its column
_MOST_HEAD_ROWS = 4
_LOOK_AHEAD = 12  # rows in which a table's header stands, after its title and remarks
_SAMPLE = 200  # rows that show what a column holds
_NUMBERS = 0.8  # share of a column's cells that makes it one of numbers
_PROSE_WORDS = 8
_PAIR = 2
_SENTENCE = re.compile(r"[.!?…:;][\"'”’)]*$")
_NOTE_MARK = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹]|\(\d{1,2}\)\s|\[\d{1,2}\]\s")
_BLANK = made("")


def blocks_of(grid: Grid, name: str, first: int = 0) -> list[Raw]:
    """Return the paragraphs, lists and tables of a grid; row 0 is the source line ``first``.

    A blank row ends a table; one with the same columns and no header of its own goes on under
    the header before it. Rows of one cell before a table introduce it, those after it are notes.
    Raises FileTooLarge.
    """
    sheet = _Sheet(grid, name, first, _covers(grid, name))
    for run in _runs(grid.rows):
        sheet.take(run)
    return sheet.blocks


def _covers(grid: Grid, name: str) -> dict[int, list[Area]]:
    """Return the merged areas by their top row."""
    areas: dict[int, list[Area]] = {}
    if not grid.rows:
        return areas
    last = grid.rows[-1][0]
    widest = max(max(cells) for _, cells in grid.rows)
    size = 0
    for top, left, bottom, right in grid.merged:
        area = (top, left, min(bottom, last), min(right, widest))
        areas.setdefault(top, []).append(area)
        size += max(0, area[2] - top + 1) * max(0, area[3] - left + 1)
    if size > _MOST_CELLS:
        raise _too_large(name)
    return areas


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(
        f"{name} has a table of more than {_MOST_CELLS:,} cells.",
        "Split it, and delete cells far from the others that hold something by mistake.",
    )


def _runs(rows: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the rows that stand directly together."""
    run: list[Line] = []
    for row in rows:
        if run and row[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


@dataclass(slots=True)
class _Sheet:
    grid: Grid
    name: str
    first: int
    areas: dict[int, list[Area]]
    blocks: list[Raw] = field(default_factory=list)
    before: tuple[Table, list[int]] | None = None  # the table before, with its columns

    def take(self, run: list[Line]) -> None:
        """Read rows that stand directly together."""
        if len({column for _, cells in run for column in cells}) == 1:
            self.column(run)
            return
        run = self.lead(run)
        tail = _tail_of(run)
        if tail < len(run) and len({c for _, cells in run[:tail] for c in cells}) == 1:
            tail = len(run)
        self.table(run[:tail])
        for number, cells in run[tail:]:
            self.remark(number, next(iter(cells.values())).text)

    def lead(self, run: list[Line]) -> list[Line]:
        """Lay out what stands above the header of a table, and return the rest."""
        head = self.head_of(run)
        if head and any(len(cells) > 1 for _, cells in run[:head]):
            singles = _singles(run)
            for number, cells in run[:singles]:
                self.prose(number, cells)
            self.table(run[singles:head])
            return run[head:]
        while len(run) > 1 and self.is_title(run):
            self.prose(*run[0])
            run = run[1:]
        return run

    def head_of(self, run: list[Line]) -> int:
        """Return the place of the row that is surely the header, 0 if it is the first or none."""
        for place, (number, cells) in enumerate(run[:_LOOK_AHEAD]):
            if number in self.grid.heads:
                return place
            if len(cells) > _PAIR and is_marked(cells) and place + 1 < len(run):
                wider = all(len(above) <= _PAIR for _, above in run[:place])
                return place if wider else 0
        return 0

    def is_title(self, run: list[Line]) -> bool:
        """Say whether the first row is one cell that stands over the whole table."""
        number, cells = run[0]
        if len(cells) > 1 or number in self.grid.heads:
            return False
        columns = {column for _, others in run for column in others}
        (column,) = cells
        across = self.right_of(number, column) - column + 1
        return column == min(columns) or 2 * across >= max(columns) - min(columns) + 1

    def right_of(self, number: int, column: int) -> int:
        for top, left, _, right in self.areas.get(number, ()):
            if (top, left) == (number, column):
                return right
        return column

    def prose(self, number: int, cells: Mapping[int, Entry]) -> None:
        entries = list(cells.values())
        text = joined([entry.text for entry in entries], " ")
        line = self.first + number
        self.blocks.append(Paragraph(text, (line, line + 1), bold=_is_bold(cells)))

    def remark(self, number: int, text: Traced) -> None:
        line = self.first + number
        kind = Note if _NOTE_MARK.match(text.text) else Paragraph
        self.blocks.append(kind(text, (line, line + 1)))

    def column(self, run: list[Line]) -> None:
        """Read rows of one column: short ones are a list, with what introduces it."""
        entries = [next(iter(cells.values())) for _, cells in run]
        prose = [is_prose(entry.text.text) for entry in entries]
        group = self.first + run[0][0]
        for place, (number, _) in enumerate(run):
            neighbours = [*prose[max(0, place - 1) : place], *prose[place + 1 : place + 2]]
            entry, line = entries[place], self.first + number
            heads = place == 0 and (entry.bold or len(run) == 1 or entry.text.text.endswith(":"))
            if prose[place] or heads or all(neighbours):
                self.blocks.append(Paragraph(entry.text, (line, line + 1), entry.bold))
                group = line + 1
            else:
                self.blocks.append(Item(entry.text, (line, line + 1), group))

    def table(self, run: list[Line]) -> None:
        """Lay out rows as a table."""
        if not run:
            return
        columns = sorted({column for _, cells in run for column in cells})
        size = header_rows(run, columns, areas=self.areas, grid=self.grid)
        heads, body = run[:size], run[size:]
        if not body:  # nothing but a header: rows after all
            heads, body = [], run
        if len(body) * len(columns) > _MOST_CELLS:
            raise _too_large(self.name)
        header = header_of(heads, columns, areas=self.areas)
        if not header and (continued := self.continued(run, columns)):
            header, columns = continued
        rows, above, left = self.body(body, columns)
        lines = (self.first + run[0][0], self.first + run[-1][0] + 1)
        table = Table(rows, lines, header, exact=True, above=above, left=left)
        self.blocks.append(table)
        self.before = (table, columns)

    def continued(self, run: list[Line], columns: list[int]) -> tuple[Row, list[int]] | None:
        """Return header and columns of the table before, if these rows go on with it."""
        if self.before is None or self.blocks[-1] is not self.before[0]:
            return None
        table, before = self.before
        fits = set(columns) <= set(before) and before[0] in columns and len(columns) > 1
        marked = is_marked(run[0][1]) and len(run) > 1
        return (table.header, before) if table.header and fits and not marked else None

    def body(
        self, body: list[Line], columns: list[int]
    ) -> tuple[tuple[Row, ...], frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
        """Return the rows of a table, and its cells that are merged with one above or at left."""
        rows = tuple(
            tuple(cells[column].text if column in cells else _BLANK for column in columns)
            for _, cells in body
        )
        line_of = {number: line for line, (number, _) in enumerate(body)}
        place_of = {column: place for place, column in enumerate(columns)}
        above: set[tuple[int, int]] = set()
        left: set[tuple[int, int]] = set()
        for number, _ in body:
            for area in self.areas.get(number, ()):
                for row, column in places_of(area):
                    if row not in line_of or column not in place_of or (row, column) == area[:2]:
                        continue
                    found = left if column > area[1] else above
                    found.add((line_of[row], place_of[column]))
        return rows, frozenset(above), frozenset(left)


def _singles(run: list[Line]) -> int:
    """Return how many rows of one cell a run begins with."""
    return next(place for place, (_, cells) in enumerate(run) if len(cells) > 1)


def _tail_of(run: list[Line]) -> int:
    """Return where the remarks at the end of a table begin."""
    start = len(run)
    columns = {column for _, cells in run for column in cells}
    while start > 1:
        cells = run[start - 1][1]
        if len(cells) > 1 or min(columns) not in cells:
            break
        text = cells[min(columns)].text.text
        if not (is_prose(text) or _NOTE_MARK.match(text)):
            break
        start -= 1
    return start


def _is_bold(cells: Mapping[int, Entry]) -> bool:
    return all(entry.bold for entry in cells.values())
