"""The best hits in a new order, where a cross-encoder is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indexing.build import embedding_text
from indexing.reranker import Relevance, Reranker

if TYPE_CHECKING:
    from assistant.retrieval.retrieve import Hit

READ = 30  # hits that it reads; each costs tens of milliseconds on a CPU
OF_MODEL = 0.5  # its share in the new score; the rest is the hit's own


def rerank(question: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """Return hits with new scores, best first; those beyond ``READ`` follow as they were.

    The two scores are added, each scaled to 0..1 over the hits that are read. The model's own
    alone would lose what the first ranking knows and no passage says by itself: the document
    that a question names, a clause number, a name. The scale of its scores is unknown, and
    their order among these hits is what counts.
    """
    read, rest = list(hits[:READ]), list(hits[READ:])
    if len(read) < 2:  # noqa: PLR2004  one hit is in order
        return [*read, *rest]
    model = _scaled(reranker.score(question, [embedding_text(hit.passage) for hit in read]))
    own = _scaled(np.asarray([hit.score for hit in read], dtype=np.float32))
    best = max(hit.score for hit in read)
    mixed = best * (OF_MODEL * model + (1 - OF_MODEL) * own)
    scored = [replace(hit, score=float(score)) for hit, score in zip(read, mixed, strict=True)]
    ordered = sorted(scored, key=lambda hit: (-hit.score, hit.ordinal))
    return [*ordered, *(replace(hit, score=min(hit.score, ordered[-1].score)) for hit in rest)]


def _scaled(scores: Relevance) -> Relevance:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)
