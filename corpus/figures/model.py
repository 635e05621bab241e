"""What a figure is: a time, an amount, a grade, a clause, with its place and one spelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["time", "number", "amount", "grade", "code", "clause", "part", "version"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, the first and the last included."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Tell whether the other lies in this one."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or the two ends of a range of numbers, with what is counted.

    Attributes:
        low, high: equal where it is one number.
        unit: in the singular, such as "working day", "per cent" or "euro"; empty for a bare number.
    """

    low: Decimal
    high: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text.

    Attributes:
        key: its one spelling, such as "date:2024-01-01", "quarter:2024-1", "amount:30 working
            day", "grade:p4" or "clause:3.2.b". Two figures mean the same if their keys are equal.
        start, end: its place in the text. Readings of one spelling that cannot be told apart, as
            of 03/04/2024, and the steps of a range of grades, share one place.
        period: of a time that is dated.
        quantity: of a number or an amount.
    """

    kind: Kind
    key: str
    start: int
    end: int
    period: Period | None = None
    quantity: Quantity | None = None

    @property
    def name(self) -> str:
        """The key's first half: "date", "quarter", "year", "clause" …."""
        return self.key.partition(":")[0]

    @property
    def value(self) -> str:
        """The key's second half: "2024-01-01", "2024-1", "3.2.b" …."""
        return self.key.partition(":")[2]
