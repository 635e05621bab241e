"""Passages follow the document's own structure."""

from reading import read, read_shipped

from corpus.model import Passage
from corpus.passages import split

SENTENCE = "The staff member applies for leave in writing to the head of the division. "  # 14 words


def passages(source: str) -> list[Passage]:
    return list(split(read(source)))


def test_paragraph_and_clause_are_passages_of_their_own() -> None:
    source = f"# T\n\n## A\n\n3.1 {SENTENCE}\n\n3.2 {SENTENCE}\n\n{SENTENCE * 2}\n\n{SENTENCE * 2}"
    found = passages(source)
    assert [(passage.first, passage.last) for passage in found] == [(2, 2), (3, 3), (4, 4), (5, 5)]
    assert {passage.heading for passage in found} == {"A"}
    assert [passage.ordinal for passage in found] == [0, 1, 2, 3]


def test_short_neighbours_are_joined_up_to_a_hundred_and_twenty_words() -> None:
    found = passages("# T\n\n" + f"{SENTENCE}\n\n" * 10)
    assert [passage.last - passage.first + 1 for passage in found] == [8, 2]
    assert found[0].text == "\n\n".join([SENTENCE.strip()] * 8)


def test_no_passage_crosses_a_section() -> None:
    found = passages("# T\n\n## A\n\nShort.\n\n## B\n\nShort too.")
    assert [passage.text for passage in found] == ["Short.", "Short too."]
    assert [passage.heading for passage in found] == ["A", "B"]


def test_long_paragraph_is_cut_at_sentence_ends() -> None:
    document = read("# T\n\n" + SENTENCE * 20)
    found = split(document)
    assert len(found) == 2
    assert all(passage.text.endswith("division.") for passage in found)
    assert all(passage.first == passage.last == 1 for passage in found)
    assert all(document.text[p.start : p.end] == p.text for p in found)
    assert all(len(passage.text.split()) <= 150 for passage in found)


def test_long_sentence_is_cut_between_words() -> None:
    found = passages("word " * 400)
    assert [len(passage.text.split()) for passage in found] == [150, 150, 100]


def test_list_is_one_passage_with_its_lead_in() -> None:
    (found,) = passages("It includes:\n\n- one\n  - more\n- two\n")
    assert found.text == "It includes:\n\none\nmore\ntwo"
    assert (found.first, found.last) == (0, 3)


def test_list_and_the_paragraph_that_does_not_introduce_it_are_apart() -> None:
    found = passages("It is so.\n\n- one\n- two\n\nIt ends here.")
    assert [passage.text for passage in found] == ["It is so.", "one\ntwo", "It ends here."]


def test_long_list_is_cut_between_items_and_each_part_has_the_lead_in() -> None:
    document = read("It includes:\n\n" + f"- {SENTENCE}\n" * 30)
    found = split(document)
    assert [passage.last - passage.first + 1 for passage in found] == [13, 12, 6]
    assert all(passage.text.startswith("It includes:\n") for passage in found)
    assert document.text[found[1].start : found[1].end] == "\n".join([SENTENCE.strip()] * 12)
    assert all(len(passage.text.split()) <= 180 for passage in found)


def test_lead_in_stays_with_its_first_item_even_where_that_is_long() -> None:
    found = passages(f"{SENTENCE * 2}It includes:\n\n- {SENTENCE * 12}\n- {SENTENCE}\n")
    assert [(passage.first, passage.last) for passage in found] == [(0, 1), (2, 2)]


def test_part_of_a_list_that_begins_with_a_sub_item_has_the_item_above_it() -> None:
    found = passages("It has:\n\n- Outer item:\n" + f"  - {SENTENCE}\n" * 20)
    assert len(found) > 1
    assert found[1].text.startswith("It has:\nOuter item:\nThe staff")


def test_of_a_long_lead_in_parts_repeat_the_last_sentence() -> None:
    found = passages(f"{SENTENCE * 6}It includes:\n\n" + f"- {SENTENCE}\n" * 20)
    assert len(found) > 1
    assert found[-1].text.startswith("It includes:\nThe staff")


def test_row_is_a_passage_that_names_its_columns() -> None:
    found = passages("|Grade|Days|Note|\n|-|-|-|\n|P-1|20|Not paid!|\n|P-2|22||\n")
    assert [passage.text for passage in found] == [
        "Grade: P-1. Days: 20. Note: Not paid!",
        "Grade: P-2. Days: 22.",
    ]


def test_row_with_inherited_cells_reaches_back_to_them() -> None:
    source = "Goal\tWhat is done\tTeam\n"
    source += "Train\tOffer courses in six languages.\tLearning\n\tFollow them up.\tCoaching\n"
    document = read(source)
    first, second = split(document)
    assert second.text == "Goal: Train. What is done: Follow them up. Team: Coaching."
    assert (second.start, second.end) == (0, len(document.text))
    assert second.first == second.last == 1
    assert first.end < document.blocks[1].start


def test_row_without_header_has_its_cells_alone() -> None:
    assert passages("Rome\tItaly\nBern\tSwitzerland\n")[0].text == "Rome. Italy."


def test_headings_are_in_no_passage() -> None:
    assert all("T" not in passage.text for passage in passages("# T\n\n## A T\n\nshort text."))


def test_eight_priorities_are_one_passage() -> None:
    found = split(read_shipped("strategies/wto-people-strategy-2024-2027.md"))
    (priorities,) = [p for p in found if p.heading == "Strategic Priorities" and p.last > p.first]
    assert len(priorities.text.split("\n")) == 8
