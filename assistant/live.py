"""The generation that is served now; a question goes on with the one that it began with."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from indexing.generations import current_name
from indexing.index import Index, open_index


class LiveIndex:
    """Opens the current generation when first asked, and again whenever another is served.

    A generation that is replaced is dropped, not closed: questions that run on it hold it, and
    it closes itself when the last of them ends.
    """

    def __init__(self, home: Path, embedder_fingerprint: str) -> None:
        self._home = home
        self._embedder_fingerprint = embedder_fingerprint
        self._lock = Lock()
        self._name = ""
        self._index: Index | None = None

    def current(self) -> Index:
        """Return the open index of the current generation.

        Raises:
            StoredIndexError: there is none, or it cannot be used.
        """
        name = current_name(self._home)
        with self._lock:
            if self._index is None or name != self._name:
                self._index = open_index(
                    self._home, embedder_fingerprint=self._embedder_fingerprint
                )
                self._name = self._index.manifest.generation
            return self._index

    def close(self) -> None:
        """Close the open index, if any."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
