"""Levels of headings put right by how headings follow each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from corpus.formats.pdf.paragraphs import Unit
from corpus.formats.pdf.tables import PageTable
from corpus.labels import heading_number
from corpus.repair.headings import heading_key

DEEPEST = 6
_OFTEN = 3  # times
_MOSTLY = 0.6

Units = Sequence[Unit | PageTable]


def often(places: Sequence[int], units: Units, least: float = _OFTEN) -> set[int]:
    """Return the places whose words stand over several parts of a document."""
    keys = {place: heading_key(_text_of(units[place])) for place in places}
    times = Counter(keys.values())
    return {place for place, key in keys.items() if times[key] >= least}


def _text_of(unit: Unit | PageTable) -> str:
    return unit.text if isinstance(unit, Unit) else ""


def at_one_level(levels: Mapping[int, int], units: Units) -> dict[int, int]:
    """Return the levels with recurring labels below what they nearly always stand below.

    A name in a list that happens to stand before one may look like the heading over it. A label
    set smaller than elsewhere was put where it is by its author.
    """
    uppers = _upper_levels(levels)
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place in sorted(levels):
        alike[heading_key(_text_of(units[place])), levels[place]].append(place)
    settled = dict(levels)
    for places in alike.values():
        usual, times = Counter(uppers[place] for place in places).most_common(1)[0]
        if len(places) >= _OFTEN and times >= _MOSTLY * len(places):
            settled |= {place: usual + 1 for place in places if uppers[place] > usual}
    return settled


def _upper_levels(levels: Mapping[int, int]) -> dict[int, int]:
    """Return for each heading the level of the one that it stands under, 0 at the top."""
    uppers = {}
    above = [0]
    for place in sorted(levels):
        while above[-1] >= levels[place]:
            above.pop()
        uppers[place] = above[-1]
        above.append(levels[place])
    return uppers


def under_labels(
    levels: Mapping[int, int], looks: Mapping[int, Hashable], units: Units
) -> dict[int, int]:
    """Return the levels with headings under the recurring label that opens their part.

    "Indicators", which recurs in every chapter, and right under it "Fatalities", which looks the
    same: the second is below the first. With no text of its own it is what the label announces.
    """
    labels = often(sorted(levels), units)
    settled = dict(levels)
    label, opened = -1, False  # the last label, and whether a heading stands right under it
    for place in sorted(levels):
        if label >= 0 and levels[place] < levels[label]:
            label = -1
        if place in labels:
            label, opened = place, False
            continue
        if label < 0 or looks.get(place) != looks.get(label) or levels[place] != levels[label]:
            continue
        opened = opened or place == label + 1
        if opened:
            settled[place] = levels[place] + 1
    for place, level in levels.items():
        if settled[place] > level and settled.get(place + 1, settled[place] + 1) <= settled[place]:
            del settled[place]
    return settled


def numbered_below(levels: Mapping[int, int], units: Units) -> dict[int, int]:
    """Return the levels, "1.1.2" always below "1.1"."""
    known: dict[str, int] = {}
    nested = {}
    for place in sorted(levels):
        number = heading_number(_text_of(units[place]))
        upper = known.get(number.rpartition(".")[0], 0) if "." in number else 0
        nested[place] = max(levels[place], upper + 1)
        if number:
            known[number] = nested[place]
    return nested


def compressed(levels: Mapping[int, int]) -> dict[int, int]:
    """Return levels of at most 6: where there are more, each heading's depth in the tree."""
    if max(levels.values(), default=0) <= DEEPEST:
        return dict(levels)
    depths = {}
    above: list[int] = []
    for place in sorted(levels):
        while above and above[-1] >= levels[place]:
            above.pop()
        above.append(levels[place])
        depths[place] = min(len(above), DEEPEST)
    return depths
