"""Names in filters as the register has them: a slip is said, and never an empty list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from assistant.register.model import Filters, Value, Values
from corpus.commitments import fold
from corpus.errors import FilterUnreadable

_NEAR = 60  # of 100, from which a name is near enough to be offered
_OFFERED = 4


def names_any(filters: Filters) -> bool:
    """Tell whether filters hold any name that must be looked up."""
    return bool(filters.leads or filters.documents or filters.bodies)


def named(filters: Filters, values: Values) -> Filters:
    """Return filters with each team, document and body as the register calls it.

    A name in any spelling is that one; else all that have its words are meant.

    Raises:
        FilterUnreadable: nothing goes by a name; the message has those that are near.
    """
    return replace(
        filters,
        leads=keys_meant(filters.leads, values.leads, "lead team"),
        documents=keys_meant(filters.documents, values.documents, "document with commitments"),
        bodies=keys_meant(filters.bodies, values.bodies, "body"),
    )


def keys_meant(
    names: Sequence[str], held: Sequence[Value], kind: str, *, holder: str = "The register"
) -> tuple[str, ...]:
    """Return the keys of the values that some names mean, each once.

    Raises:
        FilterUnreadable: nothing goes by a name; the message has those that are near.
    """
    return tuple(dict.fromkeys(key for name in names for key in _meant(name, held, kind, holder)))


def _meant(name: str, held: Sequence[Value], kind: str, holder: str) -> Iterator[str]:
    spelled = fold(name)
    same = [one for one in held if spelled in {fold(said) for said in (one.key, *one.spellings)}]
    wanted = set(spelled.split())
    found = same or [
        one
        for one in held
        if wanted and any(wanted <= set(fold(said).split()) for said in one.spellings)
    ]
    if not found:
        raise FilterUnreadable(f"No {kind} goes by “{name[:80]}”.", _offer(name, held, holder))
    yield from (one.key for one in found)


def _offer(name: str, held: Sequence[Value], holder: str) -> str:
    if not held:
        return f"{holder} holds none on that day."
    by_spelling = {said: one.name for one in reversed(held) for said in (one.name, *one.spellings)}
    near = process.extract(
        name, list(by_spelling), scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=_OFFERED
    )
    names = list(dict.fromkeys(f"“{by_spelling[said]}”" for said, _, _ in near))
    if names:
        return f"Did you mean {_joined(names, 'or')}?"
    first, more = [f"“{one.name}”" for one in held[:_OFFERED]], len(held) - _OFFERED
    said = [*first, f"{more:,} more"] if more > 0 else first
    return f"{holder} has {_joined(said, 'and')}."


def _joined(said: Sequence[str], word: str) -> str:
    return f"{', '.join(said[:-1])} {word} {said[-1]}" if said[1:] else said[0]
