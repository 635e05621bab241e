"""Corpora of any size out of real text: sentences recombined, their figures and names exchanged."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import corpus
from corpus.errors import UnreadableFile
from corpus.files.folder import list_files
from corpus.read import read_document
from corpus.sentences import sentences
from indexing.embedding import Embedder, ModelFile, Vectors, unit_length

SHIPPED = Path(corpus.__file__).parent / "documents"
PASSAGES_EACH = 100  # of a document
VERSIONS_EVERY = 10  # documents, one has an older version
RESTRICTED_EVERY = 7  # versions, one is for GROUP alone
GROUP = "managers"

_SECTIONS = 20  # of a document, of five paragraphs each
_SHORT, _LONG = 60, 300  # characters of a sentence that is taken
_FIGURE = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_NOISES = 4_096  # directions, of which any two are added: a generator for each text took 0.5 ms
_NEAR = 0.35  # length of what is added to a vector of length 1: cosine 0.94 with it


def read_sentences(folder: Path) -> tuple[str, ...]:
    """Return the sentences of all documents below a folder that can be read, each once."""
    found: dict[str, None] = {}
    for source in list_files(folder):
        try:
            document = read_document(source)
        except UnreadableFile:
            continue
        for block in document.blocks:
            if block.kind in ("paragraph", "list_item"):
                spans = sentences(document.text, block.start, block.end)
                found.update((" ".join(document.text[a:b].split()), None) for a, b in spans)
    return tuple(one for one in found if _SHORT <= len(one) <= _LONG)


def write_corpus(
    folder: Path, real: Sequence[str], passages: int, *, each: int = PASSAGES_EACH
) -> None:
    """Write Markdown documents of about so many passages in all; the same at every time.

    Some have two versions, the newer in force since 2025, and some are for a group alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(passages // each):
        # the second version of the document before
        newer = number % VERSIONS_EVERY == 1
        name, version = f"document-{number - newer:06d}", 1 + newer
        chance = random.Random(number)  # noqa: S311  the same at every time, nothing secret
        front = [f"id: {name}", f"version: {version}", f"effective_from: {2024 + newer}-01-01"]
        if number % RESTRICTED_EVERY == RESTRICTED_EVERY - 1:
            front.append(f"audience: [{GROUP}]")
        text = "\n".join(["---", *front, "---", "", *_body(real, chance, number - newer, each)])
        (folder / f"{name}-{version}.md").write_text(text, "utf-8")


def make_questions(real: Sequence[str], count: int) -> tuple[str, ...]:
    """Return questions in words of the sentences; the same at every time."""
    chance = random.Random(count)  # noqa: S311  as above
    found = []
    for number in range(count):
        words = re.findall(r"\w{4,}", chance.choice(real))
        start = chance.randrange(max(1, len(words) - 4))
        found.append(f"What is said of {' '.join(words[start : start + 5])}? ({number})")
    return tuple(found)


class PerturbingEmbedder:
    """Gives each text a stored vector of a real sentence, moved a little; the text decides both.

    So half a million vectors that lie as real ones do cost no hours of computing. A question that
    is embedded by the real model is compared with them as with real ones.
    """

    def __init__(self, stored: Vectors) -> None:
        """Take vectors of unit length, (sentences, dimension)."""
        self._stored = stored
        noise = np.random.default_rng(0).standard_normal((_NOISES, stored.shape[1]))
        self._noise = noise.astype(np.float32)
        self.dimension = int(stored.shape[1])
        self.name = "stored vectors, moved a little"
        self.fingerprint = f"perturbed-2-{len(stored)}-{self.dimension}"
        self.multilingual = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension)."""
        drawn = np.stack([_draw(text) for text in texts]).astype(np.int64)
        base, one, other = drawn.T % ((len(self._stored),), (_NOISES,), (_NOISES,))
        noise = unit_length(self._noise[one] + self._noise[other])
        moved: Vectors = unit_length(self._stored[base] + np.float32(_NEAR) * noise)
        return moved

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, which is read as any text: float32, (dimension,)."""
        moved: Vectors = self.embed([text])[0]
        return moved

    def verify(self) -> tuple[ModelFile, ...]:
        """Return nothing, for there are no files."""
        return ()


def _draw(text: str) -> NDArray[np.uint32]:
    """Return three numbers that the text decides."""
    return np.frombuffer(hashlib.blake2b(text.encode(), digest_size=12).digest(), np.uint32)


class Asking:
    """The real model, for questions to an index that a ``PerturbingEmbedder`` made."""

    def __init__(self, model: Embedder, built_with: PerturbingEmbedder) -> None:
        self._model = model
        self.name, self.dimension = model.name, model.dimension
        self.fingerprint = built_with.fingerprint
        self.multilingual = model.multilingual
        self.embed, self.embed_question = model.embed, model.embed_question
        self.verify = model.verify


def _body(real: Sequence[str], chance: random.Random, number: int, passages: int) -> Iterator[str]:
    yield f"# {_varied(chance.choice(real), real, chance)[:60].rstrip('. ')} {number}"
    for paragraph in range(passages):
        if paragraph % (PASSAGES_EACH // _SECTIONS) == 0:
            section = paragraph * _SECTIONS // PASSAGES_EACH + 1
            yield f"\n## {section} {_varied(chance.choice(real), real, chance)[:50].rstrip('. ')}"
        said = (_varied(chance.choice(real), real, chance) for _ in range(chance.randint(2, 3)))
        yield "\n" + " ".join(said)


def _varied(sentence: str, real: Sequence[str], chance: random.Random) -> str:
    """Exchange the figures of a sentence, and some of its names for others of the documents."""
    names = _names(tuple(real))
    figured = _FIGURE.sub(lambda found: str(chance.randint(1, 10 ** len(found[0]))), sentence)
    return _NAME.sub(lambda _: chance.choice(names), figured)


@cache
def _names(real: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(name for sentence in real for name in _NAME.findall(sentence))
    return tuple(found) or ("Charter",)
