"""Word and OpenDocument files that are broken or made to do harm."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from office_files import (
    HEADING_STYLES,
    docx,
    heading,
    levels,
    numbered,
    odt,
    packed,
    paragraph,
    table,
)

from corpus.errors import DamagedFile, FileTooLarge, UnreadableFile
from corpus.formats import docx as word
from corpus.formats import odt as open_document

SOUND = docx(
    heading("Leave") + numbered("Ask.") + table(["P2", "30"], ["P3", "31"]) + paragraph("End."),
    styles=HEADING_STYLES,
    numbering=levels(("decimal", "%1.")),
)


def test_a_file_without_its_text_part_is_damaged():
    with pytest.raises(DamagedFile):
        word.parse(packed({"[Content_Types].xml": "<Types/>"}), "x.docx")


def test_entities_are_never_read():
    bomb = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><w>&x;</w>'
    for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
        with pytest.raises(DamagedFile):
            word.parse(docx(paragraph("Words."), parts={part: bomb}), "x.docx")


def test_tables_nested_without_end_are_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000
    with pytest.raises(FileTooLarge):
        word.parse(docx(deep), "x.docx")


def test_lists_nested_without_end_are_refused():
    deep = "<text:list><text:list-item>" * 10_000 + "</text:list-item></text:list>" * 10_000
    with pytest.raises(FileTooLarge):
        open_document.parse(odt(deep), "x.odt")


def test_tables_nested_as_deep_as_a_file_may_be_are_read():
    inner = paragraph("Deep inside.")
    for _ in range(40):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"
    assert word.parse(docx(inner), "x.docx").blocks


def test_a_table_of_too_many_cells_is_refused():
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc><w:tc/>'
    with pytest.raises(FileTooLarge):
        word.parse(docx(f"<w:tbl>{f'<w:tr>{wide}</w:tr>' * 2_100}</w:tbl>"), "x.docx")


def test_numbers_that_are_none_are_left_out_of_account():
    odd = '<w:outlineLvl w:val="-3"/><w:ind w:left="many"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = '<w:style w:styleId="x"><w:rPr><w:sz w:val="1e9pt"/></w:rPr></w:style>'
    numbering = levels(("decimal", "%1.")).replace('w:start w:val="1"', 'w:start w:val="x"')
    parsed = word.parse(
        docx(paragraph("Words.", odd), styles=styles, numbering=numbering), "x.docx"
    )
    assert [block.text.text for block in parsed.blocks] == ["1. Words."]


def test_the_strict_standard_and_another_encoding_are_read():
    strict = docx(paragraph("Words.", '<w:ind w:start="36pt"/>'))
    with zipfile.ZipFile(BytesIO(strict)) as archive:
        text = archive.read("word/document.xml").decode()
    changed = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    for encoded in (
        changed.encode(),
        f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode("utf-16"),
    ):
        parsed = word.parse(packed({"word/document.xml": encoded}), "x.docx")
        assert [block.text.text for block in parsed.blocks] == ["Words."]


@pytest.mark.parametrize("seed", range(120))
def test_a_garbled_file_ends_in_a_document_or_a_named_error(seed):
    chance = random.Random(seed)  # noqa: S311  it decides which bytes are changed, no secret
    parts = {}
    with zipfile.ZipFile(BytesIO(SOUND)) as archive:
        for name in archive.namelist():
            parts[name] = bytearray(archive.read(name))
    target = parts[chance.choice([name for name in parts if name.startswith("word/")])]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(target))
        match chance.randrange(3):
            case 0:
                target[place] = chance.randrange(256)
            case 1:
                del target[place : place + chance.randrange(60)]
            case _:
                end = place + chance.randrange(200)
                target[place:place] = target[place:end]
    data = packed({name: bytes(content) for name, content in parts.items()})
    with suppress(UnreadableFile):
        assert word.parse(data, "x.docx").blocks
