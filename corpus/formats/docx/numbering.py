"""The numbers that Word prints before paragraphs and keeps apart from their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats import numerals
from corpus.formats.docx.names import MC, W, child_of, is_on, number_of, value_of
from corpus.formats.docx.styles import Style, Styles, indent_of
from corpus.formats.wordtext.seen import Number

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8
_LONGEST = 100  # characters of a number; a longer one is a trick
_LINKS = 10  # from a numbering to a style of lists to a numbering …
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": numerals.letters,
    "upperLetter": lambda number: numerals.letters(number).upper(),
    "lowerRoman": numerals.roman,
    "upperRoman": lambda number: numerals.roman(number).upper(),
    "ordinal": numerals.ordinal,
    "cardinalText": numerals.words,
    "ordinalText": numerals.ordinal_words,
    "chicago": numerals.signs,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    hidden: bool = False
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class _List:
    key: str
    levels: dict[int, _Level]
    starts: dict[int, int]  # that this use of the list begins its levels with


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists; to be asked for each in the order of the text."""

    lists: dict[str, _List]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num: str, level: int | None, style: Style) -> Number | None:
        """Return what stands before the next paragraph of a list; None for nothing at all."""
        found = self.lists.get(num)
        if found is None:
            return None
        if level is None:
            level = _level_of(found, style)
        level = max(0, min(level, _DEEPEST))
        its = found.levels.get(level)
        if its is None:
            return None
        counts = self._count(num, found, level)
        text = "" if its.hidden or its.format == "bullet" else _printed(found, level, counts)
        return Number(
            key=found.key,
            num=num,
            level=level,
            text=f"{text} " if text.strip() else "",
            bullet=its.format == "bullet" and bool(its.text.strip()) and not its.hidden,
            worded=any(
                len(word) > 1 for word in re.findall(r"[^\W\d_]+|§+", _PLACE.sub("", its.text))
            )
            or "§" in its.text,
            first=counts[level] == found.starts.get(level, its.start),
            indent=its.indent,
        )

    def _count(self, num: str, found: _List, level: int) -> list[int | None]:
        """Count one paragraph, and begin anew the levels below that restart after it."""
        counts = self.counts.setdefault(found.key, [None] * (_DEEPEST + 1))
        before = counts[level]
        begin = found.starts.get(level)
        if begin is not None and (num, level) not in self.begun:
            counts[level] = begin
            self.begun.add((num, level))
        elif before is None:
            counts[level] = found.levels[level].start
        else:
            counts[level] = before + 1
        for above in range(level):  # a level that was left out counts as if it had been there
            if counts[above] is None and above in found.levels:
                counts[above] = found.starts.get(above, found.levels[above].start)
        for below in range(level + 1, _DEEPEST + 1):
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or level < restart:
                counts[below] = None
        return counts


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Return the lists that the part defines."""
    if root is None:
        return Numbering({})
    drafts = {e.get(f"{W}abstractNumId", ""): e for e in root.iterfind(f"{W}abstractNum")}
    nums = {e.get(f"{W}numId", ""): e for e in root.iterfind(f"{W}num")}
    read: dict[str, dict[int, _Level]] = {}
    lists = {}
    for num, element in nums.items():
        key = _draft_of(num, drafts, nums, styles)
        if key is not None:
            if key not in read:
                read[key] = _levels(drafts[key])
            lists[num] = _overridden(key, read[key], element)
    return Numbering(lists)


def _draft_of(
    num: str, drafts: dict[str, Element], nums: dict[str, Element], styles: Styles
) -> str | None:
    """Return the id of the list's definition, by way of the style of lists that it may name."""
    for _ in range(_LINKS):
        key = value_of(nums.get(num), "abstractNumId")
        if key not in drafts:
            return None
        link = value_of(drafts[key], "numStyleLink")
        if link is None:
            return key
        num = styles.numbering_of(link) or ""
    return None


def _levels(draft: Element) -> dict[int, _Level]:
    return {level: _level(e) for e in draft.iterfind(f"{W}lvl") if (level := _place(e)) is not None}


def _place(element: Element) -> int | None:
    text = element.get(f"{W}ilvl", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _DEEPEST else None


def _level(element: Element) -> _Level:
    start = number_of(element, "start")
    text = child_of(element, "lvlText")
    return _Level(
        start=1 if start is None else start,
        format=_format(element),
        text="" if text is None else text.get(f"{W}val", ""),
        restart=number_of(element, "lvlRestart"),
        legal=bool(is_on(element, "isLgl")),
        style=value_of(element, "pStyle") or "",
        hidden=bool(is_on(element, "rPr", "vanish")),
        indent=indent_of(child_of(element, "pPr")),
    )


def _format(element: Element) -> str:
    """Return the format of a level; a newer one stands in two versions, the older is known."""
    plain = value_of(element, "numFmt")
    older = element.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    return plain or (older.get(f"{W}val", "") if older is not None else "") or "decimal"


def _overridden(key: str, levels: dict[int, _Level], num: Element) -> _List:
    starts: dict[int, int] = {}
    own = levels
    for override in num.iterfind(f"{W}lvlOverride"):
        level = _place(override)
        if level is None:
            continue
        if (changed := child_of(override, "lvl")) is not None:
            own = {**own, level: _level(changed)}
        if (start := number_of(override, "startOverride")) is not None:
            starts[level] = start
    return _List(key, own, starts)


def _level_of(found: _List, style: Style) -> int:
    """Return the level of a paragraph whose style names the list: the one that names the style."""
    for level, its in found.levels.items():
        if its.style and its.style in (style.id, style.number_style):
            return level
    return style.number_level or 0


def _printed(found: _List, level: int, counts: list[int | None]) -> str:
    its = found.levels[level]

    def figure(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        other = found.levels.get(place, _Level())
        count = counts[place]
        count = found.starts.get(place, other.start) if count is None else count
        if its.legal and other.format != "none":
            return str(count)
        return _FORMATS.get(other.format, str)(count)

    return _PLACE.sub(figure, its.text)[:_LONGEST]
