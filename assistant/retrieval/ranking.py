"""Ranking: the passages that retrieval found, weighed by all that speaks for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.question.understand import Inquiry
from indexing.embedding import Vectors
from indexing.index import Index
from indexing.keywords import Mask, Scores

FEEDBACK = 5  # best passages that the question's vector is moved towards
MOVED = 0.5  # how far, against the question's own vector


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for some passages, each (passages,), comparable within one question only.

    Attributes:
        nearest: cosine of the question, moved towards the best passages, and the passage.
        unit: cosine of the question and the passage's nearest unit.
        heading: BM25 in its title and headings.
        asked: BM25 in the passage, of the words of the sentences that ask.
        covered: share of the question's weight in passage or headings.
        together: share of the question's neighbouring words that stand together there as well.
    """

    nearest: Scores
    unit: Scores
    heading: Scores
    asked: Scores
    covered: Scores
    together: Scores


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts once it is scaled to 0..1; they add up to 1."""

    nearest: float
    unit: float
    heading: float
    asked: float
    covered: float
    together: float


# Fitted by a listwise softmax over five public sets, each weighing the same, rounded. With any set
# left out of the fit its own figures fall by less than a point. BM25 of the whole question came out
# at nothing beside these.
WEIGHTS = Weights(nearest=0.31, unit=0.12, heading=0.06, asked=0.08, covered=0.32, together=0.11)


def weigh(evidence: Evidence) -> Scores:
    """Add all evidence, each kind scaled to 0..1 over these passages: (passages,)."""
    total = np.zeros_like(evidence.nearest)
    for kind in fields(evidence):
        total += np.float32(getattr(WEIGHTS, kind.name)) * _scaled(getattr(evidence, kind.name))
    return total


def gather(index: Index, inquiry: Inquiry, ordinals: Sequence[int], first: Scores) -> Evidence:
    """Measure what speaks for the passages with these ordinals.

    Args:
        index: that holds them.
        inquiry: the question.
        ordinals: of at least one passage.
        first: score of each in the fused ranking, (ordinals,).
    """
    words = tuple(dict.fromkeys(inquiry.search_tokens))
    body, heading = index.examine_keywords(words, ordinals)
    held = dict(zip(words, ((body > 0) | (heading > 0)).T, strict=True))
    return Evidence(
        nearest=_near_the_best(index.passage_vectors(ordinals), inquiry.vector, first),
        unit=_nearest_units(index, inquiry, ordinals),
        heading=heading @ _counts(words, inquiry.search_tokens),
        asked=body @ _counts(words, inquiry.asked),
        covered=_covered(index, inquiry, held, len(ordinals)),
        together=_neighbours(index, inquiry, ordinals),
    )


def _covered(index: Index, inquiry: Inquiry, held: Mapping[str, Mask], size: int) -> Scores:
    """Add the shares of the words that each passage holds, as they are or by what stands for them.

    ``held`` says of each word which passages hold it.
    """
    total = np.zeros(size, dtype=np.float32)
    shares = _shares([index.idf(word) for word in inquiry.words])
    for word, share in zip(inquiry.words, shares, strict=True):
        found = np.zeros(size, dtype=np.bool_)
        for reading in inquiry.readings(word):
            rows = [held[stem] for stem in reading if stem in held]
            if len(rows) == len(reading):
                found |= np.logical_and.reduce(rows)
        total += share * found
    return total


def _near_the_best(vectors: Vectors, vector: Vectors, first: Scores) -> Scores:
    """Move the question towards the passages that both rankings found, and compare again."""
    best = np.argsort(-first, kind="stable")[:FEEDBACK]
    weight = first[best] / max(float(first[best].sum()), 1e-9)
    moved = vector + np.float32(MOVED) * (weight @ vectors[best])
    return np.asarray(vectors @ (moved / np.linalg.norm(moved)), dtype=np.float32)


def _nearest_units(index: Index, inquiry: Inquiry, ordinals: Sequence[int]) -> Scores:
    best = [
        # of so few numbers Python finds the greatest four times as fast as NumPy
        max((units @ inquiry.vector).tolist(), default=0.0)
        for units in map(index.unit_vectors, ordinals)
    ]
    return np.asarray(best, dtype=np.float32)


def _neighbours(index: Index, inquiry: Inquiry, ordinals: Sequence[int]) -> Scores:
    shares = np.asarray(list(inquiry.neighbours.values()), dtype=np.float32)
    return index.stand_together(list(inquiry.neighbours), ordinals) @ shares


def _counts(words: Sequence[str], said: Sequence[str]) -> Scores:
    return np.asarray([said.count(word) for word in words], dtype=np.float32)


def _shares(weights: Sequence[float]) -> Scores:
    whole = sum(weights)
    return np.asarray(weights, dtype=np.float32) / np.float32(whole or 1)


def _scaled(values: NDArray[np.float32]) -> Scores:
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
