"""Pictures on pages that have text of their own: whether they too seem to show text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from corpus.formats.pdf.sheets import Sheet

_LARGE = 0.1  # of the page; smaller ones are logos and icons
_NARROWEST = 144  # points; two inches
_VAST = 2_400  # points; a poster is not rendered to look at its pictures
_COVERED = 20  # characters over a picture that is a background, or was recognised already
_SCALE = 1.5  # pixels to a point: letters of ten points are still letters
_SHADES = 24  # of 255, by which paper differs from itself
_PAPER = 0.5  # of a picture of text that is paper; a photograph has no colour so often
_CHANGES = 0.008  # from paper to ink, to a pixel; a table has .013, lines of text .05, a logo .005


def find_worded(document: pdfium.PdfDocument, sheets: list[Sheet]) -> list[int]:
    """Return the numbers, from 1, of pages with text and a picture that seems to show more."""
    found = []
    for sheet in sheets:
        vast = max(sheet.width, sheet.height) > _VAST
        boxes = [] if sheet.lacks_text or vast else list(_large(sheet))
        if boxes:
            picture = _rendered(document, sheet)
            if any(_seems_worded(_part(picture, box, sheet)) for box in boxes):
                found.append(sheet.number + 1)
    return found


def _large(sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    """Return the boxes of a page's large pictures that no text stands on."""
    images = np.clip(sheet.drawings.images, 0, [sheet.width, sheet.height] * 2)
    for left, top, right, bottom in images.tolist():
        if right - left < _NARROWEST:
            continue
        if (right - left) * (bottom - top) < _LARGE * sheet.width * sheet.height:
            continue
        over = (
            len(s.text)
            for s in sheet.segments
            if left <= (s.x0 + s.x1) / 2 <= right and top <= (s.top + s.bottom) / 2 <= bottom
        )
        if sum(over) < _COVERED:
            yield left, top, right, bottom


def _rendered(document: pdfium.PdfDocument, sheet: Sheet) -> npt.NDArray[np.uint8]:
    page = document[sheet.number]
    try:
        bitmap = page.render(scale=_SCALE, grayscale=True)
        picture: npt.NDArray[np.uint8] = np.array(bitmap.to_numpy(), dtype=np.uint8)
        bitmap.close()
    finally:
        page.close()
    return picture.reshape(picture.shape[0], picture.shape[1])


def _part(
    picture: npt.NDArray[np.uint8], box: tuple[float, float, float, float], sheet: Sheet
) -> npt.NDArray[np.uint8]:
    """Return a part of a page's picture; all of it where its text lies on its side."""
    if (sheet.width, sheet.height) != (sheet.frame.width, sheet.frame.height):
        return picture
    left, top, right, bottom = (round(side * _SCALE) for side in box)
    return picture[top:bottom, left:right]


def _seems_worded(picture: npt.NDArray[np.uint8]) -> bool:
    """Say whether a picture is mostly paper with small dark strokes, as text is."""
    if not picture.size:
        return False
    paper = int(np.bincount(picture.ravel(), minlength=256).argmax())
    ink = np.abs(picture.astype(np.int16) - paper) > _SHADES
    if 1 - float(ink.mean()) < _PAPER:
        return False
    changes = np.count_nonzero(ink[:, 1:] != ink[:, :-1])
    return bool(changes >= _CHANGES * picture.size)
