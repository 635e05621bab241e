"""Vectors in Chroma, as LlamaIndex nodes. The only file that imports chromadb and llama_index.

Any LlamaIndex program can open the collection. Writing goes through its ChromaVectorStore;
reading asks Chroma itself, for importing LlamaIndex takes longer than all else that a question
on the command line needs.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.types import Where
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.errors import IndexDamaged
from corpus.model import Passage, document_key
from indexing.embedding import Vectors
from indexing.passage_store import Allowed
from indexing.storage import storage_error

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode

COLLECTION = "passages"
# Up to so many passages a question is compared with every vector that Chroma holds: exact and
# the same in every build. Chroma's own graph is neither: with repeated passages parts of it
# cannot be reached, whatever its settings (measured: 1,264 of 2,000 when half are equal), and
# its levels are drawn by chance.
EXACT_UP_TO = 20_000
_AT_ONCE = 2_000  # vectors fetched in one call
_SYNC_EVERY = 20_000  # vectors between two writes of the graph
_DECIMALS = 6  # within which two cosines are equal; float32 sums differ after that
_SPARE = 20  # asked for beyond the limit, to see whether equal ones were cut off

Found = list[tuple[int, float]]

# Chroma shares one database among all who open the same folder, and counts them without a lock:
# opened and closed at once by two threads, it is lost to a third.
_opening = Lock()


class ChromaWriter:
    """Writes the vectors of a new generation.

    Args:
        folder: of the database; made if it is not there.
        total: how many passages will come.

    Raises:
        StorageError: from every method, when Chroma cannot write.
    """

    def __init__(self, folder: Path, total: int) -> None:
        # Imported here: it takes 1.3 s, and a process that only reads never needs it.
        from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415  slow

        self._folder = folder
        with ExitStack() as opened, _writing(folder):
            client = opened.enter_context(_opened(folder))
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration=_configuration(total)
            )
            self._store = ChromaVectorStore.from_collection(collection)
            self._opened = opened.pop_all()

    def add(self, first: int, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Append passages whose ordinals in the index begin at ``first``."""
        nodes = [
            _node(passage, place, vector)
            for place, (passage, vector) in enumerate(zip(passages, vectors, strict=True), first)
        ]
        with _writing(self._folder):
            self._store.add(nodes)

    def close(self) -> None:
        """Finish writing and release the files."""
        self._opened.close()


class ChromaReader:
    """Searches the vectors of one generation; safe to use from several threads.

    Args:
        ordinals: key of each document → the ordinals of its passages.
        exact_up_to: size of a collection up to which the search is exact.

    Raises:
        IndexDamaged: from every method, when Chroma cannot read or passages are missing.
        StorageError: the folder is read-only, which Chroma does not bear.
    """

    def __init__(
        self, folder: Path, ordinals: Mapping[str, range], *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        self._folder = folder
        self._ordinals = ordinals
        self._size = sum(map(len, ordinals.values()))
        self._exact = self._size <= exact_up_to
        self._matrix: Vectors | None = None
        self._lock = Lock()
        if not (folder / "chroma.sqlite3").is_file():  # Chroma would make a new one
            raise _damaged(folder)
        with ExitStack() as opened, _reading(folder):
            client = opened.enter_context(_opened(folder))
            self._collection = client.get_collection(COLLECTION, embedding_function=None)
            if self._collection.count() != self._size:
                raise _damaged(folder)
            self._opened = opened.pop_all()

    def search(self, vector: Vectors, *, limit: int, allowed: Allowed | None = None) -> Found:
        """Return (ordinal, cosine) of the nearest passages, nearest first; equal ones in order.

        Args:
            vector: of unit length, (dimension,).
            limit: how many at most.
            allowed: what may be found; the rest is never ranked. None allows all.
        """
        if self._exact:
            return self._nearest_of_all(vector, limit, allowed)
        count = self._size if allowed is None else int(allowed.mask.sum())
        wanted = limit + _SPARE
        while True:
            found = self._ask_chroma(vector, min(wanted, count), allowed)
            if wanted >= count or len(found) <= limit or found[limit - 1][1] > found[-1][1]:
                return found[:limit]
            wanted *= 4

    def of(self, ordinals: Sequence[int]) -> Vectors:
        """Return the vectors of some passages: float32, (ordinals, dimension)."""
        return self._vectors()[list(ordinals)]

    def close(self) -> None:
        """Release the files."""
        self._opened.close()

    def _nearest_of_all(self, vector: Vectors, limit: int, allowed: Allowed | None) -> Found:
        cosines = np.round(self._vectors() @ vector, _DECIMALS)
        ordinals = np.arange(self._size) if allowed is None else np.flatnonzero(allowed.mask)
        best = ordinals[np.argsort(-cosines[ordinals], kind="stable")][:limit]
        return [(int(ordinal), float(cosines[ordinal])) for ordinal in best]

    def _vectors(self) -> Vectors:
        """Return all vectors by ordinal, read once: 600 take 30 ms, 20,000 a second and 30 MB."""
        with self._lock:
            if self._matrix is None:
                self._matrix = self._read_vectors()
            return self._matrix

    def _read_vectors(self) -> Vectors:
        parts: list[Vectors] = []
        ordinals: list[int] = []
        with _reading(self._folder):
            for offset in range(0, self._size, _AT_ONCE):
                got = self._collection.get(include=["embeddings"], limit=_AT_ONCE, offset=offset)
                parts.append(np.asarray(got["embeddings"], dtype=np.float32))
                ordinals += map(self._ordinal, got["ids"])
        if sorted(ordinals) != list(range(self._size)):
            raise _damaged(self._folder)
        found = np.concatenate(parts)
        matrix = np.empty_like(found)
        matrix[ordinals] = found
        return matrix

    def _ask_chroma(self, vector: Vectors, count: int, allowed: Allowed | None) -> Found:
        where = None
        if allowed is not None:
            where = cast("Where", {"document_key": {"$in": sorted(allowed.keys)}})
        with _reading(self._folder):
            got = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=count,
                where=where,
                include=["distances"],
            )
        distances = (got["distances"] or [[]])[0]
        found = [
            (self._ordinal(name), round(1 - float(distance), _DECIMALS))
            for name, distance in zip(got["ids"][0], distances, strict=True)
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _ordinal(self, name: str) -> int:
        key, _, ordinal = name.rpartition("#")
        if key not in self._ordinals:
            raise _damaged(self._folder)
        return self._ordinals[key].start + int(ordinal)


@contextmanager
def _opened(folder: Path) -> Iterator[Client]:
    with _opening:
        client = _client(str(folder.resolve()))
    try:
        yield client
    finally:
        with _opening:
            client.close()


def _client(path: str) -> Client:
    settings = Settings(is_persistent=True, persist_directory=path, anonymized_telemetry=False)
    try:
        return Client(settings=settings)
    except BaseException:
        # Chroma keeps what failed to start, and gives it to the next who opens the same folder.
        Client._identifier_to_system.pop(path, None)  # noqa: SLF001  there is no public way
        raise


def _configuration(total: int) -> CreateCollectionConfiguration:
    rounds = -(-total // _SYNC_EVERY)
    # What is not synced, every reader would put into the graph again when it opens.
    sync = max(2, total // rounds)
    return {
        "hnsw": {
            "space": "cosine",
            "max_neighbors": 32,
            "ef_construction": 200,
            "ef_search": 400,
            "batch_size": sync,
            "sync_threshold": sync,
        }
    }


def _node(passage: Passage, place: int, vector: Vectors) -> BaseNode:
    from llama_index.core.schema import (  # noqa: PLC0415  as in ChromaWriter
        NodeRelationship,
        RelatedNodeInfo,
        TextNode,
    )

    key = document_key(passage.document, passage.version)
    return TextNode(
        id_=f"{key}#{passage.ordinal}",
        text=passage.text,
        embedding=vector.tolist(),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=key)},
        metadata={
            "document": passage.document,
            "version": passage.version,
            "document_key": key,
            "ordinal": place,
            "section": passage.heading,
            "start": passage.start,
            "end": passage.end,
        },
    )


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ChromaError, ValueError, KeyError, OSError) as error:
        if not os.access(folder, os.W_OK):  # Chroma writes to its database even to read it
            raise storage_error(folder, errno.EROFS, None) from error
        raise _damaged(folder) from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ChromaError, OSError) as error:
        raise storage_error(folder, getattr(error, "errno", None), str(error)) from error


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"The vectors in {folder} are missing or cannot be read.",
        f"Delete the folder {folder.parent} and run `charter index`.",
    )
