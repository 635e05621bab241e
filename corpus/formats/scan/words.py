"""Words that Tesseract ran together, parted again where the paper is blank between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from corpus.formats.scan.image import Ink
from corpus.formats.scan.tesseract import Seen

EM = 0.7  # of the size of type: its tall letters

_SPACE = 0.17  # em; the narrowest space of justified text, and twice what is between letters
_TIMES = 2.5  # as wide as what is between the other letters; else they are all set apart
_INK = 0.35


def apart(word: Seen, ink: Ink) -> tuple[Seen, ...]:
    """Return the words that a word is made of ("in a" for "ina"); nearly always it is one."""
    if not word.middles or sum(map(str.isalpha, word.text)) < 2:  # noqa: PLR2004  letters
        return (word,)
    blanks = list(_blanks(word, ink))
    widths = [end - start for start, end in blanks]
    # of the narrower half: with two letters together and one apart, that is the narrower
    usual = float(np.quantile(widths, 0.25, method="lower"))
    least = max(_SPACE * word.height / EM, _TIMES * usual)
    cuts = [
        place
        for place, width in enumerate(widths, 1)
        if width >= least and _may_part(word.text[place - 1], word.text[place])
    ]
    return tuple(_cut(word, cuts, blanks)) if cuts else (word,)


def _blanks(word: Seen, ink: Ink) -> Iterator[tuple[int, int]]:
    """Return the widest blank between the middles of each two neighbouring letters."""
    _, top, _, bottom = word.box
    for one, other in pairwise(word.middles):
        start, end = round(min(one, other)), round(max(one, other))
        dark = (ink[max(0, top) : bottom, max(0, start) : end] > _INK).any(axis=0)
        edges = np.flatnonzero(np.concatenate(([True], dark, [True])))
        widths = np.diff(edges) - 1
        widest = int(np.argmax(widths))
        yield start + int(edges[widest]), start + int(edges[widest] + widths[widest])


def _may_part(before: str, after: str) -> bool:
    """Say whether a space may stand there; figures have much white around a 1."""
    return before.isalnum() and after.isalnum() and (before.isalpha() or after.isalpha())


def _cut(word: Seen, cuts: list[int], blanks: list[tuple[int, int]]) -> Iterator[Seen]:
    left, top, right, bottom = word.box
    for start, end in pairwise([0, *cuts, len(word.text)]):
        first = blanks[start - 1][1] if start else left
        last = blanks[end - 1][0] if end < len(word.text) else right
        yield replace(
            word,
            text=word.text[start:end],
            box=(first, top, max(first + 1, last), bottom),
            middles=word.middles[start:end],
        )
