"""The words of the documents as they are written, counted by document.

The only file that imports rapidfuzz. Keywords are stems; a question is repaired to whole words.
The counts are kept by document so that nobody is repaired to a word that stands only where they
may not read.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.errors import IndexDamaged
from indexing.keywords import folded

Numbers = NDArray[np.int32]

_WORD = re.compile(r"[^\W\d_]+(?:[‐‑-][^\W\d_]+)*")
_WORDS, _COUNTS = "words.txt", "counts.npy"
_SHORTEST = 2  # letters
_LONGEST = 40  # what is longer is an address or damage, and nobody types it
_MOST_NEAR = 40  # words looked at as near to one


@dataclass(frozen=True, slots=True)
class Near:
    """A word near another.

    Attributes:
        distance: letters to put in, take out, exchange or swap.
        count: how often it stands in the documents.
    """

    word: str
    distance: int
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some documents.

    Attributes:
        words: in order, in lower case and without accents.
        counts: how often each stands there.
        capitals: how often it is written in capitals alone.
    """

    words: Sequence[str]
    counts: Numbers
    capitals: Numbers

    def count(self, word: str) -> int:
        """Return how often a word, in lower case and without accents, stands in the documents."""
        place = self._place(word)
        return 0 if place is None else int(self.counts[place])

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether the documents always write a word in capitals."""
        place = self._place(word)
        return place is not None and 0 < self.counts[place] == self.capitals[place]

    def near(self, word: str, most: int) -> list[Near]:
        """Return the words at most so many letters from one, the nearest and commonest first."""
        found = [
            Near(other, distance, int(self.counts[place]))
            for other, distance, place in nearest(word, self.words, most)
            if self.counts[place]
        ]
        return sorted(found, key=lambda one: (one.distance, -one.count, one.word))

    def _place(self, word: str) -> int | None:
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None


class Lexicon:
    """The vocabulary of an index, by document.

    Args:
        words: in order.
        entries: (4, entries): positions of a word and of a document in the index, how often it
            stands there, and how often in capitals alone.
    """

    def __init__(self, words: Sequence[str], entries: Numbers) -> None:
        self._words = words
        self._entries = entries

    def of(self, documents: NDArray[np.bool_] | None) -> Vocabulary:
        """Return the vocabulary of those documents for which the mask is True; None is all."""
        entries = self._entries
        if documents is not None:
            entries = entries[:, documents[entries[1]]]
        size = len(self._words)
        counts, capitals = (
            np.bincount(entries[0], weights=entries[row], minlength=size).astype(np.int32)
            for row in (2, 3)
        )
        return Vocabulary(self._words, counts, capitals)

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        folder.mkdir()
        (folder / _WORDS).write_text("\n".join(self._words), "utf-8")
        np.save(folder / _COUNTS, self._entries)


def nearest(word: str, words: Sequence[str], most: int) -> list[tuple[str, int, int]]:
    """Return (word, distance, place) of those at most so many letters from one.

    The distance is Damerau's and Levenshtein's, of optimal string alignment.
    """
    found = process.extract(
        word, words, scorer=OSA.distance, processor=None, score_cutoff=most, limit=_MOST_NEAR
    )
    return [(other, int(distance), place) for other, distance, place in found]


def build_lexicon(texts: Iterable[tuple[int, str]]) -> Lexicon:
    """Count the words of texts, each given with the position of its document, in their order."""
    words: dict[str, int] = {}
    entries = array("i")  # a list of their tuples takes twenty times the memory
    for document, counts, capitals in _by_document(texts):
        for word, count in counts.items():
            number = words.setdefault(word, len(words))
            entries.extend((number, document, count, capitals[word]))
    order = sorted(words)
    places = np.zeros(len(words), dtype=np.int32)
    for place, word in enumerate(order):
        places[words[word]] = place
    table = np.frombuffer(entries, dtype=np.int32).reshape(-1, 4).T.copy()
    table[0] = places[table[0]]
    return Lexicon(order, table)


def load_lexicon(folder: Path) -> Lexicon:
    """Open a saved lexicon; its counts stay on disk and are read as they are needed.

    Raises:
        IndexDamaged: a part is missing or cannot be read.
    """
    try:
        words = (folder / _WORDS).read_text("utf-8").split("\n")
        entries = np.load(folder / _COUNTS, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(
            f"The words of the index in {folder} cannot be read.", "Run `charter index` again."
        ) from error
    return Lexicon(words, entries)


def _by_document(
    texts: Iterable[tuple[int, str]],
) -> Iterator[tuple[int, Counter[str], Counter[str]]]:
    """Give each document's words and those in capitals; its texts follow one another."""
    counts, capitals, last = Counter[str](), Counter[str](), -1
    for document, text in texts:
        if document != last:
            if counts:
                yield last, counts, capitals
            counts, capitals, last = Counter(), Counter(), document
        for written, word in _written(text):
            counts[word] += 1
            capitals[word] += written.isupper()
    if counts:
        yield last, counts, capitals


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Give each word as written and as it is counted; a compound in its parts and as one."""
    for match in _WORD.findall(text):
        parts = re.split(r"[‐‑-]", match)
        for written in (*parts, "".join(parts)) if len(parts) > 1 else parts:
            if _SHORTEST <= len(written) <= _LONGEST:
                yield written, folded(written)
