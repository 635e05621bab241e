"""Where the parts of a Word file stand."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml.etree import _Element as Element

from corpus.errors import DamagedFile
from corpus.formats.docx.names import read_part
from corpus.formats.package import Package

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts that matter for the text; None for one that is not there."""

    document: Element
    styles: Element | None
    numbering: Element | None
    settings: Element | None
    footnotes: Element | None
    endnotes: Element | None
    title: str


def read_parts(package: Package) -> Parts:
    """Return the parts; raises UnreadableFile when the main one is missing or one is broken."""
    main = _targets(package, "").get("officeDocument", _MAIN)
    main = main if main in package.names else _MAIN
    document = read_part(package, main)
    if document is None:
        raise DamagedFile(
            f"{package.name} holds no text part, so it is no Word document.",
            "Open it in the program that made it, save it again, and put that copy here.",
        )
    found = _targets(package, main)

    def related(kind: str) -> Element | None:
        return read_part(package, found.get(kind, f"word/{kind}.xml"))

    return Parts(
        document=document,
        styles=related("styles"),
        numbering=related("numbering"),
        settings=related("settings"),
        footnotes=related("footnotes"),
        endnotes=related("endnotes"),
        title=_title(package),
    )


def _targets(package: Package, path: str) -> dict[str, str]:
    """Return the paths of the parts that a part names inside the file, by the kind of relation."""
    folder, _, name = path.rpartition("/")
    root = read_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    targets: dict[str, str] = {}
    for relation in () if root is None else root.iter(_RELATION):
        target = relation.get("Target") or ""
        if target and relation.get("TargetMode") != "External":
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = target if target.startswith("/") else posixpath.join("/", folder, target)
            targets.setdefault(kind, posixpath.normpath(target).lstrip("/"))
    return targets


def _title(package: Package) -> str:
    path = _targets(package, "").get("core-properties", "docProps/core.xml")
    core = read_part(package, path)
    return "" if core is None else " ".join((core.findtext(f"{_DC}title") or "").split())
