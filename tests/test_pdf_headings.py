"""PDF: headings set like the text, and levels where looks, tags and outlines say too little."""

from collections.abc import Sequence

import pytest
from pdf_pages import bold, pdf, prose, text
from reading import paths, read, texts
from shared_documents import shared

from corpus.formats.pdf import parse
from corpus.raw import Heading

BODY = [
    "Staff members may take leave when their work allows for it and the head of unit",
    "agrees to it in writing before the leave begins.",
]
TITLES = ("Purpose", "Definition of Leave", "Requests and Replies", "Questions or Concerns")


def outlined(*titles: str) -> str:
    """Return the entry of a file's root for an outline with these titles, all at the top."""
    entries = ""
    for title in reversed(titles):
        entries = f"<</Title({title}){f'/Next{entries}' if entries else ''}>>"
    return f"/Outlines<</First{entries}>>"


def chapters(page: Sequence[tuple[str, float]]) -> str:
    """Return a page of bold lines of those sizes; each with text under it but for "Label"."""
    drawn, top = "", 120  # below what may be a running header
    for words, size in page:
        drawn += bold(60, top, words, size)
        top += 20
        if not words.startswith("Label"):
            drawn += prose(60, top, BODY)
            top += 40
    return drawn


# headings set like the text


def test_short_lines_worded_like_titles_over_paragraphs_are_headings():
    page = bold(60, 60, "Leave Policy", 16)
    for number, title in enumerate(TITLES):
        page += text(60, 100 + 80 * number, title) + prose(60, 124 + 80 * number, BODY)
    assert paths(read(pdf(page), name="a.pdf")) == list(TITLES)


def test_a_few_short_lines_are_no_headings():
    page = bold(60, 60, "Leave Policy", 16) + prose(60, 90, BODY)
    for number, title in enumerate(TITLES[:3]):
        page += text(60, 130 + 80 * number, title) + prose(60, 154 + 80 * number, BODY)
    assert paths(read(pdf(page), name="a.pdf")) == ["Leave Policy"]


def test_lines_of_an_address_or_a_list_and_words_before_one_are_no_headings():
    page = bold(60, 60, "Leave Policy", 16) + prose(60, 90, BODY)
    for number in range(4):
        top = 130 + 150 * number
        page += text(60, top, "The Head of Staff") + text(60, top + 24, "Main Building")
        page += text(60, top + 48, "Things to Bring:")
        page += text(60, top + 72, "\u2022 a letter of the supervisor")
        page += text(60, top + 96, "in case of doubt") + prose(60, top + 120, BODY)
    assert paths(read(pdf(page), name="a.pdf")) == ["Leave Policy"]


# levels


def test_what_a_whole_outline_leaves_out_is_below_what_it_names():
    page = chapters([("Leave", 14), ("Sickness", 14), ("Certificates", 14), ("Pay", 14)])
    data = pdf(chapters([("Scope", 14)]), page, root=outlined("Scope", "Leave", "Sickness", "Pay"))
    assert paths(read(data, name="a.pdf")) == [
        "Scope", "Leave", "Sickness", "Sickness › Certificates", "Pay",
    ]  # fmt: skip


def test_what_stands_right_under_a_recurring_label_is_below_it():
    pages = [
        chapters([(f"Goal {name}", 16), ("Label of figures", 10), (f"Share of {name}", 10)])
        for name in ("women", "youth", "experts")
    ]
    assert paths(read(pdf(*pages), name="a.pdf")) == [
        path
        for name in ("women", "youth", "experts")
        for path in (
            f"Goal {name}",
            f"Goal {name} › Label of figures",
            f"Goal {name} › Label of figures › Share of {name}",
        )
    ]


def test_a_recurring_label_stands_below_the_same_kind_of_heading_throughout():
    plain = [(f"Goal {name}", 16.0) for name in ("women", "youth", "experts")]
    pages = [chapters([goal, ("Figures", 10)]) for goal in plain]
    pages.append(chapters([("Goal others", 16), ("Some office", 12), ("Figures", 10)]))
    assert paths(read(pdf(*pages), name="a.pdf"))[-3:] == [
        "Goal others", "Goal others › Some office", "Goal others › Figures",
    ]  # fmt: skip


def test_more_looks_than_levels_still_nest():
    looks = dict(zip("ABCDEFGH", (30, 27, 24, 21, 18, 16, 14, 12), strict=True))
    pages = [chapters([(f"Depth {name}", size)]) for name, size in looks.items()]
    pages.append(chapters([("Depth B again", looks["B"])]))
    data = pdf(*pages)
    levels = {block.level for block in parse(data, "a.pdf").blocks if isinstance(block, Heading)}
    assert levels == {1, 2, 3, 4, 5, 6}
    found = paths(read(data, name="a.pdf"))
    assert found[3].split(" › ") == ["Depth B", "Depth C", "Depth D", "Depth E"]
    assert found[-1] == "Depth B again"


def test_titles_at_several_levels_do_not_undo_the_levels_that_looks_give():
    pages = [
        chapters([(f"Part {name}", 20), ("Aims", 16), ("Means", 16)]) for name in ("one", "two")
    ]
    pages.append(chapters([("Part three", 20), ("Summary", 16), ("Aims", 13), ("Means", 13)]))
    document = read(pdf(*pages), name="a.pdf")
    assert paths(document)[-2:] == ["Part three › Summary › Aims", "Part three › Summary › Means"]
    assert not document.notes


# real documents


def test_a_handbook_with_plain_sub_headings_has_its_sections():
    path = shared("real/pdf/contoso_employee_handbook.pdf")
    document = read(path.read_bytes(), name=path.name)
    found = paths(document)
    assert "Workplace Violence › Definition of Workplace Violence" in found
    assert "Privacy › Access to Personal Information" in found
    items = texts(document, "list_item")
    assert "3. Innovation: We encourage creativity and support new ideas and approaches to our business." in items  # fmt: skip  # noqa: E501  one item


@pytest.mark.slow
def test_the_chapters_of_a_long_report_keep_their_parents():
    path = shared("real/pdf/OPM_2016-annual-performance-report.pdf")
    found = paths(read(path.read_bytes(), name=path.name))
    assert any(
        path.startswith("PERFORMANCE DETAILS › STRATEGIC GOAL 1")
        and "› Strategy 1.01" in path
        and path.endswith("› FY 2016 Progress Update")
        for path in found
    )


def test_a_plain_title_or_question_right_under_a_heading_is_its_sub_heading():
    page = ""
    for number, name in enumerate(("Holidays", "Sickness", "Travel", "Parents")):
        top = 110 + 170 * number
        page += bold(60, top, name) + text(60, top + 12, f"How the Plan Pays for {name}")
        page += prose(60, top + 36, BODY)
        page += text(60, top + 76, "What if nobody knows?") + prose(60, top + 100, BODY)
    found = paths(read(pdf(page), name="a.pdf"))
    assert found[:3] == [
        "Holidays", "Holidays › How the Plan Pays for Holidays", "Holidays › What if nobody knows?",
    ]  # fmt: skip
