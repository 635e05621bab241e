"""Intervals say how sure a mean is, and comparison says what could be chance."""

import random

import pytest

from evals.uncertainty import difference, interval


def values(count, mean, seed=1):
    chance = random.Random(seed)  # noqa: S311  no secret, and the same at every run
    return [float(chance.random() < mean) for _ in range(count)]


def test_the_same_values_give_the_same_interval():
    assert interval(values(200, 0.6)) == interval(values(200, 0.6))


def test_the_interval_holds_the_mean_and_narrows_with_more_queries():
    few, many = interval(values(50, 0.6)), interval(values(5000, 0.6))
    for one in (few, many):
        assert one.low < one.mean < one.high
    assert many.high - many.low < (few.high - few.low) / 5


def test_the_interval_is_as_wide_as_the_normal_approximation_says():
    # 1,000 draws of probability 0.6: standard error 0.0155, so 0.0304 to each side
    one = interval([1.0] * 600 + [0.0] * 400)
    assert (one.low, one.high) == pytest.approx((0.5696, 0.6304), abs=0.004)


def test_no_value_has_no_mean_and_what_is_no_number_is_refused():
    assert interval([]) is None
    with pytest.raises(ValueError, match="numbers only"):
        interval([1.0, float("nan")])


def by_query(numbers):
    return {f"q{number}": value for number, value in enumerate(numbers)}


def test_what_every_query_gains_is_better_and_what_it_loses_is_worse():
    low, high = by_query([0.2, 0.4, 0.1, 0.6] * 10), by_query([0.3, 0.6, 0.4, 0.7] * 10)
    assert difference(high, low).verdict == "better"
    assert difference(low, high).verdict == "worse"


def test_a_few_queries_that_change_both_ways_could_be_chance():
    before, after = by_query([0, 1, 0, 1, 1, 0] * 5), by_query([1, 1, 0, 0, 1, 0] * 5)
    found = difference(after, before)
    assert found.verdict == "could be chance"
    assert found.change.mean == 0


def test_a_run_beside_itself_is_the_same():
    one = by_query(values(30, 0.5))
    assert difference(one, one).verdict == "the same"


def test_pairs_show_what_two_separate_intervals_would_hide():
    before = by_query([number / 100 for number in range(100)])
    after = {query: value + 0.01 for query, value in before.items()}
    assert interval(list(after.values())).low < interval(list(before.values())).high
    assert difference(after, before).verdict == "better"


def test_only_queries_of_both_runs_are_compared():
    found = difference({"a": 1.0, "b": 0.0, "new": 1.0}, {"a": 0.0, "b": 0.0, "old": 1.0})
    assert (found.change.count, found.before, found.after) == (2, 0, 0.5)
    assert difference({"a": 1.0}, {"b": 1.0}) is None
