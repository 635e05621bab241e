"""What holds for every text that can be read."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import CORPUS, read, read_shipped

from corpus.errors import UnreadableFile
from corpus.files.folder import list_files
from corpus.model import Document
from corpus.normalise import normalise
from corpus.passages import split
from corpus.sentences import sentences

PIECES = st.sampled_from(
    [
        *[
            "# ",
            "## ",
            "#### ",
            "**",
            "*",
            "`",
            "- ",
            "1. ",
            "(a) ",
            "(b) ",
            "3.2 ",
            "> ",
            "| ",
            "|-|",
        ],
        *[
            "\t",
            "\n",
            "\n\n",
            "\n  ",
            "\r\n",
            " ",
            "  ",
            "[a](b)",
            "![",
            "](",
            "&amp;",
            "&eacute;",
            "\\*",
        ],
        *[
            "<br>",
            "<td>",
            "<!--",
            "-->",
            "{%",
            "%}",
            "---\n",
            "ANNEX I",
            "Annex",
            "Of the",
            "visà-vis",
        ],
        *[
            "Word",
            "word",
            "fast- ",
            "strat-\n",
            "e.g. ",
            "Dr. ",
            "U.S. ",
            "3.5",
            ".",
            "; ",
            "? ",
            ": ",
        ],
        *[
            "\ue000",
            "文",
            "é",
            "e\u0301",
            "\u00ad",
            "\u00a0",
            "•",
            "•\t",
            "😀",
            "\u0000",
            "ك",
            "\u2028",
        ],
    ]
)
# tables, and what looks like nothing in their cells
TABLE_PIECES = st.sampled_from(
    [
        *["| ", "|", " | ", "\t", "\n", "| a | b |\n", "|---|---|\n", "a\tb\n", "a", "b", "."],
        *["\ufeff", "\u200b", "\u2060", "\u00ad", "\u00a0", "\ufdd0", "\ue000", "<td>", "<tr>"],
    ]
)
SOURCES = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(TABLE_PIECES, max_size=30).map("".join),
    st.lists(TABLE_PIECES, max_size=20).map(
        lambda pieces: "| a | b |\n|---|---|\n" + "".join(pieces)
    ),
)
NAMES = st.sampled_from(["a.md", "a.txt"])


def check(document: Document, original: str) -> None:
    """Everything that must hold between a document and the text that it was read from."""
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    check_blocks(document)
    check_sections(document)
    placed = 0
    for position, char in enumerate(text):
        place = document.origin.source_of(position)
        if place is not None:
            placed += not char.isspace()
            assert is_same(char, original[place])
    wanted = sum(not char.isspace() for char in text)
    assert placed >= 0.99 * wanted - 12  # a short text may be made of entities


def is_same(char: str, source: str) -> bool:
    """Say whether a character is the one at its place, or is composed from it."""
    if normalise(char) == normalise(source):
        return True
    return unicodedata.normalize("NFD", char)[0] == unicodedata.normalize("NFD", source)[0]


def check_blocks(document: Document) -> None:
    end = 0
    for number, block in enumerate(document.blocks):
        assert end <= block.start < block.end <= len(document.text)
        assert not document.text[end : block.start].strip()
        assert block.lead_in is None or block.lead_in < number
        for cell in block.cells:
            assert 0 <= cell.start <= cell.end <= block.end
        end = block.end
    assert end == len(document.text)


def check_sections(document: Document) -> None:
    anchors = [section.anchor for section in document.sections]
    assert len(set(anchors)) == len(anchors)
    for number, section in enumerate(document.sections):
        assert section.start <= section.end <= len(document.text)
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert section.parent < number
            assert parent.start <= section.start <= section.end <= parent.end
            assert section.path[:-1] == parent.path
    for block in document.blocks:
        section = document.sections[block.section]
        assert section.start <= block.start <= block.end <= section.end


def check_passages(document: Document) -> None:
    held: dict[int, int] = {}
    for ordinal, passage in enumerate(split(document)):
        assert passage.ordinal == ordinal
        assert passage.text.strip()
        blocks = document.blocks[passage.first : passage.last + 1]
        assert {block.section for block in blocks} == {passage.section}
        assert passage.start <= blocks[0].end
        assert passage.end <= blocks[-1].end
        for number in range(passage.first, passage.last + 1):
            held[number] = held.get(number, 0) + 1
    text = [n for n, block in enumerate(document.blocks) if block.kind != "heading"]
    assert sorted(held) == text
    long = [n for n, times in held.items() if times > 1]
    assert all(
        len(document.text[document.blocks[n].start : document.blocks[n].end].split()) > 180
        for n in long
    )


@settings(max_examples=400, deadline=None)
@given(SOURCES, NAMES)
def test_any_text_is_read_or_refused_and_every_place_holds(source: str, name: str) -> None:
    try:
        document = read(source.encode("utf-8", "surrogatepass"), name=name)
    except UnreadableFile:
        return
    check(document, source.removeprefix("\ufeff"))  # the decoder takes off a byte order mark
    check_passages(document)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), NAMES)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        document = read(data, name=name)
    except UnreadableFile:
        return
    check_blocks(document)
    check_passages(document)


@pytest.mark.parametrize("relative", [source.relative for source in list_files(CORPUS)])
def test_every_shipped_document_holds_together(relative: str) -> None:
    document = read_shipped(relative)
    check(document, (CORPUS / relative).read_text(encoding="utf-8"))
    check_passages(document)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_sentences_are_apart_and_hold_every_word(text: str) -> None:
    end = 0
    left = ""
    for start, stop in sentences(text, 0, len(text)):
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        left += text[end:start]
        end = stop
    assert not (left + text[end:]).strip()
