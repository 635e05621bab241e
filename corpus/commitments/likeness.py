"""Which commitments of two versions are one, though their words differ.

Words are weighed by how few commitments hold them, as in tf-idf: what only shares "review",
"policy" and "staff" with another is not that other, changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from corpus.commitments.leads import fold
from corpus.commitments.model import Commitment
from corpus.commitments.wording import Words, wording_of, words_of

ALIKE = 0.55  # cosine of the weighed words, with what their place adds, from which two are one
_SAME_PLACE = 0.05  # added for the same heading, and again for the same leads
_MOST_ALIKE = 48  # commitments that one is weighed against: those that share its rarest words
_COMMON = 200  # a word that more of them hold leads to none

Weights = Mapping[str, float]
Versions = tuple[Sequence[Commitment], Sequence[Commitment]]


def pair_alike(
    older: Sequence[Commitment], newer: Sequence[Commitment], *, among: Versions
) -> tuple[tuple[int, int], ...]:
    """Pair commitments that are one, by their positions; each is in one pair at most.

    Args:
        older: in reading order.
        newer: the same.
        among: all of both versions; they tell which words are rare.
    """
    if not older or not newer:
        return ()
    rarity = _Rarity(*among)
    old = [_weighed(one, rarity) for one in older]
    holders = _holders(old)
    scored = []
    for b, commitment in enumerate(newer):
        other = _weighed(commitment, rarity)
        for a in _worth_weighing(other, holders):
            likeness = _likeness(old[a], other)
            if likeness >= ALIKE:
                scored.append((-likeness, a, b))
    return _surest_first(scored)


def _surest_first(scored: list[tuple[float, int, int]]) -> tuple[tuple[int, int], ...]:
    pairs, one, other = [], set[int](), set[int]()
    for _, a, b in sorted(scored):
        if a not in one and b not in other:
            pairs.append((a, b))
            one.add(a)
            other.add(b)
    return tuple(pairs)


class _Rarity:
    """How much each word tells, by how few commitments of a version hold it."""

    def __init__(self, older: Sequence[Commitment], newer: Sequence[Commitment]) -> None:
        counts = [
            Counter(word for one in version for word in set(wording_of(one).said))
            for version in (older, newer)
        ]
        texts = [Counter(wording_of(one).text for one in version) for version in (older, newer)]
        self._held = counts[0] | counts[1]  # of the two counts the larger
        self._texts = texts[0] | texts[1]
        self._size = max(len(older), len(newer))

    def names_one(self, text: Words) -> bool:
        """Tell whether a text is of one commitment: rows may share their objective."""
        return self._texts[text] == 1

    def weigh(self, words: Words) -> Weights:
        """Return the weight of each word; their squares add up to 1."""
        plain = {
            word: times * log(1 + self._size / self._held[word])
            for word, times in Counter(words).items()
        }
        length = sqrt(sum(weight * weight for weight in plain.values()))
        return {word: weight / length for word, weight in plain.items()}

    def rarest(self, words: Words) -> list[str]:
        """Return the words, those that fewest commitments hold first."""
        return sorted(set(words), key=lambda word: (self._held[word], word))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What tells one commitment from others.

    Attributes:
        rarest: its words, those that fewest hold first.
        text: the weights of the words of its text; none where others have the same.
        whole: the weights of all its words; those of the text, which names it, count twice.
    """

    rarest: Sequence[str]
    text: Weights
    whole: Weights
    heading: Words
    leads: frozenset[str]


def _weighed(commitment: Commitment, rarity: _Rarity) -> _Weighed:
    wording = wording_of(commitment)
    return _Weighed(
        rarity.rarest(wording.said),
        rarity.weigh(wording.text) if rarity.names_one(wording.text) else {},
        rarity.weigh(wording.text + wording.said),
        words_of(" ".join(commitment.theme[-1:])),
        frozenset(fold(lead.text) for lead in commitment.leads),
    )


def _holders(old: Sequence[_Weighed]) -> Mapping[str, Sequence[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for a, one in enumerate(old):
        for word in one.rarest:
            holders[word].append(a)
    return holders


def _worth_weighing(other: _Weighed, holders: Mapping[str, Sequence[int]]) -> Iterator[int]:
    seen = set[int]()
    for word in other.rarest:
        held = holders.get(word, ())
        if len(held) > _COMMON or len(seen) >= _MOST_ALIKE:
            return
        yield from (a for a in held if a not in seen)
        seen.update(held)


def _likeness(one: _Weighed, other: _Weighed) -> float:
    """Return the cosine of their texts or of all their words, the larger, with their place."""
    likeness = max(_cosine(one.text, other.text), _cosine(one.whole, other.whole))
    same_heading = one.heading == other.heading
    same_leads = bool(one.leads) and one.leads == other.leads
    return likeness + _SAME_PLACE * (same_heading + same_leads)


def _cosine(one: Weights, other: Weights) -> float:
    few, many = sorted((one, other), key=len)
    return sum(weight * many.get(word, 0.0) for word, weight in few.items())
