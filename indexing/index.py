"""One generation of the index, open for reading."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from copy import copy
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from corpus.model import Document, Metadata, Passage, document_key
from indexing.chroma import ChromaReader
from indexing.embedding import Vectors
from indexing.generations import current_name, generation_folder, hold
from indexing.glossary import Entry, read_glossary
from indexing.keywords import load_keywords
from indexing.lexicon import Lexicon, Vocabulary, load_lexicon
from indexing.manifest import Manifest, check_versions, present_versions, read_manifest
from indexing.passage_store import Allowed, PassageStore, not_held
from indexing.unit_vectors import UnitReader

_VIEWS_KEPT = 8  # of the words, by what somebody may read
_TRIES = 5  # at opening, while builds replace what the pointer named


def open_index(home: Path, *, embedder_fingerprint: str) -> Index:
    """Open the generation that is served.

    It stays whole while it is open, whatever is built meanwhile.

    Raises:
        IndexMissing: nothing was built yet.
        IndexMismatch: it was built by another model, schema, reader or splitter.
        IndexDamaged: a part is missing or cannot be read.
        StorageError: ``home`` is read-only, which Chroma does not bear.
    """
    for _ in range(_TRIES):
        folder = generation_folder(home, current_name(home))
        with ExitStack() as opened:
            try:
                opened.callback(os.close, hold(folder))
            except OSError:  # removed since the pointer was read
                continue
            manifest = read_manifest(folder)
            check_versions(manifest.versions, present_versions(embedder_fingerprint))
            return Index(folder, manifest, opened)
    raise IndexDamaged(f"The index in {home} cannot be opened.", "Run `charter index`.")


class Index:
    """Passages and documents to find and to read; safe to use from several threads.

    Made by ``open_index``. It closes itself when nothing refers to it, nor to a part of it, any
    more.

    Attributes:
        manifest: what it was built from.

    Raises:
        IndexDamaged: from every method, when a part is missing or cannot be read.
    """

    def __init__(self, folder: Path, manifest: Manifest, opened: ExitStack) -> None:
        self.manifest = manifest
        self._whole: Index | None = None
        self._shown: frozenset[str] | None = None
        self._store = PassageStore(folder)
        opened.callback(self._store.close)
        self._keywords = load_keywords(folder / "keywords")
        self._units = UnitReader(folder / "units", manifest.dimension)
        self._vectors = ChromaReader(folder / "chroma", self._store.ordinals)
        opened.callback(self._vectors.close)
        sizes = {self._store.size, self._keywords.size, self._units.passages}
        if sizes != {manifest.passages}:
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
        held = self._store.ordinals.keys() if self._shown is None else self._shown
        if not keys & held:
            return self
        part = copy(self)
        part._whole = self  # noqa: SLF001  of its own class; held, for it closes itself when let go
        part._shown = frozenset(held - keys)  # noqa: SLF001  the same
        return part

    @property
    def fingerprint(self) -> str:
        """Of all that decides its answers."""
        if self._shown is None:
            return self.manifest.fingerprint
        deciding = " ".join([self.manifest.fingerprint, *sorted(self._shown)])
        return hashlib.sha256(deciding.encode()).hexdigest()[:16]

    @property
    def catalogue(self) -> tuple[Metadata, ...]:
        """All versions of all documents, in index order."""
        shown = self._shown
        if shown is None:
            return self._store.catalogue
        known = self._store.catalogue
        return tuple(one for one in known if document_key(one.id, one.version) in shown)

    @property
    def stale(self) -> Mapping[str, date]:
        """Key of each document whose file cannot be read any more → the day since when."""
        return self.manifest.stale

    @property
    def corrected(self) -> Mapping[str, date]:
        """Key of each document whose text changed without a new version → the day."""
        return self.manifest.corrected

    @property
    def glossary(self) -> tuple[Entry, ...]:
        """The abbreviations and synonyms of the documents and their owners, by term."""
        return self._entries(self._shown)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the documents as they are written."""
        return self._vocabulary(self._shown)

    def search_vectors(
        self, vector: Vectors, limit: int, keys: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (ordinal, cosine) of the nearest passages; equal ones in index order.

        Args:
            vector: of unit length, (dimension,).
            limit: how many at most.
            keys: of the documents that may be found; the rest is never ranked. None allows all.
        """
        allowed = self._allowed(keys)
        if allowed is not None and not allowed.keys:
            return []
        return self._vectors.search(vector, limit=limit, allowed=allowed)

    def unit_vectors(self, ordinal: int) -> Vectors:
        """Return the vectors of a passage's units, (units, dimension), in ``units_of`` order."""
        return self._units.of(ordinal)

    def search_keywords(
        self, query: Sequence[str], limit: int, keys: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (ordinal, BM25 score) of the best passages; equal ones in index order.

        Args:
            query: tokens, as ``indexing.keywords.tokens`` gives them.
            limit: how many at most.
            keys: as for ``search_vectors``.
        """
        allowed = self._allowed(keys)
        mask = allowed.mask if allowed else None
        return self._keywords.search(query, limit=limit, mask=mask, weighed_in=self._mask)

    def idf(self, token: str) -> float:
        """Tell how rare a token is among the passages."""
        return self._keywords.idf(token, mask=self._mask)

    def knows(self, token: str) -> bool:
        """Tell whether any passage or heading holds the token."""
        return self._keywords.knows(token, mask=self._mask)

    def passages(self, ordinals: Iterable[int]) -> dict[int, Passage]:
        """Return passages by their ordinals in the index."""
        return self._store.passages(ordinals)

    def ordinals(self, key: str) -> range:
        """Return the ordinals in the index of one document's passages, in reading order."""
        return self._store.ordinals.get(key, range(0)) if self._shows(key) else range(0)

    def passage_count(self, key: str) -> int:
        """Return how many passages one document has."""
        return len(self.ordinals(key))

    def document(self, key: str) -> Document:
        """Return one version of a document.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        if not self._shows(key):
            raise not_held(key)
        return self._store.document(key)

    def boxes(self, key: str) -> bytes:
        """Return where a document's characters stand, as ``Document.boxes``; empty if nowhere.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        if not self._shows(key):
            raise not_held(key)
        return self._store.boxes(key)

    def _shows(self, key: str) -> bool:
        return self._shown is None or key in self._shown

    def _allowed(self, keys: frozenset[str] | None) -> Allowed | None:
        """Turn keys into what a search may find; None when that is everything."""
        if self._shown is not None:
            keys = self._shown if keys is None else keys & self._shown
        return None if keys is None else self._store.allowed(keys)

    @property
    def _mask(self) -> NDArray[np.bool_] | None:
        allowed = self._allowed(None)
        return allowed.mask if allowed else None

    def close(self) -> None:
        """Release all files; further calls do nothing."""
        self._close()


def _vocabulary_of(
    lexicon: Lexicon, store: PassageStore, shown: frozenset[str] | None
) -> Vocabulary:
    if shown is None:
        return lexicon.of(None)
    return lexicon.of(np.array([key in shown for key in store.ordinals], np.bool_))
