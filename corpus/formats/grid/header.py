"""Which rows at the top of a table name its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.formats.grid.cells import Areas, Entry, Grid, Line, Rows, is_marked, is_prose, places_of
from corpus.raw import Row
from corpus.traced import Traced, joined

_HEAD_CHARS = 120  # of one cell that names its column
_MOST_HEAD_ROWS = 4
_SAMPLE = 200  # rows that show what a column holds
_NUMBERS = 0.8  # share of a column's cells that makes it one of numbers
_PAIR = 2


def header_rows(run: Rows, columns: list[int], *, areas: Areas, grid: Grid) -> int:
    """Return how many rows at the top name the columns."""
    number, cells = run[0]
    if number in grid.heads:
        return _with_merged(run, 1, areas=areas)
    marked = 0
    while marked < min(len(run), _MOST_HEAD_ROWS) and _may_name(run[marked], columns, areas=areas):
        marked += 1
    if marked and marked < len(run) and not is_marked(run[marked][1]):
        return _with_merged(run, marked, areas=areas)
    top = _with_merged(run, 1, areas=areas)
    names = dict(zip(columns, header_of(run[:top], columns, areas=areas), strict=True))
    complete = all(names[column].text.strip() for column in _needed(run))
    if not complete or not all(map(_can_name, cells.values())) or _is_paired(run):
        return 0
    return top if grid.named or top > 1 or _differs(run, columns) else 0


def _may_name(row: Line, columns: list[int], *, areas: Areas) -> bool:
    """Say whether a row is marked, and of more than one cell or a cell that spans some."""
    number, cells = row
    wide = any(right > left for _, left, _, right in areas.get(number, ()))
    several = len(cells) > 1 or (wide and len(columns) > _PAIR)
    return several and is_marked(cells) and all(map(_can_name, cells.values()))


def _with_merged(run: Rows, size: int, *, areas: Areas) -> int:
    """Return the size of a header with the rows that its merged cells reach into or span."""
    least = size
    for place, (number, _) in enumerate(run[:size]):
        for top, _, bottom, _ in areas.get(number, ()):
            least = max(least, place + 1 + bottom - top)
    if least == size and _is_spanned(run, size - 1, areas=areas):
        least += 1
    return least if least < len(run) and least <= _MOST_HEAD_ROWS else size


def _is_spanned(run: Rows, place: int, *, areas: Areas) -> bool:
    """Say whether the next row only names the columns that cells of this one span."""
    number, cells = run[place]
    wide = {
        column
        for _, left, _, right in areas.get(number, ())
        if right > left and left in cells
        for column in range(left, right + 1)
    }
    under = run[place + 1][1] if wide and place + 1 < len(run) else {}
    return bool(under) and wide.issuperset(under) and all(map(_can_name, under.values()))


def header_of(heads: Rows, columns: list[int], *, areas: Areas) -> Row:
    """Return one text for each column, outermost header first."""
    if not heads:
        return ()
    texts: dict[tuple[int, int], Traced] = {}
    for number, cells in heads:
        texts |= {(number, column): entry.text for column, entry in cells.items()}
        for top, left, bottom, right in areas.get(number, ()):
            if (top, left) in texts:
                for place in places_of((top, left, bottom, right)):
                    texts[place] = texts[top, left]
    return tuple(
        _named([texts[n, column] for n, _ in heads if (n, column) in texts]) for column in columns
    )


def _named(texts: Sequence[Traced]) -> Traced:
    different = [
        text for place, text in enumerate(texts) if not place or text is not texts[place - 1]
    ]
    return joined(different, " ")


def _needed(run: Rows) -> list[int]:
    """Return the columns that a header must name: all but the first that most rows fill."""
    body = [cells for _, cells in run[1 : _SAMPLE + 1]]
    times = Counter(column for cells in body for column in cells)
    return sorted(column for column, count in times.items() if 2 * count > len(body))[1:]


def _is_paired(run: Rows) -> bool:
    """Say whether rows are names with their values: "Owner:", or in bold before what is not."""
    rows = [list(cells.items()) for _, cells in run[:_SAMPLE]]
    keys = [row[0][1] for row in rows]
    if all(key.text.text.rstrip().endswith(":") for key in keys):
        return True
    values = [entry for row in rows for _, entry in row[1:]]
    return all(key.bold for key in keys) and not any(value.bold for value in values)


def _can_name(entry: Entry) -> bool:
    return len(entry.text) <= _HEAD_CHARS and (not entry.number or entry.year)


def _differs(run: Rows, columns: list[int]) -> bool:
    """Say whether the first row is unlike the rest: a text over numbers, a name over prose.

    Three columns or more of short texts, and rows of them, are a table with a header too; two
    may well be names and values.
    """
    first, body = run[0][1], [cells for _, cells in run[1 : _SAMPLE + 1]]
    if not body:
        return False
    texts = [entry.text.text.strip() for entry in first.values()]
    if any(count > 1 for count in Counter(texts).values()) or any(map(is_prose, texts)):
        return False
    for column in columns:
        below = [cells[column] for cells in body if column in cells]
        if below and column in first and not first[column].number:
            if _share(entry.number for entry in below) >= _NUMBERS:
                return True
            if _share(is_prose(entry.text.text) for entry in below) >= _NUMBERS:
                return True
    return len(columns) > _PAIR and len(body) > 1


def _share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found)
