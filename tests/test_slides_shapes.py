"""Slides: numbers of lists, diagrams, alternatives, hidden and unplaced shapes, deep headers."""

import pytest
from decks import CONTENT, ONLY_TITLE, Deck, box
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches
from reading import rows, texts

SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{name}"'
    for prefix, name in (
        ("a", "drawingml/2006/main"),
        ("dgm", "drawingml/2006/diagram"),
        ("p", "presentationml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("mc", "markup-compatibility/2006"),
    )
)
DIAGRAM_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
DIAGRAM_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"


def tree(slide):
    return slide.shapes._spTree  # noqa: SLF001  what python-pptx cannot make is added as XML


def shape(text, *, more="", place='<a:off x="0" y="3000000"/><a:ext cx="900000" cy="300000"/>'):
    """Return the XML of a text box."""
    where = f"<a:xfrm>{place}</a:xfrm>" if place else ""
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="9" name="x"{more}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{where}</p:spPr>"
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


@pytest.mark.parametrize(
    ("kind", "start", "labels"),
    [
        ("romanLcParenBoth", "4", ["(iv)", "(v)"]),
        ("romanUcPeriod", "89", ["LXXXIX.", "XC."]),
        ("alphaUcPeriod", "26", ["Z.", "AA."]),
        ("arabicPlain", "7", ["7", "8"]),
        ("arabicPeriod", "many", ["1.", "2."]),
        ("arabicPeriod", "123456", ["1.", "2."]),
    ],
)
def test_the_number_before_an_item_is_the_one_that_is_printed(kind, start, labels):
    deck = Deck()
    frame = deck.slide(CONTENT, "Booking", "By rail\nBy air").placeholders[1].text_frame
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  numbering has no other door
        properties.append(parse_xml(f'<a:buAutoNum {SPACES} type="{kind}" startAt="{start}"/>'))
    assert texts(deck.read())[1:] == [f"{labels[0]} By rail", f"{labels[1]} By air"]


def diagram(*links, points=("one", "two", "three")):
    nodes = "".join(
        f'<dgm:pt modelId="{name}"><dgm:t><a:p><a:r><a:t>Step {name}</a:t></a:r></a:p></dgm:t>'
        "</dgm:pt>"
        for name in points
    )
    joins = "".join(
        f'<dgm:cxn srcId="{source}" destId="{to}" srcOrd="{order}"/>' for source, to, order in links
    )
    top = '<dgm:pt modelId="doc" type="doc"/>'
    return (
        f"<dgm:dataModel {SPACES}><dgm:ptLst>{top}{nodes}</dgm:ptLst>"
        f"<dgm:cxnLst>{joins}</dgm:cxnLst></dgm:dataModel>"
    )


def items_of_diagram(model):
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Process")
    place = PackURI("/ppt/diagrams/data1.xml")
    part = Part(place, DIAGRAM_TYPE, slide.part.package, model.encode())
    key = slide.part.relate_to(part, DIAGRAM_LINK)
    frame = (
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="8" name="d"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        '<p:xfrm><a:off x="0" y="3000000"/><a:ext cx="9000" cy="9000"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="x"><dgm:relIds r:dm="{key}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    tree(slide).append(parse_xml(frame))
    document = deck.read()
    return [
        (block.depth, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "list_item"
    ]


def test_a_diagram_is_a_list_in_its_author_s_order():
    model = diagram(("doc", "two", 1), ("doc", "one", 0), ("one", "three", 0))
    assert items_of_diagram(model) == [(0, "Step one"), (1, "Step three"), (0, "Step two")]


def test_a_diagram_whose_points_hang_on_nothing_or_in_a_circle_is_read_once():
    assert items_of_diagram(diagram(("one", "two", "x"))) == [
        (0, "Step one"),
        (1, "Step two"),
        (0, "Step three"),
    ]
    circle = diagram(("doc", "one", 0), ("one", "two", 0), ("two", "one", 0), points=("one", "two"))
    assert items_of_diagram(circle) == [(0, "Step one"), (1, "Step two")]


def test_of_alternatives_the_first_with_shapes_is_read():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Leave")
    choice = f"<mc:Choice Requires='x'>{shape('New form.')}</mc:Choice>"
    other = f"<mc:Fallback>{shape('Old form.')}</mc:Fallback>"
    alternatives = f"<mc:AlternateContent {SPACES}>{{}}{other}</mc:AlternateContent>"
    tree(slide).append(parse_xml(alternatives.format(choice)))
    tree(slide).append(parse_xml(alternatives.format("<mc:Choice Requires='y'/>")))
    assert texts(deck.read()) == ["Leave", "New form.", "Old form."]


def test_hidden_shapes_are_left_out_and_those_without_a_place_stay_where_they_are():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Leave")
    tree(slide).append(parse_xml(shape("Nobody sees this.", more=' hidden="1"')))
    tree(slide).append(
        parse_xml(shape("Placed by words.", place='<a:off x="a" y="b"/><a:ext cx="c" cy="d"/>'))
    )
    tree(slide).append(parse_xml(shape("Placed by half.", place='<a:off x="0" y="0"/>')))
    box(slide, "The last one.", 1, 4)
    assert texts(deck.read()) == ["Leave", "Placed by words.", "Placed by half.", "The last one."]


def test_groups_in_groups_without_end_are_left_out():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Leave")
    start = f"<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id='1' name='g'/></p:nvGrpSpPr><p:grpSpPr/>"
    tree(slide).append(parse_xml(start * 30 + shape("Too deep.") + "</p:grpSp>" * 30))
    tree(slide).append(parse_xml(start * 3 + shape("Deep.") + "</p:grpSp>" * 3))
    assert texts(deck.read()) == ["Leave", "Deep."]


def test_a_header_that_spans_columns_takes_the_row_that_names_them_with_it():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Rates")
    table = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    lines = [["City", "Rate", ""], ["", "day", "night"], ["Paris", "200", "180"]]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    document = deck.read()
    assert rows(document) == [["Paris", "200", "180"]]
    cells = next(block.cells for block in document.blocks if block.kind == "table_row")
    assert [cell.header for cell in cells] == ["City", "Rate day", "Rate night"]


def test_a_header_over_two_rows_is_one_and_a_table_of_blanks_is_none():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Rates")
    slide.shapes.add_table(2, 2, Inches(1), Inches(6), Inches(6), Inches(1))
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, line in enumerate([["City", "Rate"], ["", "francs"], ["Paris", "200"]]):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    document = deck.read()
    assert rows(document) == [["Paris", "200"]]
    cells = next(block.cells for block in document.blocks if block.kind == "table_row")
    assert [cell.header for cell in cells] == ["City", "Rate francs"]
