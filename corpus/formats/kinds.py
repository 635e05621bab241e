"""Which format a file has: by what it holds, then by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from corpus.errors import DamagedFile, EncryptedFile, WrongFormat

Format = Literal[
    "markdown", "plain", "html", "docx", "pdf", "pptx", "xlsx", "csv", "odt", "eml", "zip"
]

FORMATS: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".odt": "odt",
    ".eml": "eml",
    ".zip": "zip",
}
# read by their words alone; what they hold does not tell them apart
TEXT_FORMATS = frozenset[Format](("markdown", "plain", "html", "csv", "eml"))
READABLE = "Markdown, plain text, HTML, Word, PDF, PowerPoint, Excel, CSV, ODT, e-mail or ZIP"

_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # bytes; readers of PDF allow for as much before its mark
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OFFICE_PARTS: dict[str, Format] = {
    "word/document.xml": "docx",
    "word/document2.xml": "docx",  # as Word on the web names it
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
}
_ODT = b"application/vnd.oasis.opendocument.text"  # also -web, -template, -master
_LONGEST_TYPE = 200  # bytes


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file; its content counts before its name.

    Raises:
        WrongFormat: nothing that Charter reads.
        EncryptedFile: an Office file under a password.
        DamagedFile: a container that cannot be opened.
    """
    named = FORMATS.get(PurePosixPath(name).suffix.lower())
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_ZIP):
        return _packed(data, name, named)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise EncryptedFile(
                f"{name} is protected by a password.", "Save a copy of it without one."
            )
        raise WrongFormat(
            f"{name} is of an old Office format that Charter cannot read.",
            "Save it in today's format (.docx, .xlsx, .pptx).",
        )
    if named in TEXT_FORMATS:
        return named
    if named is None:
        raise WrongFormat(
            f"{name} is of a kind that Charter cannot read.",
            f"Save it as {READABLE}, or take it out of the folder.",
        )
    raise _broken(name)


def _packed(data: bytes, name: str, named: Format | None) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            for part, found in _OFFICE_PARTS.items():
                if part in parts:
                    return found
            if "mimetype" in parts:
                with archive.open("mimetype") as file:
                    if file.read(_LONGEST_TYPE).startswith(_ODT):
                        return "odt"
    # what a broken archive raises is documented nowhere and differs from place to place
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _broken(name) from error
    if named == "zip":
        return "zip"
    raise WrongFormat(
        f"{name} is a packed file of a kind that Charter cannot read.",
        f"Save it as {READABLE}, or take it out of the folder.",
    )


def _broken(name: str) -> DamagedFile:
    return DamagedFile(
        f"{name} is cut off or damaged: it cannot be opened.",
        "Open it in the program that made it, save it again, and put that copy here.",
    )
