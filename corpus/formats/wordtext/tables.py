"""Tables of word processors: their cells in a grid, what is merged, which rows name the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import FileTooLarge
from corpus.formats.wordtext.seen import Grid, GridCell, GridRow, Line, Seen, lines_of
from corpus.raw import Row
from corpus.traced import Traced, joined, made

_MOST_CELLS = 2_000_000
_LONGEST_TITLE = 25  # words of a first row that is one cell and names the table
_MOSTLY = 2 / 3  # of the cells of a bold row; copying often loses the look of one
_FEWEST_BELOW = 2  # rows under such a title


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the grid."""

    cell: GridCell | None
    above: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Squared:
    """A table whose rows are equally long; places are (row, column) under the header."""

    rows: tuple[Row, ...]
    header: Row
    above: frozenset[tuple[int, int]]
    left: frozenset[tuple[int, int]]
    title: Traced | None


def is_layout(grid: Grid) -> bool:
    """Say whether a table only places text on the page: one column, or one row of several texts."""
    if all(len(row.cells) <= 1 for row in grid.rows):
        return True
    return len(grid.rows) == 1 and any(_is_prose(cell) for cell in grid.rows[0].cells)


def inside(grid: Grid) -> Iterator[Seen]:
    """Yield what is in the cells, row by row."""
    for row in grid.rows:
        for cell in row.cells:
            yield from cell.blocks


def square(grid: Grid, name: str) -> Squared:
    """Return a table in rows of equal length; ``name`` is the file's, for messages."""
    slots = _slots(grid.rows, name)
    texts = [[_text(slot.cell) for slot in row] for row in slots]
    title = None
    if _has_title(grid, slots):
        title = next(text for text in texts[0] if text.text.strip())
        grid = Grid(grid.rows[1:], grid.first_row)
        slots, texts = slots[1:], texts[1:]
    heads = _header_rows(grid, slots)
    if not any(text.text.strip() for row in texts[heads:] for text in row):
        heads = 0  # nothing but a header: it was a row after all
    body = slots[heads:]
    return Squared(
        rows=tuple(tuple(row) for row in texts[heads:]),
        header=_joined_header(slots[:heads], texts[:heads]),
        above=_places(body, above=True),
        left=_places(body, above=False),
        title=title,
    )


def _slots(rows: Sequence[GridRow], name: str) -> list[list[Slot]]:
    width = max(row.before + sum(cell.span for cell in row.cells) for row in rows)
    if width * len(rows) > _MOST_CELLS:
        raise FileTooLarge(
            f"{name} holds a table of more than two million cells.", "Split it into parts."
        )
    slots: list[list[Slot]] = []
    for row in rows:
        line = [Slot(None)] * row.before
        for cell in row.cells:
            above = cell.goes_on_above and bool(slots)
            left = cell.goes_on_left and bool(line)
            line.append(Slot(None if above or left else cell, above, left))
            line += [Slot(None, above, left=True)] * (cell.span - 1)
        slots.append(line + [Slot(None)] * (width - len(line)))
    return _without_idle_columns(slots)


def _without_idle_columns(slots: list[list[Slot]]) -> list[list[Slot]]:
    """Drop columns that hold no cell of their own: only the edges of other rows made them."""
    columns = [
        number
        for number in range(len(slots[0]))
        if number == 0
        or any(row[number].cell or (row[number].above and not row[number].left) for row in slots)
    ]
    if len(columns) == len(slots[0]):
        return slots
    return [[row[number] for number in columns] for row in slots]


def _begins(slot: Slot) -> bool:
    return slot.cell is not None or (slot.above and not slot.left)


def _text(cell: GridCell | None) -> Traced:
    return made("") if cell is None else joined(lines_of(cell.blocks), "\n")


def _has_title(grid: Grid, slots: Sequence[Sequence[Slot]]) -> bool:
    """Say whether the first row is one cell over the whole width that names the table."""
    first = slots[0]
    if len(slots) <= _FEWEST_BELOW or grid.rows[0].header or len(first) < 2:  # noqa: PLR2004  a cell over one column names no table
        return False
    if not (first[0].cell and all(slot.left for slot in first[1:])):
        return False
    words = len(_text(first[0].cell).text.split())
    return 0 < words <= _LONGEST_TITLE and not any(slot.left for slot in slots[1])


def _header_rows(grid: Grid, slots: Sequence[Sequence[Slot]]) -> int:
    """Return how many rows at the top name the columns; never all of them."""
    rows = grid.rows
    count = 0
    while count < len(rows) and rows[count].header:
        count += 1
    if count == len(rows):
        count = 1 if len(rows) > 1 and count else 0
    if not count and len(rows) > 1 and (grid.first_row or _stands_out(rows)):
        count = 1
    while 0 < count < len(rows) - 1 and any(slot.above for slot in slots[count]):
        count += 1
    return min(count, len(rows) - 1)


def _stands_out(rows: Sequence[GridRow]) -> bool:
    """Say whether the first row alone is bold, or alone has a colour."""
    bold = _is_bold(rows[0]) and not all(map(_is_bold, rows[1:]))
    filled = [all(cell.filled for cell in row.cells) for row in rows[:2]]
    named = all(map(_is_short, rows[0].cells))
    return named and (bold or filled == [True, False])


def _is_bold(row: GridRow) -> bool:
    lines = [line for cell in row.cells for line in _lines(cell)]
    return bool(lines) and sum(line.bold for line in lines) >= _MOSTLY * len(lines)


def _is_short(cell: GridCell) -> bool:
    return sum(len(line.text.text.split()) for line in _lines(cell)) <= _LONGEST_TITLE


def _is_prose(cell: GridCell) -> bool:
    """Say whether a cell holds more than one value: a heading, a table, several paragraphs."""
    lines = _lines(cell)
    return (
        len(lines) > 1
        or any(line.outline is not None for line in lines)
        or any(isinstance(block, Grid) for block in cell.blocks)
    )


def _lines(cell: GridCell) -> list[Line]:
    return [b for b in cell.blocks if isinstance(b, Line) and b.text.text.strip()]


def _joined_header(slots: Sequence[Sequence[Slot]], texts: Sequence[Sequence[Traced]]) -> Row:
    """Return for each column what the header rows say over it, outermost first."""
    if not slots:
        return ()
    columns: list[list[Traced]] = [[] for _ in slots[0]]
    for row, said in zip(slots, texts, strict=True):
        for number, slot in enumerate(row):
            text = said[number]
            if slot.left and not slot.above:
                origin = max(n for n in range(number) if not row[n].left)
                text = said[origin]
            if text.text.strip():
                columns[number].append(text)
    return tuple(joined(column, " ") for column in columns)


def _places(slots: Sequence[Sequence[Slot]], *, above: bool) -> frozenset[tuple[int, int]]:
    return frozenset(
        (line, column)
        for line, row in enumerate(slots)
        for column, slot in enumerate(row)
        if (slot.above and not slot.left if above else slot.left)
    )
