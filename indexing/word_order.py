"""The words of every passage in their order, to tell which of a question's words stand together.

A flat file of numbers, each the place of a word in the vocabulary of BM25, and where each passage
starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged

_WORDS = "words.u32"
_STARTS = "word_starts.npy"
_NUMBER = np.dtype(np.uint32)

Pair = tuple[int, int]


class WordOrder:
    """Rows of word numbers by the ordinal of their passage; safe to read from several threads."""

    def __init__(self, words: NDArray[np.uint32], starts: NDArray[np.int64]) -> None:
        self._words = words
        self._starts = starts

    def together(self, ordinals: Sequence[int], pairs: Sequence[Pair]) -> NDArray[np.bool_]:
        """Tell which passages hold which pairs of words side by side: (ordinals, pairs)."""
        found = np.zeros((len(ordinals), len(pairs)), dtype=np.bool_)
        rows = [self.of(one) for one in ordinals]
        if not rows or not pairs:
            return found
        words = np.concatenate(rows)
        row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        inside = row_of[1:] == row_of[:-1]
        for place, (first, second) in enumerate(pairs):
            hits = inside & (words[:-1] == first) & (words[1:] == second)
            found[row_of[:-1][hits], place] = True
        return found

    def of(self, ordinal: int) -> NDArray[np.uint32]:
        """Return the numbers of one passage's words, in order: (words,)."""
        return self._words[self._starts[ordinal] : self._starts[ordinal + 1]]

    def save(self, folder: Path) -> None:
        """Write it into a folder that is there."""
        self._words.tofile(folder / _WORDS)
        np.save(folder / _STARTS, self._starts)


def word_order(rows: Iterable[Sequence[int]]) -> WordOrder:
    """Take the word numbers of every passage, in index order."""
    held = [np.asarray(row, dtype=_NUMBER) for row in rows]
    ends = np.cumsum([0, *map(len, held)], dtype=np.int64)
    return WordOrder(np.concatenate([np.empty(0, _NUMBER), *held]), ends)


def load_word_order(folder: Path) -> WordOrder:
    """Open what was saved; the words stay on disk until they are asked for.

    Raises:
        IndexDamaged: a part is missing or does not fit.
    """
    try:
        starts: NDArray[np.int64] = np.load(folder / _STARTS)
        size = int(starts[-1])
        words = np.memmap(folder / _WORDS, _NUMBER, "r") if size else np.empty(0, _NUMBER)
        words = np.asarray(words)  # as mapped as before; a part of a memmap takes ten times as long
    except (OSError, ValueError, IndexError) as error:
        raise _damaged(folder) from error
    if len(words) != size:
        raise _damaged(folder)
    return WordOrder(words, starts)


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"The words of passages in {folder} are missing or cannot be read.",
        "Run `charter index` again.",
    )
