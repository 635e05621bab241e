"""The tags of a page: what the program that made the file says each piece of text is."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

from pypdfium2 import raw

from corpus.formats.pdf.calls import decoded

_DEEPEST = 60
_MOST = 50_000  # elements of a page
_HEADING = re.compile(r"H([1-6])$|Heading\s?([1-6])$", re.IGNORECASE)
_BLOCKS = frozenset(
    "P H H1 H2 H3 H4 H5 H6 LI LBody Caption TD TH Note TOCI BlockQuote Title Figure".split()
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tags say of one piece of marked content.

    Attributes:
        block: number of the paragraph-like element that it belongs to, on its page.
        kind: of that element ("P", "TD"). level: of a heading, else 0.
        table, row, cell: numbers of the table, its row and its cell; -1 outside.
        header: its cell is one of a header. span: (rows, columns) of the cell.
        within: kinds of all elements around it.
    """

    block: int
    kind: str
    level: int = 0
    table: int = -1
    row: int = -1
    cell: int = -1
    header: bool = False
    span: tuple[int, int] = (1, 1)
    within: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree the walk stands."""

    tagged: Tagged
    depth: int


def read_tags(page: object) -> dict[int, Tagged]:
    """Return what the tags say, by the number of marked content; empty for an untagged page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        tops = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, number)
            for number in range(min(raw.FPDF_StructTree_CountChildren(tree), _MOST))
        ]
        return _walk(tops)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _walk(tops: list[object]) -> dict[int, Tagged]:
    found: dict[int, Tagged] = {}
    counter = 0
    start = _Place(Tagged(-1, ""), 0)
    stack = [(top, start) for top in reversed(tops) if top]
    while stack and counter < _MOST:
        element, place = stack.pop()
        counter += 1
        tagged = _enter(element, place.tagged, counter)
        children = []
        for number in range(min(max(0, raw.FPDF_StructElement_CountChildren(element)), _MOST)):
            mcid = raw.FPDF_StructElement_GetChildMarkedContentID(element, number)
            if mcid >= 0:
                found.setdefault(mcid, tagged)
                continue
            child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
            if child and place.depth < _DEEPEST:
                children.append((child, _Place(tagged, place.depth + 1)))
        stack += reversed(children)
    return found


def _enter(element: object, outer: Tagged, number: int) -> Tagged:
    """Return what holds inside an element."""
    kind = _type_of(element)
    heading = _HEADING.match(kind)
    level = int(heading[1] or heading[2]) if heading else 1 if kind in ("H", "Title") else 0
    block = number if kind in _BLOCKS or heading else outer.block
    table, row, cell = outer.table, outer.row, outer.cell
    header, span = outer.header, outer.span
    if kind == "Table":
        table, row, cell = number, -1, -1
    elif kind == "TR":
        row = number
    elif kind in ("TD", "TH"):
        cell, header, span = number, kind == "TH", _span_of(element)
    return Tagged(
        block=block,
        kind=kind if block == number else outer.kind,
        level=level or outer.level,
        table=table,
        row=row,
        cell=cell,
        header=header,
        span=span,
        within=outer.within | {kind},
    )


def _type_of(element: object) -> str:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    if not 2 < size < 200:  # noqa: PLR2004  the 0 at its end; no type is that long
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return decoded(buffer.raw, size)


def _span_of(element: object) -> tuple[int, int]:
    rows = columns = 1
    for number in range(min(max(0, raw.FPDF_StructElement_GetAttributeCount(element)), 20)):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, number)
        rows = max(rows, _number_in(attribute, b"RowSpan"))
        columns = max(columns, _number_in(attribute, b"ColSpan"))
    return min(rows, 1000), min(columns, 1000)


def _number_in(attribute: object, key: bytes) -> int:
    value = raw.FPDF_StructElement_Attr_GetValue(attribute, key)
    number = ctypes.c_float()
    if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
        return int(number.value)
    return 1
