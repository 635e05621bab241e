"""Numbers as they are written: digits with separators, words, fractions, both at once."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * ten for ten, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_UNITS = "|".join(_ONES[1:10])
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_UNITS})\b)?|{'|'.join(reversed(_ONES))})"
_BELOW_1000 = (
    rf"(?:(?:(?:{_UNITS}|an?) hundred)(?: (?:and )?{_BELOW_100}\b)?|an?(?= (?:thousand|million))|"
    rf"{_BELOW_100})"
)
_WORDS = (
    rf"\b{_BELOW_1000}\b(?:(?:,? and)? (?:thousand|million|billion)\b"
    rf"(?:,? (?:and )?{_BELOW_1000}\b)?)*"
)
_BOTH = r"(?: ?\(\d{1,3}(?:[,.]?\d+)*\))?"  # "thirty (30)"
_DIGITS = (
    r"(?:[½¼¾]|(?!0\d)(?:\d{1,3}(?:[,'’\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|"
    r"\d{1,3}(?: \d{3})+(?!\d|[.,]\d)|\d+(?:\.\d+)?)"
    r"(?:[½¼¾]| ?(?:million|billion|thousand)\b|(?:k|m|bn|mn)\b)?)"
)
_BOTH_WAYS = rf"{_DIGITS}(?: ?\({_WORDS}\))?"  # "30 (thirty)"
_HALVES = (
    rf"(?:{_BELOW_100}|\d+) and a half\b|"
    r"(?:a )?half(?:(?= an? (?:hour|day|week|month|year)\b)(?: an?)?|(?=[ -](?:hour|day)s?\b))"
)
# the letters that a number can begin with, so that most words are passed over at once
FIRST = r"[\d½¼¾aefhnostz]"
WRITTEN = rf"(?:{_HALVES}|{_WORDS}{_BOTH}|{_BOTH_WAYS})"
# not the rest of a word, of a code ("A-12"), of a clause ("3.2.1") or of a longer number
NUMBER = rf"(?:(?<![\w.,/:-])|(?<=[€£$]))(?={FIRST}){WRITTEN}"
_DIGIT_PARTS = re.compile(r"(\d[\d.,'’\s]*)?([½¼¾])?\s*([a-z]+)?$")


def value_of(written: str) -> Decimal:
    """Return the value of what ``WRITTEN`` matches: "sixty (60)" is 60, "1.5 million" 1,500,000."""
    words = re.sub(r"\s*\([^)]*\)$", "", written.lower()).strip()
    if words.endswith("and a half"):
        return value_of(words.removesuffix("and a half")) + Decimal("0.5")
    if "half" in words:
        return Decimal("0.5")
    if words[0].isdigit() or words[0] in _VULGAR:
        return _of_digits(words)
    return Decimal(_of_words(words))


def plain(value: Decimal) -> str:
    """Write a value with digits only, without zeros at the end: "2.5", "1500"."""
    return f"{value.normalize():f}"


def _of_digits(written: str) -> Decimal:
    found = _DIGIT_PARTS.match(written)
    digits, vulgar, scale = found.groups() if found else (None, None, None)
    value = Decimal(re.sub(r"[,'’\s]", "", digits)) if digits else Decimal(0)
    return (value + _VULGAR.get(vulgar or "", Decimal(0))) * _SCALES.get(scale or "", 1)


def _of_words(words: str) -> int:
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            group *= 100
        elif word in _SCALES:
            total, group = total + group * _SCALES[word], 0
        elif word in {"a", "an"}:
            group = 1
        else:
            group += _VALUES.get(word, 0)
    return total + group
