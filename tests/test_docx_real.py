"""Word files that others made, and the same text in two formats."""

import pytest
from reading import paths, read, rows, texts
from shared_documents import shared


def real(name):
    return read(shared(f"real/docx/{name}").read_bytes(), name="x.docx")


def test_a_file_of_the_strict_standard_is_read():
    assert texts(real("docling_Strict.docx")) == ["Some text"]


def test_a_procedure_has_its_headings_and_its_lists_with_what_introduces_them():
    document = real("ms_Hiring_Procedures.docx")
    assert document.metadata.title == "Hiring Procedures in Contoso"
    assert len(paths(document)) == 8
    items = [block for block in document.blocks if block.kind == "list_item"]
    assert len(items) == 7
    assert {block.lead_in for block in items} == {3}


def test_numbers_of_headings_are_computed():
    headings = texts(real("docling_unit_test_headers_numbered.docx"), "heading")
    assert headings[:6] == [
        "Test Document",
        "1. Section 1",
        "1.1. Section 1.1",
        "1.2. Section 1.2",
        "1.2.1. Section 1.2.3",
        "2. Section 2",
    ]


def test_lists_of_every_making_have_their_depths():
    document = real("docling_docx_lists.docx")
    depths = [block.depth for block in document.blocks if block.kind == "list_item"]
    assert depths[:20] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 2, 0, 0]


def test_merged_cells_of_every_making_have_their_places():
    found = rows(real("docling_word_tables.docx"))
    assert ["Cell 2.0", "Merged Cell 1.1 2.1", "Cell 2.2"] in found
    assert ["Cell 1.0", "Merged Cell 1.1 1.2", "Merged Cell 1.1 1.2", "Cell 1.3"] in found


def test_rows_that_lack_cells_are_padded():
    assert rows(real("unst_tables-with-incomplete-rows.docx"))[2:4] == [["a", ""], ["b", "c"]]


def test_a_header_that_is_only_bold_names_the_columns():
    document = real("docling_docx_rich_tables_01.docx")
    headers = {cell.header for block in document.blocks for cell in block.cells}
    assert headers == {"Feature", "Action Needed", "Comment/Links"}


def test_texts_in_frames_are_read_once():
    found = texts(real("docling_textbox.docx"))
    assert sum("within 24 hours" in text for text in found) == 1


@pytest.mark.parametrize("name", ["manual", "tools"])
def test_one_text_in_word_and_in_markdown_has_the_same_sections(name):
    folder = shared("real/opengov_hr_manual")
    word = read((folder / f"docx/{name}.docx").read_bytes(), name="x.docx")
    mark = read((folder / f"markdown/{name}.md").read_bytes(), name="x.md")
    # its Markdown was corrected at two places after its Word file was made
    same = set(paths(word)) & set(paths(mark))
    assert len(same) >= len(paths(mark)) - 1
    assert len(set(texts(word)) & set(texts(mark))) >= 0.88 * len(set(texts(mark)))
