"""One small file of each format, made here byte by byte, to be broken or dressed up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import bad_pdf
import office_files

WORD = "One rule holds for all"  # stands in every file
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of these parts."""
    return office_files.packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx(body: str = "", links: str = "") -> bytes:
    """Return a Word file with a heading, a sentence and this XML after them."""
    parts = {"word/_rels/document.xml.rels": _links(links)} if links else {}
    return office_files.docx(
        office_files.heading("Rules") + office_files.paragraph(f"{WORD}.") + body, parts=parts
    )


def odt(body: str = "") -> bytes:
    """Return an OpenDocument text with a heading, a sentence and this XML after them."""
    return office_files.odt(f"<text:h>Rules</text:h><text:p>{WORD}.</text:p>{body}")


def odt_parts() -> dict[str, bytes]:
    return _parts(odt())


def docx_parts() -> dict[str, bytes]:
    return _parts(docx())


def _links(inside: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_LINKS}">{inside}</Relationships>'


def link(number: int, kind: str, target: str, *, outside: bool = False) -> str:
    """Return the relationship ``rId<number>`` to another part, or to an address outside."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def _types(**kinds: str) -> str:
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def xlsx(rows: str = "", after: str = "", links: str = "") -> bytes:
    """Return a workbook with one sheet: these rows, or one of a name and a sentence."""
    return packed(xlsx_parts(rows, after, links))


def xlsx_parts(rows: str = "", after: str = "", links: str = "") -> dict[str, bytes]:
    rows = rows or (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Rule</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Words</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c>'
        f'<c r="B2" t="inlineStr"><is><t>{WORD}.</t></is></c></row>'
    )
    parts = {
        "[Content_Types].xml": _types(
            **{
                "/xl/workbook.xml": "spreadsheetml.sheet.main",
                "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
            }
        ),
        "_rels/.rels": _links(link(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Rules" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(link(1, "worksheet", "worksheets/sheet1.xml") + links),
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{rows}'
        f"</sheetData>{after}</worksheet>",
    }
    return {name: part.encode() for name, part in parts.items()}


def pptx(links: str = "", shapes: str = "") -> bytes:
    """Return a presentation of one slide with a title and a sentence."""
    return packed(pptx_parts(links, shapes))


def pptx_parts(links: str = "", shapes: str = "") -> dict[str, bytes]:
    spaces = f'xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"'
    tree = (
        "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
    )
    parts = {
        "[Content_Types].xml": _types(
            **{
                "/ppt/presentation.xml": "presentationml.presentation.main",
                "/ppt/slides/slide1.xml": "presentationml.slide",
                "/ppt/slideLayouts/slideLayout1.xml": "presentationml.slideLayout",
                "/ppt/slideMasters/slideMaster1.xml": "presentationml.slideMaster",
            }
        ),
        "_rels/.rels": _links(link(1, "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"{_HEAD}<p:presentation {spaces}><p:sldMasterIdLst>"
        '<p:sldMasterId id="2147483648" r:id="rId2"/></p:sldMasterIdLst><p:sldIdLst>'
        '<p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": _links(
            link(1, "slide", "slides/slide1.xml")
            + link(2, "slideMaster", "slideMasters/slideMaster1.xml")
        ),
        "ppt/slides/slide1.xml": f"{_HEAD}<p:sld {spaces}><p:cSld><p:spTree>{tree}"
        f"{_shape(2, 'Rules', 'title')}{_shape(3, f'{WORD}.', 'body')}{shapes}"
        "</p:spTree></p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": _links(
            link(1, "slideLayout", "../slideLayouts/slideLayout1.xml") + links
        ),
        "ppt/slideLayouts/slideLayout1.xml": f"{_HEAD}<p:sldLayout {spaces}><p:cSld><p:spTree>"
        f"{tree}</p:spTree></p:cSld></p:sldLayout>",
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _links(
            link(1, "slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/slideMasters/slideMaster1.xml": f"{_HEAD}<p:sldMaster {spaces}><p:cSld><p:spTree>"
        f'{tree}</p:spTree></p:cSld><p:clrMap/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" '
        'r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>',
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _links(
            link(1, "slideLayout", "../slideLayouts/slideLayout1.xml")
        ),
    }
    return {name: part.encode() for name, part in parts.items()}


def _shape(number: int, text: str, kind: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/><p:cNvSpPr/><p:nvPr>'
        f'<p:ph type="{kind}" idx="{number}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def pdf() -> bytes:
    return bad_pdf.pdf([bad_pdf.words("Rules", f"{WORD}.", "It holds from today.")])


def html(body: str = "", head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>Rules</title>{head}</head><body><h1>Rules</h1>"
        f"<p>{WORD}.</p><table><tr><th>Rule</th><th>Days</th></tr><tr><td>Leave</td><td>30</td>"
        f"</tr></table>{body}</body></html>"
    ).encode()


def markdown() -> bytes:
    table = "| Rule | Days |\n|---|---|\n| Leave | 30 |\n"
    return f"# Rules\n\n{WORD}.\n\n- one\n- two\n\n{table}".encode()


def plain() -> bytes:
    return f"RULES\n\n1. {WORD}.\n\n2. It holds from today.\n".encode()


def csv() -> bytes:
    return f"Rule,Words\n1,{WORD}\n2,It holds from today\n".encode()


def eml(body: str = "", kind: str = "plain") -> bytes:
    text = body or f"{WORD}.\n\nIt holds from today.\n"
    return (
        "From: Human Resources <hr@example.org>\r\nTo: staff@example.org\r\nSubject: Rules\r\n"
        "Date: Mon, 1 Jan 2024 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{text}"
    ).encode()


def archive() -> bytes:
    return packed({"rules.md": markdown(), "more/rules.docx": docx()})


MAKERS: dict[str, Callable[[], bytes]] = {
    "md": markdown,
    "txt": plain,
    "html": html,
    "docx": docx,
    "pdf": pdf,
    "pptx": pptx,
    "xlsx": xlsx,
    "csv": csv,
    "odt": odt,
    "eml": eml,
    "zip": archive,
}
TEXTS = ("md", "txt", "html", "csv", "eml")
# the part that holds the words, and all parts
PACKAGES: tuple[tuple[str, str, Callable[[], dict[str, bytes]]], ...] = (
    ("docx", "word/document.xml", docx_parts),
    ("odt", "content.xml", odt_parts),
    ("xlsx", "xl/worksheets/sheet1.xml", xlsx_parts),
    ("pptx", "ppt/slides/slide1.xml", pptx_parts),
)
