"""Scans: headings told by the weight of their type, dirt that is no word, languages."""

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reading import read, texts
from scans import HEIGHT, MARGIN, WIDTH, scan

from corpus.formats.scan.tesseract import languages_for

SIZE = 30  # pixels
BODY = (
    "Staff members may take leave when their work allows for it",
    "and the head of unit agrees to it in writing before it begins.",
    "Days that were not taken are carried over to the next year.",
)


def page(*titles: str) -> Image.Image:
    """Return a page with text under titles of its own size in heavier type."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(SIZE)
    top = 240
    for title in titles:
        pen.text((MARGIN, top), title, fill=0, font=font, stroke_width=1)
        top += 70
        for line in BODY:
            pen.text((MARGIN, top), line, fill=0, font=font)
            top += 45
        top += 60
    return image


def darkened(image: Image.Image) -> Image.Image:
    """Return a page on which every stroke is a third thicker."""
    soft = image.filter(ImageFilter.GaussianBlur(1))
    return soft.point([0 if grey < 175 else 255 for grey in range(256)])


@pytest.mark.slow
def test_a_heading_is_told_by_its_weight_on_a_page_scanned_darker_too() -> None:
    titles = ["Holidays by Agreement", "Travelling by Railway"]
    others = ["Days of Family Leave", "Paying for Meals"]
    document = read(scan(page(*titles), darkened(page(*others))), name="leave.pdf")
    found = [title.split()[0] for title in texts(document, "heading")]
    assert found == ["Holidays", "Travelling", "Days", "Paying"]


@pytest.mark.parametrize(
    ("said", "languages"),
    [
        ("en-GB", ("eng",)),
        ("fr", ("fra", "eng")),
        ("pt_BR", ("por", "eng")),
        ("", ("eng", "fra", "spa")),
        ("fi", ("eng", "fra", "spa")),
    ],
)
def test_a_document_is_recognised_in_its_language_with_english(
    said: str, languages: tuple[str, ...]
) -> None:
    assert languages_for(said) == languages
