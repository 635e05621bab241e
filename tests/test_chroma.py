"""Vectors in a real Chroma: exact, filtered before ranking, open to any LlamaIndex program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from indexing.chroma import COLLECTION, ChromaReader, ChromaWriter
from indexing.embedding import Vectors, unit_length
from indexing.passage_store import Allowed

DIMENSION = 32


def vectors(count: int, seed: int = 0) -> Vectors:
    random = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    return unit_length(random.astype(np.float32))


def passage(document: str, ordinal: int) -> Passage:
    return Passage(
        document, "1", ordinal, 0, 0, 0, 10, 20, f"text {ordinal} of {document}", "Part 1 > Leave"
    )


def write(folder: Path, given: Vectors, documents: int = 4) -> dict[str, range]:
    """Store vectors as passages of so many documents; return the ordinals of each."""
    each = len(given) // documents
    writer = ChromaWriter(folder, len(given))
    for number in range(documents):
        rows = given[number * each : (number + 1) * each]
        passages = [passage(f"doc{number}", ordinal) for ordinal in range(each)]
        writer.add(number * each, passages, rows)
    writer.close()
    return {
        f"doc{number}@1": range(number * each, (number + 1) * each) for number in range(documents)
    }


@contextmanager
def reading(
    folder: Path, ordinals: dict[str, range], exact_up_to: int = 20_000
) -> Iterator[ChromaReader]:
    reader = ChromaReader(folder, ordinals, exact_up_to=exact_up_to)
    try:
        yield reader
    finally:
        reader.close()


def brute_force(given: Vectors, vector: Vectors, allowed: Allowed | None = None) -> list[int]:
    cosines = np.round(given @ vector, 6)
    places = range(len(given)) if allowed is None else np.flatnonzero(allowed.mask)
    return sorted(map(int, places), key=lambda place: (-cosines[place], place))


def allow(ordinals: dict[str, range], *keys: str) -> Allowed:
    mask = np.zeros(sum(map(len, ordinals.values())), dtype=np.bool_)
    for key in keys:
        mask[ordinals[key].start : ordinals[key].stop] = True
    return Allowed(frozenset(keys), mask)


def test_a_search_finds_what_comparing_with_every_vector_finds(tmp_path: Path) -> None:
    given = vectors(2_400)
    given[600:1_800] = given[0]  # repeated passages, which Chroma's graph does not bear
    ordinals = write(tmp_path, given)
    allowed = allow(ordinals, "doc1@1", "doc3@1")
    with reading(tmp_path, ordinals) as reader:
        for vector in vectors(20, seed=1):
            found = reader.search(vector, limit=50)
            assert [place for place, _ in found] == brute_force(given, vector)[:50]
            filtered = reader.search(vector, limit=50, allowed=allowed)
            assert [place for place, _ in filtered] == brute_force(given, vector, allowed)[:50]


def test_cosines_are_given_and_equal_ones_stand_in_index_order(tmp_path: Path) -> None:
    given = np.repeat(vectors(4), 5, axis=0)
    ordinals = write(tmp_path, given)
    with reading(tmp_path, ordinals) as reader:
        found = reader.search(given[7], limit=5)
    assert found == [(place, 1.0) for place in range(5, 10)]


def test_in_a_large_collection_equal_ones_are_cut_in_index_order_too(tmp_path: Path) -> None:
    given = np.repeat(vectors(4), 60, axis=0)
    ordinals = write(tmp_path, given)
    with reading(tmp_path, ordinals, exact_up_to=0) as reader:
        found = reader.search(given[0], limit=3)
    assert [place for place, _ in found] == [0, 1, 2]


def test_in_a_large_collection_chroma_filters_before_it_ranks(tmp_path: Path) -> None:
    given = vectors(800)
    ordinals = write(tmp_path, given)
    allowed = allow(ordinals, "doc2@1")
    right = 0
    with reading(tmp_path, ordinals, exact_up_to=0) as reader:
        for vector in vectors(20, seed=1):
            found = [place for place, _ in reader.search(vector, limit=10, allowed=allowed)]
            assert len(found) == 10
            assert set(found) <= set(ordinals["doc2@1"])
            right += len(set(found) & set(brute_force(given, vector, allowed)[:10]))
    assert right >= 195  # of 200: a graph is not exact


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


def test_a_database_that_cannot_be_read_is_damage_and_can_be_mended(tmp_path: Path) -> None:
    ordinals = write(tmp_path, vectors(40))
    database = tmp_path / "chroma.sqlite3"
    whole = database.read_bytes()
    for content in (b"", b"no database" * 1_000, whole[:8_192]):
        database.write_bytes(content)
        with pytest.raises(IndexDamaged, match="charter index"):
            ChromaReader(tmp_path, ordinals)
    database.write_bytes(whole)
    with reading(tmp_path, ordinals) as reader:
        assert len(reader.search(vectors(1)[0], limit=3)) == 3


def test_a_missing_database_is_damage_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        ChromaReader(tmp_path, {"doc0@1": range(4)})
    assert list(tmp_path.iterdir()) == []


def test_a_collection_of_another_size_is_damage(tmp_path: Path) -> None:
    ordinals = write(tmp_path, vectors(40))
    with pytest.raises(IndexDamaged):
        ChromaReader(tmp_path, {**ordinals, "doc9@1": range(40, 50)})
