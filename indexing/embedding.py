"""Texts to vectors: the port that every embedding model fits, and its deterministic fake."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model as it is on this machine.

    Attributes:
        expected: SHA-256 that Charter pins.
        actual: SHA-256 of what is there; None when nothing is.
    """

    path: Path
    expected: str
    actual: str | None


class Embedder(Protocol):
    """A model that gives texts of similar meaning similar vectors.

    Attributes:
        name: for people.
        fingerprint: of everything that decides a vector; two embedders with one fingerprint
            give the same vectors for the same texts.
        dimension: of its vectors.
        multilingual: it gives texts of one meaning near vectors, whatever their languages.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  described in the class

    @property
    def fingerprint(self) -> str: ...  # noqa: D102  the same

    @property
    def dimension(self) -> int: ...  # noqa: D102  the same

    @property
    def multilingual(self) -> bool: ...  # noqa: D102  the same

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension).

        A text's vector does not depend on the texts beside it.

        Raises:
            ModelError: the model cannot be loaded.
        """
        ...

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of unit length to search with: float32, (dimension,).

        Some models read a question otherwise than the passages that answer it.

        Raises:
            ModelError: the model cannot be loaded.
        """
        ...

    def verify(self) -> tuple[ModelFile, ...]:
        """Hash the files whose SHA-256 is pinned; the model is not loaded.

        Raises:
            ModelFileMissing: there is no model where it should be.
        """
        ...


class HashEmbedder:
    """A fake without a model: hashed words and pairs, so that texts that share words are near.

    Args:
        dictionary: what each word means, for a fake that reads several languages; then all other
            words count for nothing.
    """

    def __init__(
        self, dimension: int = 256, dictionary: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.dimension = dimension
        self.multilingual = bool(dictionary)
        self.name = "hashed words"
        self.fingerprint = f"hash-1-{dimension}"
        self._dictionary = dictionary

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for feature in self._meanings(text) if self.multilingual else _features(text):
                place, sign = _place(feature, self.dimension)
                row[place] += sign
        vectors[~vectors.any(axis=1), 0] = 1.0  # a text without words needs a direction too
        return unit_length(vectors)

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, which is read as any text: float32, (dimension,)."""
        return np.asarray(self.embed([text])[0], dtype=np.float32)

    def verify(self) -> tuple[ModelFile, ...]:
        """Return nothing, for there are no files."""
        return ()

    def _meanings(self, text: str) -> list[str]:
        words = re.findall(r"\w+", text.casefold())
        return sorted({self._dictionary[word] for word in words if word in self._dictionary})


def unit_length(vectors: Vectors) -> Vectors:
    """Scale each row to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _features(text: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def _place(feature: str, dimension: int) -> tuple[int, float]:
    number = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "big")
    return number // 2 % dimension, 1.0 if number % 2 else -1.0
