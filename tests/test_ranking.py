"""The measures of retrieval are those of trec_eval and of ranx."""

import json
import random
from math import log2

import ir_measures
import pytest
from ir_measures import AP, RR, R, Success, nDCG
from ranx_numbers import FILE, RANKINGS, ranking

from evals.ranking import as_numbers, best_of_each, measure

THEIRS = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "MAP@10": AP @ 10,
    "nDCG@10": nDCG @ 10,
}


def drawn(seed):
    """Return scores with ties, and graded gold of which some was not found."""
    chance = random.Random(seed)  # noqa: S311  no secret, and the same at every run
    entries = [f"e{number}" for number in range(40)]
    scores = {entry: chance.randrange(8) / 8 for entry in chance.sample(entries, 20)}
    gold = {entry: chance.randint(1, 3) for entry in chance.sample(entries, chance.randint(1, 15))}
    return scores, gold


@pytest.mark.parametrize("seed", range(60))
def test_every_measure_agrees_with_trec_eval(seed):
    scores, gold = drawn(seed)
    # trec_eval puts the later id first where scores are equal
    ranked = sorted(scores, key=lambda entry: (scores[entry], entry), reverse=True)
    ours = as_numbers(measure(ranked, gold))
    theirs = ir_measures.calc_aggregate(THEIRS.values(), {"q": gold}, {"q": scores})
    expected = {name: theirs[one] for name, one in THEIRS.items()}
    # RR@10 would come from MS MARCO's own program, which orders equal scores in another way
    first_ten = {entry: scores[entry] for entry in ranked[:10]}
    expected["MRR@10"] = ir_measures.calc_aggregate([RR], {"q": gold}, {"q": first_ten})[RR]
    assert ours == pytest.approx(expected, abs=1e-9)


def test_every_measure_agrees_with_ranx():
    told = json.loads(FILE.read_text("utf-8"))["measures"]
    assert len(told) == RANKINGS
    for seed, expected in told.items():
        ranked, gold = ranking(int(seed))
        assert as_numbers(measure(ranked, gold)) == pytest.approx(expected, abs=1e-8), seed


def test_measures_are_what_a_hand_computes():
    # of gold a, b, c the second and the fourth found are gold; a tells three times as much as b
    found = as_numbers(measure(("x", "b", "y", "a", "z"), {"a": 3, "b": 1, "c": 2}))
    best = 3 + 2 / log2(3) + 1 / log2(4)
    assert found == pytest.approx(
        {
            "recall@1": 0,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "hit@1": 0,
            "hit@5": 1,
            "hit@10": 1,
            "MRR@10": 1 / 2,
            "MAP@10": (1 / 2 + 2 / 4) / 3,
            "nDCG@10": (1 / log2(3) + 3 / log2(5)) / best,
        }
    )


def test_what_comes_after_the_tenth_counts_for_nothing():
    ranked = [f"x{number}" for number in range(10)] + ["a"]
    assert set(as_numbers(measure(ranked, {"a": 1})).values()) == {0.0}


def test_nothing_found_is_zero_and_not_undefined():
    assert set(as_numbers(measure((), {"a": 1})).values()) == {0.0}


def test_average_precision_is_divided_by_all_gold_also_beyond_ten():
    gold = {f"g{number}": 1 for number in range(20)}
    assert measure(list(gold)[:10], gold).map_10 == 0.5


def test_a_ranking_without_gold_cannot_be_measured():
    with pytest.raises(ValueError, match="without gold"):
        measure(("a",), {})


def test_an_entry_stands_where_its_best_passage_does():
    assert best_of_each(("b", "a", "b", "c", "a")) == ("b", "a", "c")
