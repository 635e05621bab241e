"""Numbers that Word prints and keeps apart from the text."""

import pytest
from office_files import docx, heading, levels, numbered, paragraph
from reading import read, texts

OUTLINE = (
    ("decimal", "%1."),
    ("decimal", "%1.%2"),
    ("lowerLetter", "(%3)"),
    ("lowerRoman", "(%4)"),
)
USE = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'


def numbers(body, numbering, **roots):
    """Return the first word of every block."""
    document = read(docx(body, numbering=numbering, **roots), name="x.docx")
    return [text.split()[0] for text in texts(document)]


def steps(*wanted, number=1):
    return "".join(numbered("Words, and more of them.", level, number) for level in wanted)


def test_levels_count_below_each_other():
    found = numbers(steps(0, 1, 1, 2, 2, 3, 1, 0, 1, 2), levels(*OUTLINE))
    assert found == "1. 1.1 1.2 (a) (b) (i) 1.3 2. 2.1 (a)".split()


def test_a_level_that_is_left_out_counts_as_if_it_had_been_there():
    deep = levels(("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    assert numbers(steps(0, 2, 1), deep) == "1. 1.1.1 1.2".split()


@pytest.mark.parametrize(
    ("kind", "text", "third"),
    [
        ("decimal", "%1)", "3)"),
        ("decimalZero", "%1", "03"),
        ("lowerLetter", "%1.", "c."),
        ("upperLetter", "%1", "C"),
        ("lowerRoman", "%1.", "iii."),
        ("upperRoman", "Part %1", "Part"),
        ("ordinal", "%1", "3rd"),
        ("cardinalText", "%1", "Three"),
        ("ordinalText", "%1", "Third"),
        ("decimalEnclosedCircle", "%1", "3"),
    ],
)
def test_formats_of_numbers(kind, text, third):
    assert numbers(steps(0, 0, 0), levels((kind, text)))[2] == third


def test_a_legal_level_prints_figures_whatever_the_levels_above_print():
    found = levels(("upperRoman", "Article %1"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    assert numbers(steps(0, 1), found)[1] == "1.1"


def test_a_level_may_go_on_counting_or_restart_after_a_higher_one_only():
    never = levels(*OUTLINE[:3], extra='<w:lvlRestart w:val="0"/>')
    assert numbers(steps(0, 1, 0, 1), never) == "1. 1.1 2. 2.2".split()


def test_a_start_is_kept_and_a_second_use_of_a_list_may_begin_anew():
    numbering = levels(("decimal", "%1)")).replace('w:start w:val="1"', 'w:start w:val="4"')
    for number, start in ((2, ""), (3, "<w:startOverride w:val='1'/>")):
        override = f'<w:lvlOverride w:ilvl="0">{start}</w:lvlOverride>' if start else ""
        numbering += f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{override}</w:num>'
    body = steps(0, 0) + steps(0, number=2) + steps(0, 0, number=3)
    assert numbers(body, numbering) == "4) 5) 6) 1) 2)".split()


def test_a_list_may_change_a_level_of_its_definition():
    numbering = levels(("decimal", "%1."))
    numbering += (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    assert numbers(steps(0, number=2), numbering) == ["A)"]


def test_a_number_may_hang_on_the_style():
    numbering = levels(*OUTLINE[:2]).replace(
        '<w:lvlText w:val="%1.%2"/>', '<w:pStyle w:val="Clause"/><w:lvlText w:val="%1.%2"/>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    clause = paragraph("Words, and more.", '<w:pStyle w:val="Clause"/>')
    free = paragraph(
        "Free of it.", '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    body = steps(0) + clause + clause + free
    assert numbers(body, numbering, styles=styles) == "1. 1.1 1.2 Free".split()


def test_a_list_may_be_defined_by_way_of_a_style_of_lists():
    numbering = levels(("upperLetter", "%1."))
    numbering += (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Rules"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Rules"><w:name w:val="Rules"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert numbers(steps(0, number=9), numbering, styles=styles) == ["A."]


def test_numbers_are_part_of_headings():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = heading("Leave") + paragraph("Words.") + heading("Travel") + paragraph("Words.")
    document = read(docx(body, styles=styles, numbering=levels(OUTLINE[0])), name="x.docx")
    assert texts(document, "heading") == ["1. Leave", "2. Travel"]
    assert [section.number for section in document.sections if section.path] == ["1", "2"]


def test_number_and_words_are_apart_even_where_only_their_places_on_the_page_part_them():
    nothing = levels(("decimal", "%1."), extra='<w:suff w:val="nothing"/>')
    assert numbers(numbered("Scope"), nothing) == ["1."]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        '<w:num w:numId="1"/>',
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
        f'<w:abstractNum w:abstractNumId="1"/>{USE}',
        levels(("decimal", "%1")).replace('w:ilvl="0"', 'w:ilvl="many"'),
        f'<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="x"/></w:abstractNum>{USE}',
    ],
)
def test_a_broken_numbering_costs_the_numbers_only(numbering):
    assert numbers(numbered("Words of it."), numbering) == ["Words"]


def test_hidden_and_deleted_paragraphs_are_not_counted():
    gone = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/>"
        "</w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"
    )
    hidden = numbered("Not seen.").replace("<w:rPr></w:rPr>", "<w:rPr><w:vanish/></w:rPr>")
    body = numbered("One is.") + gone + hidden + numbered("Two are.")
    assert numbers(body, levels(("decimal", "%1)"))) == ["1)", "2)"]
