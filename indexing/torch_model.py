"""Any other model, run by sentence-transformers, which is imported when it runs.

Importing it takes seconds and 500 MB, so the default model does without. Only this file and
``indexing.cross_encoder`` import it.
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

_READING = 2  # of how texts are given to the model; 1 gave passages no prompt
_OF_PASSAGES = ("document", "passage", "corpus")  # names of a prompt for passages
_REMEDY = (
    "Put a model there as SentenceTransformer.save writes it, and set CHARTER_MODEL to its folder."
)


class SentenceTransformersEmbedder:
    """A sentence-transformers model in a folder on this machine; nothing is downloaded.

    The prompts that its ``config_sentence_transformers.json`` names "query" and "document" (or
    "passage") stand before questions and passages.

    Args:
        folder: of the model, as ``SentenceTransformer.save`` writes it.
        multilingual: it was trained so that texts of one meaning are near in several languages.

    Raises:
        ModelFileMissing: on first use, when there is no model in the folder.
        ModelError: on first use, when it cannot be loaded.
    """

    def __init__(self, folder: str | Path, *, multilingual: bool = False) -> None:
        self.multilingual = multilingual
        self.name = Path(folder).name
        self._folder = Path(folder)
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all files of the model, its prompts among them."""
        self._require()
        return f"sentence-transformers-{_READING}-{folder_digest(self._folder)}"

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
        model = self._loaded()
        # every model has an empty "document", which the library takes before a "passage"
        prompt = next((name for name in _OF_PASSAGES if model.prompts.get(name)), None)
        vectors = model.encode_document(
            list(texts),
            prompt_name=prompt,
            batch_size=1,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, with its own prompt: float32, (dimension,)."""
        vectors = self._loaded().encode_query(
            [text], batch_size=1, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors[0], dtype=np.float32)

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


def folder_digest(folder: Path) -> str:
    """Return a short SHA-256 over the names and bytes of all files of a model."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            whole.update(path.relative_to(folder).as_posix().encode())
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:16]


def _load(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  takes seconds

    try:
        return SentenceTransformer(str(folder.resolve()), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"The model in {folder} cannot be loaded: {error}.", _REMEDY) from error
