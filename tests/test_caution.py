"""Scores of confidence and their intervals, against values worked out by hand."""

import pytest

from evals.caution import (
    Point,
    answered_at,
    answered_from,
    area_of_risk,
    auroc,
    highest_reaching,
    risk_coverage,
)
from evals.shares import (
    Score,
    Unscored,
    decimals,
    mean,
    mean_score,
    percent,
    percent_within,
    share,
)


def test_a_share_has_its_wilson_interval():
    score = share(27, 30)
    assert score.value == pytest.approx(0.9)
    assert (score.low, score.high) == (
        pytest.approx(0.7438, abs=1e-4),
        pytest.approx(0.9654, abs=1e-4),
    )
    none = share(0, 35)
    assert (none.low, none.high) == (0.0, pytest.approx(0.0989, abs=1e-4))
    assert share(35, 35).high == 1.0


def test_nothing_of_nothing_is_no_score_and_is_shown_as_a_dash():
    nothing = [share(0, 0), mean([]), mean_score([Unscored("none")]), auroc([], [0.5])]
    nothing += [answered_at([0.5], [], 0.1), answered_from([], 0.5), area_of_risk(())]
    assert all(isinstance(one, Unscored) for one in nothing)
    assert {show(one) for show in (percent, percent_within, decimals) for one in nothing} == {"–"}


def test_what_is_unscored_is_never_averaged():
    assert mean_score([share(1, 2), Unscored("none"), share(4, 4)]) == Score(0.75, 6, 0.75, 0.75)


def test_figures_are_written_in_percent_with_their_interval():
    assert percent(share(1, 3)) == "33.3"
    assert percent_within(share(27, 30)) == "90.0 (74–97)"
    assert decimals(mean([0.25, 0.5])) == "0.375"


def test_auroc_counts_pairs_and_half_of_ties():
    assert auroc([0.9, 0.5], [0.5, 0.1]).value == pytest.approx(3.5 / 4)
    assert auroc([0.1], [0.9]).value == 0


def test_risk_coverage_has_a_point_for_each_confidence_and_none_for_what_is_never_answered():
    points = risk_coverage([0.9, 0.8, 0.8, 0.3, 0.0], [True, False, True, False, True])
    assert points == (
        Point(0.9, 0.2, 0.0),
        Point(0.8, 0.6, pytest.approx(1 / 3)),
        Point(0.3, 0.8, 0.5),
    )
    assert area_of_risk(points).value == pytest.approx((0.4 / 3 + 0.2 * 0.5) / 0.8)


def test_a_threshold_answers_what_reaches_it_and_never_what_is_blocked():
    assert answered_from([0.5, 0.4, 0.0, 0.9], 0.5).value == 0.5
    assert answered_from([0.5, 0.0], 0.0).value == 0.5


@pytest.mark.parametrize(("rate", "share_answered"), [(0.05, 0.25), (0.25, 0.5), (1.0, 1.0)])
def test_answered_share_at_a_rate_of_false_answers(rate, share_answered):
    positive, negative = [0.9, 0.8, 0.5, 0.2], [0.85, 0.5, 0.4, 0.1]
    assert answered_at(positive, negative, rate).value == share_answered


def test_a_tie_with_a_false_answer_is_not_answered():
    assert answered_at([0.5, 0.6], [0.5, 0.5], 0.5).value == 0.5


def test_the_highest_threshold_that_answers_enough_weighs_groups_alike():
    groups = [[0.9, 0.8, 0.7, 0.6], [0.5, 0.4]]
    assert highest_reaching(groups, 0.75) == 0.5  # all of one, half of the other
    assert highest_reaching(groups, 0.5) == 0.6
    assert highest_reaching(groups, 1.0) == 0.4
    assert highest_reaching([[0.5, 0.0]], 0.9) == 0.5  # the lowest there is, for none reaches it
    assert highest_reaching([[]], 0.9) == 0.0
