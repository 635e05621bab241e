"""Vectors of what was asked, kept between two reports: a model takes 4 ms for each question."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StorageError
from indexing.embedding import Embedder, Vectors, unit_length

Embed = Callable[[Sequence[str]], Vectors]

FILE = "asked-vectors.npz"
MOST_KEPT = 60_000  # of 384 numbers each in half precision: 46 MB
_BATCH = 256  # texts given to the model at once


class AskedVectors:
    """Gives vectors of texts, and keeps them in a file by a hash of the text.

    What is kept names nobody and is found by no text: whoever deletes the file loses time alone.

    Args:
        folder: where the file stands.
        embedder: the model.
        most_new: texts that are given to the model in the life of this object.

    Attributes:
        left_out: how many texts were not given to it for that.
    """

    def __init__(self, folder: Path, embedder: Embedder, *, most_new: int | None = None) -> None:
        self._file = folder / FILE
        self._embedder = embedder
        self._left = most_new
        self._held: dict[bytes, NDArray[np.float16]] | None = None
        self._new = 0
        self.left_out = 0

    def of(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length, float32 (texts, dimension); zeros of those left out.

        Those that come last are left out where ``most_new`` is reached.

        Raises:
            ModelError: the model cannot be loaded.
        """
        held = self._read()
        keys = [self._key(text) for text in texts]
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        wanted = list(unknown.items())[: self._left]
        if self._left is not None:
            self._left -= len(wanted)
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            made = self._embedder.embed([text for _, text in some]).astype(np.float16)
            held.update(zip((key for key, _ in some), made, strict=True))
        self._new += len(wanted)
        self.left_out += len(unknown) - len(wanted)
        return self._stacked([held.get(key) for key in keys])

    def keep(self) -> None:
        """Write what was made new; the file is whole or as it was.

        Raises:
            StorageError: it cannot be written.
        """
        if not self._new or self._held is None:
            return
        kept = list(self._held.items())[-MOST_KEPT:]
        trial = self._file.with_name(f".{FILE}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with trial.open("wb") as file:
                keys = np.array([key for key, _ in kept], dtype="S20")
                np.savez(file, keys=keys, vectors=np.stack([vector for _, vector in kept]))
            trial.replace(self._file)
        except OSError as error:
            raise StorageError(
                f"The file {self._file} cannot be written: {error.strerror}.",
                "Check that the disk has space and that CHARTER_HOME can be written.",
            ) from error
        self._new = 0

    def _read(self) -> dict[bytes, NDArray[np.float16]]:
        """Return what is kept; a file that cannot be read is made anew."""
        if self._held is None:
            try:
                with self._file.open("rb") as file, np.load(file) as kept:
                    keys, vectors = kept["keys"], kept["vectors"]
                self._held = {bytes(key): row for key, row in zip(keys, vectors, strict=True)}
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                self._held = {}
        return self._held

    def _stacked(self, rows: Sequence[NDArray[np.float16] | None]) -> Vectors:
        made = np.zeros((len(rows), self._embedder.dimension), dtype=np.float32)
        for place, row in enumerate(rows):
            if row is not None:
                made[place] = row
        return unit_length(made)

    def _key(self, text: str) -> bytes:
        """Return 20 characters; without a zero at the end, which NumPy would take off."""
        said = f"{self._embedder.fingerprint}\n{text}".encode()
        return hashlib.sha256(said).hexdigest()[:20].encode()
