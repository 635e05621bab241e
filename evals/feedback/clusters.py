"""Questions that ask the same: in the same words, or in words that mean nearly the same.

The commonest wording is the name of a cluster, and each of its wordings is near that one: no chain
of near ones leads from one question to another. Equal questions give equal clusters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question.question_form import is_negated
from evals.feedback.forms import MARKS
from evals.feedback.vectors import Embed
from indexing.keywords import folded, tokens

SAME = 0.9  # cosine from which two questions ask the same
_BLOCK = 512  # wordings compared with all at once: 40 MB for 20,000
_MARK = re.compile("|".join(map(re.escape, MARKS)))


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask.

    Attributes:
        text: as it is shown.
        members: positions of the texts that are written so, but for capitals, small words, order.
        times: how often all of them were asked.
    """

    text: str
    members: tuple[int, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Wordings of one question, the commonest first."""

    wordings: tuple[Wording, ...]

    @property
    def name(self) -> str:
        """The commonest wording."""
        return self.wordings[0].text

    @property
    def members(self) -> tuple[int, ...]:
        """Positions of all its texts."""
        return tuple(sorted(one for wording in self.wordings for one in wording.members))

    @property
    def times(self) -> int:
        """How often it was asked."""
        return sum(wording.times for wording in self.wordings)


def clusters_of(texts: Sequence[str], times: Sequence[int], embed: Embed) -> tuple[Cluster, ...]:
    """Put together what asks the same, the most asked first.

    Args:
        texts: questions.
        times: how often each was asked.
        embed: texts to vectors of unit length; one of zeros is near nothing. The commonest
            wordings are given first.
    """
    wordings = sorted(_wordings(texts, times), key=lambda one: (-one.times, one.text))
    if not wordings:
        return ()
    vectors = embed([one.text for one in wordings])
    signs = _signs(wordings)
    found = [
        Cluster(tuple(wordings[place] for place in places)) for places in _near(vectors, signs)
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.name)))


def _wordings(texts: Sequence[str], times: Sequence[int]) -> Iterator[Wording]:
    """Put together the texts of the same words; the commonest of them is shown."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        alike[_terms(text)].append(place)
    for members in alike.values():
        asked: dict[str, int] = defaultdict(int)
        for place in members:
            asked[texts[place]] += times[place]
        text = min(asked, key=lambda one: (-asked[one], one))
        yield Wording(text, tuple(members), sum(asked.values()))


def _terms(text: str) -> tuple[str, ...]:
    """Return the words that tell two texts apart; of small words alone, all of them."""
    bare = _MARK.sub(" ", text)
    negated = ("not",) if is_negated(bare) else ()
    return (*sorted(set(tokens(bare))), *negated) or tuple(folded(bare).split())


def _signs(wordings: Sequence[Wording]) -> NDArray[np.int64]:
    """Number what two wordings must have in common, however near: figures, and a negation."""
    numbers: dict[tuple[str, ...], int] = {}
    return np.array(
        [numbers.setdefault(_sign(one.text), len(numbers)) for one in wordings], dtype=np.int64
    )


def _sign(text: str) -> tuple[str, ...]:
    figures = (one for one in tokens(text) if any(map(str.isdigit, one)))
    return (*sorted(figures), *(("not",) if is_negated(text) else ()))


def _near(vectors: NDArray[np.float32], signs: NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """Give the places of what is near the first that is left, again and again."""
    taken = np.zeros(len(vectors), dtype=np.bool_)
    for start in range(0, len(vectors), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors[start:].T
        for row, place in enumerate(range(start, min(start + _BLOCK, len(vectors)))):
            if taken[place]:
                continue
            near = (likeness[row] >= SAME) & ~taken[start:] & (signs[start:] == signs[place])
            near[row] = False
            others = start + np.flatnonzero(near)
            taken[others] = taken[place] = True
            yield (place, *map(int, others))
