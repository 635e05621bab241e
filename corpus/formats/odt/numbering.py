"""The numbers that OpenDocument prints before headings and list items."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats import numerals
from corpus.formats.odt.names import LOEXT, STYLE, TEXT, whole
from corpus.formats.odt.styles import Styles
from corpus.formats.wordtext.seen import Number

DEEPEST = 10  # levels, as many as the format knows
STEP = 1000  # indent of a level; only which one is larger matters
_PLACE = re.compile(r"%(10|[1-9])%")
_WORDED = re.compile(r"[^\W\d_]{2,}|§")
_LONGEST = 100  # characters of a number
_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "i": numerals.roman,
    "I": lambda number: numerals.roman(number).upper(),
    "a": numerals.counted_letters,
    "A": lambda number: numerals.counted_letters(number).upper(),
    "1st": numerals.ordinal,
}
_SYNCED = {"a": numerals.letters, "A": lambda number: numerals.letters(number).upper()}


@dataclass(frozen=True, slots=True)
class _Level:
    bullet: bool = True
    format: str = ""
    pattern: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    synced: bool = False


@dataclass(slots=True)
class Count:
    """One list as it is counted: a list may go on in a list further down."""

    key: str
    style: str
    at: list[int | None] = field(default_factory=lambda: [None] * DEEPEST)


@dataclass(slots=True)
class Numbering:
    """Counts items and headings; to be asked for each in the order of the text."""

    styles: Styles
    levels: dict[str, list[_Level]] = field(default_factory=dict)
    by_id: dict[str, Count] = field(default_factory=dict)
    by_style: dict[str, Count] = field(default_factory=dict)
    headings: Count = field(default_factory=lambda: Count("outline", ""))
    lists: int = 0

    def begin(self, element: Element, style: str) -> Count:
        """Return the count of an outermost list: a new one, or that of the list it goes on with."""
        before = self.by_id.get(element.get(f"{TEXT}continue-list", ""))
        if before is None and element.get(f"{TEXT}continue-numbering") == "true":
            before = self.by_style.get(style)
        if before is None:
            self.lists += 1
            before = Count(f"list {self.lists}", style)
        name = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if name:
            self.by_id[name] = before
        self.by_style[style] = before
        return before

    def next(self, count: Count, style: str, level: int, start: str | None) -> Number:
        """Return what stands before the next item at a level, from 0, of a list."""
        return self._next(count, self._levels(style), level, start)

    def heading(self, level: int, start: str | None) -> Number | None:
        """Return what stands before the next heading at a level, from 0; None for nothing."""
        number = self._next(self.headings, self._levels(""), level, start)
        return number if number.text else None

    def _next(self, count: Count, levels: list[_Level], level: int, start: str | None) -> Number:
        its = levels[level]
        before = count.at[level]
        first = before is None or start is not None
        count.at[level] = whole(start, its.start) if first else (before or 0) + 1
        for above in range(level):  # a level that was left out counts as if it had been there
            if count.at[above] is None:
                count.at[above] = levels[above].start
        count.at[level + 1 :] = [None] * (DEEPEST - level - 1)
        text = "" if its.bullet else _printed(levels, level, count.at)[:_LONGEST]
        return Number(
            key=count.key,
            num=count.key,
            level=level,
            text=f"{text} " if text.strip() else "",
            bullet=its.bullet,
            worded=bool(_WORDED.search(its.prefix + its.suffix)),
            first=first,
            indent=(level + 1) * STEP,
        )

    def _levels(self, style: str) -> list[_Level]:
        """Return the levels of a style of lists; of the headings for no name."""
        if style not in self.levels:
            element = self.styles.lists.get(style) if style else self.styles.outline
            nothing = _Level(bullet=bool(style))
            self.levels[style] = [nothing] * DEEPEST
            for child in () if element is None else element:
                level = whole(child.get(f"{TEXT}level"), 0)
                if 0 < level <= DEEPEST:
                    self.levels[style][level - 1] = _level(child)
        return self.levels[style]


def _level(element: Element) -> _Level:
    bullet = element.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image")
    return _Level(
        bullet=bullet,
        format=element.get(f"{STYLE}num-format", ""),
        pattern=element.get(f"{LOEXT}num-list-format", ""),
        prefix=element.get(f"{STYLE}num-prefix", ""),
        suffix=element.get(f"{STYLE}num-suffix", ""),
        shown=whole(element.get(f"{TEXT}display-levels"), 1),
        start=whole(element.get(f"{TEXT}start-value"), 1),
        synced=element.get(f"{STYLE}num-letter-sync") == "true",
    )


def _printed(levels: list[_Level], level: int, counts: list[int | None]) -> str:
    its = levels[level]
    if not its.format:
        return ""
    if its.pattern:
        return _PLACE.sub(lambda match: _figure(levels, int(match[1]) - 1, counts), its.pattern)
    first = max(0, level + 1 - max(1, its.shown))
    figures = [_figure(levels, place, counts) for place in range(first, level + 1)]
    return its.prefix + ".".join(figure for figure in figures if figure) + its.suffix


def _figure(levels: list[_Level], place: int, counts: list[int | None]) -> str:
    its = levels[place]
    if not its.format:
        return ""
    count = counts[place]
    formats = _SYNCED if its.synced and its.format in _SYNCED else _FORMATS
    return formats.get(its.format, str)(its.start if count is None else count)
