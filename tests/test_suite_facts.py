"""Whether a reply says a fact: figures by value and unit, words by standing together, denials."""

import pytest

from evals.suites.judging.matching import Ruler

PLAIN = Ruler(weight=lambda _: 1.0, likeness=lambda _text, _others: 0.0)
LEAVE = "Staff members with five years of service earn thirty (30) working days of annual leave."


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("30 working days", LEAVE),
        ("thirty working days", LEAVE),
        ("30 days / 30 working days", LEAVE),
        ("five years of service", LEAVE),
        ("CHF 1,500", "The grant is 1500 francs a year."),
        ("10%", "Ten per cent of the salary is withheld."),
        ("1 January 2027", "It takes effect on 1 Jan 2027."),
        ("2027-01-01", "It takes effect on 1 January 2027."),
        ("Q1 2024", "Lead team: Social Security; Timeframe: Q1, 2024"),
        ("Policy and Social Security", "Lead team: Policy and Social Security"),
        ("carried over", "Unused leave may be carried over to the next year."),
        ("60", "Up to 60 days may be carried over."),
    ],
)
def test_a_fact_is_said_however_its_figure_is_written(fact, line):
    assert PLAIN.check(fact, [line]).found == "said"


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("25 working days of annual leave", LEAVE),
        ("Q2 2024", "Time frame of the framework: Q1, 2024"),
        ("CHF 2,000 grant", "The grant is 1500 francs a year."),
        ("takes effect on 1 January 2028", "It takes effect on 1 January 2027."),
    ],
)
def test_another_value_in_the_same_place_is_a_wrong_value(fact, line):
    found = PLAIN.check(fact, [line], "By when is the framework due?")
    assert found.found == "wrong value"
    assert found.words == line


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("30 calendar days", LEAVE),  # what is counted is not the same
        ("12 weeks of parental leave", LEAVE),
        ("30 working days of sick leave", "Thirty working days is the notice for the landlord."),
        ("the supervisor approves", LEAVE),
    ],
)
def test_what_is_not_said_is_not_found(fact, line):
    assert PLAIN.check(fact, [line]).found == "not said"


def test_a_figure_in_a_line_about_another_thing_is_neither_said_nor_wrong():
    lines = ["A parking permit costs forty francs.", "Leave is asked for in writing."]
    assert PLAIN.check("40 francs for telework", lines).found == "not said"
    assert PLAIN.check("50 francs for telework equipment", lines).found == "not said"


def test_may_and_may_not_are_told_apart():
    assert PLAIN.check("staff may telework abroad", ["Staff may telework abroad."]).found == "said"
    denied = PLAIN.check("staff may telework abroad", ["Staff abroad may not telework."])
    assert denied.found != "said"


def test_words_that_mean_the_same_are_said_only_probably():
    alike = Ruler(weight=lambda _: 1.0, likeness=lambda _text, _others: 0.8)
    found = alike.check("managers approve requests for leave", ["Requests go to the manager."])
    assert found.found == "probably"
    assert alike.check("the moon is cheese", ["Requests go to the manager."]).found == "not said"


def test_what_must_not_be_said_is_never_found_by_likeness_alone():
    alike = Ruler(weight=lambda _: 1.0, likeness=lambda _text, _others: 1.0)
    assert alike.says("22 days", ["Staff earn 30 days."]).found == "not said"
    assert alike.says("22 days", ["Staff earned 22 days."]).found == "said"


def test_a_fact_may_stand_across_two_lines():
    lines = ["Continuing appointments", "earn 2.5 days each month"]
    assert PLAIN.check("continuing appointments earn 2.5 days", lines).found == "said"


def test_a_reply_without_lines_says_nothing():
    assert PLAIN.check("30 days", []).found == "not said"
    assert PLAIN.check("anything", []).found == "not said"
