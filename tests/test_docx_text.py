"""What is seen of a Word file and what is not: changes, fields, hidden text, frames, signs."""

import pytest
from office_files import HEADING_STYLES, docx, heading, paragraph
from reading import read, texts

from corpus.errors import EmptyFile
from corpus.formats.docx import parse


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction, result):
    """Return a field as Word writes those that are not simple."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def seen(inside, **roots):
    """Return the blocks of one paragraph with this inside."""
    return texts(read(docx(f"<w:p>{inside}</w:p>", **roots), name="x.docx"))


def seen_in(body, **roots):
    return texts(read(docx(body, **roots), name="x.docx"))


def test_insertions_are_read_and_deletions_are_not():
    inside = (
        run("Staff have ")
        + "<w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
        + f"<w:ins>{run('30')}</w:ins>"
        + f"<w:moveFrom>{run(' weeks')}</w:moveFrom><w:moveTo>{run(' days')}</w:moveTo>"
    )
    assert seen(inside) == ["Staff have 30 days"]


def test_paragraphs_are_one_when_the_mark_between_them_was_deleted():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Staff have ')}</w:p>"
    assert seen_in(first + paragraph("30 days.")) == ["Staff have 30 days."]
    moved = first.replace("w:del/", "w:moveFrom/")
    assert seen_in(moved + paragraph("30 days.")) == ["Staff have 30 days."]
    assert seen_in(paragraph("All.") + first) == ["All.", "Staff have"]


def test_former_properties_do_not_count():
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>'
    body = paragraph("Staff rest", change, "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
    document = read(docx(body, styles=HEADING_STYLES), name="x.docx")
    assert [block.kind for block in document.blocks] == ["paragraph"]


def test_hidden_text_is_left_out_however_it_is_hidden():
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    inside = run("Seen.") + run("no", "<w:vanish/>") + run("no", '<w:rStyle w:val="H"/>')
    body = f"<w:p>{inside}</w:p>" + paragraph("Not seen.", '<w:pStyle w:val="P"/>')
    body += paragraph("Shown after all.", '<w:pStyle w:val="P"/>', '<w:vanish w:val="0"/>')
    body += paragraph("On the web only.", run="<w:webHidden/>")
    assert seen_in(body, styles=styles) == ["Seen.", "Shown after all.", "On the web only."]


def test_comments_are_no_text():
    inside = run("Staff rest.") + '<w:commentReference w:id="1"/>'
    assert seen(inside, comments=f'<w:comment w:id="1">{paragraph("Really?")}</w:comment>') == [
        "Staff rest."
    ]


def test_the_result_of_a_field_is_read_and_its_instruction_is_not():
    nested = field(f"IF {field('DOCVARIABLE x', run('no'))} = 1", run("yes"))
    link = f'<w:hyperlink r:id="rId1">{run("the portal")}</w:hyperlink>'
    assert seen(run("See ") + field("REF x", run("clause 3")) + run(" on ") + link) == [
        "See clause 3 on the portal"
    ]
    assert seen(nested) == ["yes"]


def test_a_field_that_never_ends_hides_nothing():
    document = read(
        docx(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>REF</w:instrText></w:r></w:p>{paragraph('Staff rest.')}"
        ),
        name="x.docx",
    )
    assert texts(document) == ["Staff rest."]
    assert "fields are broken" in document.notes[0]


def test_a_table_of_contents_is_left_out_with_the_word_over_it():
    entry = paragraph("Leave ........ 3", '<w:pStyle w:val="TOC1"/>')
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{entry}</w:sdtContent></w:sdt>"
    )
    styles = HEADING_STYLES + (
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    )
    computed = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Leave 3")}</w:p>'
        f'{paragraph("Travel 4")}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    rest = heading("Leave") + paragraph("Staff rest.")
    for contents in (gallery, entry, computed):
        assert seen_in(heading("Contents") + contents + rest, styles=styles) == [
            "Leave",
            "Staff rest.",
        ]


def test_typed_contents_are_left_out_and_a_list_of_values_is_not():
    entries = [("1. Leave", 3), ("2. Travel", 4), ("3. Pay", 4)]
    typed = "".join(paragraph(f"{name} ........ {page}") for name, page in entries)
    rest = "".join(heading(name) + paragraph("Staff rest.") for name, _ in entries)
    assert len(seen_in(paragraph("Contents") + typed + rest, styles=HEADING_STYLES)) == 6
    assert len(seen_in(paragraph("Days") + typed + paragraph("Staff rest."))) == 5


def test_what_a_form_holds_is_read_and_what_it_only_asks_for_is_not():
    asked = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}"
    inside = (
        f"{run('Grade: ')}<w:sdt><w:sdtContent>{run('P2')}</w:sdtContent></w:sdt>"
        f"{asked}</w:sdtContent></w:sdt>"
    )
    assert seen(inside) == ["Grade: P2"]


def test_a_frame_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{paragraph('In the frame.')}</w:txbxContent>"
    inside = (
        run("Before and after.") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert seen(inside) == ["Before and after.", "In the frame."]


def test_signs_are_the_characters_that_they_show():
    inside = (
        run("a") + "<w:r><w:noBreakHyphen/></w:r>" + run("b") + "<w:r><w:softHyphen/></w:r>"
        '<w:r><w:tab/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:r><w:br/></w:r>'
        '<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>' + run("c")
    )
    assert seen(inside) == ["a\N{NON-BREAKING HYPHEN}b ✓≥ c"]


def test_a_formula_is_read_on_one_line():
    part = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{part.format('days')}</m:num><m:den>{part.format('12')}</m:den></m:f>"
    assert seen(run("Each month: ") + f"<m:oMath>{fraction}</m:oMath>") == ["Each month: days/12"]


def test_a_large_first_letter_belongs_to_its_word():
    letter = paragraph("S", '<w:framePr w:dropCap="drop"/>')
    assert seen_in(letter + paragraph("taff rest.")) == ["Staff rest."]


def test_what_is_not_read_is_named():
    parsed = parse(docx(paragraph("Words.") + '<w:altChunk r:id="rId9"/>'), "x.docx")
    assert "inserts" in parsed.notes[0]


@pytest.mark.parametrize("inside", ["", "<w:r><w:drawing/></w:r>", run("   ")])
def test_a_file_without_text_says_so(inside):
    with pytest.raises(EmptyFile, match="pictures" if "drawing" in inside else "no text"):
        parse(docx(f"<w:p>{inside}</w:p>"), "x.docx")


def test_every_character_knows_its_place_in_the_original():
    parsed = parse(docx(paragraph("Staff rest.") + paragraph("They travel.")), "x.docx")
    for block in parsed.blocks:
        for char, place in zip(block.text.text, block.text.places, strict=True):
            assert parsed.original[place] == char
