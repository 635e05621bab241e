"""What an answer quotes against what it should: evidence, citation precision and recall."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evals.asking import Outcome, Quote
from evals.benchmark_index import IndexedSet
from evals.benchmark_sets import Query

FEW = 3  # quotes that a reader takes in at a glance


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the quotes of one answerable question compare with its gold.

    Attributes:
        quoted: the gold is among the quotes: a right wording within one of them where the set
            gives wordings, else a gold entry.
        first, few: the same of the first quote, and of the first three.
        precision: share of the quoted entries that are gold; None where nothing is quoted.
        recall: share of the gold entries that are quoted.
        both: every entry that must be shown side by side is cited, and so are two documents; None
            where the set asks for no such thing.
    """

    quoted: bool
    first: bool
    few: bool
    precision: float | None
    recall: float
    both: bool | None = None


def evidence(query: Query, outcome: Outcome, entries: Sequence[str]) -> Evidence:
    """Compare what is quoted with the gold.

    Args:
        query: with gold.
        outcome: of asking it.
        entries: the entry of each quote, in order.
    """
    texts = [quote.text for quote in outcome.quotes]
    good = [_is_gold(query, text, entry) for text, entry in zip(texts, entries, strict=True)]
    cited, gold = set(entries), query.gold.keys()
    return Evidence(
        quoted=any(good),
        first=any(good[:1]),
        few=any(good[:FEW]),
        precision=len(cited & gold) / len(cited) if cited else None,
        recall=len(cited & gold) / len(gold),
        both=_shows_both(query, outcome, cited),
    )


def _is_gold(query: Query, text: str, entry: str) -> bool:
    wordings = [_plain(one) for one in query.metadata.answers or () if _plain(one)]
    if wordings:
        return any(wording in _plain(text) for wording in wordings)
    return entry in query.gold


def _shows_both(query: Query, outcome: Outcome, cited: set[str]) -> bool | None:
    if not query.metadata.expected_surfaces_both_sources:
        return None
    documents = {quote.key for quote in outcome.quotes}
    return len(documents) > 1 and cited.issuperset(query.metadata.expected_citations_contain or ())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def entries_quoted(indexed: IndexedSet, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the entry that each quote stands in: that of the last passage begun before it ends."""
    return tuple(_entry_of(indexed, quote) for quote in quotes)


def _entry_of(indexed: IndexedSet, quote: Quote) -> str:
    ordinals = indexed.index.ordinals(quote.key)
    passages = indexed.index.passages(ordinals)
    starts = [passages[ordinal].start for ordinal in ordinals]
    place = bisect_right(starts, quote.start) - 1
    return indexed.entry_of(ordinals[max(0, place)])
