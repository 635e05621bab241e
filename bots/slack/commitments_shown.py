"""A list from the register as tables: Slack takes one a message, of a hundred rows at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bots.list_shown import Row
from bots.slack import limits
from bots.slack.blocks import Element, link, section
from bots.slack.limits import Block, cut, size

COLUMNS = ("Commitment", "Lead", "When", "Status", "Source")
_LONGEST_CELL = 300  # characters; the source has the whole text
_MOST_ROWS = limits.TABLE_ROWS - 1  # beside the names of the columns


def tables_of(rows: Sequence[Row]) -> Iterator[Block]:
    """Write lines as the tables that they take; each line leads to its words in the document."""
    held: list[list[Element]] = []
    for row in rows:
        cells = _cells(row)
        if held and (
            len(held) == _MOST_ROWS or size(_table([*held, cells])) > limits.TABLE_CHARACTERS
        ):
            yield _table(held)
            held = []
        held.append(cells)
    if held:
        yield _table(held)


def _table(rows: Sequence[list[Element]]) -> Block:
    names = [_plain(name) for name in COLUMNS]
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": True} for _ in COLUMNS],
        "rows": [names, *rows],
    }


def _cells(row: Row) -> list[Element]:
    when = "; ".join(row.when) + (" · overdue" if row.overdue else "")
    said = (row.text, "; ".join(row.leads), when, row.status)
    place = link(f"[{row.citation.number}]", row.citation.url)
    source = {"type": "rich_text", "elements": [section(place)]}
    return [*(_plain(cut(" ".join(one.split()), _LONGEST_CELL)) for one in said), source]


def _plain(text: str) -> Element:
    return {"type": "raw_text", "text": text or "–"}  # an empty cell is refused
