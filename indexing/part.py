"""What follows from which of an index's documents there are, computed once for all questions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from threading import RLock
from typing import Any

import numpy as np

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
        unfound: ordinals of passages of them that no search meets.
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
        *,
        unfound: frozenset[int] = frozenset(),
    ) -> None:
        """Take the parts of the index, and the fingerprint of the whole."""
        self.shown = shown
        self.unfound = unfound
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
        if self.shown is None and not self.unfound:
            return self._whole
        shown = self._store.ordinals.keys() if self.shown is None else self.shown
        deciding = " ".join([self._whole, *sorted(shown), *map(str, sorted(self.unfound))])
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

    def without_passages(self, ordinals: frozenset[int]) -> Part:
        """Return the part that no search meets these passages of, too."""
        if ordinals <= self.unfound:
            return self
        unfound = self.unfound | ordinals
        return Part(self._store, self._keywords, self._whole, self.shown, unfound=unfound)

    def once(self, make: Callable[..., Any], *given: object) -> Any:
        """Return what ``make`` gives, called at the first time only."""
        with self._making:
            if make not in self._made:
                self._made[make] = make(*given)
            return self._made[make]

    def _allowed(self, keys: frozenset[str] | None) -> Allowed | None:
        if self.shown is not None:
            keys = self.shown if keys is None else keys & self.shown
        allowed = None if keys is None else self._store.allowed(keys)
        return self._found_of(allowed) if self.unfound else allowed

    def _found_of(self, allowed: Allowed | None) -> Allowed:
        """Take what no search meets out of what may be found."""
        if allowed is None:
            everything = np.ones(self._store.size, dtype=np.bool_)
            allowed = Allowed(frozenset(self._store.ordinals), everything)
        mask = allowed.mask.copy()
        mask[list(self.unfound)] = False
        return replace(allowed, mask=mask)

    def _scores(self, query: Sequence[str]) -> Scores:
        return self._keywords.scores(query, weighed_in=self.mask)

    def _without(self, keys: frozenset[str]) -> Part:
        held = self._store.ordinals.keys() if self.shown is None else self.shown
        if not keys & held:
            return self
        shown = frozenset(held - keys)
        return Part(self._store, self._keywords, self._whole, shown, unfound=self.unfound)
