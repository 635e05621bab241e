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
        form: 1 where a unit holds the kind of thing that is asked for.
        named: 1 where the question names the section that they stand in.
    """

    coverage: float
    under: float
    cosine: float
    form: float
    named: float


# Logistic regression on the signals, fitted by evals/decision.py and rounded; its page in
# benchmarks/ has the figures. No benchmark names sections, so that weight is set by hand.
WEIGHTS = Signals(coverage=3.0, under=3.0, cosine=6.5, form=0.5, named=1.0)
OFFSET = -5.85


def signals(
    inquiry: Inquiry, quotables: Iterable[Quotable], *, cosine: float, named: bool
) -> Signals:
    """Measure what speaks for some units; ``cosine`` and ``named`` are those of the best one."""
    units = tuple(quotables)
    own = frozenset[str]().union(*(one.stems for one in units))
    under = frozenset[str]().union(*(one.around for one in units))
    return Signals(
        coverage=inquiry.share(own),
        under=inquiry.share(under - own),
        cosine=max(0.0, cosine),
        form=float(any(has_form(one.words, inquiry.form) for one in units)),
        named=float(named),
    )


def confidence(measured: Signals) -> float:
    """Return the probability that units with these signals answer their question."""
    evidence = sum(map(operator.mul, astuple(WEIGHTS), astuple(measured))) + OFFSET
    return 1 / (1 + math.exp(-evidence))
