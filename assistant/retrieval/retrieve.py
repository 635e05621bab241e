"""Hybrid retrieval: BM25 and embedding, fused by a convex sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.question.understand import Inquiry
from assistant.retrieval.ranking import gather, weigh
from assistant.retrieval.rerank import READ, rerank
from corpus.model import Passage
from indexing.index import Index
from indexing.reranker import Reranker

CANDIDATES = 100  # passages taken from each ranking
PREFERENCE = 1.5  # for the passages of a document that the question names
OF_SUBJECT = 1.15  # for those of a document whose subject, as its title says it, it names
OF_CLAUSE = 2.0  # for the passages of a clause that it names
HITS = 24  # passages that go on to selection


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found, with what found it.

    Attributes:
        ordinal: of the passage in the index.
        score: fused, about 0 to 1, comparable within one question only.
        cosine: of question and passage.
        keywords: BM25 score, 0 where the keywords did not rank it.
    """

    ordinal: int
    passage: Passage
    score: float
    cosine: float
    keywords: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds the passages of the allowed documents that are nearest to a question.

    Attributes:
        candidates: how many passages are taken from each ranking, and weighed.
    """

    index: Index
    dense_weight: float
    reranker: Reranker | None = None
    candidates: int = CANDIDATES

    def retrieve(
        self, inquiry: Inquiry, keys: frozenset[str], *, limit: int = HITS
    ) -> tuple[Hit, ...]:
        """Return at most ``limit`` hits among ``keys``, best first, equal ones in index order."""
        if self.reranker is None:
            return tuple(self._retrieve(inquiry, keys, limit))
        hits = self._retrieve(inquiry, keys, max(limit, READ))
        return tuple(rerank(inquiry.question.text, hits, self.reranker)[:limit])

    def _retrieve(self, inquiry: Inquiry, keys: frozenset[str], limit: int) -> list[Hit]:
        if not keys:
            return []
        dense = dict(self.index.search_vectors(inquiry.vector, self.candidates, keys))
        query = (*inquiry.search_tokens, *inquiry.clauses)
        found = self.index.search_keywords(query, self.candidates, keys)
        sparse = {ordinal: score / inquiry.wording.repeated for ordinal, score in found}
        fused = fuse(dense, sparse, self.dense_weight)
        scores = self._ranked(inquiry, fused)
        for ordinal, key in zip(scores, self.index.keys_of(list(scores)), strict=True):
            if key in inquiry.preferred:
                scores[ordinal] *= PREFERENCE
            elif key in inquiry.about:
                scores[ordinal] *= OF_SUBJECT
        best = sorted(scores, key=lambda ordinal: (-scores[ordinal], ordinal))[:limit]
        passages = self.index.passages(best)
        cosines = self.index.passage_vectors(best) @ inquiry.vector
        return [
            Hit(
                ordinal, passages[ordinal], scores[ordinal], float(cosine), sparse.get(ordinal, 0.0)
            )
            for ordinal, cosine in zip(best, cosines, strict=True)
        ]

    def _ranked(self, inquiry: Inquiry, fused: Mapping[int, float]) -> dict[int, float]:
        """Weigh the best of the fused ranking by all that speaks for each."""
        best = sorted(fused, key=lambda ordinal: (-fused[ordinal], ordinal))[: self.candidates]
        if not best:
            return {}
        first = np.asarray([fused[ordinal] for ordinal in best], dtype=np.float32)
        weighed = weigh(gather(self.index, inquiry, best, first))
        if inquiry.clauses:
            weighed[self.index.of_clauses(tuple(inquiry.clauses), best)] *= OF_CLAUSE
        return dict(zip(best, map(float, weighed), strict=True))


def fuse(
    dense: Mapping[int, float], sparse: Mapping[int, float], dense_weight: float
) -> dict[int, float]:
    """Add two rankings, each scaled to 0..1 over its own candidates; absence counts as 0.

    A convex sum beat reciprocal ranks on regulation text (recall@10 +1.6 points over BM25,
    where reciprocal ranks gave none).
    """
    near, exact = _scale(dense), _scale(sparse)
    return {
        ordinal: dense_weight * near.get(ordinal, 0.0)
        + (1 - dense_weight) * exact.get(ordinal, 0.0)
        for ordinal in near.keys() | exact.keys()
    }


def _scale(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    span = high - low
    return {key: (value - low) / span if span else 1.0 for key, value in scores.items()}
