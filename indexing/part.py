"""What follows from which of an index's documents there are, computed once for all questions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from threading import RLock
from typing import Any

from corpus.model import Metadata, document_key
from indexing.keywords import KeywordIndex, Mask, Scores
from indexing.passage_store import Allowed, PassageStore

_PARTS_KEPT = 16  # one for each set of groups that asks; a mask is a byte for each passage
_DAYS_KEPT = 8  # sets of keys that questions of one part allow: two for each day asked about
_QUESTIONS_KEPT = 2  # scored once, for documents in force and for the others


class Part:
    """Some of an index's documents, or all of them; safe to use from several threads.

    It refers to no index, so that an index closes when the last who uses it lets it go.

    Attributes:
        shown: keys of its documents; None is all.
        allowed: keys of documents that may be found, or None for all of the part → what a search
            may find; None when that is everything.
        scores: tokens → the BM25 score of every passage, weighed among the part's own.
        without: keys → the part that lacks them too.
    """

    def __init__(
        self,
        store: PassageStore,
        keywords: KeywordIndex,
        whole: str,
        shown: frozenset[str] | None = None,
    ) -> None:
        """Take the parts of the index, and the fingerprint of the whole."""
        self.shown = shown
        self._store = store
        self._keywords = keywords
        self._whole = whole
        self._made: dict[Callable[..., Any], Any] = {}
        self._making = RLock()  # what is made once may ask for something else that is
        self.allowed = lru_cache(_DAYS_KEPT)(self._allowed)
        self.scores = lru_cache(_QUESTIONS_KEPT)(self._scores)
        self.without = lru_cache(_PARTS_KEPT)(self._without)

    @cached_property
    def fingerprint(self) -> str:
        """Of all that decides its answers."""
        if self.shown is None:
            return self._whole
        deciding = " ".join([self._whole, *sorted(self.shown)])
        return hashlib.sha256(deciding.encode()).hexdigest()[:16]

    @cached_property
    def catalogue(self) -> tuple[Metadata, ...]:
        """All versions of all its documents, in index order."""
        known, shown = self._store.catalogue, self.shown
        if shown is None:
            return known
        return tuple(one for one in known if document_key(one.id, one.version) in shown)

    @cached_property
    def mask(self) -> Mask | None:
        """True for each passage of its documents; None when that is all."""
        allowed = self.allowed(None)
        return allowed.mask if allowed else None

    def shows(self, key: str) -> bool:
        """Tell whether a document is one of it."""
        return self.shown is None or key in self.shown

    def once(self, make: Callable[..., Any], *given: object) -> Any:
        """Return what ``make`` gives, called at the first time only."""
        with self._making:
            if make not in self._made:
                self._made[make] = make(*given)
            return self._made[make]

    def _allowed(self, keys: frozenset[str] | None) -> Allowed | None:
        if self.shown is not None:
            keys = self.shown if keys is None else keys & self.shown
        return None if keys is None else self._store.allowed(keys)

    def _scores(self, query: Sequence[str]) -> Scores:
        return self._keywords.scores(query, weighed_in=self.mask)

    def _without(self, keys: frozenset[str]) -> Part:
        held = self._store.ordinals.keys() if self.shown is None else self.shown
        if not keys & held:
            return self
        return Part(self._store, self._keywords, self._whole, frozenset(held - keys))
