"""PDF: pages to blocks, each character with its place on its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import pypdfium2 as pdfium

from corpus.errors import EmptyFile
from corpus.formats.pdf.blocks import Writer
from corpus.formats.pdf.contents import drop_contents
from corpus.formats.pdf.document import Entry, damaged, opened, outline_of, property_of
from corpus.formats.pdf.furniture import drop_furniture
from corpus.formats.pdf.headings import find_headings
from corpus.formats.pdf.joining import join_tables, join_units
from corpus.formats.pdf.layout import Piece, lay_out_page
from corpus.formats.pdf.notes import PageNote, marks_of, take_notes
from corpus.formats.pdf.paragraphs import Unit, group, join_addresses
from corpus.formats.pdf.pictures import find_worded
from corpus.formats.pdf.sheets import Sheet, blank_sheet, check_total, read_sheet, replaced
from corpus.formats.pdf.styles import style_of
from corpus.formats.pdf.tables import PageTable, find_tables
from corpus.formats.pdf.words import Typist, vocabulary_of
from corpus.metadata import Fields
from corpus.model import Page
from corpus.places import LITTLE_CERTAINTY
from corpus.progress import OnPage, unheard
from corpus.raw import Parsed, Raw

_BETWEEN = "\n"  # pages in the original
_NO_BOX = bytes(8)
_MOST_SCANS = 200  # pages of a file, at a second or two each
_MOST_NAMED = 10  # pages named one by one in a note


def parse(data: bytes, name: str, *, on_page: OnPage = unheard) -> Parsed:
    """Return what a PDF holds; pages are told of when they are read, scans again when recognised.

    Raises:
        EncryptedFile: a password is needed to read it.
        DamagedFile: it cannot be opened, or no page of it can.
        FileTooLarge: it has more pages, larger ones or more text than anyone reads.
        EmptyFile: it has no text, nor any that could be recognised.
    """
    with opened(data, name) as document:
        sheets, broken = _read_sheets(document, name, on_page)
        outline = outline_of(document)
        title = property_of(document, "Title")
        language = property_of(document, "Lang")
        pictured = find_worded(document, sheets)
    notes = _note_broken(broken) + _note_pictured(pictured)
    wordless = not any(sheet.segments for sheet in sheets)
    scans = [s for s in sheets if s.lacks_text or (wordless and len(s.drawings.images))]
    if scans:
        notes += _note_unread(scans[_MOST_SCANS:])
        scans = scans[:_MOST_SCANS]
        notes += _recognise(data, sheets, scans, _Scan(name, language, on_page))
    if not any(sheet.segments for sheet in sheets):
        raise EmptyFile(
            f"{name} has no text that could be read.",
            "Save it from the program that wrote it, or scan it again more clearly.",
        )
    original, boxes = _place(sheets)
    blocks = _blocks(sheets, original, outline)
    pages = tuple(
        Page(
            sheet.start,
            sheet.printed or sheet.label,
            sheet.frame.width,
            sheet.frame.height,
            sheet.confidence,
        )
        for sheet in sheets
    )
    properties = Fields(title=title or None, language=language or None)
    return Parsed(original, blocks, properties=properties, pages=pages, boxes=boxes, notes=notes)


def _read_sheets(
    document: pdfium.PdfDocument, name: str, on_page: OnPage
) -> tuple[list[Sheet], list[int]]:
    """Return the pages, and the numbers from 1 of those that cannot be read and are left blank."""
    sheets: list[Sheet] = []
    broken = []
    for number in range(len(document)):
        sheet = read_sheet(document, number, name)
        if sheet is None:
            broken.append(number + 1)
        sheets.append(sheet or blank_sheet(number))
        on_page(number + 1, len(document))
    if len(broken) == len(sheets):
        raise damaged(name)
    check_total(sheets, name)
    return sheets, broken


def _note_broken(broken: Sequence[int]) -> tuple[str, ...]:
    return (f"{_named(broken)} could not be read: the file is damaged there.",) if broken else ()


def _note_pictured(pages: Sequence[int]) -> tuple[str, ...]:
    note = (
        f"{_named(pages)}: a picture there seems to show text or a table, and was not read. "
        "What it says cannot be found: put it into the document as text."
    )
    return (note,) if pages else ()


def _note_unread(scans: Sequence[Sheet]) -> tuple[str, ...]:
    note = (
        f"{_named([sheet.number + 1 for sheet in scans])}: not read. They are pictures, and only "
        f"the first {_MOST_SCANS} such pages of a file are recognised. Split it into parts."
    )
    return (note,) if scans else ()


def _named(pages: Sequence[int]) -> str:
    """Return "Page 3" or "Pages 3, 4 and 9 others" for numbers from 1."""
    shown = ", ".join(map(str, pages[:_MOST_NAMED]))
    more = f" and {len(pages) - _MOST_NAMED} others" if len(pages) > _MOST_NAMED else ""
    return f"Page{'s' if len(pages) > 1 else ''} {shown}{more}"


@dataclass(frozen=True, slots=True)
class _Scan:
    """A file with scanned pages: its name, its language where it says so, whom to tell."""

    name: str
    language: str
    on_page: OnPage


def _recognise(
    data: bytes, sheets: list[Sheet], scans: Sequence[Sheet], file: _Scan
) -> tuple[str, ...]:
    """Put the text recognised on pictures of pages in the place of those pages; return notes."""
    # its models take a second to load
    from corpus.formats.scan import recognise  # noqa: PLC0415  as above
    from corpus.formats.scan.tesseract import languages_for  # noqa: PLC0415  as above

    numbers = [sheet.number for sheet in scans]
    done = count(1)
    found = recognise(
        data,
        numbers,
        languages=languages_for(file.language),
        on_page=lambda _: file.on_page(next(done), len(numbers)),
    )
    with opened(found.pdf, file.name) as document:
        for place, sheet in enumerate(scans):
            read = read_sheet(document, place, file.name)
            if read is not None and read.segments:
                boxes = found.placements[place].repacked(read.boxes)
                sheets[sheet.number] = replaced(sheet, read, boxes, found.confidences[place])
    empty = [n + 1 for n in numbers if not sheets[n].segments]
    doubted = [
        n + 1
        for n, sure in zip(numbers, found.confidences, strict=True)
        if sure < LITTLE_CERTAINTY and n + 1 not in empty
    ]
    notes = [f"{_named(empty)}: no text was found in the picture."] if empty else []
    if doubted:
        notes.append(
            f"{_named(doubted)}: read from a scan with little certainty. Compare what Charter "
            "shows with the original, or scan it again more clearly."
        )
    return tuple(notes)


def _place(sheets: Sequence[Sheet]) -> tuple[str, bytes]:
    """Return the text of all pages and the boxes of its characters; pages learn their starts."""
    texts: list[str] = []
    boxes: list[bytes] = []
    length = 0
    for sheet in sheets:
        sheet.start = length
        texts.append(sheet.text + _BETWEEN)
        boxes += [sheet.boxes, _NO_BOX]
        length += len(sheet.text) + len(_BETWEEN)
    return "".join(texts), b"".join(boxes)


def _blocks(sheets: Sequence[Sheet], original: str, outline: Sequence[Entry]) -> list[Raw]:
    """Return the blocks of a document: the way from its pages to its paragraphs."""
    tables = [find_tables(sheet) for sheet in sheets]
    drop_furniture(sheets)
    flows: list[list[Piece]] = []
    last: Piece | None = None
    for sheet, found in zip(sheets, tables, strict=True):
        page = lay_out_page(sheet, found, last)
        last = page[-1][-1] if page and page[-1] else None
        flows += page
    flows = drop_contents(flows, sheets)
    style = style_of(flows, sheets)
    flows, notes = _without_notes(flows, style.body, sheets)
    units: list[Unit | PageTable] = []
    for number, flow in enumerate(flows):
        units += group(flow, number, style, sheets)
    units = join_tables(join_units(join_addresses(units)))
    levels = find_headings(units, style, sheets, outline)
    lines = [line.text for unit in units if isinstance(unit, Unit) for line in unit.lines]
    marks = [
        frozenset(note.mark for note in notes if note.page == sheet.number) for sheet in sheets
    ]
    typist = Typist(original, [sheet.start for sheet in sheets], vocabulary_of(lines), marks)
    return Writer(typist, levels, notes).write(units)


def _without_notes(
    flows: Sequence[list[Piece]], body: float, sheets: Sequence[Sheet]
) -> tuple[list[list[Piece]], list[PageNote]]:
    kept, notes = [], []
    marks = marks_of(flows)
    for flow in flows:
        rest, found = take_notes(flow, body, marks, sheets)
        kept.append(rest)
        notes += found
    return kept, notes
