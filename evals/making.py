"""Make the documents of the reading gold set: ``python -m evals.making`` (needs LibreOffice).

A gold structure that is written out in full is laid out as an OpenDocument text and converted: so
the same words come as PDF, Word, OpenDocument and HTML, with everything around them that a reader
must leave out.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from PIL import Image

from corpus.files.folder import list_files
from corpus.model import Document
from corpus.read import read_document
from evals.gold import GoldBlock, read_gold

HERE = Path(__file__).parent / "reading_gold"
TEMPLATE = Path(__file__).parent / "made.fodt.template"
STRATEGIES = Path(__file__).parents[1] / "corpus" / "documents" / "strategies"
HEADER = "Sample organisation: staff policies"
FOOTER = "In force since 1 March 2025 – page"
HIDDEN = "This sentence is hidden and must not be read."
DELETED = "This sentence was deleted by a tracked change."
_DPI = 150
COMMENT = "This sentence is only a comment."


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is laid out.

    Attributes:
        columns: of the running text, tables included.
        rules: of tables: all lines, horizontal ones only, or none.
        numbered: headings are numbered by the program, so their numbers are no text.
        extras: a table of contents, hidden text and a comment are put in.
        tracked: so is a sentence that a tracked change deletes; LibreOffice prints it in a PDF.
    """

    columns: int = 1
    rules: str = "all"
    numbered: bool = False
    extras: bool = True
    tracked: bool = False


def main() -> None:
    """Write every made document beside its gold structure."""
    relocation = read_gold(HERE / "relocation-docx.gold")
    for name, look, formats in (
        ("relocation", Look(numbered=True, tracked=True), ("docx", "odt", "html")),
        ("relocation", Look(numbered=True), ("pdf",)),
        ("relocation-columns", Look(columns=2, rules="rows", extras=False), ("pdf",)),
        ("relocation-borderless", Look(rules="none", extras=False), ("pdf",)),
    ):
        _convert(name, document_xml(relocation.blocks, look), formats)
    _scan("relocation-borderless", "relocation-scan")
    for source in list_files(STRATEGIES):
        blocks = tuple(_blocks_of(read_document(source)))
        look = Look(extras=False)
        _convert(source.path.stem, document_xml(blocks, look), ("docx", "pdf"))


def document_xml(blocks: Sequence[GoldBlock], look: Look) -> str:
    """Return a flat OpenDocument text."""
    return TEMPLATE.read_text("utf-8").format(
        header=escape(HEADER),
        footer=escape(FOOTER),
        tracked=_TRACKED.format(deleted=escape(DELETED)) if look.tracked else "",
        columns=look.columns,
        border={"all": "0.5pt solid #000000", "rows": "none", "none": "none"}[look.rules],
        line="0.5pt solid #000000" if look.rules != "none" else "none",
        numbering=_NUMBERING if look.numbered else "",
        body="\n".join(_body(blocks, look)),
    )


def _convert(name: str, xml: str, formats: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.fodt"
        source.write_text(xml, "utf-8")
        for kind in formats:
            subprocess.run(  # noqa: S603  a fixed program on our own file
                [
                    _office(),
                    f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                    "--headless",
                    "--convert-to",
                    kind,
                    "--outdir",
                    folder,
                    str(source),
                ],
                check=True,
                capture_output=True,
            )
            shutil.copy(Path(folder) / f"{name}.{kind}", HERE / f"{name}.{kind}")


def _scan(name: str, scanned: str) -> None:
    """Write a PDF that holds nothing but grey pictures of another's pages, a little askew."""
    pictures = []
    with pypdfium2.PdfDocument(HERE / f"{name}.pdf") as pdf:
        for page in pdf:
            picture = page.render(scale=_DPI / 72).to_pil().convert("L")
            pictures.append(picture.rotate(0.4, fillcolor=255, resample=Image.Resampling.BICUBIC))
    first, *rest = pictures
    first.save(
        HERE / f"{scanned}.pdf", save_all=True, append_images=rest, resolution=_DPI, quality=55
    )


def _office() -> str:
    found = shutil.which("soffice")
    if found is None:
        raise SystemExit("LibreOffice is not installed: apt-get install libreoffice-writer")
    return found


def _body(blocks: Sequence[GoldBlock], look: Look) -> Iterator[str]:
    """Give the paragraphs, lists and tables; what is not a title stands in columns."""
    blocks = [block for block in blocks if block.kind != "furniture"]
    yield from (f'<text:p text:style-name="Title">{_words(b)}</text:p>' for b in blocks[:1])
    if look.extras:
        yield _CONTENTS.format(
            lines="".join(
                f'<text:p text:style-name="Contents">{_words(block)}<text:tab/>{page}</text:p>'
                for page, block in enumerate((b for b in blocks if b.kind == "heading"), 2)
            )
        )
        yield f'<text:p text:style-name="Hidden">{escape(HIDDEN)}</text:p>'
    if look.tracked:
        yield '<text:p><text:change text:change-id="c1"/></text:p>'
    yield '<text:section text:style-name="Columns" text:name="Body">'
    notes = _notes_after(blocks)
    for kind, run in groupby(enumerate(blocks[1:], 1), key=lambda one: _run_of(one[1])):
        places = [place for place, _ in run]
        if kind == "rows":
            for rows in _tables([blocks[place] for place in places]):
                yield _table(rows)
        elif kind == "items":
            yield _list([(blocks[place], notes.get(place, "")) for place in places])
        elif kind == "other":
            yield from (_paragraph(blocks[place], notes.get(place, ""), look) for place in places)
    yield "</text:section>"


def _run_of(block: GoldBlock) -> str:
    return {"row": "rows", "item": "items", "note": "notes"}.get(block.kind, "other")


def _notes_after(blocks: Sequence[GoldBlock]) -> dict[int, str]:
    """Return for each block the footnotes that the gold has after it, as XML."""
    notes: dict[int, str] = {}
    last = 0
    for place, block in enumerate(blocks):
        if block.kind != "note":
            last = place
            continue
        mark, _, text = block.text.partition(" ")
        notes[last] = notes.get(last, "") + (
            f'<text:note text:id="n{mark}" text:note-class="footnote"><text:note-citation>{mark}'
            f"</text:note-citation><text:note-body><text:p>{escape(text)}</text:p>"
            "</text:note-body></text:note>"
        )
    return notes


def _paragraph(block: GoldBlock, notes: str, look: Look) -> str:
    words = _words(block)
    if block.kind == "heading":
        number, _, rest = block.text.partition(" ")
        if look.numbered and number[0].isdigit():
            words = escape(rest)
        style = f"Heading_{block.level}"
        return (
            f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{words}</text:h>'
        )
    style = "Caption" if block.kind == "caption" else "Body"
    comment = ""
    if look.extras and notes:
        comment = f"<office:annotation><text:p>{escape(COMMENT)}</text:p></office:annotation>"
    return f'<text:p text:style-name="{style}">{words}{notes}{comment}</text:p>'


def _list(items: Sequence[tuple[GoldBlock, str]]) -> str:
    style = "Letters" if items[0][0].text.startswith("(") else "Bullets"
    entries = []
    for block, notes in items:
        words = block.text.partition(" ")[2] if style == "Letters" else block.text
        entries.append(
            f'<text:list-item><text:p text:style-name="Body">{escape(words)}{notes}</text:p>'
            "</text:list-item>"
        )
    return f'<text:list text:style-name="{style}">{"".join(entries)}</text:list>'


def _tables(rows: Sequence[GoldBlock]) -> Iterator[list[GoldBlock]]:
    for _, same in groupby(rows, key=lambda row: [cell[0] for cell in row.cells]):
        yield list(same)


def _table(rows: Sequence[GoldBlock]) -> str:
    """Write a table; what repeats the cell above in the first column, or at its left, merges."""
    headers = [header for header, _ in rows[0].cells]
    grid = [[text for _, text in row.cells] for row in rows]
    lines = [
        "<table:table-header-rows><table:table-row>"
        + "".join(_cell(header, "Header", "") for header in headers)
        + "</table:table-row></table:table-header-rows>"
        if any(headers)
        else ""
    ]
    for number, row in enumerate(grid):
        lines.append("<table:table-row>")
        column = 0
        while column < len(row):
            if not column and number and row[0] and grid[number - 1][0] == row[0]:
                lines.append("<table:covered-table-cell/>")
                column += 1
                continue
            right = column + 1
            while right < len(row) and row[right] and row[right] == row[column]:
                right += 1
            down = 1
            if not column and row[0]:
                while number + down < len(grid) and grid[number + down][0] == row[0]:
                    down += 1
            spans = f' table:number-rows-spanned="{down}"' if down > 1 else ""
            spans += (
                f' table:number-columns-spanned="{right - column}"' if right - column > 1 else ""
            )
            lines.append(_cell(row[column], "Cell", spans))
            lines.append("<table:covered-table-cell/>" * (right - column - 1))
            column = right
        lines.append("</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{len(headers)}"/>'
    return f'<table:table table:style-name="Table">{columns}{"".join(lines)}</table:table>'


def _cell(text: str, style: str, spans: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}"{spans}>'
        f'<text:p text:style-name="{style}Text">{escape(text)}</text:p></table:table-cell>'
    )


def _words(block: GoldBlock) -> str:
    return escape(block.text)


def _blocks_of(document: Document) -> Iterator[GoldBlock]:
    """Give a read document as blocks to lay out."""
    yield GoldBlock("title", document.metadata.title, None)
    for number, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        section = document.sections[block.section]
        if block.kind == "heading" and text != document.metadata.title:
            yield GoldBlock("heading", text, None, level=min(len(section.path), 4) or 1)
        elif block.kind == "list_item":
            yield GoldBlock("item", text, None)
        elif block.kind == "table_row":
            cells = tuple(
                (cell.header, document.text[cell.start : cell.end]) for cell in block.cells
            )
            yield GoldBlock("row", text, None, cells=cells)
        elif block.kind != "heading" or number:
            yield GoldBlock("paragraph", text, None)


_NUMBERING = (
    '<text:outline-style style:name="Outline">'
    '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix=". "/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"'
    ' style:num-suffix=" "/>'
    "</text:outline-style>"
)
_TRACKED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    "<dc:creator>Editor</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info>"
    "<text:p>{deleted}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
_CONTENTS = (
    '<text:table-of-content text:name="Contents"><text:table-of-content-source/>'
    '<text:index-body><text:p text:style-name="ContentsHead">Contents</text:p>{lines}'
    "</text:index-body></text:table-of-content>"
)


if __name__ == "__main__":
    main()
