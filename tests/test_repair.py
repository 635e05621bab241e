"""What conversion broke is mended, by rules that know no document."""

import pytest
from reading import paths, read, read_shipped, texts

HOLDERS = "# LEAVE OF ALL STAFF\n\n#### First\n\nText.\n\n"  # levels that mean little


@pytest.mark.parametrize("glyph", ["\ue000", "\uf0b7\uf0b7", "文", "ж", "ك"])
def test_stray_glyph_alone_on_a_line_is_dropped(glyph: str) -> None:
    assert read(f"Leave is paid.\n\n{glyph}\n\nIt is granted.").text == (
        "Leave is paid.\n\nIt is granted."
    )


def test_stray_glyph_alone_in_a_cell_is_dropped() -> None:
    assert "文" not in read("|Grade|Days|\n|-|-|\n|P-1|文|\n|P-2|20|\n").text


@pytest.mark.parametrize("kept", ["Is 文 a word?", "5", "✓", "OK", "休暇は有給です"])
def test_mark_that_may_mean_something_is_kept(kept: str) -> None:
    assert kept in read(f"Leave is paid.\n\n{kept}\n\nIt is granted.").text


def test_latin_letters_are_at_home_in_any_script() -> None:
    assert "P-3" in read("休暇は有給です。\n\nP-3\n\n休暇は有給です。").text
    assert "ÉA" in read("휴가는 유급이다.\n\nÉA\n\n휴가는 모두에게 주어진다.").text


@pytest.mark.parametrize("bullet", ["•", "▪", "\uf0b7"])
def test_bullet_that_became_text_makes_an_item(bullet: str) -> None:
    document = read(f"Staff shall:\n\n{bullet} work\n\n{bullet} rest\n")
    assert texts(document, "list_item") == ["work", "rest"]
    assert document.blocks[1].group == document.blocks[2].group


def test_heading_repeated_over_text_that_goes_on_is_one_section() -> None:
    document = read("# T\n\n## A\n\nOne.\n\n### A\n\nTwo.\n\n## B\n\nThree.\n\n## A\n\nFour.")
    assert paths(document) == ["A", "B", "A"]
    assert texts(document)[1:4] == ["A", "One.", "Two."]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Protection of the", "Civil Service", "Protection of the Civil Service"),
        ("Leave, pay,", "Pensions", "Leave, pay, Pensions"),
        ("Long-", "Term plans", "Long-Term plans"),
        ("Annual leave", "for all staff", "Annual leave for all staff"),
        ("Politique des", "Congés", "Politique des Congés"),
    ],
)
def test_heading_broken_over_lines_is_one(first: str, second: str, whole: str) -> None:
    document = read(f"# T\n\n## {first}\n\n## {second}\n\nText.")
    assert paths(document) == [whole]


def test_complete_headings_one_above_the_other_stay_two() -> None:
    assert paths(read("# T\n\n## Leave\n\n### Annual leave\n\nText.")) == [
        *["Leave", "Leave › Annual leave"]
    ]


@pytest.mark.parametrize("label", ["ANNEX I", "Appendix B", "Chapter 3", "Part II", "Annex"])
def test_label_takes_the_heading_after_it_as_its_words(label: str) -> None:
    document = read(f"# T\n\n## A\n\nText.\n\n## **{label}**\n\n## Staff Council\n\nText.")
    assert paths(document) == ["A", f"{label} Staff Council"]


def test_heading_without_mark_is_found_where_levels_mean_little() -> None:
    document = read(
        f"{HOLDERS}Health and safety of staff\n\n- Rest\n- Sleep\n\nPensions\n\nThey are paid."
    )
    assert paths(document)[-2:] == ["Health and safety of staff", "Pensions"]


@pytest.mark.parametrize(
    "line",
    [
        "Staff shall rest:",
        "Staff shall rest.",
        "staff shall rest",
        "A line " + "of words " * 25,
        "First line\nSecond line",
    ],
)
def test_line_that_is_a_sentence_or_too_long_is_no_heading(line: str) -> None:
    document = read(f"{HOLDERS}{line}\n\nThey are paid.")
    assert [block.kind for block in document.blocks].count("heading") == 2


def test_lines_of_an_address_are_no_headings() -> None:
    document = read(f"{HOLDERS}Human Resources\n\nRoom 5\n\nWrite to them.")
    assert [block.kind for block in document.blocks].count("heading") == 3


def test_line_without_mark_is_left_alone_where_the_marks_can_be_trusted() -> None:
    document = read("# T\n\n## A\n\nHealth and safety of staff\n\n- Rest\n- Sleep\n")
    assert paths(document) == ["A"]


@pytest.mark.parametrize("line", ["**Training policy**", "__Training policy__", "Sick leave"])
def test_bold_line_or_one_that_repeats_a_heading_is_one_everywhere(line: str) -> None:
    document = read(f"# T\n\n## Sick leave\n\nOne.\n\n## A\n\n{line}\n\nIt is paid.")
    assert paths(document)[-1] == f"A › {line.strip('*_')}"


def test_sentence_with_bold_words_is_no_heading() -> None:
    document = read("# T\n\n## A\n\n**Note** that it applies\n\nIt is paid.")
    assert paths(document) == ["A"]


def test_numbered_lines_that_markdown_takes_for_lists_are_headings() -> None:
    document = read("# T\n\n1. PURPOSE\n\nIt is paid.\n\n2. SCOPE\n\nAll staff.\n")
    assert paths(document) == ["1. PURPOSE", "2. SCOPE"]


def test_list_of_short_numbered_items_stays_a_list() -> None:
    assert texts(read("1. Purpose\n2. Scope\n\nText."), "list_item") == ["1. Purpose", "2. Scope"]


def test_sentence_cut_by_a_page_break_is_one_paragraph() -> None:
    document = read("This is why it\n\n\n\nrequires a policy. And more.\n\nAnother.")
    assert texts(document) == ["This is why it requires a policy. And more.", "Another."]


def test_item_cut_by_a_page_break_is_one_item() -> None:
    assert texts(read("- Keep close ties with\n\nall staff at work.\n"))[0] == (
        "Keep close ties with all staff at work."
    )


def test_item_broken_over_lines_is_one_item() -> None:
    assert texts(read("- Keep close\n  ties with\n all staff\n- Rest\n")) == [
        *["Keep close ties with all staff", "Rest"]
    ]


@pytest.mark.parametrize("before", ["It is so.", "The days:", "They rest;", "“It is so.”"])
def test_finished_paragraph_takes_nothing_in(before: str) -> None:
    assert len(read(f"{before}\n\nand more.").blocks) == 2


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("in a fast- changing world", "in a fast-changing world"),
        ("a 360- degree review", "a 360-degree review"),
        ("fixed- and short-term staff", "fixed- and short-term staff"),
        ("non- and under- represented", "non- and under-represented"),
        ("kurz- oder langfristig", "kurz- oder langfristig"),
        ("à court- et long terme", "à court- et long terme"),
        ("work - rest", "work - rest"),
        ("the `pre-` form", "the pre- form"),
        ("self-\ncare at work", "self-care at work"),
        ("rights visà-vis staff", "rights vis-à-vis staff"),
        ("a têteàtête at work", "a tête-à-tête at work"),
        ("rights vis-à-vis staff", "rights vis-à-vis staff"),
    ],
)
def test_hyphens_are_mended(broken: str, whole: str) -> None:
    assert read(f"{broken.capitalize()}.").text == f"{whole.capitalize()}."


def test_hyphen_of_a_line_end_goes_where_the_document_has_the_whole_word() -> None:
    assert read("The strategy is new. A strat-\negy is needed.").text.endswith(
        "A strategy is needed."
    )
    both = read("It cooperates by co-operating. It co-\noperates.")
    assert both.text.endswith("It cooperates.")
    kept = read("A well-known form. It is wellknown. That is well- known here.")
    assert kept.text.endswith("That is well-known here.")


def test_lost_hyphen_comes_back_where_the_same_phrase_has_it() -> None:
    document = read("# T\n\nOur legally-sound rules.\n\n## Our legallysound rules\n\nText.")
    assert paths(document) == ["Our legally-sound rules"]
    heading = document.blocks[-2]
    hyphen = document.text.index("-", heading.start)
    assert document.origin.source_of(hyphen) is None
    assert document.origin.source_of(hyphen - 1) is not None


def test_two_spellings_of_one_author_are_both_kept() -> None:
    text = "Staff well-being counts. The wellbeing of staff counts. We use e-mail or email."
    assert read(text).text == text


@pytest.mark.parametrize(
    "phrase",
    [
        "operate and deliver results in a fast-changing environment",
        "applicants from non- and under-represented Members",
        "Manage fixed- and short-term recruitment",
        "Introduce 360-degree appraisal of Directors",
        "build their self-awareness and skills",
        "grounded in a modern, legally-sound, accessible policy framework",
        "is more important than ever. This requires a people-centred approach",
    ],
)
def test_people_strategy_is_mended(phrase: str) -> None:
    assert phrase in read_shipped("strategies/wto-people-strategy-2024-2027.md").text


@pytest.mark.parametrize(
    "phrase",
    [
        "assert their rights vis-à-vis the administration",
        "close cooperation with all Staff Union members under various contractual situations",
        "such as General Assemblies, May Day, monthly",
        "\n\nEnsure that the performance management monitoring framework",
    ],
)
def test_union_programme_is_mended(phrase: str) -> None:
    assert phrase in read_shipped("strategies/ilo-staff-union-programme-2023.md").text


def test_no_stray_glyph_is_left_in_the_people_strategy() -> None:
    document = read_shipped("strategies/wto-people-strategy-2024-2027.md")
    assert not {"文", "會", "\t25", "No."} & set(document.text.split("\n"))
    items = [block for block in document.blocks if block.kind == "list_item"]
    assert [block.group for block in items].count(items[3].group) == 8
