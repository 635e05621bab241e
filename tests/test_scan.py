"""Pictures of pages become text: the right way up, cell by cell, and with how much certainty."""

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reading import read, rows, texts
from scans import (
    HEADING,
    SENTENCES,
    TABLE,
    Change,
    blurred,
    page,
    scan,
    slanting,
    soiled,
    turned,
)

from corpus.errors import DamagedFile, EmptyFile
from corpus.formats.scan import Recognised, recognise
from corpus.places import LITTLE_CERTAINTY, rects


def words(recognised: Recognised, number: int = 0) -> list[str]:
    with pdfium.PdfDocument(recognised.pdf) as document:
        return str(document[number].get_textpage().get_text_bounded()).split()


def size(recognised: Recognised) -> tuple[float, float]:
    with pdfium.PdfDocument(recognised.pdf) as document:
        width, height = document[0].get_size()
    return round(width), round(height)


# the words


def test_the_words_of_a_picture_are_read() -> None:
    found = recognise(scan(page()), [0])
    assert words(found) == " ".join([HEADING, *SENTENCES]).split()
    assert found.confidences[0] > LITTLE_CERTAINTY


def test_a_recognised_page_has_the_size_of_the_page() -> None:
    assert size(recognise(scan(page()), [0])) == (595, 842)


def test_only_the_pages_asked_for_are_read_and_each_is_told() -> None:
    told: list[int] = []
    other = page(sentences=("Another page says something else.",))
    found = recognise(scan(page(), other, page()), [1], on_page=told.append)
    assert told == [1]
    assert len(found.confidences) == 1
    assert "Another" in words(found)


def test_type_that_is_larger_or_heavier_than_the_rest_makes_a_heading() -> None:
    document = read(scan(page()), name="leave.pdf")
    assert texts(document, "heading") == [HEADING]
    assert texts(document, "paragraph") == list(SENTENCES)


# how the page lies, and what it is printed on


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_was_scanned_lying_on_its_side_is_read_upright(degrees: int) -> None:
    found = recognise(scan(turned(degrees)(page())), [0])
    assert words(found) == " ".join([HEADING, *SENTENCES]).split()
    assert size(found) == (595, 842)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_of_a_page_with_too_few_letters_to_tell_the_surest_turn_is_taken(degrees: int) -> None:
    found = recognise(scan(turned(degrees)(page(sentences=()))), [0])
    assert "over" in words(found)


@pytest.mark.parametrize("change", [slanting(1.5), slanting(-2), soiled])
def test_a_page_need_be_neither_straight_nor_clean(change: Change) -> None:
    document = read(scan(change(page(table=TABLE))), name="leave.pdf")
    assert texts(document, "paragraph") == list(SENTENCES)
    assert rows(document) == [list(row) for row in TABLE[1:]]


# ruled tables


def test_the_rules_of_a_table_make_its_rows_and_columns() -> None:
    document = read(scan(page(table=TABLE)), name="leave.pdf")
    assert rows(document) == [list(row) for row in TABLE[1:]]
    row = next(block for block in document.blocks if block.kind == "table_row")
    assert [cell.header for cell in row.cells] == list(TABLE[0])


def test_ruled_lines_are_found_where_they_were_drawn() -> None:
    (rules,) = recognise(scan(page(table=TABLE)), [0]).rules
    across = sorted(round(rule.y0) for rule in rules if rule.y0 == rule.y1)
    upright = sorted(round(rule.x0) for rule in rules if rule.x0 == rule.x1)
    top, left, inch = 500, 120, 72 / 150
    assert across == pytest.approx([(top + 60 * row) * inch for row in range(5)], abs=1)
    assert upright == pytest.approx([(left + 320 * row) * inch for row in range(4)], abs=1)


def test_running_text_has_no_rules() -> None:
    lines = tuple(" ".join(SENTENCES[n % 4].split()[:9]) for n in range(20))
    assert recognise(scan(page(sentences=lines)), [0]).rules == ((),)


# certainty


@pytest.mark.slow
def test_a_blurred_page_is_read_with_little_certainty_and_said_to_be() -> None:
    document = read(scan(page(), blurred(page())), name="leave.pdf")
    sure, unsure = (found.confidence for found in document.pages)
    assert sure is not None
    assert unsure is not None
    assert unsure < LITTLE_CERTAINTY < sure
    assert any(note.startswith("Page 2: ") for note in document.notes)
    assert not any(note.startswith("Page 1: ") for note in document.notes)


def test_a_scan_without_a_word_is_an_error_in_words() -> None:
    with pytest.raises(EmptyFile, match="no text"):
        read(scan(Image.new("L", (1240, 1754), 255)), name="blank.pdf")


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_an_even_picture_has_no_words_and_no_rules(grey: int) -> None:
    found = recognise(scan(Image.new("L", (1240, 1754), grey)), [0])
    assert found.confidences == (0.0,)
    assert found.rules == ((),)


@pytest.mark.parametrize("shape", [(2, 2), (6000, 20), (20, 6000)])
def test_a_picture_of_any_shape_ends_in_a_page(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(2).integers(0, 255, shape, dtype=np.uint8)
    assert len(recognise(scan(Image.fromarray(noise)), [0]).confidences) == 1


def test_a_page_of_enormous_paper_is_read_at_a_size_that_fits() -> None:
    out = io.BytesIO()
    page().save(out, "PDF", resolution=10)  # 124 inches wide
    assert words(recognise(out.getvalue(), [0]))[:2] == HEADING.split()[:2]


def test_what_is_no_pdf_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        recognise(b"%PDF-1.7 and nothing else", [0])


def test_a_language_that_is_not_installed_is_left_out() -> None:
    found = recognise(scan(page()), [0], languages=("xyz", "eng"))
    assert words(found)[:2] == HEADING.split()[:2]
    assert words(recognise(scan(page()), [0], languages=("xyz",)))[:2] == HEADING.split()[:2]


# places


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_quote_is_found_where_it_stands_on_the_page_as_it_was_scanned(degrees: int) -> None:
    document = read(scan(turned(degrees)(page())), name="leave.pdf")
    shown = document.pages[0]
    size = (842, 595) if degrees % 180 else (595, 842)
    assert (round(shown.width), round(shown.height)) == size
    start = document.text.index(SENTENCES[1])
    (rect,) = rects(document, start, start + len(SENTENCES[1]))
    alone = np.asarray(turned(degrees)(page(sentences=("", SENTENCES[1]))))
    without = np.asarray(turned(degrees)(page(sentences=())))
    down, across = np.nonzero(alone != without)
    inked = (across.min(), down.min(), across.max(), down.max())
    found = (rect.left, rect.top, rect.right, rect.bottom)
    assert found == pytest.approx([pixel * 72 / 150 for pixel in inked], abs=4)
