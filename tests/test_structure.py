"""Which heading stands under which, and what sections are called."""

from reading import paths, read, read_shipped, texts

PROSE = "\n\nText that stands here.\n\n"


def headings(*marked: str) -> str:
    """Return Markdown with text under each heading that does not end with an arrow."""
    return "".join(
        f"{line.removesuffix(' >')}\n\n" if line.endswith(">") else line + PROSE for line in marked
    )


def below(found: list[str], heading: str) -> list[str]:
    return [path.removeprefix(f"{heading} › ") for path in found if path.startswith(f"{heading} ›")]


def test_headings_nest_by_their_marks() -> None:
    document = read(headings("# T", "## A", "### B", "## C", "#### D"))
    assert paths(document) == ["A", "A › B", "C", "C › D"]


def test_title_is_in_no_path_unless_it_is_the_only_heading() -> None:
    assert paths(read(headings("# T", "## A"))) == ["A"]
    assert paths(read(headings("# T"))) == ["T"]


def test_first_of_several_headings_of_one_level_is_no_title() -> None:
    document = read("Before them." + PROSE + headings("## A", "## B"), name="leave.md")
    assert [section.heading for section in document.sections] == ["A", "A", "B"]
    assert [section.path for section in document.sections] == [(), ("A",), ("B",)]
    assert document.sections[0].end <= document.sections[1].start


def test_heading_that_repeats_the_file_name_is_the_title() -> None:
    assert paths(read(headings("## Sick leave", "## A"), name="sick-leave.md")) == ["A"]


def test_only_heading_in_capitals_is_the_title() -> None:
    assert paths(read(headings("# LEAVE FOR ALL STAFF", "# A", "# B"))) == ["A", "B"]


def test_top_sections_have_no_parent_and_others_have() -> None:
    document = read(headings("# T", "## A", "### B"))
    assert [section.parent for section in document.sections] == [None, None, 1]


def test_section_holds_what_stands_under_it() -> None:
    document = read(headings("# T", "## A", "### B", "## C"))
    spans = {s.heading: document.text[s.start : s.end].split("\n\n") for s in document.sections}
    assert spans["A"][0] == "A"
    assert "B" in spans["A"]
    assert "C" not in spans["A"]
    assert spans["T"][-2] == "C"


def test_text_above_the_title_is_in_its_section() -> None:
    document = read("Last changed in May.\n\n" + headings("# T", "## A"))
    assert [block.section for block in document.blocks] == [0, 0, 0, 1, 1]
    assert (document.sections[0].start, document.sections[0].end) == (0, len(document.text))


def test_anchors_differ_where_headings_do_not() -> None:
    document = read(headings("# T", "## The *end*!", "## A", "## The end", "## The end 2"))
    assert [section.anchor for section in document.sections] == [
        *["t", "the-end", "a", "the-end-2", "the-end-2-2"]
    ]


def test_heading_without_text_becomes_text_that_can_be_quoted() -> None:
    document = read(headings("# T", "## A", "## Closing words >"))
    assert paths(document) == ["A"]
    assert document.blocks[-1].kind == "paragraph"
    assert texts(document)[-1] == "Closing words"


def test_heading_whose_text_stands_in_sub_sections_is_kept() -> None:
    assert paths(read(headings("# T", "## A >", "### B"))) == ["A", "A › B"]


def test_document_without_headings_has_one_section() -> None:
    document = read("Only text.", name="the-leave.md")
    (section,) = document.sections
    assert (section.heading, section.path, section.anchor) == ("The leave", (), "the-leave")
    assert (section.start, section.end) == (0, len(document.text))


def test_numbered_headings_nest_by_their_numbers_where_marks_are_flat() -> None:
    document = read(headings("# T", "## 1. A", "## 1.1 B", "## 1.2 C", "## 2 D"))
    assert paths(document) == ["1. A", "1. A › 1.1 B", "1. A › 1.2 C", "2 D"]
    assert [section.number for section in document.sections] == ["", "1", "1.1", "1.2", "2"]


def test_annex_is_at_the_top_and_holds_what_follows() -> None:
    document = read(headings("# T", "## A", "### Annex II: Forms", "### B", "## Annexes are long"))
    assert paths(document)[1:3] == ["Annex II: Forms", "Annex II: Forms › B"]
    assert document.sections[2].number == "Annex II"


def test_clause_in_a_paragraph_is_a_label_and_no_section() -> None:
    document = read(headings("# T", "## 3. Leave") + "3.2 A staff member has leave." + PROSE)
    assert len(document.sections) == 2
    assert [block.label for block in document.blocks if block.kind == "paragraph"] == [
        *["", "", "3.2", ""]
    ]


def test_one_title_at_two_levels_does_not_cast_doubt_on_the_marks() -> None:
    document = read(
        headings("# T", "## A", "### Who may apply", "## B", "### C", "#### Who may apply")
    )
    assert paths(document)[-1] == "B › C › Who may apply"


def test_titles_that_recur_at_other_levels_are_siblings_under_their_host() -> None:
    document = read(
        headings(
            *["## T", "### Aims", "### Hire well", "# Train well", "### Pay well"],
            *["### Plan >", "# Hire well", "## Train well", "### Pay well", "#### Annex I"],
        ),
        name="t.md",
    )
    assert paths(document) == [
        *["Aims", "Aims › Hire well", "Aims › Train well", "Aims › Pay well"],
        *["Plan", "Plan › Hire well", "Plan › Train well", "Plan › Pay well", "Annex I"],
    ]


def test_heading_without_mark_in_a_run_of_recurring_ones_is_their_sibling() -> None:
    plan = headings("### Plan", "# Hire well", "## Train well")
    aims = headings("## T", "### Aims", "### Hire well", "Pay well", "# Train well")
    document = read(aims + plan, name="t.md")
    assert paths(document)[:4] == [
        *["Aims", "Aims › Hire well", "Aims › Pay well", "Aims › Train well"]
    ]


def test_empty_heading_holds_what_follows_where_levels_mean_little() -> None:
    document = read(
        headings(
            *["# THE UNION PROGRAMME 2030", "# First >", "# Inside", "## Inside too >", "### Deep"],
            *["# Second", "##### Third", "### Fourth"],
        )
    )
    assert paths(document) == [
        *["First", "First › Inside", "First › Inside too", "First › Inside too › Deep"],
        *["Second", "Third", "Fourth"],
    ]


def test_people_strategy_has_eight_themes_in_prose_and_again_in_its_workplan() -> None:
    document = read_shipped("strategies/wto-people-strategy-2024-2027.md")
    found = paths(document)
    themes = [path.split(" › ")[1] for path in found if path.startswith("Strategic Priorities ›")]
    planned = [
        path.split(" › ")[1] for path in found if path.startswith("HRD Divisional Workplan ›")
    ]
    assert len(themes) == 8
    assert planned == themes
    assert found[-1] == "ANNEX I Staff Council Strategy"


def test_union_programme_has_its_chapters_side_by_side() -> None:
    found = paths(read_shipped("strategies/ilo-staff-union-programme-2023.md"))
    tops = [path.split()[0] for path in found if "›" not in path]
    assert tops == [
        *["Professional", "Job", "Career", "Conditions", "Strengthening", "Comprehensive", "A"],
        *["International", "An", "Membership,", "Support", "Resolve"],
    ]
    assert [
        path.split(" › ")[1:] for path in found if path.startswith("Career") and "›" in path
    ] == [
        ["Personal promotions and reclassification"],
        ["Training policy and performance management"],
        ["Training policy and performance management", "Training policy"],
        ["Training policy and performance management", "Performance management"],
    ]
