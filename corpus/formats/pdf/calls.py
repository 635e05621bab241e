"""pdfium's functions as plain calls on addresses: half the cost of pypdfium2's checked ones.

A page has some 3,000 characters, so what is called for each of them decides the speed.
"""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

from pypdfium2 import raw

MATRIX = c_float * 6  # a b c d e f of FS_MATRIX
RECT = c_float * 4  # left, top, right, bottom of FS_RECTF, in the page's own points
PATH = raw.FPDF_PAGEOBJ_PATH
STRAIGHT = (raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO)
_NUL = 2  # bytes of the 0 that ends a UTF-16 string


def _plain(function: object, result: object, *arguments: object) -> Any:
    prototype: Any = ctypes.CFUNCTYPE(result, *arguments)  # type: ignore[arg-type]  # ctypes' own
    return ctypes.cast(function, prototype)  # type: ignore[arg-type]  # a foreign function


count_chars = _plain(raw.FPDFText_CountChars, c_int, c_void_p)
unicode_at = _plain(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
loose_box_at = _plain(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
object_at = _plain(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
matrix_at = _plain(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
size_at = _plain(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
unmapped_at = _plain(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
mode_of = _plain(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
font_of = _plain(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)
font_name = _plain(raw.FPDFFont_GetBaseFontName, c_ulong, c_void_p, c_void_p, c_ulong)
font_weight = _plain(raw.FPDFFont_GetWeight, c_int, c_void_p)
font_flags = _plain(raw.FPDFFont_GetFlags, c_int, c_void_p)
_FOUR = (c_void_p, c_void_p, c_void_p, c_void_p)
fill_of = _plain(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, *_FOUR)
stroke_of = _plain(raw.FPDFPageObj_GetStrokeColor, c_int, c_void_p, *_FOUR)
bounds_of = _plain(raw.FPDFPageObj_GetBounds, c_int, c_void_p, *_FOUR)
mcid_of = _plain(raw.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
count_marks = _plain(raw.FPDFPageObj_CountMarks, c_int, c_void_p)
mark_at = _plain(raw.FPDFPageObj_GetMark, c_void_p, c_void_p, c_ulong)
mark_name = _plain(raw.FPDFPageObjMark_GetName, c_int, c_void_p, c_void_p, c_ulong, c_void_p)
count_objects = _plain(raw.FPDFPage_CountObjects, c_int, c_void_p)
page_object = _plain(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
type_of = _plain(raw.FPDFPageObj_GetType, c_int, c_void_p)
count_form_objects = _plain(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object = _plain(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
object_matrix = _plain(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
count_segments = _plain(raw.FPDFPath_CountSegments, c_int, c_void_p)
segment_at = _plain(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
segment_type = _plain(raw.FPDFPathSegment_GetType, c_int, c_void_p)
clip_of = _plain(raw.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
count_clips = _plain(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
has_transparency = _plain(raw.FPDFPageObj_HasTransparency, c_int, c_void_p)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)


def colour_of(obj: int, *, stroked: bool = False) -> tuple[int, int, int, int] | None:
    """Return red, green, blue and opacity (0 to 255) that an object is filled or drawn with."""
    buffer = (c_uint * 4)()
    address = ctypes.addressof(buffer)
    get = stroke_of if stroked else fill_of
    if not get(obj, address, address + 4, address + 8, address + 12):
        return None
    return buffer[0], buffer[1], buffer[2], buffer[3]


def address_of(handle: object) -> int:
    """Return the address behind one of pypdfium2's handles; 0 for none."""
    return ctypes.cast(handle, c_void_p).value or 0  # type: ignore[arg-type]  # a handle


def name_of_font(font: int) -> str:
    """Return a font's name as the file gives it."""
    size = int(font_name(font, None, 0))
    if size <= 1:
        return ""
    buffer = ctypes.create_string_buffer(size)
    font_name(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def name_of_mark(mark: int) -> str:
    """Return the tag of a piece of marked content ("Artifact", "P")."""
    buffer = ctypes.create_string_buffer(64)
    written = c_ulong()
    mark_name(mark, buffer, len(buffer), ctypes.addressof(written))
    return decoded(buffer.raw, written.value)


def decoded(raw_bytes: bytes, size: int) -> str:
    """Return a string of pdfium: UTF-16 that ends with 0."""
    return raw_bytes[: max(0, size - _NUL)].decode("utf-16-le", "replace")
