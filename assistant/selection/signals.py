"""Signals: what speaks for some units being the answer, each as a number from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.question.understand import Inquiry
from assistant.retrieval.retrieve import Hit
from assistant.selection.forms import has_form
from assistant.selection.quotable import Quotable
from indexing.keywords import tokens

FIFTH = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for some units, each 0 to 1.

    Attributes:
        coverage: share of the question's weight in the words of the units.
        under: further share in what they stand under: headings, title, lead-in.
        cosine: of the question and the best unit.
        form: 1 where the best unit holds the kind of thing that is asked for.
        named: 1 where the question names the section that they stand in.
        together: share of the question's neighbouring words that are neighbours in them too; of a
            question of one word, whether they have it.
        ahead: how far the best passage stands before the fifth by its words, of the most that
            the question allows.
    """

    coverage: float
    under: float
    cosine: float
    form: float
    named: float
    together: float
    ahead: float

    @property
    def covered(self) -> float:
        """Share of the question's weight in the units and what they stand under."""
        return self.coverage + self.under


def signals(
    inquiry: Inquiry, quotables: Iterable[Quotable], *, cosine: float, named: bool, ahead: float
) -> Signals:
    """Measure what speaks for some units, the best one first.

    It has ``cosine`` and ``named``; ``ahead`` is of the passages that were found.
    """
    units = tuple(quotables)
    own = frozenset[str]().union(*(one.stems for one in units))
    under = frozenset[str]().union(*(one.around for one in units))
    coverage = inquiry.share(own)
    return Signals(
        coverage=coverage,
        under=inquiry.share(under - own),
        cosine=max(0.0, cosine),
        form=float(has_form(units[0].words, inquiry.form)),
        named=float(named),
        together=_together(inquiry, units) if inquiry.neighbours else coverage,
        ahead=ahead,
    )


def _together(inquiry: Inquiry, units: Sequence[Quotable]) -> float:
    held = {pair for one in units for pair in pairwise(tokens(one.words))}
    return sum(share for pair, share in inquiry.neighbours.items() if pair in held)


def how_far_ahead(inquiry: Inquiry, hits: Sequence[Hit]) -> float:
    """Tell how far the best of some hits stands before the fifth by its words, from 0 to 1.

    Hits that say the same must have been folded: two documents that agree speak for each other.
    """
    found = sorted((hit.keywords for hit in hits), reverse=True)
    if not found or not inquiry.possible:
        return 0.0
    fifth = found[FIFTH - 1] if len(found) >= FIFTH else 0.0
    return min(1.0, (found[0] - fifth) / inquiry.possible)
