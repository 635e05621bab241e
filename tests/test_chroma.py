"""Passages in a real Chroma: open to any LlamaIndex program, and counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.client import Client
from chromadb.config import Settings
from llama_index.core import VectorStoreIndex
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.errors import IndexDamaged
from corpus.model import Passage
from indexing.chroma import ChromaWriter
from indexing.chroma_size import COLLECTION, count_passages
from indexing.embedding import Vectors, unit_length

DIMENSION = 32


def vectors(count: int, seed: int = 0) -> Vectors:
    random = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    return unit_length(random.astype(np.float32))


def passage(document: str, ordinal: int) -> Passage:
    return Passage(
        document, "1", ordinal, 0, 0, 0, 10, 20, f"text {ordinal} of {document}", "Part 1 > Leave"
    )


def write(folder: Path, given: Vectors, documents: int = 4) -> None:
    """Store vectors as passages of so many documents."""
    each = len(given) // documents
    writer = ChromaWriter(folder, len(given))
    for number in range(documents):
        rows = given[number * each : (number + 1) * each]
        passages = [passage(f"doc{number}", ordinal) for ordinal in range(each)]
        writer.add(number * each, passages, rows)
    writer.close()


def test_a_llamaindex_program_can_open_the_collection(tmp_path: Path) -> None:
    given = vectors(40)
    write(tmp_path, given)
    with Client(
        settings=Settings(
            is_persistent=True, persist_directory=str(tmp_path), anonymized_telemetry=False
        )
    ) as client:
        store = ChromaVectorStore.from_collection(client.get_collection(COLLECTION))
        found = store.query(
            VectorStoreQuery(query_embedding=given[12].tolist(), similarity_top_k=1)
        )
        assert found.nodes
        node = found.nodes[0]
        assert node.get_content() == "text 2 of doc1"
        assert node.ref_doc_id == "doc1@1"
        assert node.metadata == {
            "document": "doc1",
            "version": "1",
            "document_key": "doc1@1",
            "ordinal": 12,
            "section": "Part 1 > Leave",
            "start": 10,
            "end": 20,
        }
        index = VectorStoreIndex.from_vector_store(
            store, embed_model=MockEmbedding(embed_dim=DIMENSION)
        )
        assert len(index.as_retriever(similarity_top_k=3).retrieve("leave")) == 3


@pytest.mark.parametrize(
    ("total", "sync_every"),
    [(2, 100), (99, 100), (100, 100), (101, 100), (997, 250), (2_401, 1_200)],
)
def test_no_passage_is_left_for_each_reader_to_put_into_the_graph_again(
    tmp_path: Path, total: int, sync_every: int
) -> None:
    """What Chroma has not written into its graph stands in its queue, but for the last entry."""
    given = vectors(total)
    writer = ChromaWriter(tmp_path, total, sync_every=sync_every)
    for start in range(0, total, 128):
        some = [passage("doc", ordinal) for ordinal in range(start, min(start + 128, total))]
        writer.add(start, some, given[start : start + 128])
    writer.close()
    assert count_passages(tmp_path) == total
    with closing(sqlite3.connect(tmp_path / "chroma.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM embeddings_queue").fetchone() == (1,)


def test_a_collection_tells_how_many_passages_it_holds(tmp_path: Path) -> None:
    write(tmp_path, vectors(40))
    assert count_passages(tmp_path) == 40


def test_a_database_that_cannot_be_read_is_damage_and_can_be_mended(tmp_path: Path) -> None:
    write(tmp_path, vectors(40))
    database = tmp_path / "chroma.sqlite3"
    whole = database.read_bytes()
    for content in (b"", b"no database" * 1_000, whole[:8_192]):
        database.write_bytes(content)
        with pytest.raises(IndexDamaged, match="charter index"):
            count_passages(tmp_path)
    database.write_bytes(whole)
    assert count_passages(tmp_path) == 40


def test_a_missing_database_is_damage_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        count_passages(tmp_path)
    assert list(tmp_path.iterdir()) == []
