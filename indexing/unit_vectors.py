"""Vectors of units, by the ordinal of their passage: a flat file of rows and where each starts.

Only the units of a few passages are ever compared, so they need no search index.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from indexing.embedding import Vectors

_ROWS = "units.f16"  # half precision moves a cosine by less than 0.001 and halves the file
_STARTS = "starts.npy"
_HALF = np.dtype(np.float16)


class UnitWriter:
    """Writes the units of a new generation, passage after passage."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._rows = (folder / _ROWS).open("wb")
        self._starts = [0]

    def add(self, vectors: Vectors, counts: Sequence[int]) -> None:
        """Append the vectors of some passages' units; ``counts`` says how many each has."""
        self._rows.write(vectors.astype(_HALF).tobytes())
        for count in counts:
            self._starts.append(self._starts[-1] + count)

    def close(self) -> None:
        """Finish writing."""
        self._rows.close()
        np.save(self._folder / _STARTS, np.array(self._starts, dtype=np.int64))


class UnitReader:
    """Reads what a UnitWriter wrote; the rows stay on disk until they are asked for.

    Raises:
        IndexDamaged: a part is missing or does not fit.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        try:
            self._starts: NDArray[np.int64] = np.load(folder / _STARTS)
            shape = (int(self._starts[-1]), dimension)
            rows = np.memmap(folder / _ROWS, _HALF, "r") if shape[0] else np.empty(0, _HALF)
            # as mapped as before; a part of a memmap takes ten times as long
            self._rows = np.asarray(rows).reshape(shape)
        except (OSError, ValueError, IndexError) as error:
            raise IndexDamaged(
                f"The vectors of units in {folder} are missing or cannot be read.",
                "Run `charter index` again.",
            ) from error

    @property
    def size(self) -> int:
        """How many passages it holds the units of."""
        return len(self._starts) - 1

    def of(self, ordinal: int) -> Vectors:
        """Return the vectors of one passage's units: float32, (units, dimension)."""
        start, end = self._starts[ordinal : ordinal + 2]
        units = np.asarray(self._rows[start:end], dtype=np.float32)
        units.flags.writeable = False  # several questions are compared with one copy
        return units
