"""Pages that are pictures, recognised: their words, and the lines ruled on them.

What was recognised is written as a PDF of its own, so that the one reader of PDF reads scans too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter, ImageOps

from corpus.errors import DamagedFile
from corpus.formats.scan.image import (
    LEAST_SKEW,
    Box,
    Ink,
    Lines,
    cells_of,
    ink_of,
    lines_of,
    picture_of,
    skew_of,
    stroke_of,
    without,
)
from corpus.formats.scan.layer import Placement, Rule, Sheet, Word, write_pdf
from corpus.formats.scan.tesseract import Seen, Tesseract
from corpus.formats.scan.words import EM, apart

_DPI = 200  # 300 takes a quarter longer and reads no better
_LONGEST_SIDE = 3_500  # pixels; A4 at 300 dpi, A3 at 200; a larger page is a picture at 72 dpi
_SURE_OF_FEW = 0.8  # the same where there are so few words that one may be right by chance
_SURE_OF_WORDS = 0.6  # mean confidence; the wrong way up it is at most .4, any legible page .7
_SOFTER = 1.5  # pixels at 200 dpi

_SCALES = (1.5, 2.0, 1.0)  # at which a cell is read until it is read with certainty
_SURE_OF_CELL = 0.93  # confidence of its least certain word; "25" for "2.5" has .83 to .91
_PAPER = 255
_MARGIN = 12  # pixels of paper around a cell; Tesseract reads no letter at an edge
_LEAST_INK = 6  # pixels; an empty cell has the grain of its paper
_STAINS = frozenset("|_—‘’'`.,~-[]{}=")  # what Tesseract makes of what is left of a rule
_SURE_OF_STAIN = 0.8  # in a cell, of which the rules were taken away
_SURE_OF_DASH = 0.5  # in running text


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read from pictures of pages; item ``i`` of each tuple is of page ``i``.

    Attributes:
        pdf: one page each, upright and straight, with the words as text and the rules as lines.
            A page has the size of the shown page, its sides exchanged where that lies on its side.
        confidences: 0 to 1, the mean over its words; 0 for a page without any.
        rules: ruled lines in points from the top left corner of the page of ``pdf``.
        placements: how to come from the page of ``pdf`` back to the page as it is shown.
    """

    pdf: bytes
    confidences: tuple[float, ...]
    rules: tuple[tuple[Rule, ...], ...]
    placements: tuple[Placement, ...]


def recognise(
    data: bytes,
    pages: Sequence[int],
    *,
    languages: Sequence[str] = ("eng",),
    on_page: Callable[[int], None] | None = None,
) -> Recognised:
    """Recognise pages, counted from 0, of a PDF; a second or two each, 250 MB.

    Args:
        data: the PDF.
        pages: their positions.
        languages: as ``Tesseract`` takes them; ``languages_for`` a document.
        on_page: told each position when its page is done.

    Raises:
        DamagedFile: pdfium cannot open the file or show one of the pages.
    """
    sheets = []
    with Tesseract(languages) as tesseract:
        for number in pages:
            sheets.append(_recognised(tesseract, _picture(data, number)))
            if on_page:
                on_page(number)
    return Recognised(
        pdf=write_pdf(sheets),
        confidences=tuple(sheet.confidence for sheet in sheets),
        rules=tuple(sheet.rules for sheet in sheets),
        placements=tuple(sheet.placement for sheet in sheets),
    )


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page of ``width`` by ``height`` points as it is shown."""

    image: Image.Image
    width: float
    height: float

    @property
    def dpi(self) -> float:
        return self.image.width / self.width * 72

    def turned(self, degrees: int) -> _Picture:
        """Return the picture after quarter turns against the clock."""
        if not degrees:
            return self
        sides = (self.height, self.width) if degrees % 180 else (self.width, self.height)
        return _Picture(self.image.rotate(degrees, expand=True), *sides)

    def straightened(self, degrees: float) -> _Picture:
        """Return the picture turned a little against the clock; its corners become paper."""
        paper = int(np.median(np.asarray(self.image)))
        straight = self.image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=paper)
        return _Picture(straight, self.width, self.height)

    def softened(self) -> _Picture:
        """Return the picture without its grain, over which Tesseract gives up."""
        soft = self.image.filter(ImageFilter.GaussianBlur(_SOFTER * self.dpi / _DPI))
        return _Picture(soft, self.width, self.height)


def _picture(data: bytes, number: int) -> _Picture:
    try:
        with pdfium.PdfDocument(data) as document:
            page = document[number]
            width, height = page.get_size()
            scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1))
            image = page.render(scale=scale, grayscale=True).to_pil()
    except pdfium.PdfiumError as error:
        raise DamagedFile(
            f"Page {number + 1} cannot be shown.",
            "Open the file in the program that made it, save it again, and put that copy here.",
        ) from error
    return _Picture(image, width, height)


def _recognised(tesseract: Tesseract, shown: _Picture) -> Sheet:
    """Recognise a page, the right way up."""
    degrees = tesseract.turn(shown.image, shown.dpi)
    best = _sheet(tesseract, shown, degrees or 0)
    if best.confidence < _SURE_OF_WORDS and not _is_blank(shown):
        softened = shown.softened()
        degrees = tesseract.turn(softened.image, shown.dpi)
        soft = _sheet(tesseract, softened, degrees or 0)
        if soft.confidence > best.confidence:
            best, shown = soft, softened
    if degrees is None and best.confidence < _SURE_OF_FEW and not _is_blank(shown):
        # too little stands on it to tell which way up it lies, so it costs little to try
        others = (_sheet(tesseract, shown, turn) for turn in (90, 180, 270))
        best = max([best, *others], key=lambda sheet: sheet.certain)
    return best


def _is_blank(shown: _Picture) -> bool:
    ink = ink_of(np.asarray(shown.image))
    return bool(np.count_nonzero(ink > 0.5) < _LEAST_INK)  # noqa: PLR2004  half


def _sheet(tesseract: Tesseract, shown: _Picture, degrees: int) -> Sheet:
    picture = shown.turned(degrees)
    skew = skew_of(ink_of(np.asarray(picture.image)))
    if abs(skew) < LEAST_SKEW:
        skew = 0.0
    else:
        picture = picture.straightened(skew)
    ink = ink_of(np.asarray(picture.image))
    lines = lines_of(ink, picture.dpi)
    ink = without(ink, lines.edged)
    seen = _read(tesseract, ink, cells_of(lines, picture.dpi), picture.dpi)
    point = 72 / picture.dpi
    return Sheet(
        width=picture.width,
        height=picture.height,
        words=tuple(_word(part, ink, point) for one in seen for part in apart(one, ink)),
        rules=_rules(lines, point),
        placement=Placement(degrees, skew, picture.width, picture.height),
    )


def _read(tesseract: Tesseract, ink: Ink, cells: Sequence[Box], dpi: float) -> Iterator[Seen]:
    """Return the words beside ruled tables, then those of each cell.

    Read with the page, a row's cells run together and their decimal points are lost: 9 of 30
    cells of a clean scan were wrong, against none of them read one by one.
    """
    line = 0
    for one in _clean(tesseract.read(picture_of(without(ink, cells)), dpi), _SURE_OF_DASH):
        line = one.line
        yield one
    for left, top, right, bottom in cells:
        cell = ink[top:bottom, left:right]
        if np.count_nonzero(cell > 0.5) < _LEAST_INK:  # noqa: PLR2004  half
            continue
        last = 0
        for one in _surest(tesseract, picture_of(cell), dpi):
            last = one.line
            yield _moved(one, left, top, line)
        line += last


def _surest(tesseract: Tesseract, cell: Image.Image, dpi: float) -> list[Seen]:
    """Return the words of a cell, read at several sizes until it is read with certainty."""
    best: tuple[float, list[Seen]] = (-1.0, [])
    for scale in _SCALES:
        size = (max(1, round(cell.width * scale)), max(1, round(cell.height * scale)))
        larger = ImageOps.expand(cell.resize(size, Image.Resampling.BICUBIC), _MARGIN, _PAPER)
        words = [
            _scaled(word, scale)
            for word in _clean(tesseract.read(larger, dpi * scale, one_block=True), _SURE_OF_STAIN)
        ]
        sure = min((word.confidence for word in words), default=0.0)
        best = max(best, (sure, words), key=lambda one: one[0])
        if sure >= _SURE_OF_CELL:
            break
    return best[1]


def _clean(words: Sequence[Seen], least: float) -> Iterator[Seen]:
    """Leave out the words that are only dirt."""
    for word in words:
        if not (_STAINS.issuperset(word.text) and word.confidence < least):
            yield word


def _scaled(word: Seen, scale: float) -> Seen:
    left, top, right, bottom = (round((place - _MARGIN) / scale) for place in word.box)
    baseline = (word.baseline - _MARGIN) / scale
    return replace(
        word,
        box=(left, top, right, bottom),
        baseline=baseline,
        height=word.height / scale,
        middles=tuple((middle - _MARGIN) / scale for middle in word.middles),
    )


def _moved(word: Seen, left: int, top: int, line: int) -> Seen:
    box = (word.box[0] + left, word.box[1] + top, word.box[2] + left, word.box[3] + top)
    return Seen(word.text, box, word.line + line, word.baseline + top, word.height, word.confidence)


def _word(seen: Seen, ink: Ink, point: float) -> Word:
    """Return a word in points; ``point`` is a pixel's size."""
    return Word(
        text=seen.text,
        line=seen.line,
        left=seen.box[0] * point,
        right=seen.box[2] * point,
        baseline=seen.baseline * point,
        size=seen.height / EM * point,
        stroke=stroke_of(ink, seen.box) * point,
        confidence=seen.confidence,
    )


def _rules(lines: Lines, point: float) -> tuple[Rule, ...]:
    """Return the middle lines of ruled lines in points."""
    across = [
        Rule(left * point, (top + bottom) / 2 * point, right * point, (top + bottom) / 2 * point)
        for left, top, right, bottom in lines.across
    ]
    upright = [
        Rule((left + right) / 2 * point, top * point, (left + right) / 2 * point, bottom * point)
        for left, top, right, bottom in lines.upright
    ]
    return (*across, *upright)
