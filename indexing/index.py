"""One generation of the index, open for reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from copy import copy
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TypeVar
from weakref import finalize

import numpy as np

from corpus.errors import IndexDamaged
from corpus.model import Document, Metadata, Passage
from indexing.chroma_size import count_passages
from indexing.embedding import Vectors
from indexing.generations import current_name, generation_folder, hold
from indexing.glossary import Entry, read_glossary
from indexing.kept import Kept
from indexing.keywords import Mask, Scores, best_of, load_keywords
from indexing.lexicon import Lexicon, Vocabulary, load_lexicon
from indexing.manifest import Manifest, check_versions, present_versions, read_manifest
from indexing.part import Part
from indexing.passage_store import PassageStore, not_held
from indexing.passage_vectors import PassageVectorReader
from indexing.register.reader import Register, RegisterStore
from indexing.unit_vectors import UnitReader

_VIEWS_KEPT = 8  # of the words, by what somebody may read
_TRIES = 5  # at opening, while builds replace what the pointer named
_QUESTIONS_KEPT = 2  # compared once, for documents in force and for the others
# Each question weighs 100 passages and reads 24: of a manual, the same ones again and again. In
# all some 20 MB; what was read anew each time took an eighth of the processor time of a question.
_PASSAGES_KEPT = 1_024

Made = TypeVar("Made")

# NumPy reads the head of a file as Python source, and CPython 3.11 may count wrongly when two
# threads do that at once ("AST constructor recursion depth mismatch").
_opening = Lock()


def open_index(home: Path, *, embedder_fingerprint: str) -> Index:
    """Open the generation that is served.

    It stays whole while it is open, whatever is built meanwhile.

    Raises:
        IndexMissing: nothing was built yet.
        IndexMismatch: it was built by another model, schema, reader or splitter.
        IndexDamaged: a part is missing or cannot be read.
    """
    for _ in range(_TRIES):
        folder = generation_folder(home, current_name(home))
        try:
            held = hold(folder)
        except OSError:  # removed since the pointer was read
            continue
        return _open(folder, held, embedder_fingerprint)
    raise IndexDamaged(f"The index in {home} cannot be opened.", "Run `charter index`.")


def open_generation(folder: Path, *, embedder_fingerprint: str) -> Index:
    """Open one generation, whether it is served or not; it stays whole while it is open.

    Raises:
        IndexMismatch, IndexDamaged: as ``open_index``.
    """
    try:
        held = hold(folder)
    except OSError as error:
        raise IndexDamaged(f"The index in {folder} is gone.", "Run `charter index`.") from error
    return _open(folder, held, embedder_fingerprint)


def _open(folder: Path, held: int, embedder_fingerprint: str) -> Index:
    with ExitStack() as opened:
        opened.callback(os.close, held)
        manifest = read_manifest(folder)
        check_versions(manifest.versions, present_versions(embedder_fingerprint))
        with _opening:
            return Index(folder, manifest, opened)


class Index:
    """Passages and documents to find and to read; safe to use from several threads.

    Made by ``open_index``. It closes itself when nothing refers to it, nor to a part of it, any
    more.

    Attributes:
        manifest: what it was built from.
        stale: key of each document whose file cannot be read any more → the day since when.
        corrected: key of each document whose text changed without a new version → the day.

    Raises:
        IndexDamaged: from every method, when a part is missing or cannot be read.
    """

    def __init__(self, folder: Path, manifest: Manifest, opened: ExitStack) -> None:
        self.manifest = manifest
        self.stale, self.corrected = manifest.stale, manifest.corrected
        self._whole: Index | None = None
        self._store = PassageStore(folder)
        opened.callback(self._store.close)
        self._register = RegisterStore(folder)
        opened.callback(self._register.close)
        self._keywords = load_keywords(folder / "keywords")
        self._units = UnitReader(folder / "units", manifest.dimension)
        self._vectors = PassageVectorReader(folder / "vectors", manifest.dimension)
        self._passages = Kept[int, Passage](_PASSAGES_KEPT)
        self._unit_vectors = lru_cache(_PASSAGES_KEPT)(self._units.of)
        self._stems = lru_cache(_PASSAGES_KEPT)(self._keywords.stems)
        self._compared = lru_cache(_QUESTIONS_KEPT)(self._vectors.compare_bytes)
        self._part = Part(self._store, self._keywords, manifest.fingerprint)
        held = (self._store, self._keywords, self._units, self._vectors)
        sizes = {*(one.size for one in held), count_passages(folder / "chroma")}
        if sizes != {manifest.passages} or set(self._register.keys) != self._store.ordinals.keys():
            raise IndexDamaged(
                f"The parts of the index in {folder} do not fit together.",
                f"Delete the folder {folder} and run `charter index`.",
            )
        self._entries = lru_cache(_VIEWS_KEPT)(read_glossary(folder).entries)
        # not a method of its own: it would hold itself open
        words = partial(_vocabulary_of, load_lexicon(folder / "lexicon"), self._store)
        self._vocabulary = lru_cache(_VIEWS_KEPT)(words)
        self._close = finalize(self, opened.pop_all().close)

    def without(self, keys: frozenset[str]) -> Index:
        """Return the index as if it held none of these documents.

        Only the average length of a passage, which scores of keywords weigh, is that of all.
        """
        return self._of(self._part.without(keys))

    def without_passages(self, ordinals: frozenset[int]) -> Index:
        """Return the index as if no search met these passages; their documents stay whole."""
        return self._of(self._part.without_passages(ordinals))

    @property
    def whole(self) -> Index:
        """The index that this one is a part of; itself where it is all of it."""
        return self if self._whole is None else self._whole.whole

    def _of(self, remaining: Part) -> Index:
        if remaining is self._part:
            return self
        part = copy(self)
        part._whole = self  # noqa: SLF001  of its own class; held, for it closes itself when let go
        part._part = remaining  # noqa: SLF001  the same
        return part

    def once(self, make: Callable[[Index], Made]) -> Made:
        """Return what ``make`` makes of this index; made at the first time, then kept with it.

        So what follows from the documents alone is no step of a question. It must be one function
        each time, not one written in place, and what it makes must not refer to the index: that
        would keep it from closing itself.
        """
        made: Made = self._part.once(make, self)
        return made

    @property
    def fingerprint(self) -> str:
        """Of all that decides its answers."""
        return self._part.fingerprint

    @property
    def catalogue(self) -> tuple[Metadata, ...]:
        """All versions of all documents, in index order."""
        return self._part.catalogue

    @property
    def glossary(self) -> tuple[Entry, ...]:
        """The abbreviations and synonyms of the documents and their owners, by term."""
        return self._entries(self._part.shown)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the documents as they are written."""
        return self._vocabulary(self._part.shown)

    def search_vectors(
        self, vector: Vectors, limit: int, keys: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (ordinal, cosine) of the nearest passages; equal ones in index order.

        Args:
            vector: of unit length, (dimension,).
            limit: how many at most.
            keys: of the documents that may be found; the rest is never ranked. None allows all.
        """
        allowed = self._part.allowed(keys)
        compared = self._compared(np.asarray(vector, dtype=np.float32).tobytes())
        return compared.nearest(limit, allowed.mask if allowed else None)

    def unit_vectors(self, ordinal: int) -> Vectors:
        """Return the vectors of a passage's units, (units, dimension), in ``units_of`` order."""
        return self._unit_vectors(ordinal)

    def search_keywords(
        self, query: Sequence[str], limit: int, keys: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (ordinal, BM25 score) of the best passages; equal ones in index order.

        Args:
            query: tokens, as ``indexing.keywords.tokens`` gives them.
            limit: how many at most.
            keys: as for ``search_vectors``.
        """
        allowed = self._part.allowed(keys)
        return best_of(self._part.scores(tuple(query)), limit, allowed.mask if allowed else None)

    def stands_in(self, token: str, key: str) -> bool:
        """Tell whether a passage of one document, or a heading above it, holds the token."""
        return self._keywords.stands_in(token, self.ordinals(key))

    def examine_keywords(
        self, words: Sequence[str], ordinals: Sequence[int]
    ) -> tuple[Scores, Scores]:
        """Return what each word adds to the score of each passage, and of its headings.

        Both are float32, (ordinals, words).
        """
        return self._keywords.examine(words, ordinals, weighed_in=self._part.mask)

    def of_clauses(self, clauses: Sequence[str], ordinals: Sequence[int]) -> Mask:
        """Tell which passages are, or belong to, one of these clauses: (ordinals,)."""
        return self._keywords.named(clauses, ordinals)

    def stand_together(self, pairs: Sequence[tuple[str, str]], ordinals: Sequence[int]) -> Mask:
        """Tell which passages hold which pairs of words side by side: (ordinals, pairs)."""
        return self._keywords.together(pairs, ordinals)

    def stems(self, ordinal: int) -> frozenset[str]:
        """Return the words of one passage as they are matched, without reading its text again."""
        return self._stems(ordinal)

    def passage_vectors(self, ordinals: Sequence[int]) -> Vectors:
        """Return the vectors of some passages: float32, (ordinals, dimension)."""
        return self._vectors.of(ordinals)

    def idf(self, token: str) -> float:
        """Tell how rare a token is among the passages."""
        return self._keywords.idf(token, mask=self._part.mask)

    def knows(self, token: str) -> bool:
        """Tell whether any passage or heading holds the token."""
        return self._keywords.knows(token, mask=self._part.mask)

    def register(self, keys: frozenset[str] | None = None) -> Register:
        """Return the commitments of some documents, as far as they are shown; None is all."""
        shown = self._part.shown
        held = frozenset(self._register.counts) if shown is None else shown
        return self._register.of(held if keys is None else held & keys)

    def passages(self, ordinals: Iterable[int]) -> dict[int, Passage]:
        """Return passages by their ordinals in the index."""
        return self._passages.several(ordinals, self._store.passages)

    def ordinals(self, key: str) -> range:
        """Return the ordinals in the index of one document's passages, in reading order."""
        return self._store.ordinals.get(key, range(0)) if self._part.shows(key) else range(0)

    def keys_of(self, ordinals: Sequence[int]) -> list[str]:
        """Return the key of the document that each passage is of."""
        return self._store.keys_of(ordinals)

    def passage_count(self, key: str) -> int:
        """Return how many passages one document has."""
        return len(self.ordinals(key))

    def holds(self, key: str) -> bool:
        """Tell whether it holds a document under a key."""
        return key in self._store.ordinals and self._part.shows(key)

    def document(self, key: str) -> Document:
        """Return one version of a document.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        if not self._part.shows(key):
            raise not_held(key)
        return self._store.document(key)

    def boxes(self, key: str) -> bytes:
        """Return where a document's characters stand, as ``Document.boxes``; empty if nowhere.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        if not self._part.shows(key):
            raise not_held(key)
        return self._store.boxes(key)

    def original(self, key: str) -> Path | None:
        """Return the file that a document was read from, None where it was not kept.

        It is there as long as this index is held.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        if not self._part.shows(key):
            raise not_held(key)
        return self._store.original_file(key)

    def close(self) -> None:
        """Release all files; further calls do nothing."""
        self._close()


def _vocabulary_of(
    lexicon: Lexicon, store: PassageStore, shown: frozenset[str] | None
) -> Vocabulary:
    if shown is None:
        return lexicon.of(None)
    return lexicon.of(np.array([key in shown for key in store.ordinals], np.bool_))
