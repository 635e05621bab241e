"""Headings set like the text: short lines of their own, worded like titles, over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.formats.pdf.paragraphs import Unit
from corpus.formats.pdf.styles import Style, half_points
from corpus.formats.pdf.tables import PageTable

_FEWEST = 4  # in a document; fewer such lines may be anything
_MOST_WORDS = 10
_SHORT = 0.65  # of the column's width
_LESS_SHORT = 0.8  # of it right under a heading, where no line of a paragraph ends
_APART = 1.22  # times the usual distance of lines
_PROSE_WORDS = 9  # of a paragraph of one line under a heading
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL_WORDS = 3  # letters; shorter words are not written with a capital in titles
_LINKS = frozenset("from with into over under upon that this than your their between".split())
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_NOT_TITLE = re.compile(r"[@\d]|https?:|www\.|[.;,!…)]$|^[^\w\"“'‘(]")

Units = Sequence[Unit | PageTable]


def find_plain(units: Units, levels: Mapping[int, int], style: Style) -> dict[int, int]:
    """Return headings that neither size nor weight tells, one level below all ``levels``.

    Only where a document shows several: one short line alone may be a label or a signature.
    """
    found = []
    for place, ((before, unit), (_, after)) in enumerate(
        zip(pairwise([None, *units]), pairwise([*units, None]), strict=True)
    ):
        if (
            place not in levels
            and isinstance(unit, Unit)
            and isinstance(after, Unit)
            and place + 1 not in levels
            and _reads_like_title(unit, style, _LESS_SHORT if place - 1 in levels else _SHORT)
            and _is_paragraph(after, style)
            and _starts_like(unit, after, style)
            and (place - 1 in levels or _is_apart(before, unit, style))
        ):
            found.append(place)
    level = min(6, max(levels.values(), default=0) + 1)
    return dict.fromkeys(found, level) if len(found) >= _FEWEST else {}


def _reads_like_title(unit: Unit, style: Style, most: float) -> bool:
    line = unit.first
    text = " ".join(line.text.split())
    words = _WORD.findall(text.rstrip(":"))
    if len(unit.lines) > 1 or len(line.segments) > 1 or unit.item or line.italic:
        return False
    if half_points(line.size) != half_points(style.body) or _NOT_TITLE.search(text):
        return False
    left, right = line.column
    if not 0 < len(words) <= _MOST_WORDS or line.x1 - line.x0 > most * (right - left):
        return False
    if text.endswith("?"):
        return text[0].isupper() and len(words) > 1
    return text[0].isupper() and all(
        word[0].isupper() or len(word) <= _SMALL_WORDS or word in _LINKS for word in words
    )


def _is_paragraph(unit: Unit, style: Style) -> bool:
    if unit.item or half_points(unit.first.size) != half_points(style.body):
        return False
    text = unit.text
    if not text[0].isupper() and text[0].isascii() and text[0] not in "\"'(":
        return False
    several = len(unit.lines) > 1 and len(text.split()) > _MOST_WORDS
    return several or (len(text.split()) >= _PROSE_WORDS and bool(_STOP.search(text)))


def _starts_like(unit: Unit, after: Unit, style: Style) -> bool:
    """Say whether a line stands over a paragraph, or before it over a page break."""
    line, below = unit.first, after.first
    if abs(line.x0 - below.x0) > line.size:
        return False
    return below.page != line.page or below.top - line.top > 0.8 * style.pitch_of(line)


def _is_apart(before: Unit | PageTable | None, unit: Unit, style: Style) -> bool:
    """Say whether more than the usual distance parts a line from a finished paragraph above it.

    On the other side of a page break nothing can be measured.
    """
    line = unit.first
    if not isinstance(before, Unit) or before.last.page != line.page:
        return True
    gap = line.top - before.last.top
    if 0 < gap <= _APART * style.pitch_of(line):
        return False
    ended = _STOP.search(before.text) or before.text.rstrip().endswith(":") or before.item
    return bool(ended) or gap <= 0 or before.last.size != line.size or before.bold
