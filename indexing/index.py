"""One generation of the index, open for reading."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from weakref import finalize

from corpus.errors import IndexDamaged
from corpus.model import Document, Metadata, Passage
from indexing.chroma import ChromaReader
from indexing.embedding import Vectors
from indexing.generations import current_name, generation_folder, hold
from indexing.keywords import load_keywords
from indexing.manifest import Manifest, check_versions, present_versions, read_manifest
from indexing.passage_store import PassageStore
from indexing.unit_vectors import UnitReader

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

    Made by ``open_index``. It closes itself when nothing refers to it any more.

    Attributes:
        manifest: what it was built from.

    Raises:
        IndexDamaged: from every method, when a part is missing or cannot be read.
    """

    def __init__(self, folder: Path, manifest: Manifest, opened: ExitStack) -> None:
        self.manifest = manifest
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
        self._close = finalize(self, opened.pop_all().close)

    @property
    def fingerprint(self) -> str:
        """Of all that decides its answers."""
        return self.manifest.fingerprint

    @property
    def catalogue(self) -> tuple[Metadata, ...]:
        """All versions of all documents, in index order."""
        return self._store.catalogue

    def search_vectors(
        self, vector: Vectors, limit: int, keys: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (ordinal, cosine) of the nearest passages; equal ones in index order.

        Args:
            vector: of unit length, (dimension,).
            limit: how many at most.
            keys: of the documents that may be found; the rest is never ranked. None allows all.
        """
        if keys is not None and not keys & self._store.ordinals.keys():
            return []
        allowed = None if keys is None else self._store.allowed(keys)
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
        allowed = None if keys is None else self._store.allowed(keys)
        return self._keywords.search(query, limit=limit, mask=allowed.mask if allowed else None)

    def idf(self, token: str) -> float:
        """Tell how rare a token is among the passages."""
        return self._keywords.idf(token)

    def knows(self, token: str) -> bool:
        """Tell whether any passage or heading holds the token."""
        return self._keywords.knows(token)

    def passages(self, ordinals: Iterable[int]) -> dict[int, Passage]:
        """Return passages by their ordinals in the index."""
        return self._store.passages(ordinals)

    def ordinals(self, key: str) -> range:
        """Return the ordinals in the index of one document's passages, in reading order."""
        return self._store.ordinals.get(key, range(0))

    def passage_count(self, key: str) -> int:
        """Return how many passages one document has."""
        return len(self.ordinals(key))

    def document(self, key: str) -> Document:
        """Return one version of a document.

        Raises:
            DocumentNotFound: the index holds none under this key.
        """
        return self._store.document(key)

    def close(self) -> None:
        """Release all files; further calls do nothing."""
        self._close()
