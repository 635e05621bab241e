"""Questions that ask the same are put together and counted, and others are not."""

import numpy as np
import pytest

from evals.feedback.clusters import Cluster, clusters_of
from evals.feedback.vectors import AskedVectors


@pytest.fixture(scope="module")
def embed(assistant, tmp_path_factory):
    return AskedVectors(tmp_path_factory.mktemp("vectors"), assistant.embedder).of


def names(clusters: tuple[Cluster, ...]) -> list[tuple[str, int]]:
    return [(one.name, one.times) for one in clusters]


def test_other_capitals_small_words_and_order_are_one_wording(embed):
    texts = ["Is parking free?", "is the parking free", "Parking: is it free?", "free parking"]
    (found,) = clusters_of(texts, [1, 3, 1, 1], embed)
    assert (found.name, found.times, len(found.wordings)) == ("is the parking free", 6, 1)
    assert found.members == (0, 1, 2, 3)


def test_other_words_of_one_meaning_are_one_question_by_its_commonest_wording(embed):
    texts = [
        "Can I bring my dog to the office?",
        "Am I allowed to bring my dog to the office?",
        "Who pays for parking?",
    ]
    assert names(clusters_of(texts, [1, 2, 1], embed)) == [(texts[1], 3), (texts[2], 1)]


def test_another_figure_or_a_negation_asks_something_else(embed):
    texts = [
        "Can I bring two dogs to the office?",
        "Can I bring three dogs to the office?",
        "Can I not bring two dogs to the office?",
    ]
    assert len(clusters_of(texts, [1, 1, 1], embed)) == 3


def test_every_wording_is_near_the_name_so_that_no_chain_forms():
    turned = np.array([[np.cos(angle), np.sin(angle)] for angle in (0.0, 0.4, 0.8)], np.float32)
    by_text = dict(zip(("apple", "pear", "plum"), turned, strict=True))
    found = clusters_of(
        ["apple", "pear", "plum"],
        [3, 2, 1],
        lambda texts: np.stack([by_text[t] for t in texts]),
    )
    assert [[one.text for one in cluster.wordings] for cluster in found] == [
        ["apple", "pear"],
        ["plum"],
    ]


def test_the_order_of_the_questions_changes_nothing(embed):
    texts = ["May I telework abroad?", "Can I telework abroad?", "Is the gym free?", "free gym?"]
    forth = clusters_of(texts, [1, 1, 1, 1], embed)
    back = clusters_of(texts[::-1], [1, 1, 1, 1], embed)
    assert names(forth) == names(back)
    assert [[one.text for one in c.wordings] for c in forth] == [
        [one.text for one in c.wordings] for c in back
    ]


def test_questions_of_small_words_alone_are_told_apart_and_none_are_no_cluster(embed):
    assert len(clusters_of(["What is it?", "Who are you?"], [1, 1], embed)) == 2
    assert clusters_of([], [], embed) == ()


def test_what_has_no_vector_yet_is_put_together_by_its_words_alone():
    zeros = clusters_of(
        ["Is parking free?", "parking free", "gym"],
        [1, 1, 1],
        lambda t: np.zeros((len(t), 4), np.float32),
    )
    assert names(zeros) == [("Is parking free?", 2), ("gym", 1)]
