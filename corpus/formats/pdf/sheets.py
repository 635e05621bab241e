"""A page as it is read: its text, segments, lines drawn on it, and tags."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import FileTooLarge
from corpus.formats.pdf.characters import MOST_ON_PAGE, Characters, read_characters
from corpus.formats.pdf.document import check_size, loaded, page_label
from corpus.formats.pdf.drawings import Drawings, read_drawings
from corpus.formats.pdf.geometry import Frame, packed, turned
from corpus.formats.pdf.segments import Ink, Segment, ink_of, split
from corpus.formats.pdf.tags import Tagged, read_tags

_MOST_CHARACTERS = 10_000_000  # 2,000 full pages have six million
_FEW = 20  # characters; a page of pictures with a page number has no more
_PICTURED = 0.5  # of the page
_BROKEN = 0.05  # of the characters


@dataclass(slots=True)
class Sheet:
    """One page.

    Attributes:
        number: from 0. start: of its text in the whole document's.
        width, height: of the page as its text is read; ``frame`` has those of the shown page.
        upright: quarter turns of most text against the shown page.
        lacks_text: it is a picture, or its characters mean nothing: it is to be recognised.
    """

    number: int
    text: str
    frame: Frame
    width: float
    height: float
    ink: Ink
    segments: list[Segment]
    drawings: Drawings
    tags: dict[int, Tagged]
    boxes: bytes
    lacks_text: bool = False
    start: int = 0
    label: str = ""
    confidence: float | None = None
    printed: str = field(default="")


def read_sheet(document: pdfium.PdfDocument, number: int, name: str) -> Sheet | None:
    """Read one page (from 0); None if it is broken.

    Raises:
        FileTooLarge: no printer could print it, or it has more characters than any page.
    """
    with loaded(document, number) as handles:
        if handles is None:
            return None
        page, text_page = handles
        frame = _frame_of(page)
        check_size(frame.width, frame.height, name)
        drawings = read_drawings(page, frame)
        characters = read_characters(text_page, frame, drawings)
        if len(characters.text) > MOST_ON_PAGE:
            raise _too_much(name)
        tags = read_tags(page)
    return _sheet(number, characters, frame, drawings, tags, page_label(document, number))


def blank_sheet(number: int) -> Sheet:
    """Return a page that could not be read, so that the pages after it keep their numbers."""
    none = np.zeros((0, 4), dtype=np.float32)
    characters = Characters(
        "", np.zeros(0, dtype=np.uint32), none, np.zeros(0, dtype=np.int32), (), 0.0
    )
    drawings = Drawings(none, none, none, none, 0.0, shaded=False)
    return _sheet(number, characters, Frame(0, 0, 0, 0), drawings, {}, "")


def _sheet(  # noqa: PLR0913, PLR0917  all that was read
    number: int,
    characters: Characters,
    frame: Frame,
    drawings: Drawings,
    tags: dict[int, Tagged],
    label: str,
) -> Sheet:
    ink, upright = ink_of(characters, frame.width, frame.height)
    width, height = frame.width, frame.height
    if upright:
        drawings = _turned(drawings, width, height, 4 - upright)
        if upright % 2:
            width, height = height, width
    picture = len(ink.at) < _FEW and drawings.coverage > _PICTURED
    return Sheet(
        number=number,
        text=characters.text,
        frame=frame,
        width=width,
        height=height,
        ink=ink,
        segments=split(characters.text, ink, page=number),
        drawings=drawings,
        tags=tags,
        boxes=packed(characters.boxes),
        lacks_text=picture or characters.broken > _BROKEN,
        label=label,
    )


def _turned(drawings: Drawings, width: float, height: float, turns: int) -> Drawings:
    across, down, fills, images = (
        turned(boxes, width, height, turns)
        for boxes in (drawings.across, drawings.down, drawings.fills, drawings.images)
    )
    if turns % 2:
        across, down = down, across
    return Drawings(across, down, fills, images, drawings.coverage, drawings.shaded)


def _frame_of(page: object) -> Frame:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        return Frame(0, 0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
    return Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)


def replaced(sheet: Sheet, read: Sheet, boxes: bytes, confidence: float) -> Sheet:
    """Return a page with the text that was recognised on its picture.

    ``boxes`` are those of its characters on the page as it is shown, packed.
    """
    return replace(
        read,
        number=sheet.number,
        frame=sheet.frame,
        segments=[replace(segment, page=sheet.number) for segment in read.segments],
        boxes=boxes,
        label=sheet.label,
        confidence=confidence,
        lacks_text=False,
    )


def check_total(sheets: list[Sheet], name: str) -> None:
    """Refuse a document with more text than anyone reads."""
    if sum(len(sheet.text) for sheet in sheets) > _MOST_CHARACTERS:
        raise _too_much(name)


def _too_much(name: str) -> FileTooLarge:
    return FileTooLarge(
        f"{name} has more text than {_MOST_CHARACTERS:,} characters, or a page of more than "
        f"{MOST_ON_PAGE:,}.",
        "Split it into parts.",
    )
