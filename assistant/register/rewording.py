"""How a commitment is worded otherwise than before: field by field, then word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.library.edits import Edit, edits_between
from corpus.commitments.leads import fold
from corpus.commitments.model import Commitment, Quote
from corpus.commitments.wording import words_of

FieldName = Literal["text", "activities", "leads", "times"]

_ALIKE = 0.5  # share of words in common from which one activity is another, changed


@dataclass(frozen=True, slots=True)
class Reworded:
    """A field whose words changed.

    Attributes:
        items: each of its texts, in the newer order, as runs of words that stayed, went and came;
            one that did not change is a single run.
    """

    field: FieldName
    items: tuple[tuple[Edit, ...], ...]


def reworded(older: Commitment, newer: Commitment) -> tuple[Reworded, ...]:
    """Return the fields of a commitment that differ from those of what it was before.

    The places of words that went are in the older version, all others in the newer.
    """
    fields: tuple[tuple[FieldName, Sequence[Quote], Sequence[Quote]], ...] = (
        ("text", _texts(older), _texts(newer)),
        ("activities", older.activities, newer.activities),
        ("leads", older.leads, newer.leads),
        (
            "times",
            tuple(time.written for time in older.times),
            tuple(time.written for time in newer.times),
        ),
    )
    return tuple(
        Reworded(name, tuple(edits_between(*pair) for pair in _aligned(one, other)))
        for name, one, other in fields
        if _differ(name, one, other)
    )


def _texts(commitment: Commitment) -> tuple[Quote, ...]:
    return (commitment.text,) if commitment.text else ()


def _differ(name: FieldName, one: Sequence[Quote], other: Sequence[Quote]) -> bool:
    if name == "leads":
        return Counter(fold(lead.text) for lead in one) != Counter(
            fold(lead.text) for lead in other
        )
    return [words_of(quote.text) for quote in one] != [words_of(quote.text) for quote in other]


def _aligned(
    older: Sequence[Quote], newer: Sequence[Quote]
) -> list[tuple[Quote | None, Quote | None]]:
    """Pair the texts that are the same or alike; what went stands after what stood before it."""
    if len(older) == len(newer) == 1:
        return [(older[0], newer[0])]
    scored = sorted(
        (-_likeness(one, other), abs(a - b), a, b)
        for a, one in enumerate(older)
        for b, other in enumerate(newer)
    )
    found: dict[int, int] = {}
    for likeness, _, a, b in scored:
        if -likeness >= _ALIKE and a not in found and b not in found.values():
            found[a] = b
    before = {b: a for a, b in found.items()}
    pairs: list[tuple[float, Quote | None, Quote | None]] = [
        (b, older[before[b]] if b in before else None, other) for b, other in enumerate(newer)
    ]
    for a, one in enumerate(older):
        if a not in found:
            slot = max((found[other] for other in found if other < a), default=-1)
            pairs.append((slot + 0.5, one, None))
    pairs.sort(key=lambda pair: pair[0])  # stable: those that went keep their order
    return [(one, other) for _, one, other in pairs]


def _likeness(one: Quote, other: Quote) -> float:
    """Return the share of words in common, 0 to 1."""
    first, second = Counter(words_of(one.text)), Counter(words_of(other.text))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0
