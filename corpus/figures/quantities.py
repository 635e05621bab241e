"""Numbers with what they count: "sixty (60) working days", "CHF 1,500", "10–15 per cent"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.figures.currencies import CURRENCY_CODES
from corpus.figures.model import Figure, Quantity
from corpus.figures.numbers import NUMBER, WRITTEN, plain, value_of

Amount = tuple[str, str]  # value, what it counts; both in one spelling

_COUNTED = (
    r"(?:(?:working|work|calendar|business|consecutive|full|paid)[ -])?"
    r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|times|sessions?|points?|"
    r"kilomet(?:re|er)s?|km|kilograms?|kg)"
)
_SHARE = r"%|per ?cent\b|percent\b|pct\b"
_MONEY_WORDS = (
    r"(?:US |Swiss |Canadian |Australian )?(?:euros?|dollars?|francs?|pounds?(?: sterling)?)|"
    r"(?-i:EUR|USD|GBP|CHF)"
)
_SIGNS = rf"US\$|[€£$]|(?-i:{CURRENCY_CODES})"
_CURRENCIES = {
    "us$": "dollar",
    "$": "dollar",
    "usd": "dollar",
    "us dollar": "dollar",
    "€": "euro",
    "eur": "euro",
    "£": "pound",
    "gbp": "pound",
    "pound sterling": "pound",
    "pounds sterling": "pound",
    "chf": "franc",
    "swiss franc": "franc",
}
_ALIKE = {
    "%": "per cent",
    "percent": "per cent",
    "pct": "per cent",
    "km": "kilometre",
    "kilometer": "kilometre",
    "kg": "kilogram",
    "business day": "working day",
    "work day": "working day",
}
_PATTERN = re.compile(
    rf"(?:(?<!\w)(?P<sign>{_SIGNS}) ?)?(?P<low>{NUMBER})"
    rf"(?:(?P<to> ?[–‑-] ?| to | and )(?:{_SIGNS})? ?(?P<high>{WRITTEN}))?"
    rf"(?:[ -]?(?P<unit>(?:{_SHARE}|(?:{_COUNTED}|{_MONEY_WORDS})(?!\w))))?(?!\w|:\d)",
    re.IGNORECASE,
)
_NO_NUMBERS = ("one", "zero")  # without something counted: "one of them", "the zero rate"


def quantities(text: str) -> Iterator[Figure]:
    """Yield the numbers and amounts of a text, in order."""
    for found in _PATTERN.finditer(text):
        unit = _unit(found["unit"] or found["sign"] or "")
        low = value_of(found["low"])
        high = value_of(found["high"]) if found["high"] else low
        apart = found["to"] == " and " and not text[: found.start()].endswith("between ")
        if high < low or apart:
            yield _figure(Quantity(low, low, unit), (found.start(), found.end("low")))
            yield _figure(Quantity(high, high, unit), (found.start("high"), found.end()))
        elif unit or found["low"].lower() not in _NO_NUMBERS:
            yield _figure(Quantity(low, high, unit), found.span())


def amounts(text: str) -> frozenset[Amount]:
    """Return the amounts of a text: "Sixty (60) working days" is ("60", "working day").

    Of a range these are its two ends.
    """
    counted = [figure.quantity for figure in quantities(text)]
    return frozenset(
        (plain(value), one.unit) for one in counted if one and one.unit for value in _ends(one)
    )


def differ(one: frozenset[Amount], other: frozenset[Amount]) -> bool:
    """Tell whether two texts give different numbers of the same thing, and none alike."""
    counted = {unit for _, unit in one} & {unit for _, unit in other}
    return any(
        not {value for value, unit in one if unit == thing}
        & {value for value, unit in other if unit == thing}
        for thing in counted
    )


def _figure(quantity: Quantity, span: tuple[int, int]) -> Figure:
    numbers = "..".join(map(plain, _ends(quantity)))
    if quantity.unit:
        return Figure("amount", f"amount:{numbers} {quantity.unit}", *span, quantity=quantity)
    return Figure("number", f"number:{numbers}", *span, quantity=quantity)


def _ends(quantity: Quantity) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys((quantity.low, quantity.high)))


def _unit(written: str) -> str:
    """Write what is counted in one spelling and in the singular."""
    same = written.lower().replace("-", " ")
    same = same if not same or written.isupper() or same == "$" else same.removesuffix("s")
    return _CURRENCIES.get(same, _ALIKE.get(same, same))
