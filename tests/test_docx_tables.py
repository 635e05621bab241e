"""Tables of Word files."""

from office_files import docx, heading, levels, numbered, paragraph, table
from reading import read, rows, text_of, texts

BOLD = "<w:b/>"


def cell(text, properties=""):
    """Return a whole cell; to stand in a row of cells."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def grid(*lines):
    """Return a table of rows of cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def parsed(body, **roots):
    return read(docx(body, **roots), name="x.docx")


def headers(document):
    return [
        [cell.header for cell in block.cells]
        for block in document.blocks
        if block.kind == "table_row"
    ]


def test_rows_that_are_repeated_on_every_page_are_one_header():
    body = table(["", "2024", "2025"], ["Grade", "Days", "Days"], ["P2", "30", "31"], header=2)
    document = parsed(body)
    assert rows(document) == [["P2", "30", "31"]]
    assert headers(document) == [["Grade", "2024 Days", "2025 Days"]]


def test_a_header_cell_over_several_columns_names_each():
    span = '<w:gridSpan w:val="2"/>'
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    body = grid(
        head + cell("Grade", '<w:vMerge w:val="restart"/>') + cell("Days", span),
        head + cell("", "<w:vMerge/>") + cell("Annual") + cell("Sick"),
        cell("P2") + cell("30") + cell("12"),
    )
    for marked in (body, body[::-1].replace(head[::-1], "", 1)[::-1]):  # the first alone, too
        assert headers(parsed(marked)) == [["Grade", "Days Annual", "Days Sick"]]


def test_a_first_row_that_its_style_sets_apart_is_the_header():
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid Table 4"/>'
        '<w:tblStylePr w:type="firstRow"/></w:style>'
    )
    for look in ('w:firstRow="1"', 'w:val="04A0"'):
        use = f'<w:tblStyle w:val="Grid"/><w:tblLook {look}/>'
        document = parsed(table(["Grade", "Days"], ["P2", "30"], properties=use), styles=styles)
        assert headers(document) == [["Grade", "Days"]]
    off = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="0" w:val="0480"/>'
    document = parsed(table(["Grade", "Days"], ["P2", "30"], properties=off), styles=styles)
    assert rows(document) == [["Grade", "Days"], ["P2", "30"]]


def test_a_first_row_that_alone_is_bold_or_coloured_is_the_header():
    bold = table(*[[paragraph(t, run=BOLD) for t in ("Grade", "Days")], ["P2", "30"]])
    assert headers(parsed(bold)) == [["Grade", "Days"]]
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
    coloured = grid(cell("Grade", fill) + cell("Days", fill), cell("P2") + cell("30"))
    assert headers(parsed(coloured)) == [["Grade", "Days"]]


def test_a_table_without_a_header_has_none():
    assert headers(parsed(table(["Grade", "P2"], ["Days", "30"]))) == [["", ""], ["", ""]]


def test_cells_that_are_merged_down_or_across_say_so():
    body = grid(
        cell("P2", '<w:vMerge w:val="restart"/>') + cell("Annual") + cell("30"),
        cell("", "<w:vMerge/>") + cell("Sick leave: ask", '<w:gridSpan w:val="2"/>'),
    )
    document = parsed(body)
    assert rows(document) == [
        ["P2", "Annual", "30"],
        ["P2", "Sick leave: ask", "Sick leave: ask"],
    ]
    first, second = (block.cells for block in document.blocks)
    assert (first[0].start, first[0].end) == (second[0].start, second[0].end)


def test_cells_merged_across_in_the_old_way_are_too():
    body = grid(
        cell("Both", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>"),
        cell("P2") + cell("30"),
    )
    assert rows(parsed(body)) == [["Both", "Both"], ["P2", "30"]]


def test_short_rows_and_rows_that_begin_late_keep_their_columns():
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = grid(cell("a") + cell("b"), cell("c"), late + cell("d"))
    assert rows(parsed(body)) == [["a", "b"], ["c", ""], ["", "d"]]


def test_a_column_that_only_the_edges_of_other_rows_make_is_left_out():
    wide = '<w:gridSpan w:val="2"/>'
    body = grid(cell("a", wide) + cell("b"), cell("c", wide) + cell("d"))
    assert rows(parsed(body)) == [["a", "b"], ["c", "d"]]


def test_a_row_deleted_by_a_tracked_change_is_left_out_and_an_inserted_one_is_read():
    body = grid(
        cell("P2") + cell("30"),
        "<w:trPr><w:del/></w:trPr>" + cell("P3") + cell("31"),
        "<w:trPr><w:ins/></w:trPr>" + cell("P4") + cell("32"),
    )
    assert rows(parsed(body)) == [["P2", "30"], ["P4", "32"]]


def test_a_table_of_one_column_only_places_text():
    body = table([heading("Leave") + paragraph("Staff rest.")], ["They travel."])
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    )
    document = parsed(body, styles=styles)
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]


def test_lists_and_tables_in_a_cell_are_lines_of_it():
    items = numbered("Ask.") + numbered("Wait.")
    inner = table(["P2", "30"], ["P3", "31"])
    document = parsed(
        table(["Do", items], ["Days", inner + paragraph("")]), numbering=levels(("decimal", "%1."))
    )
    assert rows(document) == [["Do", "1. Ask. 2. Wait."], ["Days", "P2 | 30 P3 | 31"]]


def test_a_caption_stands_before_its_table_wherever_it_was_printed():
    styles = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>'
    caption = paragraph("Table 1: Days", '<w:pStyle w:val="C"/>')
    cells = table(["P2", "30"], ["P3", "31"])
    for body in (caption + cells, cells + caption, cells + paragraph("") + caption):
        document = parsed(body + paragraph("More words."), styles=styles)
        kinds = [block.kind for block in document.blocks]
        assert kinds == ["caption", "table_row", "table_row", "paragraph"]
        assert document.blocks[1].lead_in == 0


def test_a_counted_line_is_a_caption_whatever_its_style():
    counter = (
        '<w:fldSimple w:instr=" SEQ Tabelle \\* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    line = f"<w:p><w:r><w:t xml:space='preserve'>Tabelle </w:t></w:r>{counter}</w:p>"
    assert texts(parsed(line + table(["P2", "30"], ["P3", "31"])), "caption") == ["Tabelle 1"]


def test_a_first_row_over_the_whole_width_names_the_table():
    body = grid(
        cell("Days of leave", '<w:gridSpan w:val="2"/>'),
        cell("P2") + cell("30"),
        cell("P3") + cell("31"),
    )
    document = parsed(body)
    assert texts(document, "caption") == ["Days of leave"]
    assert rows(document) == [["P2", "30"], ["P3", "31"]]


def test_nothing_is_lost_when_all_rows_claim_to_be_headers():
    document = parsed(table(["P2", "30"], ["P3", "31"], header=2))
    assert rows(document) == [["P3", "31"]]
    assert headers(document) == [["P2", "30"]]
    below = grid(
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("a", '<w:vMerge w:val="restart"/>') + cell("b"),
        cell("", "<w:vMerge/>") + cell(""),
    )
    assert rows(parsed(below)) == [["a", "b"]]


def test_every_cell_has_its_place_in_the_text():
    document = parsed(table(["Grade", "Days"], ["P2", "30"], ["P3", ""], header=1))
    for block in document.blocks:
        assert text_of(document, block) == "\t".join(
            document.text[cell.start : cell.end] for cell in block.cells
        )
