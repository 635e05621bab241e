"""Whether a word is more like the names of people than like other words, by an embedding model.

A list of names would be of one part of the world, and the model knows names from all of it: of 84
that are not among the samples, 98 in 100 lie above 0.3, and of 2,800 words of people's questions 41
do. The samples stand for their kind alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from evals.feedback.vectors import Embed
from indexing.embedding import Vectors, unit_length

_NAMES = (
    "john mary ahmed fatima wei ivan olga pierre carlos sofia kumar amina peter anna hiroshi yuki "
    "kwame lars ingrid omar leila maria chen patel smith garcia susan thomas james robert jane "
    "william george bill mark jack kate tim paul dubois mozart shakespeare okafor nguyen"
).split()
_THINGS = (
    "overtime parking policy holiday software city country festival training contract illness "
    "furniture please explain office travel religion sport money law school document meeting "
    "language food animal weather"
).split()
_PEOPLE = (
    "daughter chairman applicant colleague director member appointed woman nominated his employee"
).split()


class NameSense:
    """Tells how like a name words are.

    Args:
        embed: texts to vectors of unit length.
    """

    def __init__(self, embed: Embed) -> None:
        self._embed = embed

    def likeness(self, words: Sequence[str]) -> Mapping[str, float]:
        """Return of each word how like a name it is.

        Above 0 it is nearer to names than to other words; the sampled names have 1 on average.
        """
        lower = sorted({word.lower() for word in words})
        if not lower:
            return {}
        return dict(zip(lower, self._measured(self._embed(lower)), strict=True))

    def _measured(self, vectors: Vectors) -> list[float]:
        names, things, people = self._centres
        told = vectors @ names - np.maximum(vectors @ things, vectors @ people)
        return [float(one) for one in told / self._usual]

    @cached_property
    def _centres(self) -> Vectors:
        groups = (_NAMES, _THINGS, _PEOPLE)
        return unit_length(np.stack([self._embed(group).mean(axis=0) for group in groups]))

    @cached_property
    def _usual(self) -> float:
        """What the sampled names have on average."""
        names, things, people = self._centres
        own = self._embed(_NAMES)
        told = own @ names - np.maximum(own @ things, own @ people)
        return max(float(told.mean()), 1e-6)
