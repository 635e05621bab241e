"""Any other model, run by sentence-transformers. The only file that imports it, and when it runs.

Importing it takes seconds and 500 MB, so the default model does without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError, ModelFileMissing
from indexing.embedding import ModelFile, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_REMEDY = (
    "Put a model there as SentenceTransformer.save writes it, and set CHARTER_MODEL to its folder."
)


class SentenceTransformersEmbedder:
    """A sentence-transformers model in a folder on this machine; nothing is downloaded.

    Args:
        folder: of the model, as ``SentenceTransformer.save`` writes it.

    Raises:
        ModelFileMissing: on first use, when there is no model in the folder.
        ModelError: on first use, when it cannot be loaded.
    """

    def __init__(self, folder: str | Path) -> None:
        self.name = Path(folder).name
        self._folder = Path(folder)
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all files of the model."""
        self._require()
        whole = hashlib.sha256()
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            with path.open("rb") as file:
                whole.update(path.relative_to(self._folder).as_posix().encode())
                whole.update(hashlib.file_digest(file, "sha256").digest())
        return f"sentence-transformers-{whole.hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """Of its vectors; loads the model."""
        found = self._loaded().get_embedding_dimension()
        if found is None:
            raise ModelError(f"The model in {self._folder} has no dimension.", _REMEDY)
        return found

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension).

        One text at a time: in a batch, rounding would depend on the texts beside it.
        """
        vectors = self._loaded().encode(
            list(texts), batch_size=1, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def verify(self) -> tuple[ModelFile, ...]:
        """Return nothing, for no file is pinned; it is only made sure that there are some."""
        self._require()
        return ()

    def _require(self) -> None:
        if not (self._folder / "config.json").is_file():
            raise ModelFileMissing(
                f"The folder {self._folder} holds no sentence-transformers model.", _REMEDY
            )

    def _loaded(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                self._require()
                self._model = _load(self._folder)
            return self._model


def _load(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  takes seconds

    try:
        return SentenceTransformer(str(folder.resolve()), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"The model in {folder} cannot be loaded: {error}.", _REMEDY) from error
