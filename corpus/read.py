"""One file to one document: bytes → blocks → repair → structure → canonical text."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import PurePosixPath

from corpus import sections
from corpus.canonical import lay_out
from corpus.errors import EmptyFile, UnreadableFile
from corpus.files import bytes_of
from corpus.files.containers import extract, refuse
from corpus.files.folder import SIDECAR_SUFFIX, SourceFile, is_sidecar
from corpus.formats.kinds import FORMATS, Format, format_of
from corpus.metadata import Fields, merged, parse_sidecar, read_sidecar, settle
from corpus.metadata.folder_settings import fields_of
from corpus.metadata.found import find
from corpus.model import Block, Document, Origin, Page
from corpus.progress import OnPage, unheard
from corpus.raw import Parsed
from corpus.repair import repair
from corpus.structure import Outline, outline

# to be raised whenever the canonical text of any document would change
READER_VERSION = "3"

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


def read_document(source: SourceFile, *, on_page: OnPage = unheard) -> Document:
    """Return the document in a file; raises UnreadableFile.

    Readers of formats with pages call ``on_page`` after each.
    """
    data = content_of(source)
    folder = fields_of(source)
    sidecar, around = _sidecars_of(source)
    parsed = _parse(data, source.relative, settled=sidecar.model_fields_set, on_page=on_page)
    blocks = repair(parsed.blocks, marked=parsed.marked)
    if not blocks:
        raise EmptyFile(f"{source.relative} has no text.", "Remove it or give it some.")
    given = (sidecar, parsed.front, *around, folder)
    said = merged(given)
    names = [said.title or "", PurePosixPath(source.relative).stem]
    tree = outline(blocks, names, marked=parsed.marked)
    laid = lay_out(tree.blocks)
    shown = find(
        laid.text, laid.blocks, properties=parsed.properties, settled=said.model_fields_set
    )
    metadata = settle(
        source.relative, given=given, found=shown.fields, properties=parsed.properties
    )
    found, placed = sections.build(tree, laid, metadata.title)
    return Document(
        metadata=metadata,
        path=source.relative,
        sha256=hashlib.sha256(data).hexdigest(),
        text=laid.text,
        blocks=_paged(placed, laid.origin, parsed.pages),
        sections=found,
        origin=laid.origin,
        notes=(*parsed.notes, *_doubts(tree), *laid.notes, *shown.notes),
        pages=parsed.pages,
        boxes=parsed.boxes,
    )


def parse_file(source: SourceFile) -> Parsed:
    """Return what a file's format gives, before any repair; raises UnreadableFile."""
    settled = frozenset(Fields.model_fields)
    return _parse(content_of(source), source.relative, settled=settled, on_page=unheard)


def content_of(source: SourceFile) -> bytes:
    """Return the bytes of a document, out of what it is packed in; raises UnreadableFile."""
    if is_sidecar(PurePosixPath(source.relative)):
        raise UnreadableFile(
            f"{source.relative} belongs to no document.",
            f"Name it like its document with {SIDECAR_SUFFIX} in place of the ending, capital "
            "letters as there, or remove it.",
        )
    data = bytes_of(source.path, source.relative)
    return extract(data, source.path.name, source.member) if source.member else data


def prepare(name: str) -> None:
    """Import what reading a file of this name needs, so that processes forked now have it."""
    kind = FORMATS.get(PurePosixPath(name).suffix.lower())
    if kind in _READERS:
        _reader_of(kind)
    else:
        import_module("corpus.formats.text")


def _parse(data: bytes, name: str, *, settled: AbstractSet[str], on_page: OnPage) -> Parsed:
    """Read a file by its format; ``settled`` are the fields that the sidecar has."""
    kind = format_of(data, name)
    if kind == "zip":
        raise refuse(data, name)
    if kind in ("markdown", "plain"):
        from corpus.formats.text import parse as parse_text  # noqa: PLC0415  as below

        return parse_text(data, name, as_markdown=kind == "markdown", settled=settled)
    reader = _reader_of(kind)
    if "on_page" in signature(reader).parameters:
        reader = partial(reader, on_page=on_page)
    return reader(data, name)


def _reader_of(kind: Format) -> Callable[..., Parsed]:
    """Return the reader of a format; its libraries are imported only when a file needs them."""
    module = import_module(f"corpus.formats.{_READERS[kind]}")
    reader: Callable[..., Parsed] = module.parse
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


def _sidecars_of(source: SourceFile) -> tuple[Fields, list[Fields]]:
    """Return what a document's own sidecar says, and what those of the files around it say.

    The innermost first; what can be said of one document alone is left out of those.
    """
    own, place = [], _file_of(source)
    if source.sidecar:
        beside = str(place.with_name(source.sidecar.name))
        own = [read_sidecar(source.sidecar, beside, document=source.relative)]
    if not source.member:
        return (own or [Fields()])[0], []
    data = bytes_of(source.path, source.relative)
    inside = [*source.around, *([source.member_sidecar] if source.member_sidecar else [])]
    said = [
        parse_sidecar(
            extract(data, source.path.name, path),
            "/".join((str(place), *path)),
            document=source.relative,
        )
        for path in inside
    ]
    mine = said.pop() if source.member_sidecar else Fields()
    return mine, [
        one.model_copy(update={"id": None, "title": None}) for one in reversed([*own, *said])
    ]


def _file_of(source: SourceFile) -> PurePosixPath:
    """Return the path of the file that a document is, or is in, below the corpus folder."""
    relative = PurePosixPath(source.relative)
    if not source.member:
        return relative
    holders = (above for above in relative.parents if above.name == source.path.name)
    return next(holders, PurePosixPath(source.path.name))
