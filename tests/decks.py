"""Presentations in the making, for the tests."""

import io

from pptx import Presentation
from pptx.util import Inches
from reading import read

TITLE, CONTENT, TWO, ONLY_TITLE, BLANK = 0, 1, 3, 5, 6


class Deck:
    """A presentation in the making."""

    def __init__(self):
        self.deck = Presentation()

    def slide(self, layout, *fills):
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        for placeholder, text in zip(slide.placeholders, fills, strict=False):
            placeholder.text_frame.text = text
        return slide

    @property
    def data(self):
        file = io.BytesIO()
        self.deck.save(file)
        return file.getvalue()

    def read(self):
        return read(self.data, name="deck.pptx")


def box(slide, text, left, top, width=3.0, height=0.5):  # noqa: PLR0913, PLR0917  a place has four numbers
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    return shape
