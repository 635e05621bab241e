"""Which commitments are wanted, and the conditions in SQL that say so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexing.keywords import tokens

Timing = Literal["dated", "ongoing", "undated", "overdue"]
Condition = tuple[str, tuple[object, ...]]  # on a row ``c`` of commitments, and its values

_AMONG = "(SELECT value FROM json_each(?))"
_ALSO_LED = f"SELECT commitment FROM also_led WHERE lead IN {_AMONG}"  # noqa: S608  no values in it
_LED = f"(c.lead IN {_AMONG} OR c.place IN ({_ALSO_LED}))"
_FALLING_DUE = (
    "(c.due BETWEEN ? AND ? OR "
    "c.place IN (SELECT commitment FROM also_due WHERE day BETWEEN ? AND ?))"
)
_WORDED = "c.place IN (SELECT rowid FROM words WHERE words MATCH ?)"
_THEMED = "c.theme IN (SELECT rowid FROM theme_words WHERE theme_words MATCH ?)"
_TIMINGS: dict[Timing, str] = {
    "dated": "c.due IS NOT NULL",
    "ongoing": "c.ongoing",
    "undated": "(c.due IS NULL AND NOT c.ongoing)",
    "overdue": f"(c.due < ? AND c.id NOT IN {_AMONG})",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commitments are wanted; None lets everything through, an empty set nothing.

    Attributes:
        leads: keys of teams of which any is meant.
        bodies: places of those of which any is meant.
        themes: texts of which any must stand in the headings above, with all its words.
        words: all of which must stand in the commitment or the headings above it.
        due: first and last day on which a time frame of it may end; None is open.
        timing: of which any must hold.
        overdue: what is due before this day is, unless it is among the ids ``done``.
        ids, without: names of those that alone may, and that may not, be found.
        dateless: only what has no last day.
        doubted: only what was marked for review.
    """

    leads: frozenset[str] | None = None
    bodies: frozenset[int] | None = None
    themes: tuple[str, ...] = ()
    words: str = ""
    due: tuple[date | None, date | None] | None = None
    timing: tuple[Timing, ...] = ()
    overdue: date = date.min
    done: AbstractSet[str] = frozenset()
    ids: AbstractSet[str] | None = None
    without: AbstractSet[str] = frozenset()
    dateless: bool = False
    doubted: bool = False


def conditions(wanted: Wanted) -> Iterator[Condition]:
    """Yield what a commitment must meet."""
    yield from _by_names(wanted)
    yield from _by_time(wanted)
    if wanted.themes:
        yield _matching(_THEMED, " OR ".join(filter(None, map(_all, wanted.themes))))
    if wanted.words:
        yield _matching(_WORDED, _all(wanted.words))
    if wanted.doubted:
        yield "c.doubted", ()


def _by_names(wanted: Wanted) -> Iterator[Condition]:
    if wanted.leads is not None:
        yield _LED, (_listed(wanted.leads),) * 2
    if wanted.bodies is not None:
        yield among("c.body", wanted.bodies)
    if wanted.ids is not None:
        yield among("c.id", wanted.ids)
    if wanted.without:
        yield f"c.id NOT IN {_AMONG}", (_listed(wanted.without),)


def _by_time(wanted: Wanted) -> Iterator[Condition]:
    if wanted.due is not None:
        first, last = wanted.due[0] or date.min, wanted.due[1] or date.max
        yield _FALLING_DUE, (first.isoformat(), last.isoformat()) * 2
    if wanted.timing:
        parts = " OR ".join(_TIMINGS[one] for one in wanted.timing)
        values = (wanted.overdue.isoformat(), _listed(wanted.done))
        yield f"({parts})", values * wanted.timing.count("overdue")
    if wanted.dateless:
        yield "c.due IS NULL", ()


def among(column: str, values: Iterable[int | str]) -> Condition:
    """Return the condition that a column has one of some values, however many."""
    return f"{column} IN {_AMONG}", (_listed(values),)


def _matching(condition: str, query: str) -> Condition:
    return (condition, (query,)) if query else ("0", ())  # words that say nothing are nowhere


def _all(text: str) -> str:
    """Return the query of the full text that asks for all words of a text."""
    stems = [f'"{token}"' for token in tokens(text) if token.isalnum()]
    return f"({' AND '.join(stems)})" if stems else ""


def _listed(values: Iterable[int | str]) -> str:
    return json.dumps(sorted(values))
