"""Ranking of what retrieval found: what speaks for a passage beside the two rankings."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from assistant.question.understand import check_question, understand
from assistant.retrieval.ranking import Evidence, gather, weigh
from corpus.errors import IndexDamaged
from indexing.build import build_index
from indexing.embedding import HashEmbedder
from indexing.index import open_index
from indexing.keywords import build_keywords, load_keywords
from indexing.progress import SilentProgress

DAY = date(2026, 11, 22)


@pytest.fixture
def evidence(tmp_path):
    """Index some texts, each a document, and give what speaks for each of them."""
    opened = []

    def measure(question, *texts):
        corpus = tmp_path / "documents"
        corpus.mkdir()
        for number, text in enumerate(texts):
            (corpus / f"{number}.md").write_text(f"# Document {number}\n\n{text}\n", "utf-8")
        embedder = HashEmbedder()
        build_index(corpus, tmp_path / "home", embedder, progress=SilentProgress())
        index = open_index(tmp_path / "home", embedder_fingerprint=embedder.fingerprint)
        opened.append(index)
        inquiry = understand(check_question(question, as_of=DAY, today=DAY), index, embedder)
        alike = np.ones(len(texts), dtype=np.float32)
        return gather(index, inquiry, range(len(texts)), alike)

    yield measure
    for index in opened:
        index.close()


def test_words_that_stand_together_in_the_question_speak_for_where_they_do_so_too(evidence):
    apart, together = evidence(
        "Who pays for a medical examination?",
        "An examination is paid by the fund, and a medical report is kept apart.",
        "A medical examination is paid by the fund, and a report is kept apart.",
    ).together
    assert apart == 0 < together


def test_only_the_sentence_that_asks_speaks_for_what_is_asked(evidence):
    situation, asked = evidence(
        "My garden has a hedge. Can bicycles be rented?",
        "A garden with a hedge must be kept clean.",
        "Some bicycles can be rented at the gate.",
    ).asked
    assert situation == 0 < asked


def test_the_words_of_a_title_cover_the_question_as_those_of_the_text_do(evidence):
    measured = evidence("Document 1 on hedges?", "Hedges are cut.", "Bicycles are rented.")
    assert measured.heading[1] > measured.heading[0]
    assert 0 < measured.covered[1] < 1


def test_a_passage_is_as_near_as_its_nearest_sentence(evidence):
    sentence = "Bicycles can be rented."
    long, short = evidence(sentence, f"Hedges are cut. {sentence} Pay is monthly.", sentence).unit
    assert long == pytest.approx(short, abs=1e-3) == pytest.approx(1, abs=1e-3)


def test_evidence_that_is_the_same_for_all_passages_decides_nothing():
    same = np.full(3, 0.7, dtype=np.float32)
    rising = np.asarray([0.1, 0.2, 0.3], dtype=np.float32)
    scores = weigh(Evidence(same, same, same, same, same, rising))
    assert scores[0] == 0
    assert list(np.argsort(scores)) == [0, 1, 2]


def test_what_a_word_adds_to_each_passage_makes_up_the_score_of_the_search():
    index = build_keywords([("annual leave", "Leave"), ("sick pay", ""), ("leave at once", "Pay")])
    body, heading = index.examine(["leav", "pay"], [0, 1, 2])
    summed = (body + 0.25 * heading).sum(axis=1)
    searched = dict(index.search(["leav", "pay"], limit=3))
    assert [pytest.approx(searched[place]) for place in range(3)] == list(summed)


def test_two_words_are_together_only_side_by_side_in_one_passage(tmp_path):
    built = build_keywords([("annual leave", ""), ("leave, annual", ""), ("annual", "leave")])
    built.save(tmp_path)
    for index in (built, load_keywords(tmp_path)):
        held = index.together([("annual", "leav"), ("leav", "unheard")], [0, 1, 2])
        assert held.tolist() == [[True, False], [False, False], [False, False]]


def test_an_index_whose_words_are_cut_short_is_damaged(tmp_path):
    build_keywords([("annual leave", "")]).save(tmp_path)
    (tmp_path / "words.u32").write_bytes(b"\0" * 4)
    with pytest.raises(IndexDamaged):
        load_keywords(tmp_path)
