"""PDF: where paragraphs and items begin and end."""

from pdf_pages import bold, pdf, prose
from reading import read, texts

BODY = [
    "Staff members may take leave when their work allows for it and the head of unit",
    "agrees to it in writing before the leave begins.",
]


def test_lines_that_count_on_are_items_however_full_the_lines_before():
    lines = [
        "Company values:",
        "1. Quality: we strive to provide the best of products and services to all of our staff",
        "2. Courage: we say what we see, and we do so in good time, to those whom it helps",
        "most of all.",
        "3. Respect: we treat employees, partners and customers as we want to be treated.",
    ]
    document = read(pdf(prose(60, 100, lines) + prose(60, 200, BODY)), name="a.pdf")
    assert texts(document, "list_item") == [lines[1], f"{lines[2]} {lines[3]}", lines[4]]


def test_a_number_that_does_not_count_on_goes_on_with_its_line():
    lines = [
        "The rates of the year stand in the annex and are those that were set out in rule",
        "14. Nobody may be paid more than that, whatever their grade or place of work may",
        "be, and nobody less.",
    ]
    document = read(pdf(prose(60, 100, lines) + prose(60, 200, BODY)), name="a.pdf")
    assert texts(document)[0] == " ".join(lines)


def test_a_web_address_that_a_line_breaks_is_one_though_its_end_is_bold():
    page = prose(60, 100, [BODY[0], "The plan stands at https://www.example.org/plans/staff-and-"])
    page += bold(60, 124, "leave/strategic-plan.pdf.") + prose(60, 160, BODY)
    document = read(pdf(page), name="a.pdf")
    assert texts(document)[0].endswith("at https://www.example.org/plans/staff-and-leave/strategic-plan.pdf.")  # fmt: skip  # noqa: E501  one address


def test_a_bold_line_after_an_address_is_a_heading():
    page = prose(60, 100, [BODY[0], "and can be read at https://www.example.org/plans."])
    page += bold(60, 130, "Leave") + prose(60, 148, BODY)
    assert texts(read(pdf(page), name="a.pdf"), "heading") == ["Leave"]
