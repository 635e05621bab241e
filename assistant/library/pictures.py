"""Pages of documents as pictures, a few at a time, each drawn in a process of its own."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from assistant.library.shelf import Shelf
from corpus.errors import DocumentNotFound, ReadersUnavailable
from corpus.files.folder import SourceFile
from corpus.model import Document
from corpus.places import Drawing, rects
from indexing.isolation import Limits, Readers

WIDTHS = (480, 720, 960, 1440, 1920)  # pixels; few, so that what was drawn serves again

_DRAWN_AS = "1"  # to be raised when the same page would be drawn otherwise
_AT_ONCE = 2
_PATIENCE = 30.0  # seconds that a request waits for its turn
_KEPT = 16 << 20  # bytes of pictures
_LIMITS = Limits(seconds_for_page=20.0, seconds=20.0, result=32 << 20)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that can be drawn: from which file, and what.

    Attributes:
        name: of the picture, the same wherever the same would be drawn.
    """

    file: SourceFile
    drawing: Drawing
    name: str


def is_pictured(document: Document, page: int) -> bool:
    """Tell whether a page of a document, from 1, can be drawn."""
    return 1 <= page <= len(document.pages) and document.pages[page - 1].width > 0


def picture_of(
    shelf: Shelf, document: Document, page: int, *, width: int, quote: tuple[int, int] = (0, 0)
) -> Picture:
    """Return a page of a document as it can be drawn, with a quote marked on it.

    Args:
        shelf: that the document was opened from.
        document: one version.
        page: from 1.
        width: in pixels; the next of ``WIDTHS`` is taken.
        quote: where it stands in the document's text, half open; an empty one marks nothing.

    Raises:
        DocumentNotFound: it has no such page, none that can be drawn, or its file was not kept.
    """
    file = shelf.index.original(document.key)
    if file is None or not is_pictured(document, page):
        raise DocumentNotFound(
            f"Page {page} of “{document.metadata.title}” cannot be shown as it was printed.",
            "Read the text of the document instead.",
        )
    start, end = quote
    boxes = shelf.index.boxes(document.key) if start < end else b""
    marked = rects(document, start, end, boxes=boxes) if boxes else ()
    wide = next((one for one in WIDTHS if one >= width), WIDTHS[-1])
    drawing = Drawing(page, tuple(one for one in marked if one.page == page), wide)
    said = repr((_DRAWN_AS, document.sha256, drawing))
    name = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Picture(SourceFile(file, document.path), drawing, name)


class Pictures:
    """Draws pages and keeps what was drawn last; safe to use from several threads."""

    def __init__(self) -> None:
        self._readers = Readers(workers=_AT_ONCE, limits=_LIMITS)
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def draw(self, picture: Picture) -> bytes:
        """Return a page as PNG.

        Raises:
            UnreadableFile: the page cannot be drawn, or not within the limits.
            ReadersUnavailable: too many are being drawn.
        """
        with self._turn():
            kept = self._found(picture.name)
            if kept is not None:
                return kept
            drawn = self._readers.picture(picture.file, picture.drawing)
            self._keep(picture.name, drawn)
            return drawn

    def close(self) -> None:
        """End the processes that draw."""
        self._readers.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_PATIENCE):
            raise ReadersUnavailable(
                "Too many pages are being drawn at once.", "Open this one again in a minute."
            )
        try:
            yield
        finally:
            self._turns.release()

    def _found(self, name: str) -> bytes | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def _keep(self, name: str, drawn: bytes) -> None:
        with self._lock:
            self._kept[name] = drawn
            while sum(map(len, self._kept.values())) > _KEPT:
                self._kept.popitem(last=False)
