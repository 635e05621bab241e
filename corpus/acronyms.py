"""Whether words account for the letters of an abbreviation.

After Schwartz and Hearst (2003), who look for the letters from the right, and stricter: every word
must give its first letter, but for small words that link the others; letters from inside a word
come only after its first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINKS = frozenset(
    "a against all an and as at by de del des di du et for from in into its la le les of on or "
    "other per the their to und upon with y &".split()
)
_SHORT = re.compile(r"[A-Z][A-Za-z]*(?:[&/.-]?[A-Za-z0-9]+)*\+?s?")
_ENOUGH = 3  # letters, or a long word, from which letters inside a single word are believed
_LONG_WORD = 9
_MOST_LETTERS = 10
_SKIPPING = 4  # letters from which a word in three may give none
# "P4P", "B2B": digits that are read as words
_SPOKEN = {"4": "f", "2": "t"}


def is_short_form(text: str) -> bool:
    """Tell whether a word is written like an abbreviation: OIO, MoU, R&D, P4P, SLAs."""
    letters = [letter for letter in text.removesuffix("s") if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    spoken = capitals == 1 and any(letter.isdigit() for letter in text)
    enough = capitals >= 2 and 2 * capitals >= len(letters)  # noqa: PLR2004  half, and not one alone
    return (
        (enough or spoken)
        and _SHORT.fullmatch(text) is not None
        and not re.fullmatch(r"[IVXLC]+", text)
        and len(text) <= _MOST_LETTERS
    )


def singular(short: str) -> str:
    """Return an abbreviation without the s of its plural."""
    return short[:-1] if re.fullmatch(r".*[A-Z0-9]s", short) else short


def accounted_from_end(short: str, words: Sequence[str]) -> int | None:
    """Return where in ``words`` the long form of an abbreviation begins that ends them.

    The one that takes fewest letters from inside words is taken, then the shortest; one that
    leaves a word out only where there is no other. None if there is none.
    """
    letters = _letters(short)
    longest = 2 * len(letters) + 3
    for skipped in range(_most_skipped(letters) + 1):
        for inner in range(len(letters) // 2 + 1):
            for first in range(len(words) - 1, max(-1, len(words) - 1 - longest), -1):
                if _accounts(letters, tuple(words[first:]), skipped, inner):
                    return first
    return None


def accounted_from_start(short: str, words: Sequence[str]) -> int | None:
    """Return how many of ``words``, from the first, are the long form; None if none are."""
    letters = _letters(short)
    for inner in range(len(letters) // 2 + 1):
        for end in range(1, min(len(words), 2 * len(letters) + 3) + 1):
            if _accounts(letters, tuple(words[:end]), 0, inner):
                return end
    return None


def _letters(short: str) -> str:
    plain = singular(short).lower()
    if sum(letter.isalpha() for letter in plain) > 1:
        plain = "".join(_SPOKEN.get(letter, letter) for letter in plain)
    return "".join(letter for letter in plain if letter.isalnum())


def _most_skipped(letters: str) -> int:
    return len(letters) // 3 if len(letters) >= _SKIPPING else 0


def _accounts(letters: str, words: tuple[str, ...], skipped: int, inner: int) -> bool:
    """Tell whether words, the first and last of which are no links, account for the letters."""
    plain = tuple(re.sub(r"[^\w&]", "", word).lower() for word in words)
    if not all(plain) or plain[0] in _LINKS or plain[-1] in _LINKS or plain[0][0] != letters[0]:
        return False
    if len(plain) == 1:
        return inner > 0 and _stands_for_one_word(letters, plain[0])
    if sum(word not in _LINKS for word in plain) > len(letters) + skipped:
        return False
    return _match(letters, plain, skipped, inner)


def _stands_for_one_word(letters: str, word: str) -> bool:
    """Tell whether a word alone gives all letters, not as its mere beginning ("EUR", euros)."""
    if word.startswith(letters) or word == letters:
        return False
    believed = len(letters) >= _ENOUGH or len(word) >= _LONG_WORD
    return believed and len(word) >= 2 * len(letters) and _inside(letters[1:], word[1:])


def _inside(letters: str, word: str) -> bool:
    """Tell whether letters stand in a word in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _match(letters: str, words: tuple[str, ...], skipped: int, inner: int) -> bool:
    """Tell whether words give the letters in order.

    Args:
        letters: that are still to be given.
        words: that can give them.
        skipped: how many of the words may give none.
        inner: how many letters may come from inside the words.
    """
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if (word in _LINKS or skipped) and _match(letters, rest, skipped - (word not in _LINKS), inner):
        return True
    if not letters or word[0] != letters[0]:
        return False
    return any(
        _inside(letters[1 : 1 + more], word[1:])
        and _match(letters[1 + more :], rest, skipped, inner - more)
        for more in range(min(inner, len(letters) - 1) + 1)
    )
