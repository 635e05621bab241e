"""At 25,000 passages of 2,500 documents every filter is exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from assistant.library.audience import EVERYBODY, index_for, may_read
from assistant.library.catalogue import Catalogue, catalogue_of
from corpus.model import document_key
from evals.scale import slope
from evals.scale_corpus import GROUP, PerturbingEmbedder, make_questions, write_corpus
from indexing.build import build_index
from indexing.embedding import HashEmbedder, Vectors
from indexing.index import Index, open_index
from indexing.keywords import tokens
from indexing.progress import SilentProgress

DOCUMENTS, EACH = 2_500, 10
DAY, BEFORE = date(2026, 1, 1), date(2024, 6, 1)
REAL = tuple(
    f"The {body} of {place} shall grant {count} days of {kind} leave to each staff member."
    for body in ("Director", "Office", "Council", "Board")
    for place in ("Geneva", "Vienna", "Nairobi", "Bangkok", "Santiago")
    for count in (3, 12, 40)
    for kind in ("annual", "parental", "sick", "study", "home")
)


def embedder() -> PerturbingEmbedder:
    return PerturbingEmbedder(HashEmbedder(32).embed(REAL))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    place = tmp_path_factory.mktemp("scale")
    write_corpus(place / "documents", REAL, DOCUMENTS * EACH, each=EACH)
    build_index(place / "documents", place / "home", embedder(), progress=SilentProgress())
    opened = open_index(place / "home", embedder_fingerprint=embedder().fingerprint)
    yield opened
    opened.close()


def questions() -> list[tuple[str, Vectors]]:
    return [(one, HashEmbedder(32).embed([one])[0]) for one in make_questions(REAL, 6)]


def allowed_sets(index: Index) -> list[frozenset[str]]:
    """Give what is in force on two days, what is not, and three documents of thousands."""
    catalogue = index.once(catalogue_of)
    known = sorted(catalogue.keys)
    return [
        catalogue.keys_in_force(DAY),
        catalogue.keys_in_force(BEFORE),
        catalogue.keys_not_in_force(DAY),
        frozenset((known[3], known[len(known) // 2], known[-2])),
        frozenset(known[:1]),
    ]


def places(index: Index, keys: frozenset[str]) -> set[int]:
    return {place for key in keys for place in index.ordinals(key)}


@pytest.mark.slow
@pytest.mark.parametrize("groups", [EVERYBODY, frozenset((GROUP,))])
def test_every_filter_finds_what_filtering_a_ranking_of_all_finds(
    index: Index, groups: frozenset[str]
) -> None:
    assert index.manifest.passages >= DOCUMENTS * EACH
    part = index_for(index, groups)
    readable = {
        document_key(one.id, one.version) for one in index.catalogue if may_read(one, groups)
    }
    assert {document_key(one.id, one.version) for one in part.catalogue} == readable
    for keys in allowed_sets(index):
        inside = places(index, keys & frozenset(readable))
        for question, vector in questions():
            near = index.search_vectors(vector, index.manifest.passages)
            assert len(near) == index.manifest.passages
            expected = [one for one in near if one[0] in inside][:100]
            assert part.search_vectors(vector, 100, keys) == expected
            words = part.search_keywords(tokens(question), index.manifest.passages)
            best = [one for one in words if one[0] in inside][:100]
            assert part.search_keywords(tokens(question), 100, keys) == best


@pytest.mark.slow
def test_what_is_in_force_is_told_as_version_by_version(index: Index) -> None:
    catalogue = Catalogue(index.catalogue)
    for day in (DAY, BEFORE):
        in_force = catalogue.keys_in_force(day)
        for one in index.catalogue:
            key = document_key(one.id, one.version)
            assert (key in in_force) == (catalogue.force(one, day) == "in force")
        assert catalogue.keys_not_in_force(day) == catalogue.keys - in_force
        held = {key.rpartition("@")[0] for key in in_force}
        without = {key for key in catalogue.keys if key.rpartition("@")[0] not in held}
        assert catalogue.keys_without(day) == without


@pytest.mark.slow
def test_what_depends_on_no_question_is_made_once_for_each_part(index: Index) -> None:
    made: list[int] = []

    def count(one: Index) -> int:
        made.append(len(one.catalogue))
        return len(made)

    nobody, managers = (index_for(index, groups) for groups in (EVERYBODY, frozenset((GROUP,))))
    assert nobody.once(count) == nobody.once(count)
    assert index_for(index, EVERYBODY).once(count) == 1
    assert managers.once(count) == 2
    assert len(made) == 2
    assert made[0] < made[1]


def test_made_vectors_depend_on_their_texts_alone() -> None:
    alone = [embedder().embed([text])[0] for text in REAL[:20]]
    assert np.array_equal(embedder().embed(REAL[:20]), np.stack(alone))
    assert np.allclose(np.linalg.norm(alone, axis=1), 1)
    assert len(np.unique(np.round(alone, 5), axis=0)) == 20


def test_growth_is_told_as_a_power_of_the_size() -> None:
    assert slope([1_000, 10_000, 100_000], [3, 30, 300]) == pytest.approx(1)
    assert slope([1_000, 100_000], [7, 7]) == pytest.approx(0)
