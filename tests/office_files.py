"""Small Word and OpenDocument files for the tests, from the XML of their parts."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_SPACES = (
    " ".join(
        f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("meta", "meta"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
HEADING_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in range(1, 4)
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return file.getvalue()


def docx(body: str, *, parts: Mapping[str, str] | None = None, **roots: str) -> bytes:
    """Return a Word file with this XML in its body.

    ``styles="…"``, ``numbering="…"``, ``footnotes="…"`` and the like are the insides of the roots
    of the parts of those names; ``parts`` are whole parts by their paths.
    """
    files = {"[Content_Types].xml": "<Types/>", "word/document.xml": _document(body)}
    for name, inside in roots.items():
        files[f"word/{name}.xml"] = f"<w:{name} {_SPACES}>{inside}</w:{name}>"
    return packed(files | dict(parts or {}))


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of one run; the second and third are the insides of pPr and rPr."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, f'<w:pStyle w:val="Heading{level}"/>')


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph of the list ``number``."""
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def levels(*patterns: tuple[str, str], number: int = 1, extra: str = "") -> str:
    """Return a numbering of levels (format, text); ``extra`` goes into each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for n, (kind, text) in enumerate(patterns)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    )


def table(*rows: list[str], properties: str = "", header: int = 0) -> str:
    """Return a table of texts; a text that begins with "<" is the inside of its cell.

    The first ``header`` rows are marked as repeated on every page.
    """
    lines = ""
    for number, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if number < header else ""
        cells = (text if text.startswith("<") else paragraph(text) for text in row)
        lines += f"<w:tr>{mark}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{lines}</w:tbl>"


def odt(body: str, *, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """Return an OpenDocument text with this XML in its body."""
    content = (
        f"<office:document-content {_ODF_SPACES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_ODF_SPACES}><office:styles>{styles}"
        "</office:styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {_ODF_SPACES}><office:meta>{meta}"
        "</office:meta></office:document-meta>",
    }
    return packed(files)


def _document(body: str) -> str:
    return f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
