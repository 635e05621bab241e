"""OpenDocument: frames, drawings, formulas, headings in lists, styles that count and hide."""

import io
import zipfile

from odt_pieces import LISTS, OUTLINE, document, h, item, items, p, style
from office_files import odt, packed
from reading import paths, read, rows, texts

from corpus.formats.odt import parse

MATH = "http://www.w3.org/1998/Math/MathML"


def frame(*inside):
    return f"<draw:frame>{''.join(inside)}</draw:frame>"


def text_box(*inside):
    return f"<draw:text-box>{''.join(inside)}</draw:text-box>"


def test_headings_in_a_list_take_its_numbers():
    body = items("N", item(h("Leave"), p("Staff rest.")), item(h("Travel"), p("They travel.")))
    assert paths(document(body, automatic=LISTS)) == ["1. Leave", "2. Travel"]


def test_frames_that_hang_on_the_page_are_read_where_they_stand():
    drawn = f"<draw:custom-shape>{p('Drawn.')}</draw:custom-shape>"
    grouped = f"<draw:g>{frame(text_box(p('Grouped.')))}</draw:g>"
    body = frame(text_box(p("Framed."))) + p("Words.") + drawn + grouped
    assert texts(document(body)) == ["Framed.", "Words.", "Drawn.", "Grouped."]


def with_object(path, inside):
    """Return a text whose first paragraph holds an object that is stored as a part."""
    shown = frame(f'<draw:object xlink:href="./{path}"/>')
    file = odt(p(f"The rate is{shown}") + p("Staff rest."))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, f"{path}/content.xml": inside})


def test_a_formula_stands_in_its_paragraph():
    formula = f'<math xmlns="{MATH}"><mi>x</mi><mo>=</mo><mn>2</mn></math>'
    assert texts(read(with_object("Object 1", formula), name="x.odt"))[0] == "The rate is x=2"


def test_an_object_that_is_no_formula_is_told():
    whole = parse(with_object("Object 1", "<other/>"), "x.odt")
    without = parse(odt(p("The rate is") + p("Staff rest.")), "x.odt")
    assert len(whole.notes) == len(without.notes) + 1


def test_a_paragraph_of_a_style_for_contents_is_left_out():
    styles = style("Contents_20_1") + style("P1", parent="Contents_20_1")
    found = document(p("Leave 3", "P1") + p("Staff rest."), automatic=styles)
    assert texts(found) == ["Staff rest."]


def test_a_list_takes_the_numbers_that_the_style_of_its_first_paragraph_brings():
    brought = '<style:style style:name="Step" style:family="paragraph" style:list-style-name="N"/>'
    body = items("", item(p("Ask.", "Step")), item(p("Wait.", "Step")))
    assert texts(document(body, automatic=LISTS + brought)) == ["1. Ask.", "2. Wait."]


def test_a_list_may_go_on_from_the_one_before_of_its_style_or_start_anew():
    start = '<text:list-item text:start-value="7">' + p("Rest.") + "</text:list-item>"
    body = items("N", item(p("Ask."))) + p("Then.")
    body += items("N", item(p("Wait.")), start, more=' text:continue-numbering="true"')
    assert texts(document(body, automatic=LISTS)) == ["1. Ask.", "Then.", "2. Wait.", "7. Rest."]


def test_a_pattern_of_numbers_is_printed_as_it_says():
    pattern = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
        'loext:num-list-format="Part %1%:"/></text:outline-style>'
    )
    found = paths(document(h("Leave") + p("Words.") + h("Pay") + p("More."), styles=pattern))
    assert found == ["Part I: Leave", "Part II: Pay"]


def test_a_level_that_was_left_out_counts_as_if_it_had_been_there():
    found = document(h("Annual", 2) + p("Words.") + h("Leave") + p("More."), styles=OUTLINE)
    assert paths(found) == ["1.1 Annual", "2. Leave"]


def test_spans_without_a_look_of_their_own_keep_that_of_their_paragraph():
    bold = '<style:text-properties fo:font-weight="bold"/>'
    styles = style("P1", inside=bold) + style("T1", "text", "<style:text-properties/>")
    line = '<text:span text:style-name="T1">Annual</text:span> leave'
    assert paths(document(p(line, "P1") + p("Staff rest."), styles=styles)) == ["Annual leave"]


def test_sizes_in_shares_of_their_parent_make_headings():
    styles = style("Base", inside='<style:text-properties fo:font-size="10pt"/>')
    big = style("Big", inside='<style:text-properties fo:font-size="180%"/>', parent="Base")
    prose = "".join(p(f"Staff rest on day {n} of every month of the year.", "Base") for n in "123")
    assert paths(document(p("Annual leave", "Big") + prose, styles=styles + big)) == [
        "Annual leave"
    ]


def test_a_note_without_a_body_and_a_hidden_note_are_none():
    hidden = style("H", "text", '<style:text-properties text:display="none"/>')
    empty = "<text:note><text:note-citation>1</text:note-citation></text:note>"
    note = f"<text:note><text:note-body>{p('Secret.')}</text:note-body></text:note>"
    body = p(f"Thirty{empty} days.<text:span text:style-name='H'>{note}</text:span>")
    assert texts(document(body, automatic=hidden)) == ["Thirty days."]


def test_a_cell_that_reaches_over_three_rows_counts_for_each():
    def cell(text, more=""):
        return f"<table:table-cell {more}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    three = 'table:number-rows-spanned="3"'
    head = (
        f"<table:table-header-rows><table:table-row>{cell('Grade')}{cell('Days')}</table:table-row>"
    )
    lines = f"<table:table-row>{cell('P2', three)}{cell('30')}</table:table-row>"
    lines += f"<table:table-row>{covered}{cell('31')}</table:table-row>" * 2
    found = document(f"<table:table>{head}</table:table-header-rows>{lines}</table:table>")
    assert rows(found) == [["P2", "30"], ["P2", "31"], ["P2", "31"]]


def test_a_table_without_rows_and_one_that_only_lays_out_are_no_tables():
    prose = "".join(p(f"Paragraph {n} of the letter, which is long enough.") for n in range(3))
    layout = f"<table:table-row><table:table-cell>{prose}</table:table-cell></table:table-row>"
    found = document(f"<table:table/><table:table>{layout}</table:table>" + p("Yours."))
    assert [block.kind for block in found.blocks] == ["paragraph"] * 4
