"""Who may read which document: decided before anything is searched, counted or listed."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.model import Metadata, document_key
from indexing.index import Index

EVERYBODY = frozenset[str]()  # the groups of somebody of whom nothing is known


def index_for(index: Index, groups: AbstractSet[str]) -> Index:
    """Return the index as if it held only what somebody in these groups may read."""
    return index.without(index.once(audiences_of).hidden_from(groups))


@dataclass(frozen=True, slots=True)
class Audiences:
    """Which documents of an index are not for everybody.

    Attributes:
        keys: by the groups, folded, that may read them; there are far fewer of these than of
            documents, and those for everybody are in none.
    """

    keys: Mapping[frozenset[str], frozenset[str]]

    def hidden_from(self, groups: AbstractSet[str]) -> frozenset[str]:
        """Return the keys of the documents that somebody in these groups may not read."""
        known = _folded(groups)
        return frozenset[str]().union(
            *(keys for audience, keys in self.keys.items() if audience.isdisjoint(known))
        )


def audiences_of(index: Index) -> Audiences:
    """Return for whom the documents of an index are; to be made once, by ``Index.once``."""
    keys: dict[frozenset[str], set[str]] = {}
    for one in index.catalogue:
        if one.audience:
            audience = frozenset(_folded(one.audience))
            keys.setdefault(audience, set()).add(document_key(one.id, one.version))
    return Audiences({audience: frozenset(held) for audience, held in keys.items()})


def may_read(metadata: Metadata, groups: AbstractSet[str]) -> bool:
    """Tell whether somebody in these groups may read a document; capitals make no difference."""
    return is_among(metadata.audience, groups)


def is_among(audience: tuple[str, ...], groups: AbstractSet[str]) -> bool:
    """Tell whether somebody in these groups belongs to an audience; an empty one is everybody."""
    wanted = _folded(audience)
    return not wanted or not wanted.isdisjoint(_folded(groups))


def holds_all(groups: AbstractSet[str], needed: AbstractSet[str]) -> bool:
    """Tell whether somebody is in each of the groups that are needed."""
    return _folded(needed) <= _folded(groups)


def _folded(names: AbstractSet[str] | tuple[str, ...]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names}
