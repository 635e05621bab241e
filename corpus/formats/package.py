"""Packed XML, as Word, PowerPoint, Excel and OpenDocument files are: opened with care."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from corpus.errors import DamagedFile, EncryptedFile, FileTooLarge, UnreadableFile
from corpus.files.archive import BROKEN

_MOST_ENTRIES = 10_000  # a long manual with a picture on each page has about a thousand
_MOST_UNPACKED = 200_000_000  # bytes of all entries; reading them must fit into 2 GiB of memory
_LARGEST_XML = 100_000_000  # bytes of one part that is read as a tree
_MOST_TAGS = 6_000_000  # of one part; a tree takes some 150 bytes for each
_SUSPECT = 20_000_000  # bytes of one entry from which on its ratio is looked at
_RATIO = 200  # unpacked to packed; the XML of real documents stays below 60
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that Office and ODF allow
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_XML = (".xml", ".rels", ".vml")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_TRICK = re.compile(r"^/|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_SAVE_AGAIN = "Open it in the program that made it, save it again, and put that copy here."
_LIMIT_CODES = frozenset(
    (
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
        etree.ErrorTypes.ERR_NAME_TOO_LONG,
        etree.ErrorTypes.ERR_NO_MEMORY,
    )
)


@dataclass(frozen=True, slots=True)
class Package:
    """An opened file of packed XML; its directory has been checked, its parts are read one by one.

    Attributes:
        name: of the file, for messages.
        names: of its parts, with forward slashes, as they are written.
    """

    name: str
    names: frozenset[str]
    archive: zipfile.ZipFile

    def part(self, path: str) -> bytes | None:
        """Return the bytes of a part, None if there is none of that name.

        Raises:
            DamagedFile: it cannot be unpacked.
        """
        if path not in self.names:
            return None
        try:
            return self.archive.read(path)
        except BROKEN as error:
            raise _damaged(self.name) from error

    def xml(self, path: str) -> etree._Element | None:
        """Return the root of a part's tree, None if there is no part of that name.

        Nothing outside is fetched, no entity expanded; comments and instructions are left out.
        The tree is at most 256 deep, so that walking it by recursion is safe.

        Raises:
            DamagedFile: it is no well-formed XML, or has a document type of its own.
            FileTooLarge: it is too large or too deep for a document.
        """
        data = self.part(path)
        return None if data is None else parse_xml(data, self.name)


def open_package(data: bytes, name: str) -> Package:
    """Open a file of packed XML.

    Args:
        data: the bytes of the file.
        name: of the file, for messages.

    Raises:
        DamagedFile: it is cut off, garbled or made to be understood in two ways.
        EncryptedFile: its entries are under a password.
        FileTooLarge: it unpacks to more than a document has.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise _damaged(name) from error
    _check_directory(archive.infolist(), name)
    return Package(name, frozenset(archive.namelist()), archive)


def check_package(data: bytes, name: str) -> None:
    """Refuse a file of packed XML that would harm a library that opens it by itself.

    Besides what ``open_package`` refuses: a document type in any XML part, of which entity bombs
    and references to other files are made. Errors as there.
    """
    package = open_package(data, name)
    for path in sorted(package.names):
        if path.lower().endswith(_XML) and any(map(_has_doctype, _chunks(package, path))):
            raise _with_doctype(name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of XML that is not trusted; as ``Package.xml``."""
    if _has_doctype(data):
        raise _with_doctype(name)
    if len(data) > _LARGEST_XML or data.count(b"<") // 2 > _MOST_TAGS:
        raise _too_large(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise (_too_large if _is_limit(error) else _damaged)(name) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise _damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in an encoding of its own
        raise _with_doctype(name)
    return root


def _is_limit(error: etree.XMLSyntaxError) -> bool:
    """Say whether the parser stopped at a limit of its own: depth, length or memory."""
    return error.code in _LIMIT_CODES  # type: ignore[attr-defined]  # the stubs leave it out


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse what no Office program writes; sizes as declared, and unpacking never passes them."""
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise _too_large(name)
    seen = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise EncryptedFile(
                f"{name} is protected by a password.", "Save a copy of it without one."
            )
        path = str(PurePosixPath(entry.filename.replace("\\", "/"))).casefold()
        if path in seen or _TRICK.search(entry.filename) or entry.compress_type not in _METHODS:
            raise _damaged(name)
        seen.add(path)
        if entry.file_size > _SUSPECT and entry.file_size > _RATIO * entry.compress_size:
            raise _too_large(name)


def _chunks(package: Package, path: str) -> Iterator[bytes]:
    """Yield a part piece by piece, each with the end of the one before."""
    before = b""
    try:
        with package.archive.open(path) as file:
            while chunk := file.read(_CHUNK):
                yield before + chunk
                before = chunk[-max(map(len, _DOCTYPES)) :]
    except BROKEN as error:
        raise _damaged(package.name) from error


def _has_doctype(data: bytes) -> bool:
    return any(mark in data for mark in _DOCTYPES)


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(f"{name} is cut off or damaged: it cannot be opened.", _SAVE_AGAIN)


def _with_doctype(name: str) -> UnreadableFile:
    return DamagedFile(
        f"{name} declares a document type of its own, which no document of its format has.",
        _SAVE_AGAIN,
    )


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(
        f"{name} unpacks to more, or is nested deeper, than a document needs.",
        "Split it into parts, or save it again in the program that made it.",
    )
