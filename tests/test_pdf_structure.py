"""PDF: headings, lists, clauses, notes and contents, told by how a page is set."""

from pdf_pages import bold, pdf, prose, text
from reading import paths, read, texts

BODY = [
    "Staff members may take leave when their work allows for it and the head of unit",
    "agrees to it in writing before the leave begins.",
]


def test_larger_and_bold_lines_are_headings_by_rank():
    page = bold(60, 80, "Leave Policy", 20) + bold(60, 120, "Annual leave", 14)
    page += bold(60, 145, "Carrying over", 10) + prose(60, 165, BODY)
    page += bold(60, 215, "Sick leave", 14) + prose(60, 240, BODY)
    assert paths(read(pdf(page), name="a.pdf")) == [
        "Annual leave", "Annual leave › Carrying over", "Sick leave",
    ]  # fmt: skip


def test_headings_that_only_their_numbers_tell_are_found():
    page = ""
    for number, title in enumerate(("Purpose", "Scope", "Duties"), 1):
        page += text(60, 100 + 80 * number, f"{number}. {title}")
        page += prose(60, 125 + 80 * number, BODY)
    document = read(pdf(page), name="a.pdf")
    assert [section.number for section in document.sections if section.number] == ["1", "2", "3"]


def test_two_headings_of_different_looks_that_touch_are_two():
    page = bold(60, 80, "Handbook", 18)
    for number, title in enumerate(("Pay", "Rest", "Work"), 1):
        top = 100 * number
        page += bold(60, top + 10, f"{title.upper()} AND ITS RULES", 12)
        page += bold(60, top + 24, f"{number}.1 {title} in general", 12) + prose(60, top + 44, BODY)
    found = paths(read(pdf(page), name="a.pdf"))
    assert "PAY AND ITS RULES › 1.1 Pay in general" in found


def test_labels_and_bullets_make_items_with_their_depth():
    page = text(60, 100, "The following applies:")
    page += text(70, 120, "(a) Leave is asked for in writing;") + text(
        70, 134, "(b) it may be split:"
    )
    page += text(95, 148, "(i) once for half a day;") + text(95, 162, "(ii) once for a full day.")
    page += text(70, 190, "\u2022") + text(84, 190, "Further rules stand in the annex.")
    document = read(pdf(page), name="a.pdf")
    items = [block for block in document.blocks if block.kind == "list_item"]
    assert [(item.label, item.depth) for item in items] == [
        ("(a)", 0), ("(b)", 0), ("(i)", 1), ("(ii)", 1), ("", 0),
    ]  # fmt: skip
    assert texts(document)[-1] == "Further rules stand in the annex."


def test_a_numbered_clause_is_a_paragraph_with_its_number():
    page = "".join(prose(60, 100 + 40 * n, [f"3.{n} {BODY[0]}", BODY[1]]) for n in (1, 2, 3))
    document = read(pdf(page), name="a.pdf")
    assert [(b.kind, b.label) for b in document.blocks] == [
        ("paragraph", "3.1"), ("paragraph", "3.2"), ("paragraph", "3.3"),
    ]  # fmt: skip


def test_a_table_of_contents_is_left_out():
    page = bold(60, 80, "Contents", 14)
    for number in range(1, 4):
        page += text(60, 90 + 14 * number, f"Chapter {number} ..................... {number + 1}")
    document = read(pdf(page, bold(60, 80, "Chapter 1", 14) + prose(60, 110, BODY)), name="a.pdf")
    assert texts(document) == ["Chapter 1", " ".join(BODY)]


def test_a_footnote_follows_its_paragraph_and_its_mark_is_dropped():
    page = prose(60, 100, BODY[:1]) + text(60, 112, "agrees to it")
    page += "BT /F1 6 Tf 1 0 0 1 116 734 Tm (1) Tj ET\n" + text(122, 112, "in writing.")
    page += prose(60, 160, BODY) + text(60, 700, "1 By post or e-mail.", 8)
    document = read(pdf(page), name="a.pdf")
    assert [block.kind for block in document.blocks] == ["paragraph", "note", "paragraph"]
    assert texts(document)[0].endswith("agrees to it in writing.")
    assert texts(document)[1] == "1 By post or e-mail."


def test_a_heading_in_its_paragraphs_first_line_is_a_heading():
    page = ""
    for number, (letter, title) in enumerate((("A", "Advances"), ("B", "Claims"), ("C", "Limits"))):
        top = 100 + 60 * number
        page += bold(60, top, f"{letter}. {title}.") + text(135, top, "Staff may ask for them in")
        page += text(60, top + 12, "writing before they travel on duty.")
    document = read(pdf(page), name="a.pdf")
    assert [s.heading for s in document.sections if s.heading] == [
        "A. Advances.", "B. Claims.", "C. Limits.",
    ]  # fmt: skip
