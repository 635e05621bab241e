"""Slides: titles, reading order, lists, tables, notes, pages; what is not shown stays out."""

import io
import zipfile

import pytest
from decks import BLANK, CONTENT, ONLY_TITLE, TITLE, TWO, Deck, box
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from reading import paths, read, rows, text_of, texts

from corpus.errors import DamagedFile, EmptyFile
from corpus.formats.slides import parse


def pages(document):
    return {text_of(document, block): block.page for block in document.blocks}


def test_a_slide_is_a_page_under_its_title():
    deck = Deck()
    deck.slide(TITLE, "Travel rules", "For all staff")
    deck.slide(CONTENT, "Booking", "Book early\nKeep receipts")
    document = deck.read()
    assert paths(document) == ["Booking"]
    assert document.metadata.title == "Travel rules"
    assert [page.label for page in document.pages] == ["1", "2"]
    assert pages(document) == {
        "Travel rules": 1,
        "For all staff": 1,
        "Booking": 2,
        "Book early": 2,
        "Keep receipts": 2,
    }


def test_lists_keep_their_depth_and_their_numbers():
    deck = Deck()
    frame = deck.slide(CONTENT, "Booking", "By rail\nreceipts").placeholders[1].text_frame
    frame.paragraphs[1].level = 1
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  numbering has no other door
        numbering = properties.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum",
            {"type": "arabicPeriod" if paragraph.level == 0 else "alphaLcParenR"},
        )
        properties.append(numbering)
    items = [block for block in deck.read().blocks if block.kind == "list_item"]
    assert [(item.label, item.depth) for item in items] == [("1.", 0), ("a)", 1)]


def test_columns_are_read_one_after_the_other():
    deck = Deck()
    slide = deck.slide(TWO, "Two columns", "left one\nleft two", "right one\nright two")
    slide.shapes.title.text_frame.text = "Two columns"
    assert texts(deck.read()) == ["Two columns", "left one", "left two", "right one", "right two"]
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Cards")
    for text, left, top in (
        ("Right body stands here.", 6, 2.6),
        ("Left body stands here.", 1, 2.6),
        ("Right", 6, 2),
        ("Left", 1, 2),
    ):
        box(slide, text, left, top)
    order = ["Cards", "Left", "Left body stands here.", "Right", "Right body stands here."]
    assert texts(deck.read()) == order


def test_groups_are_read_and_furniture_is_not():
    deck = Deck()
    for number in range(5):
        slide = deck.slide(ONLY_TITLE, f"Part {number}")
        box(slide, "Company confidential", 1, 7)
        group = slide.shapes.add_group_shape()
        box(group, f"Inside the group {number}.", 1, 3)
    document = deck.read()
    assert "Company confidential" not in document.text
    assert "Inside the group 4." in texts(document)


def test_a_table_has_its_header_and_its_merged_cells():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Rates")
    size = Inches(1), Inches(2), Inches(6), Inches(2)
    table = slide.shapes.add_table(4, 3, *size).table
    lines = [["City", "Rate", ""], ["Paris", "200", "day"], ["", "180", "night"], ["Rome", "", "x"]]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document = deck.read()
    assert rows(document) == [["Paris", "200", "day"], ["Paris", "180", "night"], ["Rome", "", "x"]]
    first = next(block for block in document.blocks if block.kind == "table_row")
    assert [cell.header for cell in first.cells] == ["City", "Rate", "Rate"]


def test_speakers_notes_are_a_note_at_the_end_of_their_slide():
    deck = Deck()
    slide = deck.slide(CONTENT, "Booking", "Book early")
    slide.notes_slide.notes_text_frame.text = "Say when.\nSay where."
    deck.slide(CONTENT, "Leave", "Ask early")
    document = deck.read()
    assert texts(document, "note") == ["Say when. Say where."]
    assert pages(document)["Say when. Say where."] == 1


def test_hidden_slides_and_pictures_of_text_are_noted():
    deck = Deck()
    deck.slide(CONTENT, "Booking", "Book early")
    deck.slide(CONTENT, "Secret", "Not yet")._element.set("show", "0")  # noqa: SLF001  no other door
    deck.slide(BLANK)
    document = deck.read()
    assert "Secret" not in document.text
    assert "Hidden slides were left out: 2." in document.notes
    assert any("perhaps pictures" in note and "3" in note for note in document.notes)


def test_a_slide_without_a_title_is_a_section_of_its_own():
    deck = Deck()
    deck.slide(CONTENT, "Booking", "Book early")
    slide = deck.slide(BLANK)
    box(slide, "Leave", 1, 0.5)
    box(slide, "Leave is paid for all.", 1, 2)
    slide = deck.slide(BLANK)
    box(slide, "A remark that stands on a slide of its own.", 1, 2)
    assert paths(deck.read()) == ["Booking", "Leave", "Slide 3"]


def test_the_figures_of_a_chart_are_a_table():
    deck = Deck()
    slide = deck.slide(ONLY_TITLE, "Journeys")
    data = CategoryChartData(number_format="0%")
    data.categories = ["2023", "2024"]
    data.add_series("Rail", (0.4, 0.6))
    place = Inches(1), Inches(2), Inches(4), Inches(3)
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
    assert rows(deck.read()) == [["2023", "40%"], ["2024", "60%"]]


def test_every_character_is_at_its_place():
    deck = Deck()
    deck.slide(TITLE, "Été", "For all")
    deck.slide(CONTENT, "Booking", "Book early\nKeep receipts")
    parsed = parse(deck.data, "deck.pptx")
    for block in parsed.blocks:
        pairs = zip(block.text.text, block.text.places, strict=True)
        assert all(place < 0 or parsed.original[place] == char for char, place in pairs)


def test_empty_and_broken_decks_are_refused():
    deck = Deck()
    deck.slide(BLANK)
    with pytest.raises(EmptyFile):
        deck.read()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck.data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, b"<!DOCTYPE x>" + content if name.endswith("slide1.xml") else content
            )
    with pytest.raises(DamagedFile):
        read(file.getvalue(), name="deck.pptx")
