"""The characters of a page: what they are, where they stand, how they are set; hidden ones out."""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.formats.pdf import calls
from corpus.formats.pdf.drawings import Drawings
from corpus.formats.pdf.geometry import Boxes, Frame
from corpus.formats.pdf.hidden import find_hidden

MOST_ON_PAGE = 300_000  # characters; a densely printed page of the largest paper has a tenth

_BOLD = re.compile(
    r"bold|black|heavy|demi|semib|[-_,]bd\b|cmbx|sfbx|[-,]b\b|[a-z]-bx|lmbx", re.IGNORECASE
)
_ITALIC = re.compile(r"ital|obli|cmti|sfti|slant|[-,]it\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_STROKED = (1, 2, 5, 6)  # text render modes; 2 is how programs without a bold font make one
_FILLED_AND_STROKED = 2
_UNSEEN = (3, 7)  # render modes that draw nothing
_SMALLEST = 1.0  # points; smaller text is for machines
_HYPHENS = (0x02, 0xFFFE)  # pdfium's sign for a hyphen at a line's end
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SKEW = 5.0  # degrees off the page's axes; a stamp across the page stands so
_LAST_CONTROL = 32
_DELETE, _LAST_CONTROL_2 = 127, 160
_PRIVATE = (0xE000, 0xF8FF)
_SYMBOLS = (0xF000, 0xF0FF)  # signs of symbol fonts, bullets and boxes; text only if most is so
_SURROGATES = 0xD800
_REPLACEMENT = 0xFFFD
_SYMBOL_FONT = 0xF000  # symbol fonts hold their signs from here on
_BREAKS = (10, 13)


@dataclass(frozen=True, slots=True)
class Run:
    """How a stretch of characters is set, all drawn by one command.

    Attributes:
        size: in points as shown. turns: quarter turns clockwise of the text; -1 when askew.
        mcid: number of the marked content it belongs to, -1 for none.
        artifact: the file marks it as no part of the text.
        shown: it can be seen.
    """

    size: float
    bold: bool
    italic: bool
    turns: int
    mcid: int
    artifact: bool
    shown: bool
    invisible: bool


_NOTHING = Run(
    size=0.0, bold=False, italic=False, turns=0, mcid=-1, artifact=False, shown=False,
    invisible=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Characters:
    """A page's kept characters in the file's order; ``runs[run[i]]`` is how the i-th is set.

    Attributes:
        boxes: on the page as shown, points. broken: share without a meaning outside their font.
    """

    text: str
    codes: npt.NDArray[np.uint32]
    boxes: Boxes
    run: npt.NDArray[np.int32]
    runs: tuple[Run, ...]
    broken: float


def read_characters(text_page: object, frame: Frame, drawings: Drawings) -> Characters:
    """Return the characters of a page that a reader of it sees.

    Text that draws nothing is kept where it lies over a picture of the page: there it is what
    somebody else recognised.
    """
    handle = calls.address_of(text_page)
    count = min(max(0, int(calls.count_chars(handle))), MOST_ON_PAGE + 1)
    codes = np.fromiter(
        map(calls.unicode_at, [handle] * count, range(count)), dtype=np.uint32, count=count
    )
    boxes = frame.shown(_boxes(handle, count))
    objects = _objects(handle, count)
    starts, run = _runs_of(objects)
    fonts: dict[int, tuple[bool, bool]] = {}
    scan = drawings.coverage > 0.5  # noqa: PLR2004  most of the page is a picture
    runs = [
        _run(handle, int(start), int(objects[start]), fonts, turns=frame.turns) for start in starts
    ]
    unseen = sum(r.invisible for r in runs)
    keep_unseen = scan and 2 * unseen > len(runs)
    seen = np.array([(r.shown or (keep_unseen and r.invisible)) for r in runs], dtype=bool)
    shown = seen[run] if runs else np.zeros(0, dtype=bool)
    candidates = [
        int(objects[start]) if r.shown else 0 for start, r in zip(starts, runs, strict=True)
    ]
    shown &= ~find_hidden(candidates, run, boxes, drawings.paints)
    return _kept(codes, boxes, run, tuple(runs), shown & _on_page(boxes, frame, codes))


def _boxes(handle: int, count: int) -> Boxes:
    buffer = (ctypes.c_float * (4 * count))()
    address = ctypes.addressof(buffer)
    box_at: Callable[[int, int, int], int] = calls.loose_box_at
    for index in range(count):
        box_at(handle, index, address + 16 * index)
    boxes: Boxes = np.frombuffer(bytes(buffer), dtype=np.float32).reshape(count, 4)
    return boxes


def _objects(handle: int, count: int) -> npt.NDArray[np.uint64]:
    at: Callable[[int, int], int | None] = calls.object_at
    objects = np.fromiter((at(handle, i) or 0 for i in range(count)), dtype=np.uint64, count=count)
    known = np.flatnonzero(objects)
    if known.size == 0:
        return objects
    # a space or line break that pdfium puts there is set like the character before it
    before = np.maximum.accumulate(np.where(objects > 0, np.arange(count), 0))
    filled: npt.NDArray[np.uint64] = objects[before]
    filled[: known[0]] = objects[known[0]]
    return filled


def _runs_of(
    objects: npt.NDArray[np.uint64],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int32]]:
    """Return where each run of one object starts, and for each character its run."""
    if objects.size == 0:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int32)
    new = np.ones(objects.size, dtype=bool)
    new[1:] = objects[1:] != objects[:-1]
    return np.flatnonzero(new), (np.cumsum(new) - 1).astype(np.int32)


def _run(
    handle: int, index: int, obj: int, fonts: dict[int, tuple[bool, bool]], *, turns: int
) -> Run:
    matrix = calls.MATRIX()
    if not obj or not calls.matrix_at(handle, index, ctypes.addressof(matrix)):
        return _NOTHING
    a, b, c, d = matrix[0], matrix[1], matrix[2], matrix[3]
    size = float(calls.size_at(handle, index)) * math.hypot(c, d)
    font = calls.font_of(obj) or 0
    if font not in fonts:
        fonts[font] = _look_of(font) if font else (False, False)
    bold, italic = fonts[font]
    mode = calls.mode_of(obj)
    mcid = int(calls.mcid_of(obj))
    return Run(
        size=size,
        bold=bold or mode == _FILLED_AND_STROKED,
        italic=italic,
        turns=_turns(a, b, turns),
        mcid=mcid,
        artifact=mcid < 0 and _is_artifact(obj),
        shown=size > _SMALLEST and mode not in _UNSEEN and not _is_clear(obj, mode),
        invisible=size > _SMALLEST and mode in _UNSEEN,
    )


def _look_of(font: int) -> tuple[bool, bool]:
    name = calls.name_of_font(font)
    flags = calls.font_flags(font)
    bold = bool(_BOLD.search(name)) or calls.font_weight(font) >= _BOLD_WEIGHT
    bold = bold or (flags > 0 and bool(flags & _FORCE_BOLD))
    return bold, bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG))


def _turns(a: float, b: float, page_turns: int) -> int:
    """Return how the text stands on the shown page, in quarter turns clockwise; -1 askew."""
    if a == 0 and b == 0:
        return 0
    angle = -math.degrees(math.atan2(b, a)) + 90 * page_turns
    nearest = round(angle / 90)
    return nearest % 4 if abs(angle - 90 * nearest) <= _SKEW else -1


def _is_artifact(obj: int) -> bool:
    marks = calls.count_marks(obj)
    return any(
        calls.name_of_mark(mark) == "Artifact"
        for number in range(max(0, min(marks, 8)))
        if (mark := calls.mark_at(obj, number))
    )


def _is_clear(obj: int, mode: int) -> bool:
    colour = calls.colour_of(obj, stroked=mode in (1, 5))
    return colour is not None and colour[3] == 0


def _on_page(boxes: Boxes, frame: Frame, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (x >= 0) & (y >= 0) & (x <= frame.width) & (y <= frame.height)
    result: npt.NDArray[np.bool_] = inside | np.isin(codes, _BREAKS)
    return result


def _kept(
    codes: npt.NDArray[np.uint32],
    boxes: Boxes,
    run: npt.NDArray[np.int32],
    runs: tuple[Run, ...],
    keep: npt.NDArray[np.bool_],
) -> Characters:
    """Return what is kept, hyphens and ligatures as letters, control characters dropped."""
    codes = codes.copy()
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    control = (codes < _LAST_CONTROL) & ~np.isin(codes, _BREAKS)
    control |= (codes >= _DELETE) & (codes < _LAST_CONTROL_2)
    ink = codes > _LAST_CONTROL
    strange = (codes == _REPLACEMENT) | (codes == 0) | (control & (codes > 0))
    symbols = (codes >= _SYMBOLS[0]) & (codes <= _SYMBOLS[1])
    strange |= (codes >= _PRIVATE[0]) & (codes <= _PRIVATE[1]) & ~symbols
    if 2 * int((symbols & keep).sum()) > int((ink & keep).sum()):
        strange |= symbols
    total = int((ink & keep).sum())
    broken = float((strange & keep).sum()) / total if total else 0.0
    halves = (codes >= _SURROGATES) & (codes < _PRIVATE[0])
    keep = keep & ~control & (codes <= sys.maxunicode) & ~halves
    askew = np.array([r.turns < 0 for r in runs], dtype=bool)
    if askew.any():
        keep &= ~askew[run]
    codes, boxes, run = codes[keep], boxes[keep], run[keep]
    if (codes >= min(_LIGATURES)).any() and np.isin(codes, list(_LIGATURES)).any():
        codes, boxes, run = _spelled_out(codes, boxes, run)
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    return Characters(text, codes, boxes, run, runs, broken)


def _spelled_out(
    codes: npt.NDArray[np.uint32], boxes: Boxes, run: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.uint32], Boxes, npt.NDArray[np.int32]]:
    """Write each ligature as its letters, all in its box."""
    times = np.ones(len(codes), dtype=np.intp)
    for code, letters in _LIGATURES.items():
        times[codes == code] = len(letters)
    spelled = [_LIGATURES.get(code, chr(code)) for code in codes.tolist()]
    wide = np.frombuffer("".join(spelled).encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    return wide, np.repeat(boxes, times, axis=0), np.repeat(run, times)
