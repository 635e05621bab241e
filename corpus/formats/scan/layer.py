"""The words that were recognised on scanned pages, written as a PDF."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

import numpy as np

from corpus.formats.pdf.geometry import Boxes, packed, turned

_BULLETS = frozenset("*e¢°©»®«·")  # what Tesseract makes of the dot before an item
_BULLET_APART = 0.45  # em; a space between words is a quarter
_NUMBER = re.compile(r"\d{1,2},")
_APART = 1.2  # em; words further apart stand in different cells
_SAME_SIZE = 0.13  # measured in whole pixels, 10 points at 150 dpi come out as 9.3 to 10.8
_BOLD = 1.23  # times the stroke of most of the page's text
_ENOUGH = 25  # words of a page that tell how dark it was scanned
_ADVANCE = 0.5  # em of every character, stretched to the width of its word


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line in points from the top left corner of its page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word in points from the top left corner of its page.

    Attributes:
        line: words of one number stand on one line.
        size: of its type.
        stroke: mean thickness of its strokes.
        confidence: 0 to 1.
        bold: its line, or its cell of a table, is heavier than most of the text.
    """

    text: str
    line: int
    left: float
    right: float
    baseline: float
    size: float
    stroke: float
    confidence: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """How an upright page lies on the page as it is shown.

    Attributes:
        degrees: by which the shown page was turned against the clock: 0, 90, 180 or 270.
        skew: degrees by which it was then turned as well, about its middle.
        width, height: of the upright page in points.
    """

    degrees: int
    skew: float
    width: float
    height: float

    def shown(self, boxes: Boxes) -> Boxes:
        """Return boxes (left, top, right, bottom; points) as they stand on the shown page."""
        if self.skew:
            slant = np.radians(self.skew)
            middle = np.array([self.width / 2, self.height / 2], dtype=np.float32)
            half = (boxes[:, 2:] - boxes[:, :2]) / 2
            x, y = ((boxes[:, 2:] + boxes[:, :2]) / 2 - middle).T
            away = np.stack(
                [x * np.cos(slant) - y * np.sin(slant), x * np.sin(slant) + y * np.cos(slant)],
                axis=1,
            )
            boxes = np.hstack([middle + away - half, middle + away + half]).astype(np.float32)
        return turned(boxes, self.width, self.height, self.degrees // 90)

    def repacked(self, boxes: bytes) -> bytes:
        """Return the same of boxes as ``Document.boxes`` has them; one without a place has none."""
        if not self.degrees and not self.skew:
            return boxes
        table = np.frombuffer(boxes, dtype="<u2").reshape(-1, 4)
        moved = self.shown(table.astype(np.float32) / np.float32(10))
        moved[~table.any(axis=1)] = 0
        return packed(moved)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was recognised on one page, of ``width`` by ``height`` points."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    placement: Placement

    @property
    def confidence(self) -> float:
        """Mean over the words, long ones counting more; 0 without any."""
        letters = sum(len(word.text) for word in self.words)
        return self.certain / letters if letters else 0.0

    @property
    def certain(self) -> float:
        """How many letters were read, each counted by its confidence."""
        return sum(len(word.text) * word.confidence for word in self.words)


def write_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return a PDF with a page for each sheet: its words as text, its rules as lines.

    The words are no invisible text: a reader that leaves hidden text out reads them.
    """
    file = _File()
    resources = file.resources()
    pages = [
        file.page(sheet, resources, _content(replace(sheet, words=words)))
        for sheet, words in zip(sheets, _typeset(sheets), strict=True)
    ]
    return file.whole(pages)


def _typeset(sheets: Sequence[Sheet]) -> list[tuple[Word, ...]]:
    """Settle size and weight, which were measured line by line, over all pages."""
    every = [word for sheet in sheets for word in sheet.words]
    sizes = _few({word.size: 0 for word in every}, every)
    usual = _median_stroke(every)
    by_page = [_median_stroke(s.words) if len(s.words) >= _ENOUGH else usual for s in sheets]
    lightest = min(by_page, default=0.0)
    # a page that was scanned darker has every stroke thicker by as much, large type like small
    size = _usual_size(every)
    return [
        tuple(_settled(sheet.words, sizes, _Pen(lightest, (own - lightest) * size)))
        for sheet, own in zip(sheets, by_page, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Pen:
    """How thick plain strokes are on a page: ``usual`` em and ``darker`` points."""

    usual: float
    darker: float

    def is_bold(self, words: Sequence[Word]) -> bool:
        """Say whether the strokes of words are thicker, over all their letters."""
        letters = sum(len(word.text) for word in words)
        strokes = sum((w.stroke - self.darker) / w.size * len(w.text) for w in words)
        return strokes > self.usual * _BOLD * letters


def _usual_size(words: Sequence[Word]) -> float:
    sizes = sorted(word.size for word in words)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _few(sizes: dict[float, int], words: Sequence[Word]) -> dict[float, float]:
    """Map each measured size to the commonest near it."""
    for word in words:
        sizes[word.size] += len(word.text)
    kept: list[float] = []
    settled = {}
    for size in sorted(sizes, key=lambda one: (-sizes[one], one)):
        near = [other for other in kept if abs(size - other) <= other * _SAME_SIZE]
        settled[size] = min(near, key=lambda other: abs(size - other), default=size)
        if not near:
            kept.append(size)
    return settled


def _median_stroke(words: Sequence[Word]) -> float:
    """Return the usual thickness of strokes, in em."""
    if not words:
        return 0.0
    thickness = np.array([word.stroke / word.size for word in words])
    letters = np.array([len(word.text) for word in words])
    order = np.argsort(thickness)
    place = np.searchsorted(np.cumsum(letters[order]), letters.sum() / 2)
    return float(thickness[order][place])


def _settled(words: Sequence[Word], sizes: dict[float, float], pen: _Pen) -> Iterator[Word]:
    for _, line in groupby(words, key=attrgetter("line")):
        placed = [replace(word, size=sizes[word.size]) for word in line]
        for number, piece in enumerate(_pieces(placed)):
            bold = pen.is_bold(piece)
            printed = [replace(word, bold=bold) for word in piece]
            yield from printed if number else _as_printed(printed)


def _pieces(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut a line where its words stand far apart."""
    piece: list[Word] = []
    for word in line:
        if piece and not -1 < (word.left - piece[-1].right) / word.size < _APART:
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _as_printed(piece: list[Word]) -> list[Word]:
    """Return the start of a line with the dot before an item, or after a number, as a dot."""
    first = piece[0]
    if len(piece) == 1:
        return piece
    apart = piece[1].left - first.right > first.size * _BULLET_APART
    if apart and first.text in _BULLETS:
        return [replace(first, text="•"), *piece[1:]]
    if first.bold and _NUMBER.fullmatch(first.text):  # "4, Entitlement"
        return [replace(first, text=first.text[:-1] + "."), *piece[1:]]
    return piece


def _content(sheet: Sheet) -> bytes:
    """Return the page's drawing: each word and each space stretched over its own place."""
    drawn = ["BT"]
    before: Word | None = None
    for word in sheet.words:
        if before and before.line == word.line:
            gap = word.left - before.right
            if 0 < gap < word.size * _APART:
                drawn.append(_shown(" ", before.right, word.left, before, sheet.height))
        drawn.append(_shown(word.text, word.left, word.right, word, sheet.height))
        before = word
    drawn.append("ET 0.5 w")
    for rule in sheet.rules:
        top, bottom = sheet.height - rule.y0, sheet.height - rule.y1
        drawn.append(f"{rule.x0:.2f} {top:.2f} m {rule.x1:.2f} {bottom:.2f} l S")
    return "\n".join(drawn).encode("ascii")


def _shown(text: str, left: float, right: float, word: Word, height: float) -> str:
    units = text.encode("utf-16-be", "replace")
    stretch = (right - left) / (len(units) / 2 * _ADVANCE * word.size) * 100
    font = "B" if word.bold else "R"
    return (
        f"/{font} {word.size:.2f} Tf {max(stretch, 1):.2f} Tz "
        f"1 0 0 1 {left:.2f} {height - word.baseline:.2f} Tm <{units.hex()}> Tj"
    )


_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


class _File:
    """A PDF that is being written, object by object."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b"", b""]  # the catalogue and the pages come last

    def resources(self) -> int:
        """Add the two fonts, whose character codes are those of UTF-16."""
        unicode = self._stream(_TO_UNICODE)
        fonts = []
        for letter, name, flags, weight in (("R", "", 32, 400), ("B", "-Bold", 262176, 700)):
            descriptor = self._add(
                f"<< /Type /FontDescriptor /FontName /Helvetica{name} /Flags {flags} "
                f"/FontWeight {weight} /FontBBox [0 -216 1000 891] /ItalicAngle 0 /Ascent 891 "
                "/Descent -216 /CapHeight 700 /StemV 80 >>"
            )
            descendant = self._add(
                f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica{name} "
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                f"/DW {_ADVANCE * 1000:.0f} /FontDescriptor {descriptor} 0 R >>"
            )
            font = self._add(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica{name} "
                f"/Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
                f"/ToUnicode {unicode} 0 R >>"
            )
            fonts.append(f"/{letter} {font} 0 R")
        return self._add(f"<< /Font << {' '.join(fonts)} >> >>")

    def page(self, sheet: Sheet, resources: int, content: bytes) -> int:
        return self._add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width:.3f} {sheet.height:.3f}] "
            f"/Resources {resources} 0 R /Contents {self._stream(content)} 0 R >>"
        )

    def whole(self, pages: Sequence[int]) -> bytes:
        kids = " ".join(f"{page} 0 R" for page in pages)
        self._objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self._objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
        out = io.BytesIO(b"%PDF-1.5\n")
        out.seek(0, io.SEEK_END)
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        table = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.writelines(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table))
        return out.getvalue()

    def _add(self, body: str | bytes) -> int:
        self._objects.append(body.encode("ascii") if isinstance(body, str) else body)
        return len(self._objects)

    def _stream(self, content: bytes) -> int:
        packed = zlib.compress(content)
        return self._add(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
