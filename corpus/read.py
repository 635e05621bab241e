"""One file to one document: bytes → text → blocks → repair → structure → canonical text."""

from __future__ import annotations

import hashlib

from corpus import markdown, plain, sections
from corpus.canonical import lay_out
from corpus.decode import decode
from corpus.errors import UnreadableFile
from corpus.folder import SIDECAR_SUFFIX, SourceFile, is_sidecar
from corpus.metadata import Fields, read_sidecar, settle, split_front_matter
from corpus.model import Document
from corpus.raw import Heading, Raw
from corpus.repair import repair
from corpus.structure import Outline, outline

# to be raised whenever the canonical text of any document would change
READER_VERSION = "2"

_MARKDOWN = frozenset((".md", ".markdown"))
_PLAIN = frozenset((".txt",))
_LARGEST = 50_000_000  # bytes
_LONGEST_LINE = 200_000  # characters; a longer line is no Markdown that anyone wrote
_CONTAINERS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "an Office or ZIP",
    b"\xd0\xcf\x11\xe0": "an Office",
}


def read_document(source: SourceFile) -> Document:
    """Return the document in a file; raises UnreadableFile."""
    data = _bytes_of(source)
    original, notes = decode(data, source.relative)
    sidecar = read_sidecar(source.sidecar) if source.sidecar else Fields()
    start, front, front_notes = split_front_matter(
        original, source.relative, settled=sidecar.model_fields_set
    )
    raw, format_notes = _parse(original, start, source)
    blocks = repair(raw)
    if not blocks:
        raise UnreadableFile(f"{source.relative} has no text.", "Remove it or give it some.")
    tree = outline(blocks, [sidecar.title or front.title or "", source.path.stem])
    laid = lay_out(tree.blocks)
    heading = next((block.text.text for block in blocks if isinstance(block, Heading)), "")
    metadata = settle(source.relative, sidecar=sidecar, front=front, heading=heading)
    found, placed = sections.build(tree, laid, metadata.title)
    return Document(
        metadata=metadata,
        path=source.relative,
        sha256=hashlib.sha256(data).hexdigest(),
        text=laid.text,
        blocks=placed,
        sections=found,
        origin=laid.origin,
        notes=(*notes, *front_notes, *format_notes, *_doubts(tree), *laid.notes),
    )


def _doubts(tree: Outline) -> tuple[str, ...]:
    if tree.trusted:
        return ()
    return ("The levels of the headings contradict each other; their order was followed instead.",)


def _bytes_of(source: SourceFile) -> bytes:
    if is_sidecar(source.path):
        raise UnreadableFile(
            f"{source.relative} belongs to no document.",
            f"Name it like its document with {SIDECAR_SUFFIX} in place of the ending, capital "
            "letters as there, or remove it.",
        )
    if source.path.suffix.lower() not in _MARKDOWN | _PLAIN:
        raise UnreadableFile(
            f"{source.relative} is of a kind that Charter cannot read.",
            "Convert it to Markdown (.md) or plain text (.txt), or take it out of the folder.",
        )
    try:
        if source.path.stat().st_size > _LARGEST:
            raise UnreadableFile(f"{source.relative} is larger than 50 MB.", "Split it into parts.")
        data = source.path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{source.relative} cannot be read: {error.strerror}.",
            "Let the account that runs Charter read it.",
        ) from error
    _refuse_containers(data, source.relative)
    return data


def _refuse_containers(data: bytes, name: str) -> None:
    for mark, kind in _CONTAINERS.items():
        if data.startswith(mark):
            raise UnreadableFile(
                f"{name} is named as text but is {kind} file.",
                "Convert it to Markdown or plain text.",
            )


def _parse(text: str, start: int, source: SourceFile) -> tuple[list[Raw], tuple[str, ...]]:
    """Return the blocks that the file's format gives, and a note if it had to be read as text."""
    if source.path.suffix.lower() in _PLAIN:
        return plain.parse(text, start), ()
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        return plain.parse(text, start), ("A line is too long for Markdown; read as plain text.",)
    try:
        return markdown.parse(text, start), ()
    except markdown.TooDeep:
        return plain.parse(text, start), ("Nested too deeply for Markdown; read as plain text.",)
