"""Tables of a page as rows of text under one header."""

from __future__ import annotations

from corpus.formats.html.tables import Grid
from corpus.formats.html.words import Line, join_lines
from corpus.raw import Raw, Row, Table
from corpus.traced import Traced, joined, made


def table_of(grid: Grid, cells: list[list[list[Line]]], lines: tuple[int, int]) -> Table:
    """Return a table; if no header is marked, a first row in bold throughout is one."""
    headers = grid.headers or _bold_headers(cells)
    rows: list[Row] = [
        tuple(join_lines(cell) if cell else made("") for cell in row) for row in cells
    ]
    if not any(cell.text for row in rows[headers:] for cell in row):
        headers = 0  # nothing would be left under it
    header = _header(rows[:headers], grid) if headers else ()
    return Table(
        tuple(rows[headers:]),
        lines,
        header,
        exact=True,
        above=frozenset((n - headers, c) for n, c in grid.above if n > headers),
        left=frozenset((n - headers, c) for n, c in grid.left if n >= headers),
    )


def text_of_block(block: Raw) -> Traced:
    """Return a block as the text of a cell; of a table, cells between tabs, rows on lines."""
    if isinstance(block, Table):
        rows = [*([block.header] if block.header else []), *block.rows]
        return joined([joined(row, "\t") for row in rows], "\n")
    return block.text


def _bold_headers(cells: list[list[list[Line]]]) -> int:
    bold = [
        all(line.bold for cell in row for line in cell) and sum(map(bool, row)) > 1 for row in cells
    ]
    return 1 if len(bold) > 1 and bold[0] and not all(bold) else 0


def _header(rows: list[Row], grid: Grid) -> Row:
    """Return one header of several rows; a cell over several columns heads each of them."""
    columns: list[list[Traced]] = [[] for _ in rows[0]]
    for number, row in enumerate(rows):
        last = made("")
        for column, cell in enumerate(row):
            if (number, column) not in grid.left:
                last = cell
            if last.text and not (columns[column] and columns[column][-1].text == last.text):
                columns[column].append(last)
    return tuple(joined(column, " ") for column in columns)
