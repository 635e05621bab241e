"""Passages in Chroma, as LlamaIndex nodes. The only file that imports chromadb and llama_index.

Any LlamaIndex program can open the collection and search it. Charter's own questions are answered
from ``indexing.passage_vectors``, which is written beside it from the same vectors.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.errors import IndexDamaged
from corpus.model import Passage, document_key
from indexing.embedding import Vectors
from indexing.storage import storage_error

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode

COLLECTION = "passages"
_SYNC_EVERY = 20_000  # vectors between two writes of the graph

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


def count_passages(folder: Path) -> int:
    """Return how many passages the collection of a generation holds.

    Raises:
        IndexDamaged: Chroma cannot read it.
        StorageError: the folder is read-only, which Chroma does not bear.
    """
    if not (folder / "chroma.sqlite3").is_file():  # Chroma would make a new one
        raise _damaged(folder)
    with _reading(folder), _opened(folder) as client:
        return client.get_collection(COLLECTION, embedding_function=None).count()


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
            # the rest as Chroma sets it: a denser graph takes twice as long to build, and none of
            # Charter's questions goes through it
            "space": "cosine",
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
