"""Which heading stands under which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.labels import heading_number, is_annex
from corpus.raw import BARE, Heading, Paragraph, Raw
from corpus.repair.headings import heading_key, is_reliable

_WORD = re.compile(r"\w+")
_ENOUGH = 0.6  # share of the longer title's words that make two titles the same
_FEWEST_CAPITALS = 3  # words; fewer may be an abbreviation
_TOP = -1  # parent of a heading at the top


@dataclass(frozen=True, slots=True)
class Outline:
    """Blocks with their tree of headings.

    Attributes:
        blocks: headings that nothing stands under have become paragraphs.
        heads: positions in ``blocks`` of the headings that are left.
        parents: for each of those, the position in ``heads`` of its parent, or None.
        title: position in ``heads`` of the document's title, or None.
        trusted: the marked levels were followed, for they do not contradict each other.
    """

    blocks: tuple[Raw, ...]
    heads: tuple[int, ...]
    parents: tuple[int | None, ...]
    title: int | None
    trusted: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading, and whether text stands directly under it."""

    place: int
    heading: Heading
    filled: bool

    @property
    def text(self) -> str:
        return self.heading.text.text

    @property
    def level(self) -> int:
        return self.heading.level


def outline(blocks: Sequence[Raw], names: Iterable[str], *, marked: bool = False) -> Outline:
    """Return the tree of headings; ``names`` are what the document is called elsewhere.

    Where the format ``marked`` its headings, their levels are its author's, even where a title
    recurs at another level, as it does in long reports.
    """
    heads = _heads(blocks)
    title = 0 if heads and _is_title(heads, names) else None
    trusted = marked or is_reliable(head.heading for head in heads)
    parents = (_by_marks if trusted else _by_recurrence)(heads, title)
    kept = _kept(heads, parents, title)
    numbers = {old: new for new, old in enumerate(kept)}
    changed = list(blocks)
    for number, head in enumerate(heads):
        if number not in numbers:
            changed[head.place] = Paragraph(head.heading.text, head.heading.lines)
    return Outline(
        blocks=tuple(changed),
        heads=tuple(heads[old].place for old in kept),
        parents=tuple(numbers.get(parents[old]) for old in kept),
        title=None if title is None else numbers[title],
        trusted=trusted,
    )


def _heads(blocks: Sequence[Raw]) -> list[_Head]:
    return [
        _Head(place, block, after is not None and not isinstance(after, Heading))
        for place, (block, after) in enumerate(zip_longest(blocks, blocks[1:]))
        if isinstance(block, Heading)
    ]


def _is_title(heads: Sequence[_Head], names: Iterable[str]) -> bool:
    """Say whether the first heading is the title: by its words, or as the only one of its kind."""
    first, rest = heads[0], heads[1:]
    if any(_same_title(first.text, name) for name in names):
        return True
    if all(head.level > first.level for head in rest):
        return not (heading_number(first.text) and rest)
    return _is_capitals(first.text) and not any(_is_capitals(head.text) for head in rest)


def _same_title(one: str, other: str) -> bool:
    sets = [set(_WORD.findall(text.casefold().replace("_", " "))) for text in (one, other)]
    return all(sets) and len(sets[0] & sets[1]) >= _ENOUGH * max(map(len, sets))


def _is_capitals(text: str) -> bool:
    return text.isupper() and len(text.split()) >= _FEWEST_CAPITALS


def _by_marks(heads: Sequence[_Head], title: int | None) -> list[int]:
    """Nest by the marked levels; an annex is at the top; "1.2" goes under "1"."""
    parents: list[int] = []
    stack: list[int] = []
    for number, head in enumerate(heads):
        if number == title:
            parents.append(_TOP)
            continue
        if is_annex(head.text):
            stack.clear()
        chapter = _chapter_of(head, heads, stack)
        while stack and stack[-1] != chapter and not _under(heads[stack[-1]], head):
            stack.pop()
        parents.append(stack[-1] if stack else _TOP)
        stack.append(number)
    return parents


def _under(upper: _Head, lower: _Head) -> bool:
    return is_annex(upper.text) or upper.level < lower.level


def _chapter_of(head: _Head, heads: Sequence[_Head], stack: Sequence[int]) -> int | None:
    """Return the open heading whose number this one's continues, as 3 does 3.2."""
    number = heading_number(head.text)
    for place in reversed(stack):
        other = heading_number(heads[place].text)
        if other and number.startswith(f"{other}."):
            return place
    return None


def _by_recurrence(heads: Sequence[_Head], title: int | None) -> list[int]:
    """Nest a document whose levels mean little.

    Titles that recur, and headings without a mark beside them, are siblings under the heading
    before their run. A heading with no text of its own holds what follows it, up to one marked
    at its level or above. An annex is at the top, and so is everything else.
    """
    times = Counter(heading_key(head.text) for head in heads)
    parents: list[int] = []
    holders: list[int] = []
    host, in_run = _TOP, False
    for number, head in enumerate(heads):
        if number == title:
            parents.append(_TOP)
            continue
        recurs = times[heading_key(head.text)] > 1
        in_run = recurs or (in_run and head.level == BARE)
        if in_run:
            parents.append(host)
            continue
        holders = [] if is_annex(head.text) else _still_open(heads, holders, number)
        parents.append(holders[-1] if holders else _TOP)
        host = number
        if not head.filled:
            holders.append(number)
    return parents


def _still_open(heads: Sequence[_Head], holders: list[int], number: int) -> list[int]:
    level = heads[number].level
    return [
        holder
        for holder in holders
        if heads[holder].level < level or (holder == number - 1 and heads[holder].level == level)
    ]


def _kept(heads: Sequence[_Head], parents: Sequence[int], title: int | None) -> list[int]:
    """Return the headings that something stands under, and the title."""
    holding = {number for number, head in enumerate(heads) if head.filled or number == title}
    for number in reversed(range(len(heads))):
        if number in holding and parents[number] != _TOP:
            holding.add(parents[number])
    return sorted(holding)
