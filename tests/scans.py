"""Scans that tests read: pages drawn as pictures, then turned, slanted, soiled or blurred."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 150
WIDTH, HEIGHT = 1240, 1754  # pixels; A4
MARGIN = 120
BODY, LARGE = 25, 40  # pixels

HEADING = "3. Carrying leave over"
SENTENCES = (
    "3.1 Unused annual leave may be carried over to the next calendar year.",
    "3.2 Days above the maximum are forfeited on the last day of December.",
    "3.3 Each request states the number of days and why they could not be taken.",
    "3.4 The direct supervisor decides within five working days of the request.",
)
TABLE = (
    ("Appointment", "Earned per month", "Most in advance"),
    ("Continuing", "2.5", "15"),
    ("Fixed-term", "2.5", "10"),
    ("Short-term", "1.5", "None"),
)
Change = Callable[[Image.Image], Image.Image]


def page(
    *, table: Sequence[Sequence[str]] = (), sentences: Sequence[str] = SENTENCES
) -> Image.Image:
    """Return a page with a heading, numbered sentences and perhaps a ruled table under them."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 150), HEADING, fill=0, font=ImageFont.load_default(LARGE))
    top = 260
    for sentence in sentences:
        pen.text((MARGIN, top), sentence, fill=0, font=ImageFont.load_default(BODY))
        top += 60
    for row in table:
        for column, text in enumerate(row):
            left = MARGIN + column * 320
            pen.rectangle((left, top, left + 320, top + 60), outline=90, width=2)
            pen.text((left + 12, top + 14), text, fill=0, font=ImageFont.load_default(BODY))
        top += 60
    return image


def scan(*pages: Image.Image) -> bytes:
    """Return a PDF of nothing but pictures."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return out.getvalue()


def turned(degrees: int) -> Change:
    return lambda image: image.rotate(degrees, expand=True)


def slanting(degrees: float) -> Change:
    return lambda image: image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def soiled(image: Image.Image) -> Image.Image:
    """Return the page on grey, grainy paper that lies half in the shadow."""
    grey = np.asarray(image) * np.linspace(0.5, 0.9, image.width)
    grain = np.random.default_rng(1).normal(0, 12, grey.shape)
    return Image.fromarray((grey + grain).clip(0, 255).astype(np.uint8))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(3))
