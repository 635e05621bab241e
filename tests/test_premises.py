"""False premises: a figure or name of the question gives way to one that the answer has not."""

import pytest

from evals.premises import mentions, premises_of

GOLD = "In 2024 the Geneva office paid 12 francs a day to grade G-5, from Q2 on: 30% more."
ELSEWHERE = "In 2019 the Nairobi office paid 45 francs to P-3, from Q4 on. It was 80% less in May."
PREMISES = premises_of([GOLD, ELSEWHERE])


@pytest.mark.parametrize(
    ("question", "false"),
    [
        ("What was paid in 2024?", "What was paid in 2019?"),
        ("Who gets 12 francs?", "Who gets 45 francs?"),
        ("What does grade G-5 get?", "What does grade P-3 get?"),
        ("What changed in Q2 of the year?", "What changed in Q4 of the year?"),
        ("Is 30% more paid?", "Is 80% more paid?"),
        ("What did the Geneva office pay?", "What did the Nairobi office pay?"),
    ],
)
def test_a_figure_or_name_is_exchanged_for_another_of_its_sort(question, false):
    assert PREMISES.falsified("q1", question, GOLD) == false


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("What is paid to whom?", "it mentions nothing"),
        ("What was paid in 2021?", "the answer does not hold its year"),
        ("Geneva pays whom?", "what opens a sentence is no name"),
        ("What changed in March of the year?", "the answer holds no month"),
    ],
)
def test_a_question_without_a_premise_to_exchange_gives_none(question, why):
    assert PREMISES.falsified("q1", question, GOLD) is None, why


def test_nothing_is_exchanged_for_what_the_answer_or_the_question_holds():
    premises = premises_of(["In 2024 and 2023.", "In 2023."])
    assert premises.falsified("q1", "What of 2024?", "In 2024 and 2023.") is None
    assert premises.falsified("q1", "What of 2024 against 2023?", "In 2024.") is None


def test_which_value_takes_its_place_depends_on_the_id_alone():
    premises = premises_of(f"In {year}." for year in range(1990, 2025))
    made = [premises.falsified("a", "What of 2024?", "In 2024.") for _ in range(3)]
    assert len(set(made)) == 1
    assert len({premises.falsified(str(n), "What of 2024?", "In 2024.") for n in range(20)}) > 5


def test_a_word_that_is_also_written_small_is_no_name():
    premises = premises_of(
        ["Ask the Staff office.", "Ask the Geneva office.", "All staff may ask."]
    )
    assert "Staff" not in premises.known["name"]
    assert premises.falsified("q", "Who is the Staff office?", "Ask the Staff office.") is None


def test_each_mention_has_one_sort():
    found = {one.value: one.sort for one in mentions("by Q3 2025, 4.5 % of G-4 in HR, see Lima 12")}
    assert found == {
        "Q3": "quarter", "2025": "year", "4.5 %": "percentage", "G-4": "grade",
        "HR": "short", "Lima": "name", "12": "number",
    }  # fmt: skip
