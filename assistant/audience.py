"""Who may read which document: decided before anything is searched, counted or listed."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from corpus.model import Metadata, document_key
from indexing.index import Index

EVERYBODY = frozenset[str]()  # the groups of somebody of whom nothing is known


def index_for(index: Index, groups: AbstractSet[str]) -> Index:
    """Return the index as if it held only what somebody in these groups may read."""
    hidden = frozenset(
        document_key(one.id, one.version) for one in index.catalogue if not may_read(one, groups)
    )
    return index.without(hidden)


def may_read(metadata: Metadata, groups: AbstractSet[str]) -> bool:
    """Tell whether somebody in these groups may read a document; capitals make no difference."""
    wanted = _folded(metadata.audience)
    return not wanted or not wanted.isdisjoint(_folded(groups))


def holds_all(groups: AbstractSet[str], needed: AbstractSet[str]) -> bool:
    """Tell whether somebody is in each of the groups that are needed."""
    return _folded(needed) <= _folded(groups)


def _folded(names: AbstractSet[str] | tuple[str, ...]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names}
