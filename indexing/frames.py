"""What goes between the process that indexes and those that read: frames, and what is in them.

A frame is one byte for its kind, eight for the length of what follows, and that. It is JSON, or
bytes as they are: a reading process has parsed a file that anyone may have made, so nothing from
it is ever unpickled, and all of it is checked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus import errors
from corpus.errors import UnreadableFile
from corpus.files.folder import SourceFile
from corpus.model import Block, Document
from corpus.places import Drawing

PROGRESS, RESULT, BOXES, ERROR, NO_MEMORY, ESCAPED = b"P", b"R", b"B", b"E", b"M", b"X"
HEADER = 9  # bytes

DOCUMENT = TypeAdapter(Document)
MEMBERS = TypeAdapter(tuple[SourceFile, ...])
PAGES = TypeAdapter(tuple[int, int])
FAULT = TypeAdapter(tuple[str, str, str])  # name of its class, problem, remedy

_LONGEST_SENTENCE = 2_000  # characters of a problem or remedy
_CORNERS = 8  # bytes of one character's box
_LEAVES: dict[str, type[UnreadableFile]] = {
    name: leaf
    for name, leaf in vars(errors).items()
    if isinstance(leaf, type) and issubclass(leaf, UnreadableFile)
}


class BadFrame(Exception):
    """A reading process sent what it never sends while it works as it should."""


class TooMuch(BadFrame):
    """It sent more than is allowed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, and the limits that the process sets itself before it does.

    Attributes:
        number: names the job between the two processes.
        function: "module:name" of what reads it; takes a SourceFile and ``on_page``.
        gives: what the function returns.
        memory: address space, bytes.
        seconds: of processor time.
        drawing: what the function is given besides, where it draws a page.
    """

    number: int
    function: str
    gives: str
    source: SourceFile
    memory: int
    seconds: int
    drawing: Drawing | None = None


JOB = TypeAdapter(Job)


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return one frame."""
    return kind + len(payload).to_bytes(8, "big") + payload


class Frames:
    """Takes bytes as they come and gives whole frames; raises TooMuch."""

    def __init__(self, largest: int) -> None:
        self._buffer = bytearray()
        self._left = largest

    def feed(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """Return the frames that are whole now, as kind and payload."""
        self._left -= len(chunk)
        if self._left < 0:
            raise TooMuch
        self._buffer += chunk
        whole = []
        while len(self._buffer) >= HEADER:
            end = HEADER + int.from_bytes(self._buffer[1:HEADER], "big")
            if len(self._buffer) < end:
                break
            whole.append((bytes(self._buffer[:1]), bytes(self._buffer[HEADER:end])))
            del self._buffer[:end]
        return whole


def document_frames(document: Document) -> bytes:
    """Return a document as frames: without its path, which the other side knows."""
    told = DOCUMENT.dump_json(replace(document, path="", boxes=b""))
    return frame(RESULT, told) + frame(BOXES, document.boxes)


def document_of(told: bytes, boxes: bytes, source: SourceFile) -> Document:
    """Return the document that was sent; raises BadFrame."""
    try:
        document = DOCUMENT.validate_json(told, strict=True)
    except ValidationError as error:
        raise BadFrame(str(error)[:_LONGEST_SENTENCE]) from error
    if not _is_sound(document) or len(boxes) % _CORNERS:
        raise BadFrame("a place outside of its document")
    return replace(document, path=source.relative, boxes=boxes)


def members_of(told: bytes, source: SourceFile) -> tuple[SourceFile, ...]:
    """Return the files that were found in an archive; raises BadFrame."""
    try:
        members = MEMBERS.validate_json(told, strict=True)
    except ValidationError as error:
        raise BadFrame(str(error)[:_LONGEST_SENTENCE]) from error
    if not all(_is_inside(member, source) for member in members):
        raise BadFrame("a member of another file")
    return members


def fault_frame(error: UnreadableFile) -> bytes:
    """Return the frame of a named error."""
    sentences = (_printable(error.problem), _printable(error.remedy))
    return frame(ERROR, FAULT.dump_json((type(error).__name__, *sentences)))


def fault_of(told: bytes) -> UnreadableFile:
    """Return the error that was sent; raises BadFrame."""
    try:
        name, problem, remedy = FAULT.validate_json(told, strict=True)
        return _LEAVES[name](problem[:_LONGEST_SENTENCE], remedy[:_LONGEST_SENTENCE])
    except (ValidationError, KeyError) as error:
        raise BadFrame("no error that is known") from error


def pages_of(told: bytes) -> tuple[int, int]:
    """Return how many pages are finished, and of how many; raises BadFrame."""
    try:
        return PAGES.validate_json(told, strict=True)
    except ValidationError as error:
        raise BadFrame("no number of pages") from error


def is_text(path: Path, relative: str) -> bool:
    """Tell whether a file's name can be written down; on Linux it may be any bytes."""
    try:
        f"{path}{relative}".encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_inside(member: SourceFile, source: SourceFile) -> bool:
    """Tell whether a file is another one or inside of it, under the same sidecar and settings."""
    relative = "/".join((source.relative, *member.member))
    inside = (member.member, member.member_sidecar, member.around)
    return member == replace(
        source, relative=relative, member=inside[0], member_sidecar=inside[1], around=inside[2]
    )


def _is_sound(document: Document) -> bool:
    """Tell whether all positions lie inside of what they point into."""
    length, blocks, sections = len(document.text), len(document.blocks), len(document.sections)
    origin = document.origin
    return (
        all(_block_is_sound(block, length, blocks, sections) for block in document.blocks)
        and all(0 <= one.start <= one.end <= length for one in document.sections)
        and all(one.parent is None or 0 <= one.parent < sections for one in document.sections)
        and len(origin.starts) == len(origin.sources) == len(origin.lengths)
        and min(origin.starts + origin.sources + origin.lengths, default=0) >= 0
    )


def _block_is_sound(block: Block, length: int, blocks: int, sections: int) -> bool:
    return (
        0 <= block.start <= block.end <= length
        and 0 <= block.section < sections
        and (block.lead_in is None or 0 <= block.lead_in < blocks)
        and all(0 <= cell.start <= cell.end <= length for cell in block.cells)
    )


def _printable(sentence: str) -> str:
    return sentence.encode("utf-8", "replace").decode()
