"""Every vector is compared: exact at any size, filtered before ranking, the same in every build."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from indexing.embedding import Vectors, unit_length
from indexing.passage_vectors import PassageVectorReader, PassageVectorWriter

DIMENSION = 32
MANY = 25_000


def vectors(count: int, seed: int = 0) -> Vectors:
    random = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    return unit_length(random.astype(np.float32))


def written(folder: Path, given: Vectors, at_once: int = 1_000) -> PassageVectorReader:
    writer = PassageVectorWriter(folder)
    for start in range(0, len(given), at_once):
        writer.add(given[start : start + at_once])
    writer.close()
    return PassageVectorReader(folder, given.shape[1])


def brute_force(
    given: Vectors, vector: Vectors, limit: int, mask: NDArray[np.bool_] | None = None
) -> list[int]:
    """Rank by the cosines of what is stored, computed at length."""
    stored = given.astype(np.float16).astype(np.float64)
    cosines = np.round((stored * vector).sum(axis=1), 6)
    places = range(len(given)) if mask is None else np.flatnonzero(mask)
    return sorted(map(int, places), key=lambda place: (-cosines[place], place))[:limit]


def test_a_search_finds_what_comparing_with_every_vector_finds(tmp_path: Path) -> None:
    given = vectors(MANY)
    given[600:1_800] = given[0]  # repeated passages
    reader = written(tmp_path / "vectors", given)
    few = np.zeros(MANY, dtype=np.bool_)
    few[[7, 700, 1_300, 20_000, 24_999]] = True
    half = np.arange(MANY) % 2 == 0
    for vector in [*vectors(8, seed=1), given[0]]:
        compared = reader.compare(vector)
        for mask in (None, half, few):
            found = [place for place, _ in compared.nearest(100, mask)]
            assert found == brute_force(given, vector, 100, mask)


def test_near_ties_are_told_apart_by_more_than_half_precision(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    base = vectors(1)[0]
    near = base + 1e-3 * random.normal(size=(2_000, DIMENSION))
    given = unit_length(near.astype(np.float32))
    reader = written(tmp_path / "vectors", given)
    found = reader.compare(base).nearest(10)
    assert [place for place, _ in found] == brute_force(given, base, 10)


def test_equal_passages_are_all_reached_and_stand_in_index_order(tmp_path: Path) -> None:
    given = np.repeat(vectors(5), 5_000, axis=0)
    reader = written(tmp_path / "vectors", given)
    found = reader.compare(given[12_000]).nearest(5_000)
    assert [place for place, _ in found] == list(range(10_000, 15_000))
    assert len({cosine for _, cosine in found}) == 1


def test_a_cosine_does_not_depend_on_the_passages_beside(tmp_path: Path) -> None:
    given = vectors(300)
    vector = vectors(1, seed=1)[0]
    compared = written(tmp_path / "vectors", given).compare(vector)
    known = dict(compared.nearest(300))
    for place in range(300):
        alone = np.arange(300) == place
        assert compared.nearest(1, alone) == [(place, known[place])]


def test_nothing_allowed_finds_nothing(tmp_path: Path) -> None:
    reader = written(tmp_path / "vectors", vectors(40))
    assert reader.compare(vectors(1)[0]).nearest(5, np.zeros(40, dtype=np.bool_)) == []


def test_two_builds_write_the_same_bytes_whatever_their_batches(tmp_path: Path) -> None:
    given = vectors(1_000)
    written(tmp_path / "one", given, at_once=7)
    written(tmp_path / "other", given, at_once=1_000)
    files = [sorted((tmp_path / name).iterdir()) for name in ("one", "other")]
    assert [file.name for file in files[0]] == [file.name for file in files[1]]
    assert files[0][0].read_bytes() == files[1][0].read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"odd"])
def test_a_file_that_does_not_fit_is_damage(tmp_path: Path, content: bytes | None) -> None:
    written(tmp_path / "vectors", vectors(40))
    (file,) = (tmp_path / "vectors").iterdir()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(IndexDamaged, match="charter index"):
        PassageVectorReader(tmp_path / "vectors", DIMENSION)
