"""A page of the original as a picture, with the quote marked."""

import io

import numpy as np
import pytest
from PIL import Image
from reading import read
from scans import SENTENCES, page, scan

from corpus.errors import DamagedFile, DocumentNotFound
from corpus.formats.pdf_picture import picture
from corpus.places import Rect, rects


def image_of(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def coloured(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box around all that is no grey."""
    red, _, blue = np.moveaxis(np.asarray(image).astype(int), 2, 0)
    down, across = np.nonzero(red - blue > 60)
    return int(across.min()), int(down.min()), int(across.max()), int(down.max())


def test_a_picture_is_as_wide_as_asked_and_shaped_like_its_page() -> None:
    assert image_of(picture(scan(page()), 1, (), 620)).size == pytest.approx((620, 877), abs=1)


def test_the_place_of_a_quote_is_marked_and_nothing_else() -> None:
    marked = image_of(picture(scan(page()), 1, (Rect(1, 100, 200, 300, 220),), 1190))
    expected = [pixel * 1190 / 595.2 for pixel in (99, 199, 301, 221)]
    assert coloured(marked) == pytest.approx(expected, abs=2)


def test_what_is_marked_stays_legible() -> None:
    data = scan(page())
    document = read(data, name="leave.pdf")
    start = document.text.index(SENTENCES[0])
    places = rects(document, start, start + len(SENTENCES[0]))
    plain, marked = (image_of(picture(data, 1, some, 1190)) for some in ((), places))
    inside = tuple(round(side) for side in coloured(marked))
    darkest = [int(np.asarray(one.crop(inside).convert("L")).min()) for one in (plain, marked)]
    assert darkest[0] == darkest[1] < 60


def test_marks_of_other_pages_are_not_drawn() -> None:
    data = scan(page(), page())
    plain = picture(data, 1, (), 400)
    assert picture(data, 1, (Rect(2, 100, 200, 300, 220),), 400) == plain


def test_a_picture_is_never_wider_than_a_limit() -> None:
    assert image_of(picture(scan(page()), 1, (), 100_000)).width == 2400
    assert image_of(picture(scan(page()), 1, (), -5)).width == 1


def test_a_long_strip_is_cut_down_to_a_size_that_fits() -> None:
    strip = scan(Image.new("L", (20, 6000), 255))
    assert image_of(picture(strip, 1, (), 2400)).height <= 10_000


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_said_not_to_be(number: int) -> None:
    with pytest.raises(DocumentNotFound, match="no page"):
        picture(scan(page()), number, (), 400)


def test_a_file_that_cannot_be_opened_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        picture(b"%PDF-1.7", 1, (), 400)
