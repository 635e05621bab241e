"""OpenDocument texts."""

import pytest
from odt_pieces import LISTS, OUTLINE, document, h, item, items, p, style
from office_files import odt, packed
from reading import paths, rows, text_of, texts

from corpus.errors import DamagedFile, EmptyFile, EncryptedFile
from corpus.formats.odt import parse


def test_headings_nest_and_bear_their_numbers():
    body = h("Leave") + p("Staff rest.") + h("Annual", 2) + p("Thirty days.") + h("Travel")
    found = document(body + p("They travel."), styles=OUTLINE)
    assert paths(found) == ["1. Leave", "1. Leave › 1.1 Annual", "2. Travel"]
    assert [section.number for section in found.sections if section.path] == ["1", "1.1", "2"]


def test_a_heading_may_go_without_a_number_or_begin_the_count_anew():
    body = h("Foreword", more=' text:is-list-header="true"') + p("Words.")
    body += h("Leave", more=' text:start-value="4"') + p("Words.") + h("Travel") + p("Words.")
    body += h("Pay", more=' text:start-value="9"') + p("Words.")
    found = paths(document(body, styles=OUTLINE))
    assert found == ["Foreword", "4. Leave", "5. Travel", "9. Pay"]


def test_lists_have_depths_and_lead_ins_and_no_signs():
    body = p("Staff may:") + items(
        "B", item(p("rest"), items("", item(p("at home")))), item(p("travel"))
    )
    found = document(body, automatic=LISTS)
    assert [(b.depth, text_of(found, b)) for b in found.blocks[1:]] == [
        (0, "rest"),
        (1, "at home"),
        (0, "travel"),
    ]
    assert [block.lead_in for block in found.blocks[1:]] == [0, 1, 0]


def test_clauses_are_paragraphs_and_their_letters_items():
    letters = items("", item(p("in writing;")), item(p("in time.")))
    body = items(
        "N",
        item(p("General"), items("", item(p("The manager decides"), letters), item(p("Fine.")))),
    )
    found = document(body, automatic=LISTS)
    assert [(b.kind, b.label, text_of(found, b)) for b in found.blocks] == [
        ("heading", "1", "1. General"),
        ("paragraph", "1.1", "1.1 The manager decides"),
        ("list_item", "(a)", "(a) in writing;"),
        ("list_item", "(b)", "(b) in time."),
        ("paragraph", "1.2", "1.2 Fine."),
    ]


def test_a_list_goes_on_where_it_says_so():
    one = items("N", item(p("Ask.")), more=' xml:id="a"')
    on = items("N", item(p("Wait.")), more=' text:continue-list="a"')
    anew = items("N", item(p("Rest.")))
    found = document(one + p("Then rest.") + on + anew, automatic=LISTS)
    assert texts(found) == ["1. Ask.", "Then rest.", "2. Wait.", "1. Rest."]


def test_further_paragraphs_of_an_item_go_on_with_it():
    found = document(items("N", item(p("Ask."), p("It takes a day."))), automatic=LISTS)
    assert texts(found) == ["1. Ask. It takes a day."]


def test_merged_cells_and_header_rows_of_tables():
    def cell(text, more=""):
        return f"<table:table-cell {more}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    two = 'table:number-columns-spanned="2"'
    down = 'table:number-rows-spanned="2"'
    lines = (
        f"<table:table-row>{cell('P2', down)}{cell('Annual')}{cell('30')}</table:table-row>"
        f"<table:table-row>{covered}{cell('Sick', two)}{covered}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="3"/></table:table-row>'
    )
    heads = "".join(cell(text) for text in ("Grade", "Kind", "Days"))
    head = f"<table:table-header-rows><table:table-row>{heads}</table:table-row>"
    found = document(f"<table:table>{head}</table:table-header-rows>{lines}</table:table>")
    assert rows(found) == [["P2", "Annual", "30"], ["P2", "Sick", "Sick"]]
    assert [cell.header for cell in found.blocks[0].cells] == ["Grade", "Kind", "Days"]
    assert found.blocks[1].cells[0].start == found.blocks[0].cells[0].start


def test_notes_follow_with_their_marks():
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Of work.')}</text:note-body></text:note>"
    )
    assert texts(document(p(f"Thirty{note} days.") + p("Rest."))) == [
        "Thirty days.",
        "1 Of work.",
        "Rest.",
    ]


def test_what_is_not_seen_is_left_out():
    hidden = style("H", "text", '<style:text-properties text:display="none"/>')
    body = (
        f"<text:tracked-changes><text:changed-region>{p('deleted')}</text:changed-region>"
        "</text:tracked-changes>"
        + p("Seen<text:change/>.<text:span text:style-name='H'>no</text:span>")
        + p(f"<office:annotation>{p('Really?')}</office:annotation>Words.")
        + f'<text:section text:display="none">{p("no")}</text:section>'
        + f"<text:section>{p('In a section.')}</text:section>"
        + f"<text:table-of-content><text:index-body>{p('Leave 3')}</text:index-body>"
        "</text:table-of-content>" + p('<text:hidden-paragraph text:is-hidden="true"/>no')
    )
    assert texts(document(body, automatic=hidden)) == ["Seen.", "Words.", "In a section."]


def test_white_space_is_as_the_format_has_it():
    body = p("one\n   two<text:s text:c='3'/>three<text:line-break/>four<text:tab/>five")
    assert texts(document(body)) == ["one two three four five"]


def test_a_frame_is_read_after_its_paragraph_and_a_caption_before_its_table():
    frame = f"<draw:frame><draw:text-box>{p('In the frame.')}</draw:text-box></draw:frame>"
    row = "<table:table-row>{}</table:table-row>".format(
        "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in ("P2", "30"))
    )
    body = p(f"Before{frame} and after.") + f"<table:table>{row}{row}</table:table>"
    body += p("Table 1: Days", "Table")
    found = document(body, styles=style("Caption") + style("Table", parent="Caption"))
    assert [block.kind for block in found.blocks[:3]] == ["paragraph", "paragraph", "caption"]
    assert texts(found, "paragraph") == ["Before and after.", "In the frame."]


def test_title_and_bold_lines_are_headings():
    styles = style("Title") + style("P1", inside='<style:text-properties fo:font-weight="bold"/>')
    body = p("Handbook", "Title") + p("Annual leave", "P1") + p("Staff rest.")
    assert paths(document(body, styles=styles)) == ["Annual leave"]


def test_properties_come_from_the_file():
    default = (
        '<style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="fr"/></style:default-style>'
    )
    parsed = parse(odt(p("Mots."), styles=default, meta="<dc:title>Congés</dc:title>"), "x.odt")
    assert (parsed.properties.title, parsed.properties.language) == ("Congés", "fr")


def test_styles_in_a_circle_and_unknown_ones_are_read():
    styles = style("A", parent="B") + style("B", parent="A")
    assert texts(document(p("Words.", "A") + p("More.", "none"), styles=styles)) == [
        "Words.",
        "More.",
    ]


def test_files_that_cannot_be_read_say_why():
    with pytest.raises(EmptyFile):
        parse(odt(p("")), "x.odt")
    with pytest.raises(DamagedFile):
        parse(packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "x.odt")
    with pytest.raises(EncryptedFile):
        parse(
            packed({"content.xml": "x", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "x.odt",
        )


def test_every_character_knows_its_place_in_the_original():
    parsed = parse(odt(h("Leave") + p("Staff rest.")), "x.odt")
    for block in parsed.blocks:
        for char, place in zip(block.text.text, block.text.places, strict=True):
            assert parsed.original[place] == char
