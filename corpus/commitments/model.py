"""What a commitment is: what was promised, by whom, by when, each word of it with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.figures.timeframes import TimeFrame

Form = Literal["row", "item"]
DoubtKind = Literal[
    "no objective",
    "cut off",
    "lead unclear",
    "time unclear",
    "several times",
    "run together",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: ``text`` equals its canonical text at ``[start, end)``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Time:
    """A time frame as it is written and as it was read."""

    written: Quote
    frame: TimeFrame


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person should look at a commitment.

    Attributes:
        words: the same as a sentence for whoever looks.
    """

    kind: DoubtKind
    words: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that a version of a document says will be done.

    Attributes:
        id: the same in every version that says it in the same words, wherever it stands in them.
        section: position in ``Document.sections`` of the section that it stands in.
        theme: headings from the outermost to the innermost above it.
        form: a row of a table, or an item of a list.
        block: position in ``Document.blocks`` of its first block.
        start, end: the whole of it, canonical, as a citation of it quotes it.
        text: the objective of a row; of an item, all of it. None where conversion tore a row off
            and its objective is not known.
        activities: what is to be done for it, one by one; an item's are those listed under it.
        leads: who is responsible, one by one, as written; empty where nobody is named.
        times: when, one by one; two values stacked in one cell are two.
        doubts: what could not be read with certainty; empty when all was.
    """

    id: str
    document: str
    version: str
    section: int
    theme: tuple[str, ...]
    form: Form
    block: int
    start: int
    end: int
    text: Quote | None
    activities: tuple[Quote, ...] = ()
    leads: tuple[Quote, ...] = ()
    times: tuple[Time, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def title(self) -> str:
        """What it is called in a list: its text, else its first activity."""
        named = self.text or next(iter(self.activities), None)
        return named.text if named else ""
