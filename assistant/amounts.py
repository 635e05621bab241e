"""Amounts in a text: a number with what it counts, so that two texts can be compared."""

from __future__ import annotations

import re

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}  # fmt: skip  one line a row of the same thing
_VALUES = {word: number for number, word in enumerate(_WORDS)} | _TENS
_UNITS = (
    r"(?:(?:working|calendar|business|consecutive|full|paid)[ -])?"
    r"(?:hours?|days?|nights?|weeks?|months?|years?|per cent|percent|%|times|sessions?|kilomet\w+|"
    r"kilograms?|euros?|dollars?|francs?|pounds?|points?)"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,-])(\d+(?:[.,]\d+)*|{'|'.join(_VALUES)})(?: \(\d+\))?[ -]?({_UNITS})(?!\w)",
    re.IGNORECASE,
)

Amount = tuple[str, str]  # value, what it counts; both in one spelling


def amounts(text: str) -> frozenset[Amount]:
    """Return the amounts of a text: "Sixty (60) working days" is ("60", "working day")."""
    return frozenset((_value(number), _unit(unit)) for number, unit in _AMOUNT.findall(text))


def differ(one: frozenset[Amount], other: frozenset[Amount]) -> bool:
    """Tell whether two texts give different numbers of the same thing, and none alike."""
    counted = {unit for _, unit in one} & {unit for _, unit in other}
    return any(
        not {value for value, unit in one if unit == thing}
        & {value for value, unit in other if unit == thing}
        for thing in counted
    )


def _value(number: str) -> str:
    word = number.lower()
    if word in _VALUES:
        return str(_VALUES[word])
    return re.sub(r",(?=\d{3}\b)", "", word)


def _unit(unit: str) -> str:
    plain = unit.lower().replace("-", " ").replace("percent", "per cent").replace("%", "per cent")
    return plain.removesuffix("s")
