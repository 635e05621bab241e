"""Footnotes and endnotes of Word files."""

from office_files import docx, levels, numbered, paragraph, table
from reading import read, text_of, texts

SEPARATOR = f'<w:footnote w:type="separator" w:id="-1">{paragraph("")}</w:footnote>'


def note(identity, text, kind="footnote"):
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{identity}"><w:p>{mark}<w:r><w:t> {text}</w:t></w:r></w:p></w:{kind}>'


def reference(identity, kind="footnote", more=""):
    return f'<w:r><w:{kind}Reference w:id="{identity}"{more}/></w:r>'


def words(text, *references):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{''.join(references)}</w:p>"


NOTES = SEPARATOR + note(2, "Of the calendar.") + note(3, "Of work.")


def test_notes_stand_after_their_paragraph_with_the_marks_that_are_printed():
    body = words("Thirty days.", reference(3), reference(2)) + paragraph("Staff rest.")
    document = read(docx(body, footnotes=NOTES), name="x.docx")
    assert texts(document) == ["Thirty days.", "1 Of work.", "2 Of the calendar.", "Staff rest."]
    assert document.blocks[1].lead_in == 0


def test_endnotes_are_counted_apart_in_roman_figures():
    body = words("Thirty days.", reference(2), reference(1, "endnote"))
    found = read(
        docx(body, footnotes=NOTES, endnotes=note(1, "See annex.", "endnote")), name="x.docx"
    )
    assert texts(found, "note") == ["1 Of the calendar.", "i See annex."]


def test_format_and_start_of_the_count_are_those_of_the_file():
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    found = read(
        docx(words("Days.", reference(2)), footnotes=NOTES, settings=settings), name="x.docx"
    )
    assert texts(found, "note") == ["c Of the calendar."]


def test_a_mark_of_its_own_is_printed_with_the_note_and_not_in_the_text():
    own = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    document = read(docx(words("Days", own, reference(3)), footnotes=NOTES), name="x.docx")
    assert texts(document) == ["Days", "* Of the calendar.", "1 Of work."]


def test_a_note_waits_until_its_list_or_table_has_ended():
    body = words("Staff may:", reference(3))
    body += numbered("rest").replace("</w:p>", reference(2) + "</w:p>") + numbered("travel")
    body += table([words("P2", reference(2)), "30"], ["P3", "31"])
    document = read(docx(body, footnotes=NOTES, numbering=levels(("bullet", "•"))), name="x.docx")
    assert texts(document) == [
        "Staff may:",
        "rest",
        "travel",
        "1 Of work.",
        "2 Of the calendar.",
        "P2\t30",
        "P3\t31",
        "3 Of the calendar.",
    ]
    last = document.blocks[-1]
    assert last.lead_in is not None
    assert text_of(document, document.blocks[last.lead_in]) == "P3\t31"


def test_a_note_that_refers_to_itself_or_to_nothing_ends():
    circle = (
        f'<w:footnote w:id="2"><w:p><w:r><w:t>Again.</w:t></w:r>{reference(2)}</w:p></w:footnote>'
    )
    body = words("Days.", reference(2), reference(99))
    assert texts(read(docx(body, footnotes=circle), name="x.docx")) == ["Days.", "1 Again."]


def test_a_deleted_reference_is_not_counted():
    body = words("Days.", f"<w:del>{reference(2)}</w:del>", reference(3))
    assert texts(read(docx(body, footnotes=NOTES), name="x.docx"), "note") == ["1 Of work."]
