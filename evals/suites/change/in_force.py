"""Which version of a document would be in force today, where that differs from now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.library.catalogue import Catalogue, catalogue_of
from assistant.library.shelf import Shelf
from corpus.model import document_key


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version of a served document than now, or none.

    Attributes:
        document, title: its id, and its title as it is served.
        before: version in force now; empty where none is.
        after: version that would be; empty where none would.
        again: that one is served now as well, and answers no more.
        gone: nothing of the document would be left.
        earlier: it is because of what has changed in the folder already.
    """

    document: str
    title: str
    before: str
    after: str
    again: bool = False
    gone: bool = False
    earlier: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Of both versions."""
        both = (self.before, self.after)
        return tuple(document_key(self.document, one) for one in both if one)


def other_versions(served: Shelf, candidate: Shelf) -> Iterator[OtherVersion]:
    """Give the documents that are served and of which another version would be in force.

    Args:
        served: all that is served, whoever may read it.
        candidate: all that would be.
    """
    now = served.index.once(catalogue_of)
    then = candidate.index.once(catalogue_of)
    for document in dict.fromkeys(one.id for one in served.index.catalogue):
        versions = now.versions(document)
        before = _in_force(now, document, served)
        after = _in_force(then, document, candidate)
        gone = document not in then
        if before != after or gone:
            yield OtherVersion(
                document,
                versions[-1].title,
                before or (versions[-1].version if gone else ""),
                after,
                again=after in {one.version for one in versions},
                gone=gone,
            )


def _in_force(catalogue: Catalogue, document: str, shelf: Shelf) -> str:
    found = catalogue.version_in_force(document, shelf.today)
    if found is None or catalogue.force(found, shelf.today) != "in force":
        return ""
    return found.version
