"""The decision file: what comes with Charter is what is used, and a broken one is refused."""

import json
from dataclasses import fields, replace

import pytest

from assistant.decision.calibration import (
    SHIPPED,
    Calibration,
    Figure,
    read_calibration,
    write_calibration,
)
from assistant.selection.signals import Signals
from assistant.settings import load_settings
from assistant.wiring import calibration_of, settings_fingerprint
from corpus.errors import CalibrationUnusable

SOME = dict.fromkeys((one.name for one in fields(Signals)), 0.5)


@pytest.fixture
def written(tmp_path):
    def write(**changes):
        path = tmp_path / "decision.json"
        given = json.loads(SHIPPED.read_text("utf-8")) | changes
        path.write_text(json.dumps(given), "utf-8")
        return path

    return write


def test_the_file_that_comes_with_charter_decides_unless_home_holds_another(tmp_path):
    settings = load_settings(home=tmp_path)
    assert calibration_of(settings) == read_calibration()
    own = replace(read_calibration(), offset=-1.25, answer_threshold=0.75)
    write_calibration(own, tmp_path / "calibration.json")
    assert calibration_of(settings) == own
    assert settings_fingerprint(settings) != settings_fingerprint(load_settings())


def test_a_threshold_that_is_set_takes_the_place_of_the_fitted_one(tmp_path):
    set_so = calibration_of(load_settings(home=tmp_path, answer_threshold=0.9))
    assert set_so == replace(read_calibration(), answer_threshold=0.9)
    low = calibration_of(load_settings(home=tmp_path, answer_threshold=0.01))
    assert low.closest_threshold == 0.01


def test_confidence_is_the_logistic_function_of_the_weighted_signals():
    names = list(SOME)
    weights = Signals(**(dict.fromkeys(names, 0.0) | {names[0]: 2.0}))
    flat = replace(read_calibration(), weights=weights, offset=-1.0)
    assert flat.confidence(Signals(**SOME)) == pytest.approx(0.5)  # 2 × 0.5 - 1 = 0
    assert replace(flat, offset=-5000.0).confidence(Signals(**SOME)) == pytest.approx(0.0)


def test_what_is_written_is_read_again(tmp_path):
    made = replace(read_calibration(), offset=-1.25, figures=(Figure("s", "off-topic", 40, 0.05),))
    write_calibration(made, tmp_path / "one.json")
    write_calibration(made, tmp_path / "other.json")
    assert read_calibration(tmp_path / "one.json") == made
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weights": {next(iter(SOME)): 1.0}}, "other signals"),
        ({"weights": {**SOME, "length": 1.0}}, "other signals .length"),
        ({"offset": "much"}, "offset"),
        ({"weights": {**SOME, next(iter(SOME)): float("nan")}}, "weights"),
        ({"answer_threshold": 1.5}, "answer_threshold"),
        ({"answer_threshold": 0.2, "closest_threshold": 0.3}, "above that of answers"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_file_that_cannot_decide_is_refused_by_what_is_wrong(written, changes, words):
    with pytest.raises(CalibrationUnusable, match=words):
        read_calibration(written(**changes))


def test_a_file_that_is_missing_or_no_json_is_refused(tmp_path):
    with pytest.raises(CalibrationUnusable, match="cannot be read"):
        read_calibration(tmp_path / "none.json")
    (tmp_path / "half.json").write_text('{"weights": ', "utf-8")
    with pytest.raises(CalibrationUnusable, match="mistake"):
        read_calibration(tmp_path / "half.json")


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CalibrationUnusable, match="cannot be written"):
        write_calibration(read_calibration(), tmp_path / "no folder" / "decision.json")


def test_a_calibration_compares_by_its_figures():
    assert isinstance(read_calibration(), Calibration)
    assert read_calibration() != replace(read_calibration(), offset=0.0)
