"""Rows and items that are told apart by amounts: "more than 2 years, up to 5 years".

Their words are nearly the same, and the amount that a question gives stands in none of them: a
journey of ten hours belongs to the row "nine hours but less than 14 hours".
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.figures.limits import limits
from corpus.figures.model import Quantity
from corpus.figures.quantities import quantities


def amounts_given(question: str) -> tuple[Quantity, ...]:
    """Return the single amounts of a question, each with what it counts."""
    found = (figure.quantity for figure in quantities(question))
    return tuple(one for one in found if one and one.unit and one.low == one.high)


def holds_amount(words: str, given: Iterable[Quantity]) -> bool | None:
    """Tell whether an amount lies within the bounds that a unit sets; None where it sets none.

    Bounds count only for amounts of what they count.
    """
    units = {one.unit for one in given}
    bounds = [one for one in limits(words) if one.unit in units]
    if not bounds:
        return None
    return any(bound.unit == one.unit and bound.holds(one.low) for bound in bounds for one in given)
