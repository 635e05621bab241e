"""Numbers as office programs print them before clauses, list items and notes."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4999
_MOST_LETTERS = 30  # a longer repetition of one letter is no number that anyone reads
_ALPHABET = 26
_TEENS = range(11, 14)  # 11th, 12th, 13th
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_SIGNS = "*†‡§"
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_WORDS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LAST_WORD = 99  # larger numbers are printed in figures


def roman(number: int) -> str:
    """Return a number in small Roman figures; in Arabic ones where Romans had none."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


def letters(number: int) -> str:
    """Return a number as a small letter, from 27 on doubled: a to z, then aa, bb and so on."""
    if number < 1 or number > _ALPHABET * _MOST_LETTERS:
        return str(number)
    times, letter = divmod(number - 1, _ALPHABET)
    return chr(ord("a") + letter) * (times + 1)


def counted_letters(number: int) -> str:
    """Return a number as small letters that count on: a to z, then aa, ab and so on."""
    if number < 1:
        return str(number)
    found = ""
    while number:
        number, letter = divmod(number - 1, _ALPHABET)
        found = chr(ord("a") + letter) + found
    return found


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "11th"."""
    teens = number % 100 in _TEENS
    return f"{number}{'th' if teens else _ORDINALS.get(number % 10, 'th')}"


def words(number: int) -> str:
    """Return "Twenty-one"; in figures from a hundred on."""
    return _words(number).capitalize()


def ordinal_words(number: int) -> str:
    """Return "Twenty-first"; "100th" from a hundred on."""
    text = _words(number)
    if text.isdigit():
        return ordinal(number)
    head, hyphen, last = text.rpartition("-")
    last = f"{last[:-1]}ieth" if last.endswith("y") else _ORDINAL_WORDS.get(last, f"{last}th")
    return f"{head}{hyphen}{last}".capitalize()


def signs(number: int) -> str:
    """Return *, †, ‡, §, then each of them doubled."""
    if number < 1 or number > len(_SIGNS) * _MOST_LETTERS:
        return str(number)
    times, sign = divmod(number - 1, len(_SIGNS))
    return _SIGNS[sign] * (times + 1)


def _words(number: int) -> str:
    if not 0 <= number <= _LAST_WORD:
        return str(number)
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")
