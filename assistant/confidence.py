"""How sure it is that what would be quoted answers the question."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from assistant.forms import has_form
from assistant.quotable import Quotable
from assistant.understand import Inquiry


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for some units, each 0 to 1.

    Attributes:
        coverage: share of the question's weight in the words of the units.
        under: further share in what they stand under: headings, title, lead-in.
        cosine: of the question and the best unit.
        form: 1 where the best unit holds the kind of thing that is asked for.
        named: 1 where the question names the section that they stand in.
    """

    coverage: float
    under: float
    cosine: float
    form: float
    named: float

    @property
    def covered(self) -> float:
        """Share of the question's weight in the units and what they stand under."""
        return self.coverage + self.under


# Weights of a logistic regression. evals/decision.py fits them; its page in benchmarks/ has the
# figures. Set by hand and not as fitted: `under`, which benchmarks of one title a document make
# look stronger than it is, and `form` and `named`, which they hardly exercise.
WEIGHTS = Signals(coverage=3.0, under=3.0, cosine=6.5, form=0.5, named=1.0)
OFFSET = -5.85


def signals(
    inquiry: Inquiry, quotables: Iterable[Quotable], *, cosine: float, named: bool
) -> Signals:
    """Measure what speaks for some units, the best one first; it has ``cosine`` and ``named``."""
    units = tuple(quotables)
    own = frozenset[str]().union(*(one.stems for one in units))
    under = frozenset[str]().union(*(one.around for one in units))
    return Signals(
        coverage=inquiry.share(own),
        under=inquiry.share(under - own),
        cosine=max(0.0, cosine),
        form=float(has_form(units[0].words, inquiry.form)),
        named=float(named),
    )


def confidence(measured: Signals) -> float:
    """Return the probability that units with these signals answer their question."""
    evidence = sum(map(operator.mul, astuple(WEIGHTS), astuple(measured))) + OFFSET
    return 1 / (1 + math.exp(-evidence))
