"""A page of a document as it was printed, beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.library.pictures import is_pictured
from bots.web.parts import Part, Span
from bots.web.reading import read_page
from corpus.model import Document
from corpus.places import page_label, rects


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document was read from.

    Attributes:
        ending: of its name, in capitals ("PDF"); empty where it has none.
        pages: how many of it can be shown as they were printed, from the first on.
    """

    size: int
    ending: str
    pages: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One page as it was printed.

    Attributes:
        number: from 1.
        label: the number printed on it where that differs.
        shape: its width and height, in points.
        text: what stands on it.
        quoted: pages that the quote stands on.
    """

    number: int
    label: str
    shape: tuple[int, int]
    text: tuple[Part, ...]
    quoted: tuple[int, ...]


def original_of(document: Document, file: Path | None) -> Original | None:
    """Describe the file that a document was read from; None where it was not kept."""
    if file is None:
        return None
    numbers = range(1, len(document.pages) + 1)
    pages = len(numbers) if any(is_pictured(document, one) for one in numbers) else 0
    ending = PurePosixPath(document.path).suffix.removeprefix(".").upper()
    return Original(file.stat().st_size, ending, pages)


def print_page(document: Document, boxes: bytes, wanted: int | None, span: Span | None) -> Printed:
    """Return the page that is wanted, the one that the quote begins on, or the first."""
    marked = rects(document, span.start, span.end, boxes=boxes) if span and boxes else ()
    quoted = tuple(dict.fromkeys(one.page for one in marked))
    number = min(max(1, wanted or next(iter(quoted), 1)), len(document.pages))
    page = document.pages[number - 1]
    return Printed(
        number,
        page_label(document, number),
        (round(page.width), round(page.height)),
        read_page(document, number, span),
        quoted,
    )
