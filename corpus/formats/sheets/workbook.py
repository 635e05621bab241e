"""The XML of a spreadsheet file: its sheets, their cells as they are shown, what is hidden."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from corpus.errors import DamagedFile, FileTooLarge
from corpus.formats.package import Package
from corpus.formats.sheets.number_format import builtin_format, is_moment, shown

_ROWS, _COLUMNS = 1_048_576, 16_384  # of a sheet
_MOST_CELLS = 400_000  # filled ones of a file; as many as are read, split and found in a minute
_MOST_AREA = 2_000_000  # cells between the first and the last filled one of a sheet
_MOST_SHEETS = 500
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRUE = ("1", "true", "on")
_YEARS = range(1900, 2101)  # whole numbers that may be years
_SAVE_AGAIN = "Open it in the program that made it, save it again, and put that copy here."

Area = tuple[int, int, int, int]  # top, left, bottom, right, from 0, all of them inside


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A filled cell as it is shown; ``number`` for numbers and dates, ``year`` if it may be one."""

    text: str
    bold: bool
    coloured: bool
    number: bool
    year: bool


@dataclass(slots=True)
class Sheet:
    """One sheet that is shown.

    Attributes:
        rows: filled cells by column, by row, both from 0; hidden ones left out.
        merged: areas of cells that are one.
        heads: header rows of its tables and filters.
        hidden: how many filled rows and columns are hidden.
        uncounted: formulas whose result the file does not have.
        formulas: places of all formulas, row and column from 0.
        pictured: it has charts or pictures.
    """

    name: str
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    hidden: set[tuple[Literal["row", "column"], int]] = field(default_factory=set)
    uncounted: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    bold: bool = False
    coloured: bool = False
    moment: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened spreadsheet file.

    Attributes:
        sheets: name and part of each sheet that is shown, in order.
        hidden: names of the sheets that are not.
    """

    package: Package
    sheets: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]
    strings: tuple[str, ...]
    styles: tuple[_Style, ...]
    since_1904: bool


def open_workbook(package: Package) -> Workbook:
    """Return the sheets of a spreadsheet file, still to be read; raises UnreadableFile."""
    root = package.xml("xl/workbook.xml")
    if root is None:
        raise _damaged(package.name)
    parts = targets(package, "xl/workbook.xml")
    shown_sheets, hidden = [], []
    for sheet in root.iter("{*}sheet"):
        name, link = sheet.get("name", ""), linked(sheet)
        if sheet.get("state", "visible") != "visible":
            hidden.append(name)
        elif parts.get(link, ("", ""))[0] == "worksheet":
            shown_sheets.append((name, parts[link][1]))
    if len(shown_sheets) > _MOST_SHEETS:
        raise FileTooLarge(f"{package.name} has more than {_MOST_SHEETS} sheets.", "Split it.")
    by_kind = dict(parts.values())
    settings = next(root.iter("{*}workbookPr"), None)
    return Workbook(
        package=package,
        sheets=tuple(shown_sheets),
        hidden=tuple(hidden),
        strings=_strings(package, by_kind.get("sharedStrings", "")),
        styles=_styles(package, by_kind.get("styles", "")),
        since_1904=settings is not None and settings.get("date1904") in _TRUE,
    )


def linked(element: etree._Element, name: str = "id") -> str:
    """Return the id of a relationship that an element names."""
    return element.get(f"{{{_OFFICE}}}{name}") or element.get(f"{{{_STRICT}}}{name}") or ""


def targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return kind and part of each relationship of a part, by id; those that lead out left out."""
    folder, _, file = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{file}.rels")
    found: dict[str, tuple[str, str]] = {}
    for link in () if root is None else root.iter("{*}Relationship"):
        if link.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            kind = link.get("Type", "").rpartition("/")[2]
            found[link.get("Id", "")] = (kind, path.lstrip("/"))
    return found


def read_sheets(workbook: Workbook, *, all_cells: bool = False) -> Iterator[Sheet]:
    """Yield the sheets that are shown; raises UnreadableFile.

    Args:
        workbook: an opened one.
        all_cells: also those of hidden rows and columns, as a filter hides them.
    """
    left = _MOST_CELLS
    for name, part in workbook.sheets:
        sheet = _Reader(workbook, Sheet(name), left, all_cells).read(part)
        left -= sum(map(len, sheet.rows.values()))
        yield sheet


@dataclass(slots=True)
class _Reader:
    workbook: Workbook
    sheet: Sheet
    left: int  # filled cells that may still come
    all_cells: bool = False
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def read(self, part: str) -> Sheet:
        package, sheet = self.workbook.package, self.sheet
        data = package.part(part) or b""
        if data.count(b"<v>") + data.count(b"<is>") > self.left + self.left // 10:
            raise self.too_large()
        root = package.xml(part)
        if root is None:
            raise _damaged(package.name)
        for column in root.iter("{*}col"):
            if column.get("hidden") in _TRUE:
                self.hidden_columns.append((_whole(column, "min"), _whole(column, "max")))
        self.take_rows(root)
        areas = (area_of(one.get("ref", "")) for one in root.iter("{*}mergeCell"))
        sheet.merged += [area for area in areas if area]
        sheet.heads |= {area[0] for area in self.header_areas(root, part)}
        sheet.pictured = next(root.iter("{*}drawing"), None) is not None
        return sheet

    def header_areas(self, root: etree._Element, part: str) -> Iterator[Area]:
        """Yield the areas whose first row the file calls a header: of filters and tables."""
        package = self.workbook.package
        found = [one.get("ref", "") for one in root.iter("{*}autoFilter")]
        for kind, path in targets(package, part).values():
            if kind == "table" and (table := package.xml(path)) is not None:
                found += [table.get("ref", "")] if table.get("headerRowCount", "1") != "0" else []
        yield from (area for reference in found if (area := area_of(reference)))

    def take_rows(self, root: etree._Element) -> None:
        bottom = -1
        filled = 0
        right = 0
        for row in root.iter("{*}row"):
            bottom = _whole(row, "r") - 1 if row.get("r") else bottom + 1
            cells = self.cells(row, bottom)
            if not cells or not 0 <= bottom < _ROWS:
                continue
            if row.get("hidden") in _TRUE and not self.all_cells:
                self.sheet.hidden.add(("row", bottom))
                continue
            filled += len(cells)
            right = max(right, *cells)
            if filled > self.left or (bottom + 1) * (right + 1) > _MOST_AREA:
                raise self.too_large(f"{letters(max(cells))}{bottom + 1}")
            self.sheet.rows[bottom] = cells

    def cells(self, row: etree._Element, bottom: int) -> dict[int, SheetCell]:
        found: dict[int, SheetCell] = {}
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _PLACE.match(cell.get("r", ""))
            column = number_of(place[1]) if place else column + 1
            if len(cell) == 0 or column >= _COLUMNS:
                continue
            if cell.find("{*}f") is not None:
                self.sheet.formulas.add((bottom, column))
            shown_cell = self.cell(cell)
            if shown_cell is None:
                continue
            hidden = any(first <= column + 1 <= last for first, last in self.hidden_columns)
            if hidden and not self.all_cells:
                self.sheet.hidden.add(("column", column))
            else:
                found[column] = shown_cell
        return found

    def cell(self, cell: etree._Element) -> SheetCell | None:
        """Return a cell as it is shown, None if nothing is."""
        kind = cell.get("t", "n")
        style = self.style(cell)
        value = ""
        formula = False
        for child in cell:
            match etree.QName(child).localname:
                case "v":
                    value = child.text or ""
                case "is":
                    kind, value = "inlineStr", _rich(child)
                case "f":
                    formula = True
        if formula and not value and kind != "str":
            self.sheet.uncounted += 1
        text = self.text(kind, value, style)
        if not text.strip():
            return None
        number = kind in ("n", "d") and text != ""
        return SheetCell(text, style.bold, style.coloured, number, number and _is_year(text, style))

    def text(self, kind: str, value: str, style: _Style) -> str:
        if not value:
            return ""
        match kind:
            case "s":
                place = int(value) if value.isdecimal() and len(value) < 10 else -1  # noqa: PLR2004  digits that an int of C holds
                strings = self.workbook.strings
                return strings[place] if 0 <= place < len(strings) else ""
            case "b":
                return "TRUE" if value in _TRUE else "FALSE"
            case "n":
                return shown(value, style.code, since_1904=self.workbook.since_1904)
            case "d":
                return value.removesuffix("T00:00:00").replace("T", " ")
        return value

    def style(self, cell: etree._Element) -> _Style:
        place = _whole(cell, "s")
        styles = self.workbook.styles
        return styles[place] if 0 <= place < len(styles) else _Style()

    def too_large(self, place: str = "") -> FileTooLarge:
        at = f", and a filled cell at {place}" if place else ""
        return FileTooLarge(
            f"The sheet “{self.sheet.name}” of {self.workbook.package.name} is too large: it has "
            f"more than {_MOST_CELLS:,} filled cells or {_MOST_AREA:,} in all{at}.",
            "Split it, and delete cells far from the others that hold something by mistake.",
        )


def area_of(reference: str) -> Area | None:
    """Return the area that a reference such as "B2:D5" names."""
    first, _, last = reference.partition(":")
    one, other = _PLACE.match(first), _PLACE.match(last or first)
    if not one or not other:
        return None
    rows = sorted((int(one[2]) - 1, int(other[2]) - 1))
    columns = sorted((number_of(one[1]), number_of(other[1])))
    return rows[0], columns[0], rows[1], columns[1]


def number_of(column: str) -> int:
    """Return the number, from 0, of a column's letters."""
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters(column: int) -> str:
    """Return the letters of a column's number, from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _is_year(text: str, style: _Style) -> bool:
    return not style.moment and text.isdecimal() and len(text) == 4 and int(text) in _YEARS  # noqa: PLR2004  digits of a year


def _strings(package: Package, part: str) -> tuple[str, ...]:
    root = package.xml(part) if part else None
    return () if root is None else tuple(_rich(string) for string in root.iterchildren("{*}si"))


def _rich(element: etree._Element) -> str:
    """Return the text of a string with its runs, without what helps to pronounce it."""
    texts = []
    for child in element:
        match etree.QName(child).localname:
            case "t":
                texts.append(child.text or "")
            case "r":
                texts += [text.text or "" for text in child.iterchildren("{*}t")]
    return "".join(texts).replace("_x000D_", "").replace("\r\n", "\n")


def _styles(package: Package, part: str) -> tuple[_Style, ...]:
    root = package.xml(part) if part else None
    if root is None:
        return ()
    codes = {_whole(one, "numFmtId"): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
    bold = [_is_bold(font) for font in _children(root, "fonts")]
    filled = [_is_filled(fill) for fill in _children(root, "fills")]
    return tuple(_style(one, codes, bold, filled) for one in _children(root, "cellXfs"))


def _style(
    one: etree._Element, codes: Mapping[int, str], bold: list[bool], filled: list[bool]
) -> _Style:
    number, font, fill = (_whole(one, key) for key in ("numFmtId", "fontId", "fillId"))
    code = codes.get(number) or builtin_format(number)
    return _Style(
        code=code,
        bold=0 <= font < len(bold) and bold[font],
        coloured=0 <= fill < len(filled) and filled[fill],
        moment=is_moment(code),
    )


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    found = next(root.iterchildren(f"{{*}}{name}"), None)
    return [] if found is None else list(found)


def _is_bold(font: etree._Element) -> bool:
    return any(mark.get("val", "1") in _TRUE for mark in font.iterchildren("{*}b"))


def _is_filled(fill: etree._Element) -> bool:
    return any(one.get("patternType") == "solid" for one in fill.iterchildren("{*}patternFill"))


def _whole(element: etree._Element, key: str) -> int:
    """Return an attribute that is a whole number; 0 where it is none."""
    value = element.get(key, "")
    return int(value) if value.isdecimal() and len(value) <= 9 else 0  # noqa: PLR2004  digits that an int of C holds


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(f"{name} is damaged: a part of it is missing.", _SAVE_AGAIN)
