"""A page of a PDF as a picture, with the places of a quote marked on it.

It is to be called in a process of its own: the file may be made to break pdfium.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from corpus.errors import DamagedFile, DocumentNotFound
from corpus.files import bytes_of
from corpus.files.folder import SourceFile
from corpus.places import Drawing, Rect

_PEN = (255, 225, 105)  # the highlighter of the web page
_MARGIN = 1.0  # points around a mark
_WIDEST = 2_400  # pixels; twice what the widest page shows
_TALLEST = 10_000  # pixels; a strip of 14,400 points would fill the memory


def picture(data: bytes, page: int, rects: Sequence[Rect], width: int) -> bytes:
    """Return a page, from 1, as PNG, ``width`` pixels wide (at most 2,400).

    The rects that are on this page are marked as with a highlighter: what is under them stays
    as dark as it is.

    Raises:
        DamagedFile: pdfium cannot open the file or show the page.
        DocumentNotFound: it has no such page.
    """
    try:
        with pdfium.PdfDocument(data) as document:
            if not 1 <= page <= len(document):
                raise DocumentNotFound(
                    f"There is no page {page}.", f"Ask for a page from 1 to {len(document)}."
                )
            shown = document[page - 1]
            across, down = shown.get_size()
            scale = min(max(1, min(width, _WIDEST)) / across, _TALLEST / down)
            image = shown.render(scale=scale).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ZeroDivisionError) as error:
        raise DamagedFile(
            f"Page {page} cannot be shown.", "Open the original document instead."
        ) from error
    marked = _marked(image, [rect for rect in rects if rect.page == page], scale)
    out = io.BytesIO()
    marked.save(out, "PNG", compress_level=3)  # a third of the time of 9, a tenth larger
    return out.getvalue()


def picture_of(source: SourceFile, drawing: Drawing) -> bytes:
    """Return a page of a file as PNG; raises UnreadableFile, and DocumentNotFound as above."""
    data = bytes_of(source.path, source.relative)
    return picture(data, drawing.page, drawing.rects, drawing.width)


def _marked(image: Image.Image, rects: Sequence[Rect], scale: float) -> Image.Image:
    """Return the picture seen through a sheet that is coloured at the rects."""
    sheet = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(sheet)
    for rect in rects:
        low = ((rect.left - _MARGIN) * scale, (rect.top - _MARGIN) * scale)
        high = ((rect.right + _MARGIN) * scale, (rect.bottom + _MARGIN) * scale)
        pen.rectangle((*low, *high), fill=_PEN)
    return ImageChops.multiply(image, sheet)
