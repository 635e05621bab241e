"""A PDF file, opened: its pages, labels, outline and title; pdfium's errors in our words."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import DamagedFile, EncryptedFile, FileTooLarge
from corpus.formats.pdf.calls import decoded

_MOST_PAGES = 2000
_LARGEST_PAGE = 14_400  # points: 200 inches, the most that PDF 1.x allows for
_MOST_ENTRIES = 20_000  # of an outline; one that loops would never end
_LONGEST_LABEL = 20  # characters
_DEEPEST = 12  # levels of an outline


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: its words, level from 1, and page from 0 (-1 if it names none)."""

    title: str
    level: int
    page: int


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF and close it again.

    Raises:
        EncryptedFile: a password is needed to read it.
        DamagedFile: pdfium cannot open it or finds no page.
        FileTooLarge: it has more than 2,000 pages.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedFile(
                f"{name} is protected by a password.", "Save a copy of it without one."
            ) from error
        raise damaged(name) from error
    try:
        count = len(document)
        if count == 0:
            raise damaged(name)
        if count > _MOST_PAGES:
            raise FileTooLarge(
                f"{name} has {count:,} pages; at most {_MOST_PAGES:,} are read.",
                "Split it into parts.",
            )
        yield document
    finally:
        document.close()


def damaged(name: str) -> DamagedFile:
    """Return the error of a file that cannot be read as a PDF."""
    return DamagedFile(
        f"{name} is cut off or damaged: it cannot be opened as a PDF.",
        "Open it in the program that made it, save it as PDF again, and put that copy here.",
    )


@contextmanager
def loaded(document: pdfium.PdfDocument, number: int) -> Iterator[tuple[object, object] | None]:
    """Load a page (from 0) and its text, and close both; None if the page is broken."""
    page = raw.FPDF_LoadPage(document.raw, number)
    if not page:
        yield None
        return
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            yield None
            return
        try:
            yield page, text
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)


def check_size(width: float, height: float, name: str) -> None:
    """Refuse a page that no printer could print."""
    if not 0 < width <= _LARGEST_PAGE or not 0 < height <= _LARGEST_PAGE:
        raise FileTooLarge(
            f"{name} has a page of {width:.0f} by {height:.0f} points; the largest that is read "
            f"is {_LARGEST_PAGE:,}.",
            "Save it again with an ordinary paper size.",
        )


def page_label(document: pdfium.PdfDocument, number: int) -> str:
    """Return the page's number as the file says it is printed, empty when it does not say."""
    size = raw.FPDF_GetPageLabel(document.raw, number, None, 0)
    if size <= 2:  # noqa: PLR2004  the 0 that ends it
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetPageLabel(document.raw, number, buffer, size)
    label = decoded(buffer.raw, size).strip()
    return label if len(label) <= _LONGEST_LABEL else ""


def outline_of(document: pdfium.PdfDocument) -> tuple[Entry, ...]:
    """Return the outline (bookmarks) in order; a broken or looping one as far as it goes."""
    entries = []
    try:
        for item in document.get_toc(max_depth=_DEEPEST):
            entries.append(Entry(_title_of(item), item.level + 1, _page_of(item)))
            if len(entries) >= _MOST_ENTRIES:
                break
    except (pdfium.PdfiumError, UnicodeDecodeError, RecursionError, ValueError):
        pass  # it only helps to find headings
    return tuple(entry for entry in entries if entry.title)


def _title_of(item: pdfium.PdfBookmark) -> str:
    return " ".join(item.get_title().split())


def _page_of(item: pdfium.PdfBookmark) -> int:
    target = item.get_dest()
    index = None if target is None else target.get_index()
    return -1 if index is None else int(index)


def property_of(document: pdfium.PdfDocument, key: str) -> str:
    """Return an entry of the document's information ("Title"), tidy; empty without one."""
    try:
        return " ".join(document.get_metadata_value(key).split())
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return ""
