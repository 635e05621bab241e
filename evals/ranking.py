"""How good one ranking is: the measures of retrieval, as trec_eval computes them.

Recall, hit, reciprocal rank, average precision and nDCG over ranked entry ids. Average precision is
divided by the number of all gold entries, also where more than ten are gold; nDCG weighs a gold
entry by its relevance and the logarithm of its rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from math import log2

DEPTH = 10  # entries of a ranking that count


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one ranking, each 0 to 1."""

    recall_1: float
    recall_5: float
    recall_10: float
    hit_1: float
    hit_5: float
    hit_10: float
    mrr_10: float
    map_10: float
    ndcg_10: float


NAMES: Mapping[str, str] = {
    "recall_1": "recall@1",
    "recall_5": "recall@5",
    "recall_10": "recall@10",
    "hit_1": "hit@1",
    "hit_5": "hit@5",
    "hit_10": "hit@10",
    "mrr_10": "MRR@10",
    "map_10": "MAP@10",
    "ndcg_10": "nDCG@10",
}


def best_of_each(found: Iterable[str]) -> tuple[str, ...]:
    """Return the entries of ranked passages: each stands where its best passage does."""
    return tuple(dict.fromkeys(found))


def measure(ranked: Sequence[str], gold: Mapping[str, float]) -> Measures:
    """Measure one ranking.

    Args:
        ranked: entry ids, best first, each once.
        gold: entry id → relevance above 0; at least one.

    Raises:
        ValueError: there is no gold, so there is nothing to measure.
    """
    if not gold:
        raise ValueError("A ranking without gold cannot be measured.")
    gains = [gold.get(entry, 0.0) for entry in ranked[:DEPTH]]
    places = [place for place, gain in enumerate(gains, start=1) if gain]

    def recall(cutoff: int) -> float:
        return sum(place <= cutoff for place in places) / len(gold)

    def hit(cutoff: int) -> float:
        return float(any(place <= cutoff for place in places))

    precisions = (met / place for met, place in enumerate(places, start=1))
    return Measures(
        recall_1=recall(1),
        recall_5=recall(5),
        recall_10=recall(10),
        hit_1=hit(1),
        hit_5=hit(5),
        hit_10=hit(10),
        mrr_10=1 / places[0] if places else 0.0,
        map_10=sum(precisions) / len(gold),
        ndcg_10=_discounted(gains) / _discounted(sorted(gold.values(), reverse=True)),
    )


def as_numbers(measures: Measures) -> dict[str, float]:
    """Return the measures under the names that people know."""
    return {NAMES[one.name]: getattr(measures, one.name) for one in fields(measures)}


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:DEPTH], start=1))
