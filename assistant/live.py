"""The generation that is served now; a question goes on with the one that it began with."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Lock

from indexing.generations import current_name
from indexing.index import Index, open_index
from indexing.withheld import Guard

LOOK_AGAIN = 1.0  # seconds; what is deleted or restricted is out of every reply within two


class LiveIndex:
    """Opens the current generation when first asked, and again whenever another is served.

    A generation that is replaced is dropped, not closed: questions that run on it hold it, and
    it closes itself when the last of them ends.

    Args:
        home: where the index stands.
        embedder_fingerprint: of the model that is set.
        follow: withhold what was deleted or restricted in the folder since.
        look_again: seconds after which the folder is looked at again.
    """

    def __init__(
        self,
        home: Path,
        embedder_fingerprint: str,
        *,
        follow: bool = True,
        look_again: float = LOOK_AGAIN,
    ) -> None:
        self._home = home
        self._embedder_fingerprint = embedder_fingerprint
        self._follow = follow
        self._look_again = look_again
        self._lock = Lock()
        self._name = ""
        self._index: Index | None = None
        self._shown: Index | None = None
        self._guard: Guard | None = None
        self._looked = 0.0

    def current(self) -> Index:
        """Return the open index of the current generation, without what may not be shown now.

        Raises:
            StoredIndexError: there is none, or it cannot be used.
            CorpusError: the folder that it was read from is gone.
        """
        name = current_name(self._home)
        with self._lock:
            if self._index is None or name != self._name:
                self._open()
            return self._current()

    def _open(self) -> None:
        self._index = open_index(self._home, embedder_fingerprint=self._embedder_fingerprint)
        self._name = self._index.manifest.generation
        self._guard = Guard(self._home, self._index.manifest) if self._follow else None
        self._shown = None

    def _current(self) -> Index:
        assert self._index is not None  # noqa: S101  opened by the caller
        now = time.monotonic()
        if self._shown is None or now - self._looked >= self._look_again:
            self._shown = None  # if the folder is gone, the next question looks again
            withheld = self._guard.withheld() if self._guard else frozenset()
            self._shown = self._index.without(withheld)
            self._looked = now
        return self._shown

    def close(self) -> None:
        """Close the open index, if any."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = self._shown = self._guard = None
