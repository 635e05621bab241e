"""Headings of Word files: by style, by outline level, and those that only look like it."""

import pytest
from office_files import HEADING_STYLES, docx, heading, levels, numbered, paragraph
from reading import paths, read, texts

from corpus.formats.docx import parse

PLAIN = paragraph("Staff are entitled to leave.")


def style(name, identity, *, based="", inside="", run=""):
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{inside}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def styled(text, identity, more=""):
    return paragraph(text, f'<w:pStyle w:val="{identity}"/>{more}')


def read_paths(body, **roots):
    return paths(read(docx(body, **roots), name="policy.docx"))


def test_headings_nest_by_their_styles():
    body = heading("Leave") + PLAIN + heading("Annual leave", 2) + PLAIN + heading("Travel") + PLAIN
    found = read_paths(body, styles=HEADING_STYLES)
    assert found == ["Leave", "Leave › Annual leave", "Travel"]


@pytest.mark.parametrize(
    ("name", "identity"),
    [("heading 1", "berschrift1"), ("Überschrift 1", "x"), ("Titre 1", "T"), ("Heading 1", "H1")],
)
def test_a_heading_style_is_known_by_its_name_in_any_language(name, identity):
    body = styled("Leave", identity) + PLAIN + styled("Travel", identity) + PLAIN
    assert read_paths(body, styles=style(name, identity)) == ["Leave", "Travel"]


def test_a_style_based_on_a_heading_over_several_steps_is_one():
    styles = (
        HEADING_STYLES
        + style("Chapter", "Chapter", based="Heading1")
        + style("Part", "Part", based="Chapter")
    )
    body = styled("Leave", "Part") + PLAIN + styled("Annual", "Heading2") + PLAIN
    assert read_paths(body + styled("Travel", "Part") + PLAIN, styles=styles) == [
        "Leave",
        "Leave › Annual",
        "Travel",
    ]


def test_an_outline_level_in_style_or_paragraph_makes_a_heading_and_nine_takes_it_away():
    level = '<w:outlineLvl w:val="{}"/>'
    styles = HEADING_STYLES + style("Clause", "Clause", inside=level.format(0))
    body = (
        styled("Leave", "Clause")
        + PLAIN
        + paragraph("Annual", level.format(1))
        + PLAIN
        + styled("No heading", "Heading1", level.format(9))
        + PLAIN
        + styled("Travel", "Clause")
        + PLAIN
    )
    assert read_paths(body, styles=styles) == ["Leave", "Leave › Annual", "Travel"]


def test_the_title_is_above_the_headings_and_its_lines_are_one():
    styles = HEADING_STYLES + style("Title", "Title")
    body = styled("Staff", "Title") + styled("Handbook", "Title") + PLAIN
    body += heading("Leave") + PLAIN + heading("Travel") + PLAIN
    document = read(docx(body, styles=styles), name="x.docx")
    assert document.metadata.title == "Staff Handbook"
    assert paths(document) == ["Leave", "Travel"]


def test_levels_that_are_not_used_are_not_counted():
    body = heading("Leave", 3) + PLAIN
    styles = HEADING_STYLES + style("Title", "Title")
    document = read(docx(styled("Handbook", "Title") + PLAIN + body, styles=styles), name="x.docx")
    assert paths(document) == ["Leave"]
    assert not document.notes


def test_styles_that_rest_on_each_other_in_a_circle_are_read():
    styles = style("Normal", "a", based="b") + style("Other", "b", based="a")
    assert texts(read(docx(styled("Some words.", "a"), styles=styles), name="x.docx")) == [
        "Some words."
    ]


def test_a_short_paragraph_in_bold_or_large_letters_is_a_heading_in_effect():
    body = paragraph("Annual leave", run="<w:b/>") + PLAIN
    body += paragraph("Travel", run='<w:sz w:val="32"/>') + PLAIN + PLAIN
    assert read_paths(body) == ["Annual leave", "Travel"]


def test_bold_by_style_and_bold_by_letters_are_both_seen():
    styles = style("Strong", "S", run="<w:b/>")
    body = styled("Annual leave", "S") + PLAIN
    body += paragraph("Not at all", '<w:pStyle w:val="S"/>', '<w:b w:val="0"/>') + PLAIN
    assert read_paths(body, styles=styles) == ["Annual leave"]


def test_a_clause_set_in_a_heading_style_is_a_clause():
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2"))
    styles = "".join(
        style(
            f"heading {n}",
            f"Heading{n}",
            inside=f'<w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr>',
        )
        for n in (1, 2)
    )
    clause = "Staff members shall be entitled to thirty days of annual leave in each full year."
    body = heading("Leave") + heading(clause, 2) + heading("Unused days lapse.", 2)
    document = read(docx(body, styles=styles, numbering=numbering), name="x.docx")
    assert paths(document) == ["1 Leave"]
    assert [block.label for block in document.blocks] == ["1", "1.1", "1.2"]


def test_a_numbered_line_over_its_own_sub_clauses_is_a_heading():
    numbering = levels(("decimal", "%1."), ("decimal", "%1.%2"))
    body = numbered("Definitions") + numbered("Leave is time away from work.", 1)
    body += numbered("Scope") + numbered("These rules apply to all staff.", 1)
    document = read(docx(body, numbering=numbering), name="x.docx")
    assert paths(document) == ["1. Definitions", "2. Scope"]
    assert texts(document, "paragraph") == [
        "1.1 Leave is time away from work.",
        "2.1 These rules apply to all staff.",
    ]


def test_the_properties_give_title_and_language():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Leave  policy'
        "</dc:title></cp:coreProperties>"
    )

    run = '<w:rPr><w:lang w:val="fr-CH"/></w:rPr>'
    styles = f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault></w:docDefaults>"
    parsed = parse(docx(PLAIN, styles=styles, parts={"docProps/core.xml": core}), "x.docx")
    assert (parsed.properties.title, parsed.properties.language) == ("Leave policy", "fr")
