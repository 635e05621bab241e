"""Marks that stand where the original had an icon: not words, whatever conversion made of them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

_SAMPLE = 20_000  # letters that are enough to know a document's script
_LONGEST = 3  # characters of a stray mark of another script


def main_script(texts: Iterable[str]) -> str:
    """Return the script that most letters belong to, as Unicode names it ("LATIN")."""
    letters = (char for char in chain.from_iterable(texts) if char.isalpha())
    counts = Counter(map(_script, islice(letters, _SAMPLE)))
    return counts.most_common(1)[0][0] if counts else "LATIN"


def is_stray(text: str, script: str) -> bool:
    """Say whether text that stands alone in a cell or line is what an icon was turned into.

    That is: private-use characters only, or one to three letters of a script that is not the
    document's. Latin is at home in every document: grades and units are written in it.
    """
    if text.isascii():
        return False
    marks = [char for char in text if not char.isspace()]
    if all(is_private(char) for char in marks):
        return True
    if len(marks) > _LONGEST or not all(char.isalpha() for char in marks):
        return False
    return all(_script(char) not in (script, "LATIN") for char in marks)


def is_private(char: str) -> bool:
    """Say whether a character has no meaning outside the font that it came from."""
    return unicodedata.category(char) in ("Co", "Cn")


def is_mark(text: str) -> bool:
    """Say whether there is no letter and no digit in the text."""
    return not any(char.isalnum() for char in text)


def _script(char: str) -> str:
    if char.isascii():
        return "LATIN"
    return unicodedata.name(char, "UNKNOWN").split(maxsplit=1)[0].split("-")[0]
