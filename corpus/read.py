"""One file to one document: bytes → blocks → repair → structure → canonical text."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from importlib import import_module

from corpus import sections
from corpus.canonical import lay_out
from corpus.errors import EmptyFile, FileForbidden, FileTooLarge, UnreadableFile
from corpus.folder import SIDECAR_SUFFIX, SourceFile, is_sidecar
from corpus.formats.kinds import Format, format_of
from corpus.metadata import Fields, read_sidecar, settle
from corpus.model import Block, Document, Origin, Page
from corpus.raw import Heading, Parsed
from corpus.repair import repair
from corpus.structure import Outline, outline

# to be raised whenever the canonical text of any document would change
READER_VERSION = "3"

_LARGEST = 50_000_000  # bytes
_READERS: dict[Format, str] = {
    "html": "html",
    "docx": "docx",
    "odt": "odt",
    "pdf": "pdf",
    "pptx": "slides",
    "xlsx": "sheets",
    "csv": "csv_table",
    "eml": "mail",
}


def read_document(source: SourceFile) -> Document:
    """Return the document in a file; raises UnreadableFile."""
    data = _bytes_of(source)
    sidecar = read_sidecar(source.sidecar) if source.sidecar else Fields()
    parsed = _parse(data, source.relative, sidecar.model_fields_set)
    blocks = repair(parsed.blocks, marked=parsed.marked)
    if not blocks:
        raise EmptyFile(f"{source.relative} has no text.", "Remove it or give it some.")
    tree = outline(blocks, [sidecar.title or parsed.front.title or "", source.path.stem])
    laid = lay_out(tree.blocks)
    heading = next((block.text.text for block in blocks if isinstance(block, Heading)), "")
    metadata = settle(source.relative, sidecar=sidecar, front=parsed.front, heading=heading)
    found, placed = sections.build(tree, laid, metadata.title)
    return Document(
        metadata=metadata,
        path=source.relative,
        sha256=hashlib.sha256(data).hexdigest(),
        text=laid.text,
        blocks=_paged(placed, laid.origin, parsed.pages),
        sections=found,
        origin=laid.origin,
        notes=(*parsed.notes, *_doubts(tree), *laid.notes),
        pages=parsed.pages,
        boxes=parsed.boxes,
    )


def _parse(data: bytes, name: str, settled: AbstractSet[str]) -> Parsed:
    """Read a file by its format; ``settled`` are the fields that the sidecar has."""
    kind = format_of(data, name)
    if kind in ("markdown", "plain"):
        from corpus.formats.text import parse as parse_text  # noqa: PLC0415  as below

        return parse_text(data, name, as_markdown=kind == "markdown", settled=settled)
    return _reader_of(kind)(data, name)


def _reader_of(kind: Format) -> Callable[[bytes, str], Parsed]:
    """Return the reader of a format; its libraries are imported only when a file needs them."""
    module = import_module(f"corpus.formats.{_READERS[kind]}")
    reader: Callable[[bytes, str], Parsed] = module.parse
    return reader


def _doubts(tree: Outline) -> tuple[str, ...]:
    if tree.trusted:
        return ()
    return ("The levels of the headings contradict each other; their order was followed instead.",)


def _paged(blocks: Sequence[Block], origin: Origin, pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks with the page that each begins on."""
    if not pages:
        return tuple(blocks)
    starts = [page.start for page in pages]
    paged = []
    number = 1
    for block in blocks:
        place = origin.source_span(block.start, block.start + 1)
        number = bisect_right(starts, place[0]) if place else number
        paged.append(replace(block, page=number))
    return tuple(paged)


def _bytes_of(source: SourceFile) -> bytes:
    if is_sidecar(source.path):
        raise UnreadableFile(
            f"{source.relative} belongs to no document.",
            f"Name it like its document with {SIDECAR_SUFFIX} in place of the ending, capital "
            "letters as there, or remove it.",
        )
    try:
        if source.path.stat().st_size > _LARGEST:
            raise FileTooLarge(f"{source.relative} is larger than 50 MB.", "Split it into parts.")
        data = source.path.read_bytes()
    except OSError as error:
        raise FileForbidden(
            f"{source.relative} cannot be read: {error.strerror}.",
            "Let the account that runs Charter read it.",
        ) from error
    if not data.strip():
        raise EmptyFile(f"{source.relative} is empty.", "Remove it or give it some text.")
    return data
