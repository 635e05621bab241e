"""A cross-encoder, run by sentence-transformers, which is imported when it runs.

Importing it takes seconds and 500 MB, so nothing of it is touched where none is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError, ModelFileMissing
from indexing.reranker import Relevance
from indexing.torch_model import folder_digest

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_REMEDY = "Put a model there as CrossEncoder.save writes it, or leave CHARTER_RERANKER empty."


class SentenceTransformersReranker:
    """A cross-encoder in a folder on this machine; nothing is downloaded.

    Args:
        folder: of the model, as ``CrossEncoder.save`` writes it.

    Raises:
        ModelFileMissing: on first use, when there is no model in the folder.
        ModelError: on first use, when it cannot be loaded or gives no single score a pair.
    """

    def __init__(self, folder: str | Path) -> None:
        self.name = Path(folder).name
        self._folder = Path(folder)
        self._lock = Lock()
        self._model: CrossEncoder | None = None

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all files of the model."""
        self.verify()
        return f"cross-encoder-{folder_digest(self._folder)}"

    def score(self, question: str, texts: Sequence[str]) -> Relevance:
        """Return a score for each text: float32, (texts,).

        One pair at a time: in a batch, rounding would depend on the texts beside it.
        """
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        scores = self._loaded().predict(pairs, batch_size=1, show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32)

    def verify(self) -> None:
        """Make sure that there is a model; it is not loaded."""
        if not (self._folder / "config.json").is_file():
            raise ModelFileMissing(f"The folder {self._folder} holds no cross-encoder.", _REMEDY)

    def _loaded(self) -> CrossEncoder:
        with self._lock:
            if self._model is None:
                self.verify()
                self._model = _load(self._folder)
            return self._model


def _load(folder: Path) -> CrossEncoder:
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  takes seconds

    try:
        model: CrossEncoder = CrossEncoder(str(folder.resolve()), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"The model in {folder} cannot be loaded: {error}.", _REMEDY) from error
    if model.num_labels != 1:
        raise ModelError(
            f"The model in {folder} gives {model.num_labels} scores a pair, not one.", _REMEDY
        )
    return model
