"""The generation that is served now; a question goes on with the one that it began with."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Protocol

from corpus.errors import CharterError
from indexing.generations import current_name
from indexing.index import Index, open_index
from indexing.withheld import Guard

LOOK_AGAIN = 1.0  # seconds; what is deleted or restricted is out of every reply within two


class Live(Protocol):
    """Gives the index that questions are asked of."""

    def current(self) -> Index:
        """Return it, open; raises StoredIndexError, CorpusError."""

    def close(self) -> None:
        """Close it."""


class OneIndex:
    """One generation, whatever is served: to ask an index before it is, or beside what is."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def current(self) -> Index:
        """Return it."""
        return self._index

    def close(self) -> None:
        """Close it."""
        self._index.close()


class LiveIndex:
    """Opens the current generation when first asked, and again whenever another is served.

    A generation that is replaced is dropped, not closed: questions that run on it hold it, and
    it closes itself when the last of them ends.

    While questions come, the folder is looked at beside them; the first after a pause looks itself.

    Args:
        home: where the index stands.
        embedder_fingerprint: of the model that is set.
        follow: withhold what was deleted or restricted in the folder since.
        look_again: seconds after which the folder is looked at again; no question is answered by a
            look that is twice as old.
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
        self._looks = Lock()  # one at a time
        self._name = ""
        self._index: Index | None = None
        self._shown: Index | None = None
        self._guard: Guard | None = None
        self._looked = 0.0
        self._beside: Thread | None = None

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
        age = time.monotonic() - self._looked
        if self._shown is None or age >= 2 * self._look_again:
            self._shown = None  # if the folder is gone, the next question looks again
            self._look(self._guard)
        elif age >= self._look_again and self._guard and not self._beside:
            self._beside = Thread(target=self._look_beside, args=(self._guard,), daemon=True)
            self._beside.start()
        assert self._shown is not None  # noqa: S101  looked for above
        return self._shown

    def _look(self, guard: Guard | None) -> None:
        began = time.monotonic()
        with self._looks:
            withheld = guard.withheld() if guard else frozenset[str]()
        self._show(withheld, began)

    def _look_beside(self, guard: Guard) -> None:
        """Look while questions go on; what is wrong with the folder, the next question says."""
        began, withheld = time.monotonic(), None
        try:
            with suppress(CharterError), self._looks:
                withheld = guard.withheld()
        finally:
            with self._lock:
                self._beside = None
                if guard is self._guard:  # else another generation is served by now
                    self._show(withheld, began)

    def _show(self, withheld: frozenset[str] | None, began: float) -> None:
        """Show an index without some documents; None is that it could not be told which."""
        assert self._index is not None  # noqa: S101  open as long as there is a guard
        if withheld is None:
            self._shown = None
        elif began >= self._looked:
            self._shown, self._looked = self._index.without(withheld), began

    def close(self) -> None:
        """Close the open index, if any."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = self._shown = self._guard = None
