"""Common English words, so that a word that is right is never taken for a slip.

The list is the one that symspellpy comes with: 82,834 words with their frequency in books.
The only file that reads it; the package itself is not imported.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import groupby

from corpus.errors import ModelFileMissing
from indexing.lexicon import nearest

_PACKAGE, _FILE = "symspellpy", "frequency_dictionary_en_82_765.txt"
# Words that the list lacks are often made of words that it has.
_PREFIXES = tuple(
    "anti auto bi co counter cyber de dis e extra fore hyper in inter intra mega micro mid mini "
    "mis multi non off on out over para photo post pre pro pseudo re self semi sub super tele "
    "trans un under up web".split()
)
_ENDINGS = tuple("s es ed d ing er ers r ly ness less able ship hood wise".split())
_SHORTEST_PART = 4  # letters of a part that stands for a word
_COMMON = 5_000_000  # times in books, of each part of a compound


def is_english(word: str) -> bool:
    """Tell whether a word in lower case is English, or made of English words.

    Raises:
        ModelFileMissing: the list is not installed.
    """
    return word in frequencies() or _is_made_of_words(word)


@cache
def frequencies() -> dict[str, int]:
    """Return each word of the list with how often it stands in books.

    Raises:
        ModelFileMissing: the list is not installed.
    """
    try:
        lines = (files(_PACKAGE) / _FILE).read_text("utf-8-sig").splitlines()
    except (ModuleNotFoundError, OSError) as error:
        raise ModelFileMissing(
            "The list of English words is not installed.",
            f"Install Charter again, with its dependency {_PACKAGE}.",
        ) from error
    pairs = (line.split() for line in lines if line)
    return {word: int(count) for word, count in pairs}


def near_english(word: str, most: int) -> list[tuple[str, int]]:
    """Return (word, distance) of the words of the list at most so many letters from one."""
    by_length = _by_length()
    lengths = range(len(word) - most, len(word) + most + 1)
    return [
        (other, distance)
        for length in lengths  # a third of the list, and of the time, for a word of eight letters
        for other, distance, _ in nearest(word, by_length.get(length, ()), most)
    ]


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    ordered = sorted(frequencies(), key=len)
    return {length: tuple(words) for length, words in groupby(ordered, key=len)}


def _is_made_of_words(word: str) -> bool:
    known = frequencies()
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _SHORTEST_PART and rest in known:
            return True
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST_PART and rest in known:
            return True
    splits = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(
        known.get(part[0], 0) >= _COMMON <= known.get(part[1], 0)
        for part in ((word[:place], word[place:]) for place in splits)
    )
