"""The scores of rows and the decision fitted to them, on rows whose outcome is known."""

from dataclasses import fields, replace
from math import log

import numpy as np
import pytest

from assistant.decision.calibration import read_calibration, write_calibration
from assistant.selection.signals import Signals
from corpus.errors import BenchmarkUnusable
from evals.answers import Row, SetRows
from evals.evidence import Evidence
from evals.fitting import Rule, confidence_under, fit_decision
from evals.logistic import fit_logistic
from evals.scoring import score_set
from evals.shares import Score, Unscored

QUOTED = Evidence(quoted=True, first=True, few=True, precision=0.5, recall=1.0)
MISSED = Evidence(quoted=False, first=False, few=False, precision=0.0, recall=0.0)
SIGNALS = len(fields(Signals))


def row(kind, sure, *, found=None, said=(0.0, 0.0), blocked=False):
    signals = (*said, *[0.0] * (SIGNALS - 2))
    verdict = "answer" if sure >= 0.5 and not blocked else "closest"
    return Row(kind, "q", "s", verdict, 0.0 if blocked else sure, signals, 2, 2, found)


def of(*rows, name="some"):
    return SetRows(name, rows, (), ())


SOME = of(
    row("answerable", 0.9, found=QUOTED),
    row("answerable", 0.8, found=MISSED),
    row("answerable", 0.4, found=replace(QUOTED, first=False, precision=0.25, both=False)),
    row("answerable", 0.7, found=replace(QUOTED, precision=1.0, both=True)),
    row("section removed", 0.85),
    row("section removed", 0.1),
    row("off-topic", 0.95, blocked=True),
)


def test_the_scores_of_answerable_questions_are_counted_by_hand():
    own = score_set(SOME, 0.5).answers
    assert (own.answered.value, own.answered.of) == (0.75, 4)
    assert own.right.value == pytest.approx(2 / 3)
    assert own.over_refused.value == 0.25
    assert (own.quoted.value, own.first.value, own.few.value) == (0.75, 0.5, 0.75)
    assert own.precision.value == pytest.approx((0.5 + 0.0 + 1.0) / 3)
    assert own.recall.value == pytest.approx(2 / 3)
    assert (own.both.value, own.both.of) == (0.5, 2)


def test_a_refusal_without_evidence_is_not_over_refused():
    some = of(*SOME.rows, row("answerable", 0.2, found=MISSED))
    assert score_set(some, 0.5).answers.over_refused.value == 0.2


def test_false_answers_are_counted_by_kind_and_a_kind_without_questions_is_unscored():
    scores = score_set(SOME, 0.5)
    section = scores.kinds["section removed"]
    assert (section.false.value, section.false.of) == (0.5, 2)
    assert section.auroc.value == pytest.approx(4 / 6)  # .9 above both; .4 and .7 above one each
    assert [one.value for one in section.answered_at] == [0.25, 0.25, 0.25]
    assert scores.kinds["off-topic"].false.value == 0.0
    assert [one.value for one in scores.kinds["off-topic"].answered_at] == [1.0] * 3
    nothing = scores.kinds["unanswerable"]
    assert all(isinstance(one, Unscored) for one in (nothing.false, nothing.auroc))
    assert scores.wrong.value == pytest.approx(1 / 3)


def test_caution_has_a_step_for_the_threshold_in_use():
    steps = {one.threshold: one.answered for one in score_set(SOME, 0.77).caution}
    assert steps[0.77]["answerable"].value == 0.5
    assert steps[0.77]["section removed"].value == 0.5
    assert steps[0.9]["section removed"].value == 0.0
    assert steps[0.1]["off-topic"].value == 0.0


def test_a_quote_that_does_not_hold_is_counted():
    broken = replace(SOME.rows[0], valid=1)
    score = score_set(of(broken, *SOME.rows[1:]), 0.5).valid
    assert score == Score(13 / 14, 14, score.low, score.high)


def test_logistic_regression_finds_the_odds():
    measured = np.array([[0.0]] * 4 + [[1.0]] * 4)
    right = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    weight, offset = fit_logistic(measured, right, np.full(8, 1000.0))
    assert weight == pytest.approx(2 * log(3), abs=0.01)
    assert offset == pytest.approx(-log(3), abs=0.01)


def made(name, *, shift=0.0, size=20):
    """Return a set whose first signal tells right from wrong, and whose second tells nothing."""
    steps = [(place / size, float(place % 2)) for place in range(size)]
    rows = [
        row("answerable", 0.5, found=QUOTED, said=(0.4 + shift + 0.5 * s, odd)) for s, odd in steps
    ]
    rows += [row("section removed", 0.5, said=(0.5 * s, odd)) for s, odd in steps]
    rows += [row("off-topic", 0.5, said=(0.1 * s, odd)) for s, odd in steps]
    return of(*rows, name=name)


def test_a_fit_finds_the_signal_that_tells_and_answers_as_much_as_its_rule_says():
    sets = [made("one"), made("other", shift=0.05, size=30)]
    fitted, held = fit_decision(sets, Rule())
    first, second, *rest = (getattr(fitted.weights, one.name) for one in fields(Signals))
    assert first > 5 > abs(second)
    assert rest == pytest.approx([0.0] * (SIGNALS - 2))
    assert fitted.closest_threshold <= fitted.answer_threshold
    shares = [
        sum(confidence_under(fitted, r) >= fitted.answer_threshold for r in one.of("answerable"))
        / len(one.of("answerable"))
        for one in sets
    ]
    assert 0.75 <= sum(shares) / 2 < 0.8
    assert [one.name for one in held] == ["one", "other"]
    assert all(one.auroc["section removed"].value > 0.9 for one in held)


def test_held_out_figures_are_those_of_a_fit_to_the_others():
    sets = [made("one"), made("other", shift=0.1)]
    fitted, held = fit_decision(sets, Rule())
    alone, none_held = fit_decision(sets[1:], Rule())
    assert none_held == ()
    assert alone.figures == ()
    assert held[0].calibration.weights == alone.weights
    told = {(one.set, one.kind) for one in fitted.figures}
    assert told >= {("one", "answerable"), ("other", "off-topic")}


def test_a_kind_that_costs_nothing_does_not_weigh():
    odd = [row("false premise", 0.5, said=(1.0, 0.0)) for _ in range(20)]
    sets = [of(*made(name).rows, *odd, name=name) for name in ("one", "other")]
    first = fields(Signals)[0].name
    weighed, without = (
        getattr(fit_decision(sets, rule)[0].weights, first)
        for rule in (Rule(), Rule(costs={"false premise": 0.0}))
    )
    plain = fit_decision([made("one"), made("other")], Rule())[0]
    assert weighed < without
    assert without == pytest.approx(getattr(plain.weights, first), rel=0.1)


def test_what_is_blocked_is_neither_fitted_to_nor_answered():
    odd = [row("off-topic", 0.9, said=(1.0, 0.0), blocked=True) for _ in range(50)]
    sets = [of(*made(name).rows, *odd, name=name) for name in ("one", "other")]
    fitted, held = fit_decision(sets, Rule())
    plain, _ = fit_decision([made("one"), made("other")], Rule())
    assert fitted.weights == plain.weights
    assert held[0].answered["off-topic"].value == 0.0


def test_sets_without_a_right_or_without_a_wrong_answer_are_refused():
    for rows in ([row("answerable", 0.5, found=QUOTED)], [row("off-topic", 0.5)], []):
        with pytest.raises(BenchmarkUnusable, match="do not have both"):
            fit_decision([of(*rows)], Rule())


def test_a_fitted_decision_is_a_decision_file_and_the_same_one_twice(tmp_path):
    for name in ("a.json", "b.json"):
        fitted, _ = fit_decision([made("one"), made("other", shift=0.1)], Rule())
        write_calibration(fitted, tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    read = read_calibration(tmp_path / "a.json")
    assert read == fitted
    assert "75%" in read.rule
    assert "one (60 questions)" in read.origin
