"""Words as they are matched, and BM25 over two fields."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged
from indexing.keywords import (
    HEADING_WEIGHT,
    K1,
    B,
    KeywordIndex,
    build_keywords,
    load_keywords,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Working, worked and WORKS", ("work", "work", "work")),
        ("Clause 3.2", ("claus", "3.2", "3", "2")),
        ("grades P-5 and g-7", ("grade", "p5", "g7")),
        ("in Q1 2026", ("q1", "2026")),
        ("the years 2024–2027", ("year", "2024", "2027")),
        ("10,000 francs", ("10000", "franc")),
        ("a part-time post", ("parttim", "part", "time", "post")),
        ("non‑breaking", ("nonbreak", "non", "break")),
        ("the Council’s café", ("council", "cafe")),
        ("may not be paid", ("may", "not", "paid")),
        ("… — !", ()),
    ],
)
def test_text_becomes_the_words_that_are_matched(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


def test_words_are_stemmed_by_the_language_that_is_named() -> None:
    assert tokens("journaux", "french") == ("journal",)


def test_a_passage_scores_as_the_formula_of_bm25_says() -> None:
    index = build_keywords([("leave leave days", ""), ("days", ""), ("travel", "")])
    ((ordinal, score),) = index.search(("leav",), limit=5)
    length, mean_length = 3, 5 / 3
    saturation = 2 / (2 + K1 * (1 - B + B * length / mean_length))
    assert ordinal == 0
    assert score == pytest.approx(log(1 + (3 - 1 + 0.5) / 1.5) * saturation, rel=1e-5)


def test_a_word_in_the_headings_counts_less_than_one_in_the_passage() -> None:
    index = build_keywords([("days", "leave"), ("leave", "days"), ("other", "other")])
    (body, high), (heading, low) = index.search(("leav",), limit=5)
    assert (body, heading) == (1, 0)
    assert low == pytest.approx(HEADING_WEIGHT * high, rel=1e-5)


def test_equal_scores_stand_in_index_order_and_the_limit_cuts_the_last() -> None:
    index = build_keywords([("leave", "")] * 50)
    assert [ordinal for ordinal, _ in index.search(("leav",), limit=7)] == list(range(7))


def test_what_a_mask_hides_is_never_ranked() -> None:
    index = build_keywords([("leave leave", ""), ("leave", ""), ("leave", ""), ("x", "")])
    mask = np.array([False, True, False, True])
    assert [ordinal for ordinal, _ in index.search(("leav",), limit=1, mask=mask)] == [1]


def test_words_that_no_passage_has_find_nothing() -> None:
    index = build_keywords([("leave", "")])
    assert index.search(("unknown",), limit=5) == []
    assert index.search((), limit=5) == []
    assert not index.knows("unknown")


def test_rare_words_weigh_more_than_common_ones_and_unknown_ones_most() -> None:
    index = build_keywords([("leave days", "heading"), ("leave", ""), ("leave", "")])
    assert index.idf("leav") < index.idf("day") < index.idf("unknown")
    assert index.knows("head")


def test_a_saved_index_finds_the_same(tmp_path: Path) -> None:
    built = build_keywords([("annual leave", "Part 1"), ("travel", "Part 2"), ("", "")])
    built.save(tmp_path / "keywords")
    loaded = load_keywords(tmp_path / "keywords")
    for query in (("leav",), ("part",), ("travel", "part")):
        assert loaded.search(query, limit=5) == built.search(query, limit=5)
    assert loaded.size == 3


def test_the_words_of_a_passage_are_kept_as_its_text_gives_them(tmp_path: Path) -> None:
    texts = ("", "Thirty (30) days of leave", "no figures", "leave of 30 days on 3 March 2024")
    build_keywords((text, "Heading") for text in texts).save(tmp_path / "keywords")
    kept = load_keywords(tmp_path / "keywords")
    assert [kept.stems(place) for place in range(4)] == [frozenset(tokens(one)) for one in texts]


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    texts = [("annual leave is earned", "One"), ("travel is paid", "Two")]
    build_keywords(texts).save(tmp_path / "one")
    build_keywords(texts).save(tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


@pytest.mark.parametrize("content", [None, b"", b"not an array"])
def test_a_part_that_cannot_be_read_is_damage(tmp_path: Path, content: bytes | None) -> None:
    build_keywords([("leave", "")]).save(tmp_path)
    part = tmp_path / "body" / "data.csc.index.npy"
    part.unlink()
    if content is not None:
        part.write_bytes(content)
    with pytest.raises(IndexDamaged, match="charter index"):
        load_keywords(tmp_path)


def test_passages_without_any_heading_can_be_indexed() -> None:
    index: KeywordIndex = build_keywords([("leave", ""), ("travel", "")])
    assert index.search(("travel",), limit=5)[0][0] == 1


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
