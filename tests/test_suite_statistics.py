"""What a difference between two runs is worth: against tables, and against other computations."""

import random

import pytest
from scipy.stats import binomtest

from evals.shares import Score, Unscored, share
from evals.suites.judging.statistics import (
    clustered_share,
    flips_in_words,
    mcnemar,
    power,
    power_in_words,
)


@pytest.mark.parametrize(
    ("fixed", "broken", "chance"),
    # two-sided binomial, to three places: 2 * sum(C(n, k), k <= min) / 2**n
    [(6, 0, 0.031), (5, 0, 0.062), (8, 1, 0.039), (8, 2, 0.109), (9, 3, 0.146), (4, 4, 1.0)],
)
def test_the_exact_test_gives_the_chance_of_the_flips(fixed, broken, chance):
    assert mcnemar(fixed, broken) == pytest.approx(chance, abs=0.001)
    assert mcnemar(broken, fixed) == mcnemar(fixed, broken)


def test_the_exact_test_is_that_of_scipy_for_all_small_counts():
    for flips in range(1, 41):
        for fixed in range(flips + 1):
            theirs = binomtest(fixed, flips).pvalue
            assert mcnemar(fixed, flips - fixed) == pytest.approx(theirs, abs=1e-12)


def test_a_share_has_the_interval_of_scipy_for_all_small_counts():
    for whole in range(1, 41):
        for part in range(whole + 1):
            theirs = binomtest(part, whole).proportion_ci(0.95, method="wilson")
            ours = share(part, whole)
            assert isinstance(ours, Score)
            assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def test_independent_cases_have_the_interval_of_a_plain_share():
    assert clustered_share([[True]] * 27 + [[False]] * 3) == share(27, 30)


def test_no_flip_is_no_difference():
    assert mcnemar(0, 0) == 1.0
    assert flips_in_words(0, 0) == "Nothing changed."


def test_flips_are_put_in_plain_words():
    assert flips_in_words(9, 3) == "Fixed 9, broke 3: this could still be chance (p = 0.15)."
    assert "it got better" in flips_in_words(9, 0)
    assert "it got worse" in flips_in_words(1, 12)


def test_power_is_what_a_simulation_finds():
    draw = random.Random(3)  # noqa: S311  no secret depends on it
    seen = 0
    for _ in range(4000):
        broken = sum(draw.random() < 0.13 for _ in range(100))
        fixed = sum(draw.random() < 0.03 / 0.87 for _ in range(100 - broken))
        seen += mcnemar(fixed, broken) < 0.05
    assert power(100, 0.10) == pytest.approx(seen / 4000, abs=0.03)


def test_more_cases_see_more():
    sizes = [power(size, 0.10) for size in (10, 30, 100, 200, 400)]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.05
    assert sizes[-1] > 0.99
    assert "With 30 cases, a drop of 10 points" in power_in_words(30)


def test_wordings_of_one_case_do_not_count_as_independent():
    alone = clustered_share([[True]] * 40 + [[False]] * 10)
    together = clustered_share([[True] * 4] * 10 + [[False] * 4, [False] * 4, [True] * 2])
    assert isinstance(alone, Score)
    assert isinstance(together, Score)
    assert together.value == pytest.approx(42 / 50)
    assert together.high - together.low > alone.high - alone.low


def test_a_share_of_nothing_is_no_score():
    assert isinstance(clustered_share([]), Unscored)
    assert isinstance(clustered_share([[]]), Unscored)


def test_clusters_that_all_agree_count_once_each():
    told = clustered_share([[True, True, True]] * 5)
    assert isinstance(told, Score)
    assert told.value == 1.0
    assert told.of == 5
