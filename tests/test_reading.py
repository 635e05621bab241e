"""From a file to canonical text: formats, marks, places."""

from pathlib import Path

import pytest
from reading import paths, read, rows, text_of, texts

from corpus.errors import UnreadableFile
from corpus.files.folder import SourceFile
from corpus.read import read_document

DEEPER_THAN_READ = 250


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("Congé – 5 €".encode(), ""),
        ("\ufeffCongé – 5 €".encode(), ""),
        ("Congé – 5 €".encode("utf-16"), ""),
        (b"\xfe\xff" + "Congé – 5 €".encode("utf-16-be"), ""),
        ("Congé – 5 €".encode("utf-32"), ""),
    ],
)
def test_unicode_is_read_by_its_mark(data: bytes, note: str) -> None:
    document = read(data, name="a.txt")
    assert (document.text, "".join(document.notes)) == ("Congé – 5 €", note)


def test_older_encoding_is_guessed_and_noted() -> None:
    words = "Le congé est accordé à chaque employé après la période d’essai. " * 5
    document = read(words.encode("cp1252"), name="a.txt")
    assert document.text == words.strip()
    assert "it was read as" in document.notes[0]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.md", b"", "is empty"),
        ("a.md", b" \n\t\n", "is empty"),
        ("a.md", b"<!-- nothing -->", "has no text"),
        ("a.md", b"---\ntitle: Only this\n---\n", "has no text"),
        ("a.txt", b"A\0B", "is not a text file"),
        ("a.txt", b"\xff\xfeA", "is not the utf-16 text"),
        ("a.xyz", b"hello", "of a kind that Charter cannot read"),
        ("a.md", b"%PDF-1.7", "cannot be opened as a PDF"),
        ("a.txt", b"PK\x03\x04rest", "is cut off or damaged"),
    ],
)
def test_file_that_is_no_text_is_refused_with_its_name(
    name: str, data: bytes, message: str
) -> None:
    with pytest.raises(UnreadableFile, match=f"^{name} .*{message}"):
        read(data, name=name)


def test_file_over_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        read_document(SourceFile(path, "big.txt"))


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read: No such file"):
        read_document(SourceFile(tmp_path / "gone.md", "gone.md"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Bold**, *slanted*, `code` and ~", "Bold, slanted, code and ~"),
        ("See [the policy](https://example.org/a_(b) 'title').", "See the policy."),
        ("See [the policy][ref].\n\n[ref]: https://example.org", "See the policy."),
        ("See <https://example.org>.", "See https://example.org."),
        ("A ![seal](seal.png) here", "A seal here"),
        ("A<br>B <span class='x'>C</span><!-- no -->.", "A B C."),
        ("5 &lt; 6 &amp; R&eacute;sum&eacute; 2 \\* 3", "5 < 6 & Résumé 2 * 3"),
        ("one\ntwo  \nthree\\\nfour", "one two three four"),
        ("a\u00a0b \u2003 c\u00add\u200be", "a b cde"),
        ("Cafe\u0301", "Café"),
        ("> quoted\n> text", "quoted text"),
        ("```\ncode  here\n```", "code here"),
        ("    not code: an indented line", "not code: an indented line"),
        ("Go [there]({% page '/leave' %}) {{ site.name }}now.", "Go there now."),
        ("<div>\n<p>One &amp; two</p><p>Three</p>\n</div>", "One & two\n\nThree"),
        ("<style>p {}</style>\n\nText", "Text"),
        ("One\n\n---\n\nTwo", "One\n\nTwo"),
    ],
)
def test_marks_are_no_text(markdown: str, text: str) -> None:
    assert read(markdown).text == text


def test_character_has_the_place_that_it_came_from() -> None:
    source = "---\ntitle: T\n---\n\nSee **[bold](b)** &amp; \\*b\\*\n> b | c"
    document = read(source)
    found = {
        source[place]: document.text[position]
        for position in range(len(document.text))
        if (place := document.origin.source_of(position)) is not None
    }
    assert all(char == found[char] for char in found)
    second_b = document.text.index("*b*") + 1
    assert document.origin.source_of(second_b) == source.index("\\*b") + 2


def test_word_after_a_link_is_not_placed_inside_the_address() -> None:
    source = "[leave](https://leave.example)leave"
    document = read(source)
    place = document.origin.source_of(document.text.rindex("leave"))
    assert place == source.rindex("leave")


def test_blocks_are_parted_by_blank_lines_and_items_rows_and_cells_more_closely() -> None:
    text = read("# T\n\nA\n\n- b\n- c\n\n|h|i|\n|-|-|\n|j|k|\n|l|m|\n").text
    assert text == "T\n\nA\n\nb\nc\n\nj\tk\nl\tm"


def test_list_labels_are_text_and_bullets_are_not() -> None:
    document = read("1. one\n2. two\n\nText\n\n- three\n\nText\n\n* (a) four\n* (b) five\n")
    items = [block for block in document.blocks if block.kind == "list_item"]
    assert [text_of(document, item) for item in items] == [
        *["1. one", "2. two", "three", "(a) four", "(b) five"]
    ]
    assert [item.label for item in items] == ["1.", "2.", "", "(a)", "(b)"]
    assert [item.group for item in items] == [1, 1, 2, 3, 3]


def test_list_in_a_list_is_one_item_where_the_outer_one_has_no_text() -> None:
    document = read("- 1. one\n- 2. two\n- 3. three\n")
    assert texts(document) == ["1. one", "2. two", "3. three"]
    assert {(block.depth, block.group) for block in document.blocks} == {(0, 1)}


def test_nested_item_is_introduced_by_the_item_above_it() -> None:
    document = read("These:\n\n- a\n  - b\n    - c\n  - d\n- e\n")
    assert [(block.depth, block.lead_in) for block in document.blocks] == [
        *[(0, None), (0, 0), (1, 1), (2, 2), (1, 1), (0, 0)]
    ]
    assert len({block.group for block in document.blocks[1:]}) == 1


@pytest.mark.parametrize(
    ("before", "lead_in"),
    [("It has:\n\n", 0), ("It has\n", 0), ("It is so.\n\n", None), ("# It has:\n\n", None)],
)
def test_lead_in_ends_with_a_colon_or_stands_directly_above(
    before: str, lead_in: int | None
) -> None:
    item = read(f"{before}- one\n- two\n").blocks[1]
    assert (item.kind, item.lead_in) == ("list_item", lead_in)


def test_lettered_lines_are_items_of_their_clause() -> None:
    document = read(
        "3.2 Leave is granted\n(a) for rest;\n(b) for\nillness:\n(i) long;\n(ii) short.\n"
    )
    assert texts(document) == [
        *["3.2 Leave is granted", "(a) for rest;", "(b) for illness:", "(i) long;", "(ii) short."]
    ]
    assert [block.label for block in document.blocks] == ["3.2", "(a)", "(b)", "(i)", "(ii)"]
    assert [block.depth for block in document.blocks] == [0, 0, 0, 1, 1]
    assert [block.lead_in for block in document.blocks] == [None, 0, 0, 2, 2]


def test_paragraphs_with_letters_are_one_list() -> None:
    document = read("3.2 Leave is granted.\n\n(a) For rest;\n\n(b) For illness.\n\nOther text.")
    assert [block.kind for block in document.blocks] == [
        *["paragraph", "list_item", "list_item", "paragraph"]
    ]
    assert document.blocks[1].group == document.blocks[2].group
    assert [block.lead_in for block in document.blocks[1:3]] == [0, 0]


def test_reference_in_brackets_at_the_start_of_a_line_begins_no_list() -> None:
    assert len(read("The form is named in\n(b) of the annex.").blocks) == 1


def test_clauses_on_neighbouring_lines_are_paragraphs_of_their_own() -> None:
    document = read("3.1 One is so.\n3.2 Two is so,\nand so.\n3.3 Three.")
    assert [block.label for block in document.blocks] == ["3.1", "3.2", "3.3"]
    assert texts(document)[1] == "3.2 Two is so, and so."


def test_rows_of_an_html_table_are_rows() -> None:
    table = "<table><tr><th>Grade</th><th>Days</th></tr>"
    table += "<tr><td>P-1</td><td>20<br>or more</td></tr><tr><td>P-2</td><td>22</td></tr></table>"
    assert rows(read(table)) == [["P-1", "20 or more"], ["P-2", "22"]]


def test_plain_text_has_headings_paragraphs_and_bullets() -> None:
    document = read(
        "LEAVE POLICY FOR STAFF\n\n1. PURPOSE\n\nThis is\nthe purpose.\n\n2. SCOPE\n\n"
        "2.1 Who is covered\n\nAll staff:\n\n- at work\n- on\n  leave\n",
        name="policy.txt",
    )
    assert document.metadata.title == "LEAVE POLICY FOR STAFF"
    assert texts(document)[3:] == [
        *["2. SCOPE", "2.1 Who is covered", "All staff:", "at work", "on leave"]
    ]
    assert document.sections[-1].path == ("2. SCOPE", "2.1 Who is covered")
    assert document.sections[-1].number == "2.1"


def test_plain_text_table_is_read_by_its_tabs() -> None:
    document = read("Grade\tDays of leave\nP-1\t20\nP-2\t22\n", name="policy.txt")
    assert rows(document) == [["P-1", "20"], ["P-2", "22"]]


def test_line_too_long_for_markdown_is_read_as_plain_text() -> None:
    document = read("*word* " * 40_000)
    assert document.text.startswith("*word* *word*")
    assert document.notes == ("A line is too long for Markdown; read as plain text.",)


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_deep_nesting_loses_no_text(mark: str) -> None:
    document = read("before\n\n" + mark * DEEPER_THAN_READ + "innermost\n\nafter")
    assert "innermost" in document.text
    assert document.notes == ("Nested too deeply for Markdown; read as plain text.",)


def test_the_same_bytes_give_the_same_document() -> None:
    source = "# A\n\nText.\n\n- b\n"
    assert read(source) == read(source)


def test_a_new_page_of_plain_text_begins_a_paragraph() -> None:
    document = read("1. Scope\n\nText.\n\nPage 1\f2. Rules\n\nMore.\n", name="policy.txt")
    assert paths(document) == ["1. Scope", "2. Rules"]
