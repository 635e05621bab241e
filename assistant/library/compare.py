"""What changed from one version of a document to another: block by block, then word by word.

Blocks that both have are found first and split the rest into short stretches, so that a document
of hundreds of pages takes well under a second; only within a stretch is every block weighed
against every other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from assistant.library.edits import Edit, edits_between
from corpus.commitments.model import Quote
from corpus.model import Block, BlockKind, Document

ChangeKind = Literal["added", "removed", "changed", "moved"]

ALIKE = 0.5  # share of words in common from which one block is the other, changed
_LONGEST_MOVE = 12  # characters from which the same words elsewhere are no coincidence
_MOST_PAIRS = 60_000  # of blocks that are weighed against each other in one stretch


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a version's canonical text, half open, with the section that it stands in."""

    start: int
    end: int
    section: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Change:
    """One block that is not the same in both versions.

    Attributes:
        block: what kind of block it is.
        older, newer: where it stands; None where it does not.
        edits: its words in order, what was removed before what was put there; together the
            "same" and "added" ones are the newer text, the "same" and "removed" ones the older.
    """

    kind: ChangeKind
    block: BlockKind
    older: Place | None
    newer: Place | None
    edits: tuple[Edit, ...]

    @property
    def section(self) -> tuple[str, ...]:
        """Headings above it, of the newer version where it is there."""
        place = self.newer or self.older
        return place.section if place else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different, in the newer version's reading order.

    Attributes:
        unchanged: how many blocks both have in the same place.
    """

    changes: tuple[Change, ...]
    unchanged: int

    def count(self, kind: ChangeKind) -> int:
        """Tell how many blocks changed in one way."""
        return sum(change.kind == kind for change in self.changes)


def compare(older: Document, newer: Document) -> Comparison:
    """Return how one version differs from another; layout and line breaks make no difference."""
    old, new = _blocks(older), _blocks(newer)
    same, changed = _aligned(old, new)
    gone = sorted(set(range(len(old))) - set(same) - set(changed))
    come = sorted(set(range(len(new))) - set(same.values()) - set(changed.values()))
    moved = _moved([(at, old[at]) for at in gone], [(at, new[at]) for at in come])
    pairs = [(a, b) for a, b in (*changed.items(), *moved.items())]
    slots = _Slots([*same.items(), *changed.items()])
    placed = [(b, 1, _change(old[a], new[b], moved=moved.get(a) == b)) for a, b in pairs]
    placed += [(b, 1, _change(None, new[b])) for b in come if b not in moved.values()]
    placed += [(slots.of(a), 0, _change(old[a], None)) for a in gone if a not in moved]
    placed.sort(key=lambda one: one[:2])  # stable: what was removed in one place keeps its order
    changes = tuple(change for *_, change in placed if change)
    return Comparison(changes, len(same) + len(placed) - len(changes))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block with what tells it apart: its words, and the same without its printed label."""

    document: Document
    block: Block
    key: tuple[str, str]
    bare: str
    words: Counter[str]

    @property
    def wording(self) -> Quote:
        start, end = self.block.start, self.block.end
        return Quote(self.document.text[start:end], start, end)

    @property
    def place(self) -> Place:
        section = self.document.sections[self.block.section]
        return Place(self.block.start, self.block.end, section.path, section.anchor)


def _blocks(document: Document) -> list[_Unit]:
    return [_unit(document, block) for block in document.blocks]


def _unit(document: Document, block: Block) -> _Unit:
    plain = " ".join(document.text[block.start : block.end].split())
    bare = plain.removeprefix(block.label).strip() if block.label else plain
    if block.kind == "heading":
        bare = re.sub(r"^[\dIVXivx]+(?:\.\d+)*[.)]?\s+", "", plain)
    return _Unit(document, block, (block.kind, plain), bare, Counter(re.findall(r"\w+", plain)))


def _aligned(old: Sequence[_Unit], new: Sequence[_Unit]) -> tuple[dict[int, int], dict[int, int]]:
    """Return which block is which: those that are the same, and those that changed."""
    same, changed = dict[int, int](), dict[int, int]()
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (a, b), (a_next, b_next) in pairwise(anchors):
        if a >= 0:
            same[a] = b
        _align_stretch(old, new, (a + 1, a_next), (b + 1, b_next), (same, changed))
    return same, changed


def _anchors(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[tuple[int, int]]:
    """Return the longest run of blocks that stand once in each version, in the same order."""
    once_old, once_new = _once(old), _once(new)
    pairs = [(at, once_new[key]) for key, at in once_old.items() if key in once_new]
    return _rising(sorted(pairs))


def _once(units: Sequence[_Unit]) -> dict[tuple[str, str], int]:
    times = Counter(unit.key for unit in units)
    return {unit.key: at for at, unit in enumerate(units) if times[unit.key] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs whose second numbers rise as well."""
    ends: list[int] = []  # of the best run of each length, its last second number
    at: list[int] = []  # and the place of that pair
    before: list[int | None] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [second]
        at[length : length + 1] = [place]
    chosen: list[tuple[int, int]] = []
    last = at[-1] if at else None
    while last is not None:
        chosen.append(pairs[last])
        last = before[last]
    return chosen[::-1]


def _align_stretch(
    old: Sequence[_Unit],
    new: Sequence[_Unit],
    left: tuple[int, int],
    right: tuple[int, int],
    found: tuple[dict[int, int], dict[int, int]],
) -> None:
    """Align the blocks between two anchors: first what is the same, then what is alike."""
    same, changed = found
    one, other = range(*left), range(*right)
    if not one or not other:
        return
    matcher = SequenceMatcher(
        None, [old[at].key for at in one], [new[at].key for at in other], autojunk=False
    )
    small = len(one) * len(other) <= _MOST_PAIRS
    blocks = matcher.get_matching_blocks() if small else []
    last = (0, 0)
    for match in (*blocks, None):
        a, b, size = match or (len(one), len(other), 0)
        for first, second in _alike(old, new, one[last[0] : a], other[last[1] : b]):
            changed[first] = second
        for step in range(size):
            same[one[a + step]] = other[b + step]
        last = (a + size, b + size)


def _alike(
    old: Sequence[_Unit], new: Sequence[_Unit], one: range, other: range
) -> Iterator[tuple[int, int]]:
    """Pair blocks of the same kind that share most words, in order, each once."""
    if not one or not other:
        return
    reach = max(1, _MOST_PAIRS // len(one))  # in a long stretch only blocks near each other
    scored = []
    for a in one:
        middle = other.start + (a - one.start) * len(other) // len(one)
        near = range(
            max(other.start, middle - reach // 2), min(other.stop, middle + reach // 2 + 1)
        )
        scored += [(-_likeness(old[a], new[b]), a, b) for b in near]
    taken: list[tuple[int, int]] = []
    for likeness, a, b in sorted(scored):
        if -likeness < ALIKE:
            break
        at = bisect_left(taken, (a, b))
        before, after = taken[at - 1 : at], taken[at : at + 1]
        fits = all(x < a and y < b for x, y in before) and all(x > a and y > b for x, y in after)
        if fits:
            taken.insert(at, (a, b))
    yield from taken


def _likeness(one: _Unit, other: _Unit) -> float:
    """Return the share of words in common, 0 to 1; the same printed number speaks for it."""
    if one.block.kind != other.block.kind:
        return 0.0
    total = one.words.total() + other.words.total()
    shared = (one.words & other.words).total()
    numbered = bool(one.block.label) and one.block.label == other.block.label
    return (2 * shared / total if total else 0.0) + 0.2 * numbered


def _moved(gone: Iterable[tuple[int, _Unit]], come: Iterable[tuple[int, _Unit]]) -> dict[int, int]:
    """Pair what is gone with the same words elsewhere, be they under another number."""
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, unit in come:
        waiting[unit.block.kind, unit.bare].append(at)
    moved = {}
    for at, unit in gone:
        places = waiting[unit.block.kind, unit.bare]
        if places and len(unit.bare) >= _LONGEST_MOVE:
            moved[at] = places.pop(0)
    return moved


class _Slots:
    """Tells before which block of the newer version one that is gone from the older is shown."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._pairs = _rising(sorted(pairs))
        self._firsts = [a for a, _ in self._pairs]

    def of(self, gone: int) -> int:
        """Return the place after the last block before it that both versions have."""
        at = bisect_left(self._firsts, gone)
        return self._pairs[at - 1][1] + 1 if at else 0


def _change(older: _Unit | None, newer: _Unit | None, *, moved: bool = False) -> Change | None:
    """Describe a block that changed; None when only its layout did."""
    unit = newer or older
    if unit is None:
        return None
    kind: ChangeKind = "moved" if moved else "changed"
    if older is None or newer is None:
        kind = "added" if older is None else "removed"
    edits = edits_between(older.wording if older else None, newer.wording if newer else None)
    if kind == "changed" and all(edit.kind == "same" or edit.text.isspace() for edit in edits):
        return None
    places = older.place if older else None, newer.place if newer else None
    return Change(kind, unit.block.kind, *places, edits)
