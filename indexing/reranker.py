"""A second look at the best passages: the port that every cross-encoder fits, and its fake."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Relevance = NDArray[np.float32]


class Reranker(Protocol):
    """A model that reads a question and a passage together and says how well they fit.

    Attributes:
        name: for people.
        fingerprint: of everything that decides a score.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  described in the class

    @property
    def fingerprint(self) -> str: ...  # noqa: D102  the same

    def score(self, question: str, texts: Sequence[str]) -> Relevance:
        """Return how well each text answers the question, higher is better: float32, (texts,).

        The scale is the model's own. A text's score does not depend on the texts beside it.

        Raises:
            ModelError: the model cannot be loaded.
        """
        ...

    def verify(self) -> None:
        """Make sure that the model is there; it is not loaded.

        Raises:
            ModelFileMissing: it is not.
        """
        ...


class OverlapReranker:
    """A fake without a model: the share of a question's words that a text has, its order kept."""

    def __init__(self) -> None:
        self.name = "shared words"
        self.fingerprint = hashlib.sha256(b"shared words 1").hexdigest()[:16]

    def score(self, question: str, texts: Sequence[str]) -> Relevance:
        """Return a share of 0 to 1 for each text: float32, (texts,)."""
        asked = _words(question)
        shares = [len(asked & _words(text)) / max(1, len(asked)) for text in texts]
        return np.asarray(shares, dtype=np.float32)

    def verify(self) -> None:
        """Return, for there are no files."""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
