"""Lists and clauses of Word files."""

from office_files import docx, heading, levels, numbered, paragraph
from reading import read, text_of

BULLETS = levels(*[("bullet", "•")] * 3, number=2)
CLAUSES = levels(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))


def outlined(body, numbering, **roots):
    """Return (kind, depth, label, lead-in's text, text) of every block."""
    document = read(docx(body, numbering=numbering, **roots), name="x.docx")
    return [
        (
            block.kind,
            block.depth,
            block.label,
            "" if block.lead_in is None else text_of(document, document.blocks[block.lead_in]),
            text_of(document, block),
        )
        for block in document.blocks
    ]


def at(indent):
    return f'<w:ind w:left="{indent}"/>'


def test_bullets_are_items_with_depths_and_without_their_signs():
    body = paragraph("Staff may:") + numbered("rest", 0, 2) + numbered("at home", 1, 2)
    assert outlined(body, BULLETS)[1:] == [
        ("list_item", 0, "", "Staff may:", "rest"),
        ("list_item", 1, "", "rest", "at home"),
    ]


def test_a_clause_is_a_paragraph_and_its_letters_are_items_under_it():
    body = (
        numbered("General")
        + numbered("The manager decides on requests", 1)
        + numbered("in writing;", 2)
        + numbered("within five days.", 2)
        + numbered("The decision is final.", 1)
    )
    assert outlined(body, CLAUSES)[1:] == [
        ("paragraph", 0, "1.1", "", "1.1 The manager decides on requests"),
        ("list_item", 0, "(a)", "1.1 The manager decides on requests", "(a) in writing;"),
        ("list_item", 0, "(b)", "1.1 The manager decides on requests", "(b) within five days."),
        ("paragraph", 0, "1.2", "", "1.2 The decision is final."),
    ]


def test_a_clause_whose_sentence_its_letters_finish_is_no_heading():
    body = numbered("Leave") + numbered("Leave is asked for", 1) + numbered("in time;", 2)
    body += numbered("in writing.", 2) + numbered("Leave is granted", 1) + numbered("at once.", 2)
    assert [row[0] for row in outlined(body, CLAUSES)] == [
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "paragraph",
        "list_item",
    ]


def test_a_simple_numbered_list_is_one_of_items():
    body = paragraph("Do this:") + numbered("Ask.") + numbered("Wait.")
    found = outlined(body, levels(("decimal", "%1.")))
    assert [(kind, label) for kind, _, label, _, _ in found[1:]] == [
        ("list_item", "1."),
        ("list_item", "2."),
    ]


def test_paragraphs_numbered_through_all_sections_are_clauses():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    )
    body = (
        heading("Leave")
        + numbered("Staff rest.")
        + numbered("They rest well.")
        + heading("Travel")
        + numbered("Staff travel.")
    )
    found = outlined(body, levels(("decimal", "%1.")), styles=styles)
    assert [row[:3] for row in found if row[0] != "heading"] == [
        ("paragraph", 0, "1."),
        ("paragraph", 0, "2."),
        ("paragraph", 0, "3."),
    ]


def test_bullets_of_another_list_that_stand_further_in_are_under_the_item_before():
    numbering = levels(("decimal", "%1."), extra=f"<w:pPr>{at(720)}</w:pPr>")
    numbering += levels(("bullet", "-"), number=2, extra=f"<w:pPr>{at(1440)}</w:pPr>")
    body = numbered("Ask.") + numbered("by letter", 0, 2) + numbered("Wait.")
    assert [(depth, text) for _, depth, _, _, text in outlined(body, numbering)] == [
        (0, "1. Ask."),
        (1, "by letter"),
        (0, "2. Wait."),
    ]


def test_a_paragraph_under_the_words_of_an_item_goes_on_with_it():
    numbering = levels(("decimal", "%1."), extra=f"<w:pPr>{at(720)}</w:pPr>")
    body = paragraph("Do this:") + numbered("Ask.") + paragraph("It takes a day.", at(720))
    body += numbered("Wait.") + paragraph("That is all.")
    assert [row[4] for row in outlined(body, numbering)] == [
        "Do this:",
        "1. Ask. It takes a day.",
        "2. Wait.",
        "That is all.",
    ]


def test_a_bullet_without_a_sign_goes_on_with_the_item():
    numbering = levels(("bullet", "•"), extra=f"<w:pPr>{at(480)}</w:pPr>")
    numbering += levels(("bullet", " "), number=2, extra=f"<w:pPr>{at(480)}</w:pPr>")
    body = paragraph("Do:") + numbered("Ask.") + numbered("It takes a day.", 0, 2)
    assert [row[4] for row in outlined(body, numbering)] == ["Do:", "Ask. It takes a day."]


def test_a_list_that_begins_anew_is_another_list():
    numbering = levels(("decimal", "%1.")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    document = read(
        docx(numbered("Ask.") + numbered("Rest.", 0, 2), numbering=numbering), name="x.docx"
    )
    assert len({block.group for block in document.blocks}) == 2


def test_a_paragraph_that_is_kept_with_the_list_after_it_introduces_it():
    body = paragraph("The following apply", "<w:keepNext/>") + numbered("rest", 0, 2)
    assert outlined(body, BULLETS)[1][3] == "The following apply"


def test_bold_numbered_lines_over_text_are_headings():
    numbering = levels(("decimal", "%1."))
    bold = "<w:rPr><w:b/></w:rPr>"
    body = numbered("Purpose").replace("<w:rPr></w:rPr>", bold) + paragraph("Words of it.")
    body += numbered("Scope").replace("<w:rPr></w:rPr>", bold) + paragraph("More of them.")
    assert [(row[0], row[4]) for row in outlined(body, numbering)] == [
        ("heading", "1. Purpose"),
        ("paragraph", "Words of it."),
        ("heading", "2. Scope"),
        ("paragraph", "More of them."),
    ]
