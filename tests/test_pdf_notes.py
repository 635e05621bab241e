"""PDF: notes at the foot of a page or column, and what only looks like one."""

from pdf_pages import pdf, prose, rule, text
from reading import read, texts

BODY = [
    "Staff members may take leave when their work allows for it and the head of unit",
    "agrees to it in writing before the leave begins.",
]
NOTE = "1 By post or e-mail."


def referred(x: float, top: float, mark: str = "1") -> str:
    """Return the drawing of "in writing" with a raised mark after it."""
    line = f"BT /F1 10 Tf 1 0 0 1 {x} {842 - top} Tm (agrees to it in writing.) Tj "
    return line + f"/F1 6 Tf 4 Ts ({mark}) Tj ET\n"


def kinds(page: str) -> list[str]:
    return [block.kind for block in read(pdf(page), name="a.pdf").blocks]


def test_a_note_in_type_a_little_smaller_is_one_where_the_text_refers_to_it():
    page = prose(60, 100, BODY[:1]) + referred(60, 112) + prose(60, 160, BODY)
    document = read(pdf(page + text(60, 700, NOTE, 9.5)), name="a.pdf")
    assert [block.kind for block in document.blocks] == ["paragraph", "note", "paragraph"]
    assert texts(document)[:2] == [f"{BODY[0]} agrees to it in writing.", NOTE]


def test_a_note_in_the_size_of_the_text_is_one_below_a_short_rule():
    page = prose(60, 100, BODY[:1]) + referred(60, 112) + prose(60, 160, BODY)
    assert kinds(page + rule(60, 690, 160, 690) + text(60, 702, NOTE)).count("note") == 1
    assert "note" not in kinds(page + text(60, 702, NOTE))


def test_a_number_that_nothing_refers_to_begins_no_note():
    page = prose(60, 100, BODY) + prose(60, 160, BODY)
    assert "note" not in kinds(page + text(60, 700, NOTE, 9.5))


def test_several_notes_follow_what_refers_to_them():
    page = prose(60, 100, BODY[:1]) + referred(60, 112) + prose(60, 160, BODY[:1])
    page += referred(60, 172, "2") + text(60, 700, NOTE, 9.5)
    page += text(60, 712, "2 Within a week of the request,", 9.5)
    page += text(60, 724, "holidays not counted.", 9.5)
    document = read(pdf(page), name="a.pdf")
    assert [block.kind for block in document.blocks] == ["paragraph", "note"] * 2
    assert texts(document)[-1] == "2 Within a week of the request, holidays not counted."


def test_marks_other_than_numbers_are_marks():
    page = prose(60, 100, BODY[:1]) + referred(60, 112, "*") + prose(60, 160, BODY)
    document = read(pdf(page + text(60, 700, "* By post or e-mail.", 9.5)), name="a.pdf")
    assert [block.kind for block in document.blocks] == ["paragraph", "note", "paragraph"]
