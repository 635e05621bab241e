"""HTML: tables of data with merged cells, tables for layout, captions; footnotes."""

import pytest
from html_pages import blocks, page, said
from reading import read, rows, texts

from corpus.errors import FileTooLarge
from corpus.raw import Caption, Note, Paragraph, Table


def table(body: str) -> Table:
    (found,) = [block for block in blocks(body) if isinstance(block, Table)]
    return found


def header(found: Table) -> list[str]:
    return [" ".join(cell.text.split()) for cell in found.header]


def cells(found: Table) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row] for row in found.rows]


def test_the_head_of_a_table_heads_its_columns():
    found = table(
        "<table><thead><tr><th>Grade<th>Days</thead><tbody><tr><td>P3<td>30<tr><td>P4<td>32</table>"
    )
    assert header(found) == ["Grade", "Days"]
    assert cells(found) == [["P3", "30"], ["P4", "32"]]
    assert found.exact


@pytest.mark.parametrize(
    "top",
    [
        "<tr><th>Grade<th>Days",
        "<tr><td><b>Grade</b><td><b>Days</b>",
        "<tr><td style='font-weight:700'>Grade<td><p><strong>Days</strong></p>",
        "<thead><tr><td>Grade<td>Days</thead>",
    ],
)
def test_header_cells_or_bold_ones_at_the_top_are_the_header(top):
    found = table(f"<table>{top}<tr><td>P3<td>30<tr><td>P4<td>32</table>")
    assert header(found) == ["Grade", "Days"]


def test_a_header_of_two_rows_is_one_with_the_upper_words_first():
    found = table(
        "<table><tr><th rowspan=2>Grade<th colspan=2>Days<tr><th>Earned<th>Carried"
        "<tr><td>P3<td>30<td>5</table>"
    )
    assert header(found) == ["Grade", "Days Earned", "Days Carried"]
    assert cells(found) == [["P3", "30", "5"]]


def test_header_cells_at_the_left_are_cells():
    found = table("<table><tr><th>Owner<td>HR<tr><th>Version<td>3</table>")
    assert header(found) == []
    assert cells(found) == [["Owner", "HR"], ["Version", "3"]]


def test_merged_cells_belong_to_every_row_and_column_that_they_reach():
    document = read(
        page(
            "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>x<td>1<td>2<tr><td colspan=2>y"
            "<tr><td rowspan=0>z<td>3<td>4<tr><td>5<td>6</table>"
        ),
        name="t.html",
    )
    assert rows(document) == [["x", "1", "2"], ["x", "y", "y"], ["z", "3", "4"], ["z", "5", "6"]]


def test_cells_that_reach_over_rows_and_columns_leave_the_others_in_place():
    found = table(
        "<table border=1><tr><td colspan=2 rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    )
    assert cells(found) == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]
    assert found.above == {(1, 0)}
    assert found.left == {(0, 1), (1, 1)}


def test_no_cell_reaches_out_of_its_part():
    found = table("<table><thead><tr><th rowspan=9>A<th>B</thead><tbody><tr><td>1<td>2</table>")
    assert cells(found) == [["1", "2"]]
    assert found.above == frozenset()


def test_the_foot_of_a_table_comes_last_although_it_is_written_first():
    found = table(
        "<table><thead><tr><th>A<th>B</thead><tfoot><tr><td>sum<td>3</tfoot>"
        "<tbody><tr><td>x<td>3</table>"
    )
    assert cells(found) == [["x", "3"], ["sum", "3"]]


def test_columns_that_no_cell_begins_in_are_none():
    found = table(
        "<table border=1><tr><td colspan=4>a<td colspan=3>b<tr><td colspan=4>c<td colspan=2>d"
        "</table>"
    )
    assert cells(found) == [["a", "b"], ["c", "d"]]


def test_a_table_of_nothing_but_a_header_is_read():
    found = table("<table><thead><tr><th>A<th rowspan=2>B</thead><tbody><tr><td></table>")
    assert (header(found), cells(found)[0]) == ([], ["A", "B"])


def test_a_caption_stands_before_its_table_and_leads_in_to_it():
    document = read(
        page(
            "<p>a.</p><table><caption>Table 1. Days</caption><tr><th>A<th>B<tr><td>1<td>2</table>"
        ),
        name="t.html",
    )
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["paragraph", "caption", "table_row"]
    assert document.blocks[2].lead_in == 1


def test_the_caption_of_a_figure_is_a_caption():
    (found,) = blocks("<figure><img alt=x><figcaption>Figure 1. Steps</figcaption></figure>")
    assert isinstance(found, Caption)


def test_lists_and_paragraphs_in_a_cell_are_its_text():
    found = table(
        "<table><tr><th>A<th>B<tr><td><p>one</p><p>two</p><td><ol><li>x<li>y</ol></table>"
    )
    assert cells(found) == [["one two", "1. x 2. y"]]


def test_a_table_in_a_cell_of_data_is_text_of_that_cell():
    found = table(
        "<table><tr><th>A<th>B<tr><td>k<td><table border=1><tr><td>1<td>2<tr><td>3<td>4</table>"
        "</table>"
    )
    assert cells(found) == [["k", "1 2 3 4"]]


def test_a_table_in_a_cell_of_a_bordered_table_is_text_of_that_cell():
    inner = "<table border=1><tr><td>1<td>2</table>"
    found = table(f"<table border=1><tr><td>k<td>v<tr><td>l<td>{inner}</table>")
    assert cells(found) == [["k", "v"], ["l", "1 2"]]


@pytest.mark.parametrize(
    "frame",
    [
        "<table role=presentation><tr><td>{}<td>side<tr><td>c<td>d</table>",
        "<table><tr><td><h2>Scope</h2>{}<td>side<tr><td>c<td>d</table>",
        "<table><tr><td>{}<td>side</table>",
        "<table><tr><td>{}</table>",
        "<table><tr><td>top<td>of page<tr><td><p>one one one</p><p>{}</p><td>d</table>",
    ],
)
def test_a_table_that_only_lays_the_page_out_gives_paragraphs(frame):
    found = blocks(frame.format("A long text of the policy that goes on and on."))
    assert not any(isinstance(block, Table) for block in found)
    assert "A long text of the policy that goes on and on." in [b.text.text for b in found]


def test_data_inside_a_frame_is_a_table():
    inner = "<table><tr><th>A<th>B<tr><td>1<td>2</table>"
    assert cells(table(f"<table><tr><td>{inner}</td></tr></table>")) == [["1", "2"]]


def test_spans_that_were_made_to_do_harm_fill_nothing():
    wide = "<td colspan=99999999 rowspan=99999999>x"
    found = table(f"<table border=1>{('<tr>' + wide * 20) * 100}</table>")
    assert cells(found)[0] == ["x"] * 20


def test_a_table_of_millions_of_cells_is_refused():
    with pytest.raises(FileTooLarge):
        table(f"<table border=1><tr>{'<td>x' * 3000}{'<tr><td>x<td>y' * 1000}</table>")


NOTES = {
    "markdown": (
        "<p>Ten days<sup class=footnote-ref><a href='#fn1' id=fnref1>[1]</a></sup> a year.</p>"
        "<p>Next.</p><hr class=footnotes-sep><section class=footnotes><ol>"
        "<li id=fn1 class=footnote-item><p>Full time. <a href='#fnref1'>↩︎</a></p></li></ol>"
        "</section>"
    ),
    "pandoc": (
        "<p>Ten days<a href='#fn1' class=footnote-ref id=fnref1 role=doc-noteref><sup>1</sup></a>"
        " a year.</p><p>Next.</p><section id=footnotes role=doc-endnotes><h2>Notes</h2><hr/><ol>"
        "<li id=fn1><p>Full time.<a href='#fnref1' role=doc-backlink>↩︎</a></p></li></ol></section>"
    ),
    "word": (
        "<p class=MsoNormal>Ten days<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>"
        "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span>"
        "</span></a> a year.</p><p class=MsoNormal>Next.</p><div style='mso-element:footnote-list'>"
        "<br clear=all><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        "<a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Full time.</p></div></div>"
    ),
    "writer": (
        "<p>Ten days<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'>"
        "<sup>1</sup></a>"
        " a year.</p><p>Next.</p><div id=sdfootnote1><p class=sdfootnote><a class=sdfootnotesym "
        "name=sdfootnote1sym href='#sdfootnote1anc'>1</a>Full time.</p></div>"
    ),
    "google": (
        "<p><span>Ten days</span><sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup><span> a year."
        "</span></p><p>Next.</p><hr><div><p><a href='#ftnt_ref1' id=ftnt1>[1]</a><span> Full time."
        "</span></p></div>"
    ),
    "aside": (
        "<p>Ten days<a epub:type=noteref href='#n1'>1</a> a year.</p><p>Next.</p>"
        "<aside id=n1 role=doc-footnote>Full time.</aside>"
    ),
}


@pytest.mark.parametrize("kind", NOTES)
def test_a_note_stands_after_its_paragraph_and_its_mark_is_out_of_the_running_text(kind):
    found = blocks(NOTES[kind])
    mark = "[1]" if kind in ("markdown", "word", "google") else "1"
    assert [" ".join(b.text.text.split()) for b in found] == [
        "Ten days a year.",
        f"{mark} Full time.",
        "Next.",
    ]
    assert isinstance(found[1], Note)
    assert isinstance(found[2], Paragraph)


def test_notes_of_a_list_or_table_stand_after_it():
    note = "<p id=fn{0}><a href='#r{0}'>{0}</a> Note {0}.</p>"
    mark = "<a id=r{0} href='#fn{0}'>{0}</a>"
    document = read(
        page(
            f"<ul><li>a{mark.format(1)}<li>b</ul><table><tr><th>A<th>B{mark.format(2)}"
            f"<tr><td>1<td>2</table>{note.format(1)}{note.format(2)}"
        ),
        name="t.html",
    )
    assert texts(document) == ["a", "b", "1 Note 1.", "1\t2", "2 Note 2."]
    assert rows(document) == [["1", "2"]]


def test_a_raised_number_without_a_note_stays():
    assert said(
        "<p>Grade 5<sup>1</sup> and m<sup>2</sup>, see <a href='#x'>3</a></p><p id=x>a</p>"
    ) == [
        "Grade 51 and m2, see 3",
        "a",
    ]


def test_a_note_to_which_only_a_menu_refers_is_not_lost():
    body = (
        "<nav><a id=r1 href='#fn1'>1</a></nav><p>Text of the policy.</p>"
        "<p id=fn1><a href='#r1'>1</a> Kept.</p>"
    )
    assert said(body) == ["Text of the policy.", "1 Kept."]


def test_a_note_in_a_frame_of_its_own_may_run_over_paragraphs():
    body = (
        "<p>Ten days<a href='#_ftn1' name=_ftnref1>[1]</a>.</p><div id=ftn1><p>"
        "<a href='#_ftnref1' name=_ftn1>[1]</a> Full time.</p><p>Half for part time.</p></div>"
    )
    assert said(body) == ["Ten days.", "[1] Full time. Half for part time."]


def test_a_header_cell_over_rows_and_columns_heads_each_column_once():
    found = table(
        "<table><tr><th rowspan=2 colspan=2>Leave<th>Days<tr><th>P3<tr><td>a<td>b<td>c</table>"
    )
    assert header(found) == ["Leave", "Leave", "Days P3"]


@pytest.mark.slow
def test_a_long_table_is_read_in_a_time_that_grows_with_its_length():
    found = table(f"<table border=1>{'<tr><td>a<td>b' * 20_000}</table>")
    assert len(found.rows) == 20_000
