"""Tables: flattened to tabs or drawn with pipes, with the cells that were merged."""

import pytest
from reading import CORPUS, read, read_shipped, rows, text_of, texts

from corpus.model import Document

HEADER = "Goal\tWhat is done\tTeam\tWhen\n"
PLAN = HEADER + (
    "Hire well\tWrite a policy that is fair to all candidates.\tStaffing\t2024\n"
    "\tOpen every vacancy to all.\t\t\n"
    "\tAnswer each candidate within ten days.\t\t\n"
    "Train well\tOffer courses in six languages to all staff.\tLearning\tOngoing\n"
    "\tFollow up on each course.\tCoaching\t\n"
)


def headers(document: Document) -> list[str]:
    return [cell.header for cell in next(b for b in document.blocks if b.cells).cells]


def test_lines_with_tabs_are_rows_and_the_first_names_the_columns() -> None:
    document = read("Grade\tDays of leave\nP-1\t20\nP-2\t22\n")
    assert headers(document) == ["Grade", "Days of leave"]
    assert rows(document) == [["P-1", "20"], ["P-2", "22"]]
    assert document.text == "P-1\t20\nP-2\t22"


def test_first_row_that_is_like_the_others_is_no_header() -> None:
    document = read("Rome\tItaly\nParis\tFrance\nBern\tSwitzerland\n")
    assert headers(document) == ["", ""]
    assert len(rows(document)) == 3


@pytest.mark.parametrize(
    "first", ["Grade:\tDays", "Grade\t", "One of the very longest names\tDays."]
)
def test_first_row_that_is_no_set_of_names_is_no_header(first: str) -> None:
    assert len(rows(read(f"{first}\nP-1\t20\nP-2\t22\n"))) == 3


def test_line_under_an_empty_cell_is_a_further_entry_of_the_row_above() -> None:
    document = read(PLAN)
    first = document.blocks[0]
    assert [(cell.header, document.text[cell.start : cell.end]) for cell in first.cells] == [
        ("Goal", "Hire well"),
        ("What is done", "Write a policy that is fair to all candidates."),
        ("What is done", "Open every vacancy to all."),
        ("What is done", "Answer each candidate within ten days."),
        ("Team", "Staffing"),
        ("When", "2024"),
    ]
    assert text_of(document, first).endswith("within ten days.\t\t")


def test_line_with_several_cells_is_a_row_that_inherits_the_empty_ones() -> None:
    document = read(PLAN)
    assert rows(document)[-1] == ["Train well", "Follow up on each course.", "Coaching", "Ongoing"]
    goal, done, team, when = document.blocks[-1].cells
    start = document.blocks[-1].start
    assert goal.start < start <= done.start < team.start
    assert when.start < start


def test_line_in_mid_sentence_under_a_finished_one_inherits_nothing_and_is_noted() -> None:
    torn = "\tand then more.\t\tOngoing\n"
    document = read(f"{HEADER}Train\tOffer courses to all staff.\tLearning\t2024\n{torn}")
    assert rows(document)[-1] == ["", "and then more.", "", "Ongoing"]
    assert all(cell.start >= document.blocks[-1].start for cell in document.blocks[-1].cells)
    (note,) = document.notes
    assert note.startswith("A table row that begins “and then more.” was torn off")


def test_empty_cell_of_a_row_with_a_name_stays_empty() -> None:
    document = read(f"{HEADER}Hire\tBe fair to all.\tStaffing\t2024\nTrain\tAll of them.\t\t\n")
    assert rows(document)[-1] == ["Train", "All of them.", "", ""]


def test_table_cut_by_a_page_goes_on_under_the_repeated_heading_and_header() -> None:
    document = read(f"## Plan\n\n{PLAN}\n\n# Plan\n\n{HEADER}\tAsk each of them again.\t\t\n")
    done = ["Follow up on each course.", "Ask each of them again."]
    assert rows(document)[-1] == ["Train well", *done, "Coaching", "Ongoing"]
    assert "What is done" not in document.text
    assert len({block.group for block in document.blocks if block.cells}) == 1
    assert len(document.sections) == 1


def test_tables_with_other_headers_are_not_joined() -> None:
    document = read("|a|b|\n|-|-|\n|c|d|\n\n|e|f|\n|-|-|\n|g|h|\n")
    assert document.blocks[0].group != document.blocks[1].group


def test_short_row_is_filled_up() -> None:
    assert rows(read("Grade\tDays\tNote\nP-1\t20\nP-2\t22\tNew\n")) == [
        ["P-1", "20", ""],
        ["P-2", "22", "New"],
    ]


def test_line_without_tab_goes_on_with_the_cell_before() -> None:
    assert rows(read("Grade\tDays of leave\nP-1\t20 working\ndays\nP-2\t22\n"))[0] == [
        *["P-1", "20 working days"]
    ]


def test_pipe_table_is_read_with_marks_and_escapes_resolved() -> None:
    document = read("| Grade | **Days** |\n|---|:-:|\n| `P-1` | 20 \\| 21 |\n| [P-2](x) |\n")
    assert headers(document) == ["Grade", "Days"]
    assert rows(document) == [["P-1", "20 | 21"], ["P-2", ""]]


def test_pipe_table_without_names_has_no_header() -> None:
    document = read("| | |\n|---|---|\n| Rome | Italy |\n")
    assert headers(document) == ["", ""]


@pytest.mark.parametrize("introduced", ["The days:\n\n", "Table 1. Days by grade\n\n"])
def test_lead_in_or_caption_introduces_every_row(introduced: str) -> None:
    document = read(f"{introduced}|Grade|Days|\n|-|-|\n|P-1|20|\n|P-2|22|\n")
    assert [block.lead_in for block in document.blocks] == [None, 0, 0]


def test_sentence_before_a_table_does_not_introduce_it() -> None:
    document = read("Days are counted.\n\n|Grade|Days|\n|-|-|\n|P-1|20|\n")
    assert document.blocks[1].lead_in is None


@pytest.mark.parametrize("icons", ["\ue001||", "文||No.", "||", "•|•|•", "ж||"])
def test_column_of_icons_makes_a_list(icons: str) -> None:
    items = ["Hire the best people", "Train them well", "Pay them in time"]
    source = "\n".join(
        f"{icon}\t{item}" for icon, item in zip(icons.split("|"), items, strict=True)
    )
    document = read(source)
    assert texts(document, "list_item") == items
    assert len({block.group for block in document.blocks}) == 1


def test_column_of_numbers_makes_a_list_with_labels() -> None:
    document = read("1.\tHire the best people\n2.\tTrain them well\n")
    assert [(block.kind, block.label) for block in document.blocks] == [
        *[("list_item", "1."), ("list_item", "2.")]
    ]
    assert read("(a)\tHire the best\n(b)\tTrain them\n").blocks[1].label == "(b)"


def test_column_of_short_names_with_merged_cells_stays_a_table() -> None:
    document = read("P-1\tTwenty days\n\tor more\n\tor less\nP-2\tThirty days\n")
    assert [block.kind for block in document.blocks] == ["table_row", "table_row"]
    assert rows(document)[0] == ["P-1", "Twenty days", "or more", "or less"]


def test_workplan_of_the_people_strategy_has_its_rows() -> None:
    document = read_shipped("strategies/wto-people-strategy-2024-2027.md")
    found = {row[0]: row for row in rows(document)}
    assert found["Optimize Workday"][-2:] == ["HRD all", "2024"]
    assert len(found["Optimize Workday"]) == 4 + 3
    assert found["Further leadership capability"][-1] == "Q2 & 3, 2024"
    assert found[""][1].startswith("post-discussions")
    assert sum("torn off" in note for note in document.notes) == 1
    source = (CORPUS / "strategies/wto-people-strategy-2024-2027.md").read_text(encoding="utf-8")
    assert "Objective\tDescription" in source
    assert "Objective\tDescription" not in document.text


@pytest.mark.parametrize("nothing", ["\ufeff", "\u200b", "\u2060 \u00ad", "\ufeff | \u200b"])
def test_row_that_holds_only_characters_without_width_is_no_row(nothing: str) -> None:
    table = "| a | b |\n|---|---|\n| c | d |\n"
    assert rows(read(f"{table}{nothing}\n| e | f |\n")) == [["c", "d"], ["e", "f"]]


def test_header_that_holds_only_characters_without_width_is_no_header() -> None:
    document = read("| \ufeff | \u200b |\n|---|---|\n| 1. | Ask first. |\n| 2. | Then go. |\n")
    assert texts(document, "list_item") == ["1. Ask first.", "2. Then go."]
