"""Commitments as a table, under a line that says out of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bots.slack import limits
from bots.slack.blocks import Element, header, link, section, words
from bots.slack.escape import escaped
from bots.slack.limits import Block, Message, cut, size

COLUMNS = ("Commitment", "Lead", "Due", "Status", "Source")
_LONGEST_CELL = 300  # characters; the source has the whole text
_MOST_ROWS = limits.TABLE_ROWS - 1  # beside the names of the columns


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment as it is shown; what is not known is empty.

    Attributes:
        url: of the place in its document; may be relative where no public address is set.
    """

    commitment: str
    lead: str
    due: str
    status: str
    url: str


def commitment_messages(rows: Sequence[CommitmentRow], denominator: str) -> tuple[Message, ...]:
    """Write a list as the messages that it takes, with one table each.

    Args:
        rows: in the order in which they are shown.
        denominator: says how many there are, of how many documents, and what is missing.
    """
    tables = list(_tables(rows))
    said = _spoken(rows, denominator)
    first = [header("Commitments"), words(denominator, bold=True)]
    if not tables:
        return (Message(said, tuple(first)),)
    parts = [(*first, tables[0]), *((words(_part(n, tables)), t) for n, t in _later(tables))]
    return tuple(Message(said, part) for part in parts)


def _later(tables: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    return ((number, table) for number, table in enumerate(tables, 1) if number > 1)


def _part(number: int, tables: Sequence[Block]) -> str:
    return f"Commitments, part {number} of {len(tables)}"


def _tables(rows: Sequence[CommitmentRow]) -> Iterator[Block]:
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


def _cells(row: CommitmentRow) -> list[Element]:
    said = (row.commitment, row.lead, row.due, row.status)
    source = {"type": "rich_text", "elements": [section(link("open", row.url))]}
    return [*(_plain(cut(" ".join(one.split()), _LONGEST_CELL)) for one in said), source]


def _plain(text: str) -> Element:
    return {"type": "raw_text", "text": text or "–"}  # an empty cell is refused


def _spoken(rows: Sequence[CommitmentRow], denominator: str) -> str:
    lines = (f"{row.commitment} ({row.lead or 'no lead'}, {row.due or 'no date'})" for row in rows)
    return cut(escaped("\n".join([denominator, *lines])), limits.NOTICE)
