"""Where a quote stands on the pages of the original: the page, and a box for each line."""

from array import array

import numpy as np
import pypdfium2 as pdfium
import pytest
from reading import read
from shared_documents import shared

from corpus.canonical import origin_of
from corpus.model import Document, Metadata, Page
from corpus.places import Rect, confidence, first_page, page_label, page_of, rects
from corpus.traced import NOWHERE, Traced

WIDE, TALL, PITCH = 6, 10, 14  # points


def document(
    lines: list[str], *, pages: tuple[Page, ...] = (Page(0),), made: tuple[int, ...] = ()
) -> Document:
    """Return a document whose lines stand one under another; ``made`` characters have no place."""
    text = " ".join(lines)
    places = array("i", range(len(text)))
    for position in made:
        places[position] = NOWHERE
    origin = origin_of(Traced(text, places))
    boxes = []
    for number, line in enumerate(lines):
        top = number * PITCH
        boxes += [(n * WIDE, top, n * WIDE + WIDE, top + TALL) for n in range(len(line))]
        boxes.append((0, 0, 0, 0))  # the break after it
    return Document(
        Metadata("policy", "Policy"),
        "policy.pdf",
        "",
        text,
        (),
        (),
        origin,
        pages=pages,
        boxes=packed(boxes),
    )


def packed(boxes: list[tuple[float, float, float, float]]) -> bytes:
    return (np.array(boxes) * 10).astype("<u2").tobytes()


def test_a_quote_has_a_box_for_each_line_that_it_stands_on() -> None:
    found = rects(document(["first line", "second"]), 6, 17)
    assert found == (Rect(1, 36, 0, 60, 10), Rect(1, 0, 14, 36, 24))


def test_characters_without_a_place_are_left_out() -> None:
    assert rects(document(["first line"], made=(0, 1)), 0, 5) == (Rect(1, 12, 0, 30, 10),)
    assert rects(document(["first line"], made=(0, 1)), 0, 2) == ()


def test_a_quote_over_two_pages_has_boxes_on_both() -> None:
    both = document(["first line", "second"], pages=(Page(0), Page(11)))
    assert [rect.page for rect in rects(both, 0, 17)] == [1, 2]


def test_the_cells_of_a_row_are_boxes_of_their_own() -> None:
    one = document(["left right"])
    apart = [(n * WIDE + 100 * (n > 4), 0, n * WIDE + 6 + 100 * (n > 4), TALL) for n in range(10)]
    found = rects(one, 0, 10, boxes=packed(apart))
    assert found == (Rect(1, 0, 0, 30, 10), Rect(1, 130, 0, 160, 10))


def test_a_raised_figure_parts_no_line() -> None:
    boxes = [(n * WIDE, 0, n * WIDE + WIDE, TALL) for n in range(10)]
    boxes[4] = (24, -0.0, 27, 5)
    assert len(rects(document(["rate 5 per"]), 0, 10, boxes=packed(boxes))) == 1


@pytest.mark.parametrize("upwards", [False, True])
def test_a_line_that_runs_up_or_down_the_page_is_one_box(upwards: bool) -> None:  # noqa: FBT001  parameter
    order = range(10) if not upwards else range(9, -1, -1)
    boxes = [(50, n * WIDE, 60, n * WIDE + WIDE) for n in order]
    found = rects(document(["first line"]), 0, 10, boxes=packed(boxes))
    assert found == (Rect(1, 50, 0, 60, 60),)


def test_the_page_of_a_quote_is_that_of_its_first_character_with_a_place() -> None:
    both = document(["first line", "second"], pages=(Page(0), Page(11)), made=(10,))
    assert page_of(both, 9) == 1
    assert page_of(both, 10) is None
    assert first_page(both, 10, 17) == 2
    assert first_page(both, 5, 17) == 1


def test_a_format_without_pages_has_no_page() -> None:
    assert first_page(document(["first line"], pages=()), 0, 5) is None
    assert rects(document(["first line"], pages=()), 0, 5) == ()


def test_a_printed_number_is_told_where_it_is_another_than_the_position() -> None:
    both = document(["first line", "second"], pages=(Page(0, "iv"), Page(11, "2")))
    assert page_label(both, 1) == "iv"
    assert page_label(both, 2) == ""
    assert page_label(both, None) == ""


def test_a_quote_is_as_certain_as_the_worst_of_its_pages() -> None:
    three = (Page(0), Page(6, confidence=0.9), Page(11, confidence=0.7))
    mixed = document(["first line", "second"], pages=three)
    assert confidence(mixed, 0, 4) is None
    assert confidence(mixed, 0, 8) == 0.9
    assert confidence(mixed, 0, 17) == 0.7


@pytest.mark.parametrize("name", ["contoso_PerksPlus", "contoso_employee_handbook"])
def test_in_a_real_document_another_reader_finds_the_quote_at_its_boxes(name: str) -> None:
    data = shared(f"real/pdf/{name}.pdf").read_bytes()
    found = read(data, name=f"{name}.pdf")
    blocks = [block for block in found.blocks if block.end - block.start > 60]
    assert blocks
    with pdfium.PdfDocument(data) as opened:
        for block in blocks:
            start, end = block.start, block.start + 50
            quote = "".join(filter(str.isalnum, found.text[start:end]))
            seen = "".join(text_at(opened, rect) for rect in rects(found, start, end))
            assert quote in "".join(filter(str.isalnum, seen))


def text_at(opened: pdfium.PdfDocument, rect: Rect) -> str:
    page = opened[rect.page - 1]
    height = page.get_height()
    bottom, top = height - rect.bottom - 0.5, height - rect.top + 0.5
    bounds = {"left": rect.left - 0.5, "right": rect.right + 0.5, "bottom": bottom, "top": top}
    return str(page.get_textpage().get_text_bounded(**bounds))
