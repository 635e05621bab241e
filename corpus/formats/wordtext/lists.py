"""Which numbered paragraphs are clauses, and how deep the items of lists stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import zip_longest

from corpus.formats.wordtext.seen import Line, Number

_PARTS = re.compile(r"\d\.\d")
_STOP = re.compile(r"[.;:,!?…][\"'”’)\]]*\s*$")
_LONGEST_HEADING = 25  # words
_SAME = 60  # twentieths of a point that hands differ by when they set two indents alike

Place = tuple[str, int]  # a list and one of its levels


def clause_levels(lines: Iterable[tuple[Line, bool]]) -> frozenset[Place]:
    """Return the levels of lists whose paragraphs are clauses of the text, not items of a list.

    Those are: numbers of several parts ("3.2") and what stands above them; numbers with a word
    of their own ("Article 3"); numbers that go on counting from one section to the next.

    Args:
        lines: every paragraph, and whether it is a heading.
    """
    found: set[Place] = set()
    sections = 0
    last: dict[Place, int] = {}
    for line, is_heading in lines:
        sections += is_heading
        number = line.number
        if number is None or not number.text:
            continue
        place = (number.key, number.level)
        if _PARTS.search(number.text):
            found |= {(number.key, level) for level in range(number.level + 1)}
        goes_on = not number.first and last.get(place, sections) != sections
        lettered = number.text.lstrip().startswith("(") or number.text.rstrip().endswith(")")
        if number.worded or (goes_on and not is_heading and not lettered):
            found.add(place)
        last[place] = sections
    return frozenset(found)


def title_levels(lines: Sequence[Line], clauses: AbstractSet[Place]) -> frozenset[Place]:
    """Return the levels of clauses that are headings in all but their style.

    None of their paragraphs is a sentence, and text or sub-clauses follow most of them; those that
    a list follows say nothing.
    """
    prose: set[Place] = set()
    holding: set[str] = set()  # lists in which there is text to stand under a heading
    counts: defaultdict[Place, list[int]] = defaultdict(lambda: [0, 0])
    for line, following in zip_longest(lines, lines[1:]):
        number = line.number
        if number is None or line.outline is not None:
            continue
        place = (number.key, number.level)
        if not could_be_heading(line):
            prose.add(place)
        if not could_be_heading(line) or _is_plain(following):
            holding.add(number.key)
        if place in clauses and not introduces(number, following, clauses):
            counts[place][_stands_over(number, following)] += 1
    return frozenset(
        place
        for place, (alone, over) in counts.items()
        if place not in prose and place[0] in holding and 0 < over >= alone
    )


def introduces(number: Number, following: Line | None, clauses: AbstractSet[Place]) -> bool:
    """Say whether a list follows a clause, so that its words may be the beginning of the items."""
    after = following.number if following is not None else None
    if following is None or after is None or following.outline is not None:
        return False
    return after.bullet or (
        (after.key, after.level) not in clauses
        and (after.key != number.key or after.level > number.level)
    )


def _stands_over(number: Number, following: Line | None) -> bool:
    """Say whether what follows a numbered paragraph stands under it."""
    after = following.number if following is not None else None
    if after is None:
        return _is_plain(following)
    return after.key == number.key and after.level > number.level


def _is_plain(line: Line | None) -> bool:
    return line is not None and line.outline is None and line.number is None


def could_be_heading(line: Line) -> bool:
    """Say whether a paragraph is short and no sentence."""
    text = line.text.text
    return 0 < len(text.split()) <= _LONGEST_HEADING and not _STOP.search(text)


@dataclass(frozen=True, slots=True)
class _Open:
    number: Number
    indent: int


@dataclass(slots=True)
class Lists:
    """The list that is being read: its open items, the outermost first."""

    group: int = 0
    open: list[_Open] = field(default_factory=list)

    def end(self) -> None:
        """Leave the list."""
        self.open.clear()

    def depth(self, line: Line, number: Number) -> int:
        """Return how deep the next item stands; a new group begins where it is of another list."""
        indent = line.indent or 0
        last: _Open | None = None
        while self.open and not _is_under(number, indent, self.open[-1]):
            last = self.open.pop()
        if not self.open and (last is None or _is_other(number, last.number)):
            self.group += 1
        self.open.append(_Open(number, indent))
        return len(self.open) - 1

    def continues(self, line: Line, body_indent: int) -> int | None:
        """Return the depth of the item that a paragraph without a number goes on with, or None.

        It does when it stands as far from the left as the item's own words.
        """
        indent = line.indent or 0
        if indent <= body_indent + _SAME:
            return None
        for depth in reversed(range(len(self.open))):
            if indent + _SAME >= self.open[depth].indent:
                return depth
        return None


def _is_under(number: Number, indent: int, upper: _Open) -> bool:
    if number.key == upper.number.key:
        return number.level > upper.number.level
    if abs(indent - upper.indent) <= _SAME:
        return number.level > upper.number.level
    return indent > upper.indent


def _is_other(number: Number, before: Number) -> bool:
    """Say whether an outermost item begins another list than the one before it."""
    if number.bullet and before.bullet:
        return False
    return number.bullet != before.bullet or (number.num != before.num and number.first)
