"""Figures of a text, read as what they are: times, amounts, grades, clauses, versions."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from corpus.figures.model import Figure, Kind, Period, Quantity
from corpus.figures.quantities import Amount, amounts, differ, quantities
from corpus.figures.references import clause_path, references
from corpus.figures.times import times

__all__ = [
    "Amount",
    "Figure",
    "Kind",
    "Period",
    "Quantity",
    "amounts",
    "by_place",
    "clause_path",
    "differ",
    "figures_of",
    "meets",
    "named_by",
]

_TEXTS_KEPT = 1_024  # one question, or one document, has the same headings and units read again


@lru_cache(_TEXTS_KEPT)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in reading order; none overlaps another.

    Of two readings of the same characters both are kept; else the one that covers more.
    """
    found = [figure for reader in (times, references, quantities) for figure in reader(text)]
    kept: list[Figure] = []  # in reading order; what is kept overlaps only in one same place
    for figure in sorted(found, key=_rank):
        if all(_other_reading(figure, one) for one in _overlapping(kept, figure)):
            insort(kept, figure, key=_start)
    return tuple(kept)


def _overlapping(kept: Sequence[Figure], figure: Figure) -> Iterator[Figure]:
    for place in range(bisect_left(kept, figure.end, key=_start) - 1, -1, -1):
        if kept[place].end <= figure.start:
            return
        yield kept[place]


def _start(figure: Figure) -> int:
    return figure.start


def _rank(figure: Figure) -> tuple[bool, int, int]:
    """Put first what is to be kept: bare numbers yield, then the longer wins."""
    return figure.kind == "number", figure.start - figure.end, figure.start


def by_place(figures: tuple[Figure, ...]) -> list[list[Figure]]:
    """Group figures that share one place."""
    return [list(some) for _, some in groupby(figures, key=lambda one: (one.start, one.end))]


def meets(asked: Figure, said: Figure) -> bool:
    """Tell whether what is said lies in what is asked for, or takes it in.

    "Q1 2024" meets "2024", "January 2024" and "the first quarter"; clause 3.2 (b) meets 3.2.
    """
    if asked.key == said.key:
        return True
    if asked.kind != said.kind:
        return False
    if asked.kind == "clause":
        return said.value.startswith(f"{asked.value}.")
    if asked.period and said.period:
        return asked.period.holds(said.period) or said.period.holds(asked.period)
    return _is_undated(asked, said)


def named_by(asked: Figure, heading: Figure) -> bool:
    """Tell whether a heading names what is asked for: a title's "2024-2027" names no 2026.

    What stands under a heading is not about every day of the time that the heading gives.
    """
    if not asked.period or not heading.period:
        return meets(asked, heading)
    same_end = (
        heading.period.first == asked.period.first or heading.period.last == asked.period.last
    )
    return asked.period.holds(heading.period) or (
        heading.name == "period" and asked.name == "year" and same_end
    )


def _other_reading(figure: Figure, last: Figure) -> bool:
    same_place = (figure.start, figure.end) == (last.start, last.end)
    return same_place and (
        figure.kind == last.kind or {figure.kind, last.kind} == {"number", "clause"}
    )


def _is_undated(asked: Figure, said: Figure) -> bool:
    """Tell whether one is the other without its year: "Q1" and "Q1 2024", "May" and "5 May"."""
    short, full = (asked, said) if said.period else (said, asked)
    if short.kind != "time" or short.period is not None or full.period is None:
        return False
    if short.name == "day":
        return full.name == "date" and full.value.endswith(f"-{short.value}")
    if short.name == "month":
        return full.name in {"month", "date"} and full.value[5:7] == short.value
    return full.name == short.name and full.value.endswith(f"-{short.value}")
