"""A list from the register as an answer shows it: a row each, with its citation's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.register.asked import FromRegister
from assistant.register.model import Listed
from assistant.reply import Citation


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment as a reader sees it.

    Attributes:
        when: its time frames as the document writes them.
    """

    citation: Citation
    text: str
    leads: tuple[str, ...]
    when: tuple[str, ...]
    overdue: bool
    status: str


def rows_of(register: FromRegister, citations: Sequence[Citation]) -> tuple[Row, ...]:
    """Return the lines of a list with their citations."""
    lines = zip(register.listing.lines, citations, strict=True)
    return tuple(_row(line, citation) for line, citation in lines)


def _row(line: Listed, citation: Citation) -> Row:
    found = line.commitment
    return Row(
        citation,
        found.title,
        line.leads,
        tuple(time.written.text for time in found.times),
        line.overdue,
        line.standing.words,
    )
