"""What the tests of reading share: a document from a string, and a document as a readable page."""

import tempfile
from pathlib import Path

from corpus.files.folder import list_files
from corpus.model import Block, Document
from corpus.read import read_document

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"


def read(content: str | bytes, *, name: str = "policy.md", sidecar: str = "") -> Document:
    """Read a file with this content; with a sidecar if one is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if sidecar:
            path.with_name(path.stem + ".meta.yaml").write_text(sidecar, encoding="utf-8")
        (source,) = list_files(Path(folder))
        return read_document(source)


def read_shipped(relative: str) -> Document:
    """Read a document of the default corpus."""
    (source,) = [source for source in list_files(CORPUS) if source.relative == relative]
    return read_document(source)


def text_of(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def texts(document: Document, kind: str = "") -> list[str]:
    """Return the texts of all blocks, or of those of one kind."""
    return [text_of(document, block) for block in document.blocks if kind in ("", block.kind)]


def paths(document: Document) -> list[str]:
    return [" › ".join(section.path) for section in document.sections if section.path]


def rows(document: Document) -> list[list[str]]:
    """Return every table row as the texts of its cells."""
    return [
        [document.text[cell.start : cell.end] for cell in block.cells]
        for block in document.blocks
        if block.kind == "table_row"
    ]


def outline(document: Document) -> str:
    """Return the document as a page that can be compared with the original by eye."""
    lines = [f"{document.metadata.title} ({document.key})"]
    lines += [f"note: {note}" for note in document.notes]
    section = None
    for number, block in enumerate(document.blocks):
        if block.section != section:
            section = block.section
            lines += ["", f"== {' › '.join(document.sections[section].path) or '(no section)'}"]
        lines += _described(document, number, block)
    return "\n".join(lines) + "\n"


def _described(document: Document, number: int, block: Block) -> list[str]:
    facts = [block.kind.replace("_", " ")]
    facts += [f"label {block.label}"] if block.label else []
    facts += [f"depth {block.depth}"] if block.depth else []
    facts += [f"group {block.group}"] if block.group is not None else []
    facts += [f"after {block.lead_in}"] if block.lead_in is not None else []
    head = f"{number} [{', '.join(facts)}]"
    if not block.cells:
        return [f"{head} {text_of(document, block)}"]
    cells = [
        f"    {'(from above) ' if cell.start < block.start else ''}"
        f"{cell.header}: {document.text[cell.start : cell.end]}".rstrip()
        for cell in block.cells
    ]
    return [head, *cells]
