"""An index as if some stretches of its documents were not there, for questions that test that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexing.index import Index


class Stretch(NamedTuple):
    """Canonical ``[start, end)`` of the document with a key, such as all of one section."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a question is asked without: whole documents by key, passages by ordinal."""

    keys: frozenset[str] = frozenset()
    ordinals: frozenset[int] = frozenset()


NOTHING = Hidden()


def hidden_in(index: Index, stretches: Sequence[Stretch]) -> Hidden:
    """Return what stretches hide: each passage that they touch, a document where that is all."""
    keys: set[str] = set()
    ordinals: set[int] = set()
    for key in {one.key for one in stretches}:
        all_of = index.ordinals(key)
        touched = {
            ordinal
            for ordinal, passage in index.passages(all_of).items()
            for one in stretches
            if one.key == key and passage.start < one.end and one.start < passage.end
        }
        if len(touched) == len(all_of):
            keys.add(key)
        else:
            ordinals |= touched
    return Hidden(frozenset(keys), frozenset(ordinals))


def index_without(index: Index, hidden: Hidden) -> Index:
    """Return the index as if no search met what is hidden."""
    return index.without(hidden.keys).without_passages(hidden.ordinals)
