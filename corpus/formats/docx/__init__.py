"""Word (.docx): its paragraphs, lists, tables and notes as Word shows them."""

from __future__ import annotations

from corpus.errors import EmptyFile
from corpus.formats.docx.blocks import Body
from corpus.formats.docx.fields import Fields as WordFields
from corpus.formats.docx.names import W, child_of
from corpus.formats.docx.notes import read_notes
from corpus.formats.docx.numbering import read_numbering
from corpus.formats.docx.paragraphs import Words
from corpus.formats.docx.parts import Parts, read_parts
from corpus.formats.docx.styles import Styles, read_styles
from corpus.formats.package import open_package
from corpus.formats.wordtext.raw_blocks import as_raw
from corpus.formats.wordtext.seen import Seen
from corpus.formats.wordtext.tape import Tape
from corpus.metadata import Fields
from corpus.raw import Parsed


def parse(data: bytes, name: str) -> Parsed:
    """Return what a Word file holds; the original is the text of its paragraphs, one a line.

    Raises:
        UnreadableFile: it is damaged, under a password, too large, or holds no text at all.
    """
    parts = read_parts(open_package(data, name))
    styles = read_styles(parts.styles)
    body, seen = _read(parts, styles)
    blocks = as_raw(seen, name)
    if not blocks:
        raise _without_text(parts, name)
    return Parsed(
        original="".join(body.tape.parts),
        blocks=blocks,
        properties=Fields(title=parts.title or None, language=_language(styles)),
        notes=_notes(body),
    )


def _read(parts: Parts, styles: Styles) -> tuple[Body, list[Seen]]:
    """Walk through the body; once more, hiding nothing, when its fields have no proper ends."""
    for lenient in (False, True):
        fields = WordFields(lenient=lenient)
        body = Body(
            styles=styles,
            numbering=read_numbering(parts.numbering, styles),
            notes=read_notes(parts),
            words=Words(styles, fields),
            tape=Tape(),
        )
        root = child_of(parts.document, "body")
        seen = [] if root is None else body.read(root)
        if not fields.open:
            break
    return body, seen


def _without_text(parts: Parts, name: str) -> EmptyFile:
    if next(parts.document.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None:
        return EmptyFile(
            f"{name} holds pictures and no text.",
            "If they are scanned pages, save them as PDF: the text of scans is recognised there.",
        )
    return EmptyFile(f"{name} has no text.", "Remove it or give it some.")


def _language(styles: Styles) -> str | None:
    """Return the language of most of the text ("en"), without its country."""
    return styles.language.split("-")[0].lower() or None


def _notes(body: Body) -> tuple[str, ...]:
    notes = []
    if body.words.fields.lenient:
        notes.append("Its fields are broken; what they compute was read as text.")
    if body.inserted:
        notes.append(
            "A file that Word inserts when it opens this one was not read; open and save it in "
            "Word to make it part of the text."
        )
    if body.words.embedded:
        notes.append("Embedded files, diagrams or charts were not read.")
    return tuple(notes)
