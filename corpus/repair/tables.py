"""Tables that conversion flattened: which lines are rows, which cells were merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.raw import Item, Paragraph, Raw, Row, Table, join_runs, span_of
from corpus.repair.glyphs import is_mark, is_stray
from corpus.traced import Traced, joined, made, tidy

_SENTENCE_END = re.compile(r"[.;:,!?…]$")
_FULL_STOP = re.compile(r"[.!?][\"'”’)]*$")
_ENUMERATION = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]$")
_DIGIT = re.compile(r"\d")
_ICON = 4  # characters: as much as conversion makes of an icon
_PAIR = 2
_HEADER_WORDS = 6
_HEADER_CHARS = 50
_PROSE_WORDS = 8


@dataclass(frozen=True, slots=True)
class LogicalRow:
    """One row as its author saw it, with the lines that it was flattened to.

    Attributes:
        inherits: empty cells at either end of a flattened row were merged with the row above.
        exact: its format says which columns are merged: ``above`` with the row above, ``left``
            with the column before.
    """

    lines: tuple[Row, ...]
    inherits: bool = False
    exact: bool = False
    above: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


def is_tabular(lines: Sequence[str]) -> bool:
    """Say whether lines are the rows of a table: two or more with tabs, and they the most."""
    rows = sum("\t" in line for line in lines)
    return rows > 1 and 2 * rows > len(lines)


def from_lines(block: Paragraph, script: str) -> list[Raw]:
    """Return the table or list in a paragraph of tab-separated lines, and what leads in to it."""
    lines = block.text.split("\n")
    first = next(n for n, line in enumerate(lines) if "\t" in line.text)
    rows = _padded(_rows(lines[first:]))
    start = block.lines[0] + first
    found: list[Raw] = []
    if first:
        found.append(Paragraph(joined(lines[:first], "\n"), (block.lines[0], start)))
    span = (start, block.lines[1])
    items = as_list(rows, script)
    if items is not None:
        return [*found, *(Item(item, span, -start - 1) for item in items)]
    header = rows[0] if has_header(rows) else ()
    return [*found, Table(tuple(rows[1:] if header else rows), span, header)]


def _rows(lines: list[Traced]) -> list[list[Traced]]:
    """Split lines into cells; a line without a tab goes on with the last cell before it."""
    rows: list[list[Traced]] = []
    for line in lines:
        if "\t" in line.text:
            rows.append([cell.strip() for cell in line.split("\t")])
        else:
            rows[-1][-1] = joined([rows[-1][-1], line], " ")
    return rows


def _padded(rows: list[list[Traced]]) -> list[Row]:
    width = max(map(len, rows))
    return [tuple(row) + (made(""),) * (width - len(row)) for row in rows]


def as_list(rows: Sequence[Row], script: str) -> list[Traced] | None:
    """Return the items of a list whose first column was its icons or its numbers.

    Icons: no first cell is longer than four characters, at least half are empty or stray, and
    the column cannot be one of merged cells, because it holds a stray mark or begins empty.
    """
    if len(rows) < _PAIR or any(len(row) != _PAIR or not row[1].text.strip() for row in rows):
        return None
    firsts = [row[0].text.strip() for row in rows]
    if all(_ENUMERATION.match(first) for first in firsts):
        return [joined(row, " ") for row in rows]
    strays = [bool(first) and (is_stray(first, script) or is_mark(first)) for first in firsts]
    gone = sum(stray or not first for stray, first in zip(strays, firsts, strict=True))
    icons = max(map(len, firsts)) <= _ICON and 2 * gone >= len(rows)
    return [row[1] for row in rows] if icons and (any(strays) or not firsts[0]) else None


def has_header(rows: Sequence[Row]) -> bool:
    """Say whether the first row names the columns: short, complete, and unlike the rest."""
    heads = [cell.text.strip() for cell in rows[0]]
    if not rows[1:] or not all(map(_is_head, heads)):
        return False
    columns = zip(*[[cell.text.strip() for cell in row] for row in rows[1:]], strict=True)
    return any(
        _differs(head, [c for c in column if c])
        for head, column in zip(heads, columns, strict=True)
    )


def _is_head(cell: str) -> bool:
    short = len(cell) <= _HEADER_CHARS and len(cell.split()) <= _HEADER_WORDS
    return bool(cell) and short and not _SENTENCE_END.search(cell)


def _differs(head: str, column: list[str]) -> bool:
    if not column:
        return False
    prose = sum(
        len(cell.split()) >= _PROSE_WORDS or bool(_FULL_STOP.search(cell)) for cell in column
    )
    numbers = sum(bool(_DIGIT.search(cell)) for cell in column)
    return 2 * prose > len(column) or (2 * numbers > len(column) and not _DIGIT.search(head))


def clean_tables(blocks: list[Raw], script: str) -> list[Raw]:
    """Drop stray marks from cells, empty rows and empty header rows; make icon tables lists.

    Cells are tidied first: one that holds only characters without width is empty.
    """
    cleaned: list[Raw] = []
    for block in blocks:
        if not isinstance(block, Table):
            cleaned.append(block)
        elif block.exact:
            cleaned.append(_with_rows(block))
        else:
            cleaned += _clean(_tidied(block), script)
    return cleaned


def _with_rows(table: Table) -> Table:
    """Return a table that has nothing but its header, once or again and again, as that one row."""
    header = _words(table.header)
    if not any(header) or any(any(words := _words(row)) and words != header for row in table.rows):
        return table
    return replace(table, rows=(table.header,), header=(), above=frozenset(), left=frozenset())


def _tidied(table: Table) -> Table:
    rows = tuple(tuple(map(tidy, row)) for row in table.rows)
    return replace(table, rows=rows, header=tuple(map(tidy, table.header)))


def _clean(table: Table, script: str) -> list[Raw]:
    header = table.header if any(cell.text for cell in table.header) else ()
    if not header and (items := as_list(table.rows, script)) is not None:
        return [Item(item, table.lines, -table.lines[0] - 1) for item in items]
    rows = tuple(_without_strays(row, script) for row in table.rows)
    rows = tuple(row for row in rows if any(cell.text for cell in row))
    table = _with_rows(replace(table, rows=rows, header=header))
    return [table] if table.rows else []


def _without_strays(row: Row, script: str) -> Row:
    return tuple(made("") if is_stray(cell.text, script) else cell for cell in row)


def merge_tables(blocks: list[Raw]) -> list[Raw]:
    """Join tables that stand directly together and have the same header: pages cut them."""
    return join_runs(blocks, _continues, _merged)


def _continues(run: Sequence[Raw], block: Raw) -> bool:
    first = run[0]
    if not isinstance(block, Table) or not isinstance(first, Table) or not first.header:
        return False
    if block.exact != first.exact or not (block.header or block.rows):
        return False
    return _words(block.header or block.rows[0]) == _words(first.header)


def _merged(run: Sequence[Raw]) -> Raw:
    tables = [block for block in run if isinstance(block, Table)]
    rows: list[Row] = []
    above: set[tuple[int, int]] = set()
    left: set[tuple[int, int]] = set()
    for table in tables:
        above |= {(line + len(rows), column) for line, column in table.above}
        left |= {(line + len(rows), column) for line, column in table.left}
        rows += table.rows
    return replace(
        tables[0],
        rows=tuple(rows),
        lines=span_of(run),
        above=frozenset(above),
        left=frozenset(left),
    )


def _without_repeated(rows: tuple[Row, ...], header: Row) -> tuple[Row, ...]:
    return tuple(row for row in rows if _words(row) != _words(header))


def _words(row: Row) -> list[str]:
    return [" ".join(cell.text.split()).casefold() for cell in row]


def exact_rows(table: Table) -> tuple[list[LogicalRow], list[str]]:
    """Return the rows of a table whose format marks them; what is empty throughout is left out."""
    above, left = _by_row(table.above), _by_row(table.left)
    header = _words(table.header)
    rows = [
        LogicalRow(
            (row,),
            exact=True,
            above=frozenset(above.get(number, ())),
            left=frozenset(left.get(number, ())),
        )
        for number, row in enumerate(table.rows)
        if any(cell.text for cell in row) and _words(row) != header
    ]
    return rows, []


def _by_row(cells: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    columns: dict[int, set[int]] = {}
    for row, column in cells:
        columns.setdefault(row, set()).add(column)
    return columns


def logical_rows(table: Table) -> tuple[list[LogicalRow], list[str]]:
    """Return the rows as their author saw them, and notes on those that cannot be placed.

    An empty first cell goes on with the row above. A line with one filled cell is a further
    entry of that column in the same row; a line with more is a row of its own whose empty cells
    were merged with those above. A line that begins in mid-sentence under a finished one was torn
    off somewhere else: it inherits nothing. A line without any filled cell is left out.
    """
    rows: list[LogicalRow] = []
    notes = []
    above: dict[int, str] = {}
    for row in _without_repeated(table.rows, table.header) if table.header else table.rows:
        filled = [column for column, cell in enumerate(row) if cell.text]
        if not filled:
            continue
        if not rows or row[0].text:
            rows.append(LogicalRow((row,)))
        elif is_torn(row[filled[0]].text, above.get(filled[0], "")):
            rows.append(LogicalRow((row,)))
            notes.append(_torn_note(row[filled[0]].text))
        elif len(filled) == 1:
            rows[-1] = replace(rows[-1], lines=(*rows[-1].lines, row))
        else:
            rows.append(LogicalRow((row,), inherits=True))
        above |= {column: row[column].text for column in filled}
    return rows, notes


def is_torn(text: str, above: str) -> bool:
    """Tell whether a cell's text begins in mid-sentence though the one above it is finished."""
    return text[0].islower() and bool(_FULL_STOP.search(above))


def _torn_note(text: str) -> str:
    start = " ".join(text.split()[:8])
    return f"A table row that begins “{start}” was torn off by conversion; its row is not known."


def columns_of(row: LogicalRow) -> list[tuple[int, int]]:
    """Return (column, line) of every cell of a logical row: by column, then by line.

    A further line counts only where it has text.
    """
    width = len(row.lines[0])
    return [
        (column, line)
        for column in range(width)
        for line, cells in enumerate(row.lines)
        if line == 0 or cells[column].text
    ]
