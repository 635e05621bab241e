"""Vectors of passages, by ordinal, in one flat file. The only file that imports simsimd.

Every search compares the question with every vector: exact, the same in every build, filtered
before it ranks. A graph is none of these: with repeated passages parts of Chroma's cannot be
reached, whatever its settings (measured: 1,264 of 2,000 when half are equal), and its levels are
drawn by chance. The file holds what Chroma holds, in half precision (a cosine moves by less than
0.001); it is mapped, not loaded: 500,000 vectors are 384 MB of the disk, and take 20 ms on two
cores once the system has them in memory (56 ms as float32 through NumPy).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import simsimd
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from indexing.embedding import Vectors

Found = list[tuple[int, float]]

_FILE = "passages.f16"
_HALF = np.dtype(np.float16)
_DECIMALS = 6  # within which two cosines are equal
_LANES = 32  # halves in the widest register that simsimd sums in
_STEP = 2.0**-11  # by which one rounding to half precision moves a number of length 1, at most
# Vectors; with fewer, a second thread costs more than it saves: of 10,000, 0.5 ms by one on a busy
# machine, 8.6 by two; of 500,000, 25 ms by one on an idle one, 16 by two.
_WORTH_A_THREAD = 250_000
_AT_ONCE = 4_096  # vectors compared anew in one step


class PassageVectorWriter:
    """Writes the vectors of a new generation, passage after passage."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._rows = (folder / _FILE).open("wb")

    def add(self, vectors: Vectors) -> None:
        """Append vectors of unit length, (passages, dimension)."""
        self._rows.write(vectors.astype(_HALF).tobytes())

    def close(self) -> None:
        """Finish writing."""
        self._rows.close()


class PassageVectorReader:
    """Reads what a PassageVectorWriter wrote; safe to use from several threads.

    Raises:
        IndexDamaged: the file is missing or of another size.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        try:
            rows = np.memmap(folder / _FILE, _HALF, "r")
            self._rows = rows.reshape(-1, dimension)
        except (OSError, ValueError) as error:  # numpy maps no empty file
            raise IndexDamaged(
                f"The vectors in {folder} are missing or cannot be read.",
                f"Delete the folder {folder.parent} and run `charter index`.",
            ) from error

    @property
    def size(self) -> int:
        """How many passages it holds the vectors of."""
        return len(self._rows)

    def of(self, ordinals: Sequence[int]) -> Vectors:
        """Return the vectors of some passages: float32, (ordinals, dimension)."""
        return self._rows[list(ordinals)].astype(np.float32)

    def compare_bytes(self, given: bytes) -> Compared:
        """Compare a vector, given as its bytes, so that it can be the key of what was compared."""
        return self.compare(np.frombuffer(given, dtype=np.float32))

    def compare(self, vector: Vectors) -> Compared:
        """Compare a vector of unit length, (dimension,), with every passage."""
        near = simsimd.cdist(
            self._rows,
            vector.astype(_HALF)[np.newaxis],
            "dot",
            out_dtype="float32",
            threads=min(os.cpu_count() or 1, 1 + len(self._rows) // _WORTH_A_THREAD),
        )
        return Compared(self._rows, vector, np.asarray(near, dtype=np.float32).reshape(-1))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A vector compared with every passage, to be filtered in more than one way.

    Attributes:
        rows: vectors of the passages, (passages, dimension).
        vector: what they were compared with.
        rough: cosines with the error of half precision, (passages,).
    """

    rows: NDArray[np.float16]
    vector: Vectors
    rough: NDArray[np.float32]

    def nearest(self, limit: int, mask: NDArray[np.bool_] | None = None) -> Found:
        """Return (ordinal, cosine) of the nearest passages, nearest first; equal ones in order.

        Those that may be among them by their rough cosines are compared anew, so none is missed.

        Args:
            limit: how many at most.
            mask: True for each passage that may be found; the rest is never ranked.
        """
        rough = self.rough if mask is None else self.rough[mask]
        places = np.arange(len(rough)) if mask is None else np.flatnonzero(mask)
        if len(rough) > limit:
            last = np.partition(rough, len(rough) - limit)[len(rough) - limit]
            places = places[rough >= last - 2 * self._error]
        cosines = self._exact(places)
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(places[place]), float(cosines[place])) for place in best]

    @property
    def _error(self) -> float:
        """How far a rough cosine may be from the exact one.

        On some processors the sum itself is kept in halves: one rounding for each step through
        the registers, five to add up the lanes; one more for the question's own rounding.
        """
        steps = -(-int(self.rows.shape[1]) // _LANES)
        return (steps + 6) * _STEP

    def _exact(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return cosines that do not depend on the passages beside, as those of BLAS do."""
        cosines = np.empty(len(places))
        for start in range(0, len(places), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            rows = self.rows[places[some]].astype(np.float64)
            cosines[some] = (rows * self.vector).sum(axis=1)
        return np.round(cosines, _DECIMALS)
