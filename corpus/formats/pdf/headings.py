"""Which paragraphs are headings, and of what level: by look, tags, outline and numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.pdf.document import Entry
from corpus.formats.pdf.nesting import (
    DEEPEST,
    at_one_level,
    compressed,
    numbered_below,
    often,
    under_labels,
)
from corpus.formats.pdf.paragraphs import Unit, label_of
from corpus.formats.pdf.plain import find_plain
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.styles import Style, half_points
from corpus.formats.pdf.tables import PageTable
from corpus.labels import is_caption
from corpus.repair.headings import heading_key

Look = tuple[int, bool, bool, bool]  # size in half points, bold, capitals, italic

_LARGER = 0.9  # points above the text's size
_SMALLER = 0.6  # points below it that a bold heading may be
_MOST_LINES = 7  # in a narrow column
_MOST_WORDS = 32
_COLON_WORDS = 5  # of a heading that ends with a colon
_FEWEST_CAPITALS = 2  # words
_FEWEST = 2
_HALF = 0.5
_WHOLE = 0.9  # of an outline's entries that stand in the text
_AGREED = 0.8
_LABELS = 3  # times that a label with a colon stands in a document, and
_LABELLED = 0.1  # of its headings have one below
_COVER_LINES = 16  # on a first page that is a cover
_COVER_PAGES = 3  # pages of a document that may have one
_NUMBERED_WORDS = 14
_SENTENCE = re.compile(r"[.;,]$|[.!?][\"'”’)]*$")
_NAMED = re.compile(
    r"(?:article|section|part|chapter|annex|appendix|schedule|rule|regulation|artikel|kapitel"
    r"|chapitre|artículo|capítulo|anexo)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]{1,7}[.)]$")

Units = Sequence[Unit | PageTable]


@dataclass(frozen=True, slots=True)
class _Votes:
    """What speaks for a unit being a heading; levels are 0 where a source says nothing."""

    look: Look
    looks: bool
    tag: int
    outline: int


def find_headings(
    units: Units, style: Style, sheets: Sequence[Sheet], outline: Sequence[Entry]
) -> dict[int, int]:
    """Return the level, 1 to 6, of each unit that is a heading, by its position."""
    matched = _matched(units, outline)
    votes: dict[int, _Votes] = {}
    for place, unit in enumerate(units):
        if isinstance(unit, Unit) and could_be_heading(unit):
            tag = sheets[unit.first.page].tags.get(unit.last.mcid)
            votes[place] = _Votes(
                _look_of(unit),
                _stands_out(unit, style),
                tag.level if tag else 0,
                matched.get(place, 0),
            )
    looking = {place for place, vote in votes.items() if vote.looks}
    levels = _by_tags(votes, looking, units)
    if not levels and len(matched) >= max(_FEWEST + 1, _HALF * len(outline)):
        whole = len(matched) >= _WHOLE * len(outline)
        levels = _by_outline(votes, looking, units, whole=whole)
    if not levels:
        chosen = _without_cover(looking, votes, units, sheets)
        chosen |= {place for place in matched if place in votes}
        levels = _ranked(chosen, votes)
    if len(levels) < _FEWEST:
        levels |= _by_numbers(units, levels)
    looks = {place: vote.look for place, vote in votes.items()}
    levels = under_labels(numbered_below(levels, units), looks, units)
    levels = compressed(at_one_level(levels, units))
    return levels | find_plain(units, levels, style)


def could_be_heading(unit: Unit) -> bool:
    """Say whether a unit is short, begins like a heading and does not end a sentence."""
    if unit.bullet or len(unit.lines) > _MOST_LINES:
        return False
    text = " ".join(unit.text.split())
    words = text.split()
    if len(words) > _MOST_WORDS or not any(char.isalpha() for char in text):
        return False
    if is_caption(text) or not (
        text[0].isupper() or not text[0].isascii() or text[0] in "0123456789([“\"'" or unit.label
    ):
        return False
    if text.endswith(":"):
        return len(words) <= _COLON_WORDS
    if _SENTENCE.search(text):
        return text.endswith("?") or (len(words) <= 3 and bool(label_of(text)))  # noqa: PLR2004  "I. A."
    return True


def _look_of(unit: Unit) -> Look:
    text = unit.text
    capitals = text.isupper() and len(text.split()) > 1
    italic = all(line.italic for line in unit.lines)
    return half_points(unit.size), unit.bold, capitals, italic


def _stands_out(unit: Unit, style: Style) -> bool:
    size, bold, capitals, _ = _look_of(unit)
    if size / 2 >= style.body + _LARGER:
        return True
    if size / 2 < style.body - _SMALLER:
        return False
    text = unit.text
    shouted = (
        capitals and len(text.split()) >= _FEWEST_CAPITALS and len(unit.lines) <= 2  # noqa: PLR2004  a longer text in capitals is a warning
    )
    return bold or shouted


def _matched(units: Units, outline: Sequence[Entry]) -> dict[int, int]:
    """Return the outline's level of each unit that one of its entries names."""
    keys: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        if isinstance(unit, Unit) and not unit.bullet and len(unit.lines) <= _MOST_LINES:
            for key in _keys(unit.text):
                keys[key].append(place)
    found: dict[int, int] = {}
    for entry in outline:
        near = [
            place
            for key in _keys(entry.title)
            for place in keys.get(key, [])
            if entry.page < 0 or abs(_page_of(units[place]) - entry.page) <= 1
        ]
        free = [place for place in near if place not in found]
        if free:
            place = min(free, key=lambda n: (abs(_page_of(units[n]) - entry.page), n))
            found[place] = min(entry.level, DEEPEST)
    return found


def _keys(text: str) -> list[str]:
    """Return what a heading is known by: its words, with and without its number."""
    flat = " ".join(text.split())
    label = label_of(flat) or (label_of(flat.replace(" ", ". ", 1)) if flat[:1].isdigit() else "")
    keys = [heading_key(flat)]
    if label and len(flat) > len(label):
        keys.append(heading_key(flat.split(" ", 1)[1]) if " " in flat else "")
    return [key for key in keys if key]


def _page_of(unit: Unit | PageTable) -> int:
    return unit.first.page if isinstance(unit, Unit) else unit.page


def _by_tags(votes: dict[int, _Votes], looking: set[int], units: Units) -> dict[int, int]:
    """Return the levels that tags give; empty when they cover less than half of what stands out.

    What looks like the headings that they name is one too.
    """
    named = {place: vote.tag for place, vote in votes.items() if vote.tag}
    if not named or len(looking & named.keys()) < _HALF * len(looking):
        return {}
    times = Counter(votes[place].look for place in looking)
    seen = _seen(votes, named)
    for place in looking - named.keys():
        look = votes[place].look
        if look in seen and sum(seen[look].values()) >= _HALF * times[look]:
            named[place] = seen[look].most_common(1)[0][0]
    return _with_title(named, votes, looking, units)


def _by_outline(
    votes: dict[int, _Votes], looking: set[int], units: Units, *, whole: bool
) -> dict[int, int]:
    """Return the levels of an outline; what else stands out in bold is below what it names.

    A ``whole`` outline names every heading down to some level: what looks like those that it
    names and is not named is one level below. Tags that agree with the outline go on with it.
    """
    named = {place: vote.outline for place, vote in votes.items() if vote.outline}
    if not named:
        return {}
    seen = _seen(votes, named)
    tags = _agreeing_tags(votes, named)
    rest = {place for place in looking - named.keys() if _page_of(units[place])}
    labels = often(sorted(rest), units, max(_LABELS, _LABELLED * len(named)))
    for place in sorted(rest):
        look = votes[place].look
        if place in tags:
            named[place] = tags[place]
        elif look in seen:
            named[place] = (max(tags.values()) if tags else seen[look].most_common(1)[0][0]) + whole
        elif not look[1] or look[3] or (_is_term(units[place]) and place not in labels):
            rest.discard(place)
    rest -= named.keys()
    lowest = max(named.values())
    ranked = _ranked(rest, votes)
    named |= {place: lowest + rank for place, rank in ranked.items()}
    return _with_title(named, votes, looking, units)


def _agreeing_tags(votes: dict[int, _Votes], named: dict[int, int]) -> dict[int, int]:
    """Return the levels of tagged headings that an outline leaves out, if both agree elsewhere."""
    both = [(votes[place].tag, level) for place, level in named.items() if votes[place].tag]
    agreed = sum(tag == level for tag, level in both)
    if len(both) < _FEWEST or agreed < _AGREED * len(both):
        return {}
    return {place: vote.tag for place, vote in votes.items() if vote.tag and place not in named}


def _is_term(unit: Unit | PageTable) -> bool:
    """Say whether a line names what stands after it, as a term and its explanation do."""
    return isinstance(unit, Unit) and unit.text.rstrip().endswith(":")


def _seen(votes: dict[int, _Votes], named: dict[int, int]) -> dict[Look, Counter[int]]:
    seen: dict[Look, Counter[int]] = defaultdict(Counter)
    for place, level in named.items():
        seen[votes[place].look][level] += 1
    return seen


def _with_title(
    named: dict[int, int], votes: dict[int, _Votes], looking: set[int], units: Units
) -> dict[int, int]:
    """Return the levels with the title above them: on the first page, larger than most headings."""
    first = min(named)
    sizes = sorted(votes[place].look[0] for place in named)
    usual = sizes[len(sizes) // 2]
    titles = [
        place
        for place in looking - named.keys()
        if place < first and not _page_of(units[place]) and votes[place].look[0] > usual
    ]
    if not titles:
        return named
    title = max(titles, key=lambda p: (votes[p].look[0], -p))
    shift = 1 if min(named.values()) == 1 else 0
    named = {place: level + shift for place, level in named.items()}
    return {title: 1, **named}


def _without_cover(
    looking: set[int], votes: dict[int, _Votes], units: Units, sheets: Sequence[Sheet]
) -> set[int]:
    """Drop what stands out on a cover but for its largest words, the title."""
    on_cover = [n for n, unit in enumerate(units) if _page_of(unit) == 0]
    lines = sum(len(unit.lines) for n in on_cover if isinstance(unit := units[n], Unit))
    if len(sheets) < _COVER_PAGES or lines > _COVER_LINES:
        return set(looking)
    elsewhere = {votes[n].look for n in looking if n not in on_cover}
    cover = [n for n in looking if n in on_cover and votes[n].look not in elsewhere]
    if not cover:
        return set(looking)
    title = max(cover, key=lambda n: (votes[n].look[0], -n))
    return {n for n in looking if n not in cover or n == title}


def _ranked(chosen: Iterable[int], votes: dict[int, _Votes]) -> dict[int, int]:
    """Return levels by look: larger before smaller, bold before plain, capitals before others."""
    places = sorted(chosen)
    looks = sorted({votes[n].look for n in places}, key=lambda k: (-k[0], not k[1], not k[2], k[3]))
    ranks: dict[Look, int] = {}
    level, before = 0, None
    for look in looks:
        if before is None or before[0] - look[0] > 1 or before[1:] != look[1:]:
            level += 1
        ranks[look] = level
        before = look
    return {n: ranks[votes[n].look] for n in places}


def _by_numbers(units: Units, known: dict[int, int]) -> dict[int, int]:
    """Return headings that only their numbers tell: short lines, numbered on, text under them."""
    styles: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, unit in enumerate(units):
        if place in known or not isinstance(unit, Unit) or not could_be_heading(unit):
            continue
        text = " ".join(unit.text.split())
        label = label_of(text)
        named = _NAMED.match(text)
        if len(text.split()) > _NUMBERED_WORDS or not (label or named):
            continue
        if _leads(units, place):
            styles[_kind_of(label) if label else "named"].append((place, label))
    order = ["named", "roman", "letter", "number", "dotted"]
    found: dict[int, int] = {}
    depth = 1 + (1 if known else 0)
    for kind in order:
        places = styles.get(kind, [])
        if len(places) >= _FEWEST:
            for place, label in places:
                extra = label.rstrip(".").count(".") - 1 if kind == "dotted" else 0
                found[place] = min(depth + max(0, extra), DEEPEST)
            depth += 1
    return found


def _kind_of(label: str) -> str:
    if _ROMAN.match(label):
        return "roman"
    core = label.strip("().")
    if "." in core:
        return "dotted"
    if core.isdigit():
        return "number"
    return "letter" if core.isupper() and not label.startswith("(") else "list"


def _leads(units: Units, place: int) -> bool:
    """Say whether text stands under a line, or a line that could be a heading under it."""
    if place + 1 == len(units):
        return False
    after = units[place + 1]
    if isinstance(after, PageTable):
        return True
    own = units[place]
    kind = _kind_of(own.label) if isinstance(own, Unit) and own.label else "named"
    other = _kind_of(after.label) if after.label else ""
    return other != kind
