"""OpenDocument text (.odt): its paragraphs, lists, tables and notes as a writer shows them."""

from __future__ import annotations

from lxml.etree import _Element as Element

from corpus.errors import DamagedFile, EmptyFile, EncryptedFile
from corpus.formats.odt.blocks import Body
from corpus.formats.odt.names import DC, DRAW, OFFICE
from corpus.formats.odt.numbering import Numbering
from corpus.formats.odt.styles import read_styles
from corpus.formats.package import Package, open_package
from corpus.formats.wordtext.raw_blocks import as_raw
from corpus.metadata import Fields
from corpus.raw import Parsed

_ENCRYPTED = b"encryption-data"


def parse(data: bytes, name: str) -> Parsed:
    """Return what an OpenDocument text holds; the original is its paragraphs, one a line.

    Raises:
        UnreadableFile: it is damaged, under a password, too large, or holds no text at all.
    """
    package = open_package(data, name)
    content = _content(package)
    styles = read_styles(content, package.xml("styles.xml"))
    body = Body(package, styles, Numbering(styles))
    root = content.find(f"{OFFICE}body/{OFFICE}text")
    blocks = as_raw([] if root is None else body.read(root), name)
    if not blocks:
        raise _without_text(content, name)
    return Parsed(
        original="".join(body.tape.parts),
        blocks=blocks,
        properties=Fields(title=_title(package) or None, language=styles.language or None),
        notes=("Embedded files or charts were not read.",) if body.embedded else (),
    )


def _content(package: Package) -> Element:
    if _ENCRYPTED in (package.part("META-INF/manifest.xml") or b""):
        raise EncryptedFile(
            f"{package.name} is protected by a password.", "Save a copy of it without one."
        )
    content = package.xml("content.xml")
    if content is None:
        raise DamagedFile(
            f"{package.name} holds no text part, so it is no OpenDocument text.",
            "Open it in the program that made it, save it again, and put that copy here.",
        )
    return content


def _title(package: Package) -> str:
    meta = package.xml("meta.xml")
    found = None if meta is None else meta.findtext(f"{OFFICE}meta/{DC}title")
    return " ".join((found or "").split())


def _without_text(content: Element, name: str) -> EmptyFile:
    if next(content.iter(f"{DRAW}image"), None) is not None:
        return EmptyFile(
            f"{name} holds pictures and no text.",
            "If they are scanned pages, save them as PDF: the text of scans is recognised there.",
        )
    return EmptyFile(f"{name} has no text.", "Remove it or give it some.")
