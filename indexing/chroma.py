"""Passages in Chroma, as LlamaIndex nodes. The only file that imports chromadb and llama_index.

Any LlamaIndex program can open the collection and search it. Charter's own questions are answered
from ``indexing.passage_vectors``, which is written beside it from the same vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.model import Passage, document_key
from indexing.chroma_size import COLLECTION
from indexing.embedding import Vectors
from indexing.storage import storage_error

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode

SYNC_EVERY = 20_000  # vectors between two writes of the graph, at most
_AT_ONCE = 1_000  # passages given to Chroma in one step, at most

# Chroma shares one database among all who open the same folder, and counts them without a lock:
# opened and closed at once by two threads, it is lost to a third.
_opening = Lock()


class ChromaWriter:
    """Writes the vectors of a new generation.

    Args:
        folder: of the database; made if it is not there.
        total: how many passages will come.
        sync_every: how many Chroma keeps in its queue, at most, before it writes its graph.

    Raises:
        StorageError: from every method, when Chroma cannot write.
    """

    def __init__(self, folder: Path, total: int, *, sync_every: int = SYNC_EVERY) -> None:
        # Imported here: it takes 1.3 s, and a process that only reads never needs it.
        from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415  slow

        self._folder = folder
        self._waiting: list[BaseNode] = []
        self._steps = _steps(total, sync_every)
        with ExitStack() as opened, _writing(folder):
            client = opened.enter_context(_opened(folder))
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration=_configuration(total, sync_every)
            )
            self._store = ChromaVectorStore.from_collection(collection)
            self._opened = opened.pop_all()

    def add(self, first: int, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Append passages whose ordinals in the index begin at ``first``."""
        self._waiting += [
            _node(passage, place, vector)
            for place, (passage, vector) in enumerate(zip(passages, vectors, strict=True), first)
        ]
        with _writing(self._folder):
            while self._steps and self._steps[-1] <= len(self._waiting):
                step = self._steps.pop()
                self._store.add(self._waiting[:step])
                del self._waiting[:step]

    def close(self) -> None:
        """Finish writing and release the files."""
        self._opened.close()


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


def _configuration(total: int, sync_every: int) -> CreateCollectionConfiguration:
    sync = max(2, min(_rounds(total, sync_every), default=0))
    return {
        "hnsw": {
            # the rest as Chroma sets it: a denser graph takes twice as long to build, and none of
            # Charter's questions goes through it
            "space": "cosine",
            "batch_size": sync,
            "sync_threshold": sync,
        }
    }


def _rounds(total: int, sync_every: int) -> list[int]:
    """Share passages out evenly between the writes of the graph."""
    return _shares(total, -(-total // sync_every))


def _steps(total: int, sync_every: int) -> list[int]:
    """Return how many passages are given to Chroma in each step, the last step first.

    Chroma writes its graph at the end of the step in which as many have come as the smallest round
    holds. What came after the last write stays in its queue, and every program that opens the
    collection puts that into the graph anew: 14,500 passages took 8 seconds. So a step ends with
    each round, and none ends one passage before it.
    """
    steps = [
        step for one in _rounds(total, sync_every) for step in _shares(one, -(-one // _AT_ONCE))
    ]
    return steps[::-1]


def _shares(total: int, parts: int) -> list[int]:
    """Cut a number into parts that differ by 1 at most, the smaller first."""
    return [(total + part) // parts for part in range(parts)]


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
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ChromaError, OSError) as error:
        raise storage_error(folder, getattr(error, "errno", None), str(error)) from error
