"""What became of the commitments of one version of a document in another."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.commitments.likeness import pair_alike
from corpus.commitments.model import Commitment
from corpus.commitments.wording import wording_of

Change = Literal["new", "changed", "moved", "re-assigned", "dropped", "same"]
Shift = Literal["later", "earlier", "dated", "undated"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A commitment of the older version and what became of it in the newer one.

    Attributes:
        older: None for a new one.
        newer: None for one that was dropped.
        changes: "moved" is a later or earlier date, or one where there was none, or none any more;
            "re-assigned" other leads; "changed" other words. "new", "dropped" and "same" stand
            alone.
        shift: of a "moved" one, where to.
    """

    older: Commitment | None
    newer: Commitment | None
    changes: tuple[Change, ...]
    shift: Shift | None = None


def compare_commitments(
    older: Sequence[Commitment], newer: Sequence[Commitment]
) -> tuple[Pair, ...]:
    """Pair the commitments of two versions of a document, each once, and tell what changed.

    Those with the same id are the same; of the others, those are that share the words that few
    commitments hold. In which order they are given makes no difference. They come in the reading
    order of the newer version, what was dropped after what stood before it. Where a commitment
    stands, and under which headings, is no change.
    """
    old, new = sorted(older, key=_place), sorted(newer, key=_place)
    found = _by_identity(old, new)
    gone = sorted(set(range(len(old))) - found.keys())
    come = sorted(set(range(len(new))) - set(found.values()))
    for a, b in pair_alike([old[at] for at in gone], [new[at] for at in come], among=(old, new)):
        found[gone[a]] = come[b]
    return tuple(_arranged(old, new, found))


def pair_of(older: Commitment, newer: Commitment) -> Pair:
    """Tell what changed from a commitment to what became of it."""
    if _texts(older) == _texts(newer):  # as most are; folding them would take ten times as long
        return Pair(older, newer, ("same",))
    one, other = wording_of(older), wording_of(newer)
    if one.digest == other.digest:
        return Pair(older, newer, ("same",))
    changes: list[Change] = []
    if one.said != other.said:
        changes.append("changed")
    shift = _shift(older, newer)
    if shift:
        changes.append("moved")
    if one.leads != other.leads:
        changes.append("re-assigned")
    # "ongoing" that became "continuous" has other words and the same days
    return Pair(older, newer, tuple(changes) or ("changed",), shift)


def _texts(commitment: Commitment) -> tuple[tuple[str, ...], ...]:
    said = (commitment.text,) if commitment.text else ()
    times = tuple(time.written for time in commitment.times)
    parts = (said, commitment.activities, commitment.leads, times)
    return tuple(tuple(quote.text for quote in part) for part in parts)


def _place(commitment: Commitment) -> tuple[int, int, str]:
    return commitment.start, commitment.end, commitment.id


def _by_identity(old: Sequence[Commitment], new: Sequence[Commitment]) -> dict[int, int]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(old):
        waiting[one.id].append(at)
    return {waiting[one.id].pop(0): at for at, one in enumerate(new) if waiting[one.id]}


def _arranged(
    old: Sequence[Commitment], new: Sequence[Commitment], found: dict[int, int]
) -> Iterable[Pair]:
    """Return all in the order of the newer version, each dropped one after its last neighbour."""
    before = {b: a for a, b in found.items()}
    kept = sorted(found)
    dropped: dict[int, list[Commitment]] = defaultdict(list)
    for at, one in enumerate(old):
        if at not in found:
            slot = bisect_left(kept, at)
            dropped[found[kept[slot - 1]] if slot else -1].append(one)
    for at in range(-1, len(new)):
        if at in before:
            yield pair_of(old[before[at]], new[at])
        elif at >= 0:
            yield Pair(None, new[at], ("new",))
        yield from (Pair(one, None, ("dropped",)) for one in dropped[at])


def _shift(older: Commitment, newer: Commitment) -> Shift | None:
    """Tell where the last day went, or where that stayed, the first."""
    due, due_now = (_latest(time.frame.last for time in one.times) for one in (older, newer))
    if due != due_now:
        if due is None or due_now is None:
            return "dated" if due is None else "undated"
        return "later" if due_now > due else "earlier"
    first, first_now = (_latest(time.frame.first for time in one.times) for one in (older, newer))
    if first is None or first_now is None or first == first_now:
        return None
    return "later" if first_now > first else "earlier"


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
