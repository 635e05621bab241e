"""What the commitments of one version of a document were in the version before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.library.catalogue import catalogue_of
from corpus.commitments.changes import Pair, compare_commitments
from corpus.commitments.model import Commitment
from corpus.model import document_key
from indexing.index import Index

_MOST_KEPT = 20_000  # pairs in memory; a document beyond it is compared each time


@dataclass(frozen=True, slots=True)
class Became:
    """The pairs of one version with the one before.

    Attributes:
        before: the version before, as its owner calls it.
        by_newer: the pairs by the ids that they have in the newer version.
    """

    before: str
    pairs: tuple[Pair, ...]
    by_newer: Mapping[str, Pair]


@dataclass(slots=True)
class _Kept:
    """What was compared already; made once for each index, and filled as documents are asked."""

    compared: dict[str, Became] = field(default_factory=dict)


def became(index: Index, document: str, version: str) -> Became | None:
    """Return what became of the commitments of the version before in a version of a document.

    None where a reader of the index may see no version before it.
    """
    before = _version_before(index, document, version)
    if before is None:
        return None
    kept, key = index.once(_kept).compared, document_key(document, version)
    found = kept.get(key)
    if found is None:
        register = index.register()
        older = register.of_document(document_key(document, before))
        pairs = compare_commitments(older, register.of_document(key))
        found = Became(before, pairs, {pair.newer.id: pair for pair in pairs if pair.newer})
        if sum(len(one.pairs) for one in kept.values()) + len(pairs) > _MOST_KEPT:
            kept.clear()
        kept[key] = found
    return found


def ancestors(index: Index, commitment: Commitment) -> Iterator[str]:
    """Yield the ids of what a commitment was in the versions before, the nearest first."""
    version, one = commitment.version, commitment.id
    while True:
        found = became(index, commitment.document, version)
        pair = found.by_newer.get(one) if found else None
        if found is None or pair is None or pair.older is None:
            return
        version, one = found.before, pair.older.id
        yield one


def _version_before(index: Index, document: str, version: str) -> str | None:
    versions = [one.version for one in index.once(catalogue_of).versions(document)]
    at = versions.index(version) if version in versions else 0
    return versions[at - 1] if at else None


def _kept(_: Index) -> _Kept:
    return _Kept()
