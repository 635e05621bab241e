"""PDF: tables inside columns, rules over some columns, hidden text, pictures beside text."""

from pdf_pages import HEIGHT, bold, grid, pdf, prose, rule, text
from reading import read, rows, texts
from shared_documents import shared

from corpus.formats.pdf import parse

LINES = [f"The staff member {word} the form to the desk every" for word in ("hands", "sends")] * 6
HEAD = ("Step", "Who", "What")
XS = (60, 110, 190, 280)


def row(top: float, *cells: str, shift: float = 0, head: bool = False) -> str:
    return "".join(
        (bold if head else text)(x + shift + 3, top, words)
        for x, words in zip(XS, cells, strict=False)
        if words
    )


def ruled(heights: list[float], shift: float = 0) -> str:
    return "".join(rule(XS[0] + shift, y, XS[-1] + shift, y) for y in heights)


def test_cells_that_hardly_more_than_a_space_parts_are_cells():
    lines = [("one", "Relocation Desk Unit", "Sends a list"), ("two", "Finance Officer", "Pays")]
    page = ruled([100, 120, 140, 160])
    for top, cells in zip((114, 134, 154), (HEAD, *lines), strict=True):
        for x, words in zip((63, 113, 191.5), cells, strict=True):
            page += text(x, top, words, 8, font="F2" if cells is HEAD else "F1")
    assert rows(read(pdf(page), name="a.pdf")) == [list(cells) for cells in lines]


def test_a_cell_goes_on_over_a_rule_that_does_not_reach_it():
    page = ruled([100, 120, 160, 180]) + rule(XS[1], 140, XS[-1], 140)
    page += row(114, *HEAD, head=True) + row(134, "one", "Desk", "Sends")
    page += row(154, "", "Office", "Pays") + row(174, "two", "Staff", "Signs")
    assert rows(read(pdf(page), name="a.pdf")) == [
        ["one", "Desk", "Sends"],
        ["one", "Office", "Pays"],
        ["two", "Staff", "Signs"],
    ]


def test_lines_far_apart_are_rows_and_an_empty_first_cell_is_the_one_above():
    page = row(114, *HEAD, head=True) + row(134, "one", "Desk", "Sends")
    page += row(154, "", "Office", "Pays") + row(174, "two", "Staff", "Signs")
    assert rows(read(pdf(page), name="a.pdf"))[1] == ["one", "Office", "Pays"]


def test_a_table_that_fills_a_column_is_read_before_the_column_beside_it():
    table = "".join(row(120 + 20 * n, f"{n}.", "Desk", "Sends") for n in range(8))
    page = ruled([86, *range(106, 270, 20)]) + row(100, *HEAD, head=True) + table
    document = read(pdf(page + prose(320, 100, LINES)), name="a.pdf")
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["table_row"] * 8 + ["paragraph"]


def test_a_table_goes_on_in_the_next_column_and_a_row_that_was_cut_is_one():
    left = prose(60, 140, LINES[:3]) + ruled([186, 206, 226, 246]) + row(200, *HEAD, head=True)
    left += row(220, "1", "Desk", "Sends") + row(240, "2", "Finance", "Pays the")
    right = ruled([120, 140, 160, 180], 260) + row(134, *HEAD, shift=260, head=True)
    right += row(154, "", "", "grant", shift=260) + row(174, "3", "Staff", "Signs", shift=260)
    assert rows(read(pdf(left + right), name="a.pdf")) == [
        ["1", "Desk", "Sends"],
        ["2", "Finance", "Pays the grant"],
        ["3", "Staff", "Signs"],
    ]


def test_rules_of_other_tables_do_not_make_a_table_of_the_headings_between_them():
    page = ""
    names = ["Safety on roads", "Speed of trains", "Cost of flights"]
    for top, name in zip((100, 200, 300), names, strict=True):
        page += (
            bold(60, top - 8, name)
            + bold(200, top - 8, "All staff")
            + grid(XS, [top, top + 20, top + 40])
        )
        page += row(top + 14, *HEAD, head=True) + row(top + 34, "1", "Desk", "Sends")
    document = read(pdf(page), name="a.pdf")
    assert rows(document) == [["1", "Desk", "Sends"]] * 3
    assert [block.partition(" All")[0] for block in texts(document)][::2] == names


def test_an_empty_first_cell_under_a_merged_one_belongs_to_it():
    lines = grid(XS, [100, 120]) + grid(XS[1:], [120, 140, 160]) + grid(XS, [160, 180, 200])
    lines += rule(XS[0], 100, XS[0], 200)
    page = lines + row(114, *HEAD, head=True) + row(134, "Safety", "Target", "12")
    page += row(154, "", "Actual", "11") + row(174, "", "Actual", "10")
    page += row(194, "Speed", "Target", "9")
    assert [cells[0] for cells in rows(read(pdf(page), name="a.pdf"))] == [
        *["Safety"] * 3,
        "Speed",
    ]


def test_a_word_too_long_for_its_cell_is_one_word():
    xs = (60, 107, 200)
    page = grid(xs, [100, 120, 160]) + bold(63, 114, "Objective") + bold(110, 114, "When")
    page += text(63, 134, "recruitm") + text(63, 146, "ent") + text(110, 134, "in March")
    page += prose(60, 300, ["Each recruitment is announced."])
    assert rows(read(pdf(page), name="a.pdf")) == [["recruitment", "in March"]]


def test_text_of_the_colour_behind_it_or_painted_over_is_left_out():
    def box(colour: str) -> str:
        return f"{colour} rg 50 {HEIGHT - 320} 200 40 re f "

    words = text(60, 300, "secret")
    hidden = {
        "blue on blue": box("0 0 1") + "0 0 1 rg " + words,
        "painted over": "0 g " + words + box("1 1 1"),
        "tiny": text(60, 300, "secret", 1),
    }
    for kind, drawing in hidden.items():
        document = read(pdf(prose(60, 100, LINES) + drawing + "0 g "), name="a.pdf")
        assert "secret" not in document.text, kind
    seen = {
        "on a round shape": "0 0 1 rg 50 500 m 50 600 300 600 300 500 c f 1 1 1 rg "
        + text(120, 300, "secret"),
        "beside a cover": words + box("1 1 1").replace("50 ", "260 ", 1),
        "outlined in black": "1 1 1 rg 1 Tr 0 G " + words + "0 Tr 0 g ",
    }
    for kind, drawing in seen.items():
        document = read(pdf(prose(60, 100, LINES) + drawing + "0 g "), name="a.pdf")
        assert "secret" in document.text, kind


def test_a_hyphen_before_and_stays_apart():
    page = prose(
        60, 100, ["All fixed-term, part-time and other short-", "and long-term contracts."]
    )
    assert "short- and long-term" in read(pdf(page), name="a.pdf").text


def test_a_picture_of_a_table_beside_text_is_reported():
    found = parse(shared("real/pdf/contoso_Benefit_Options.pdf").read_bytes(), "benefits.pdf")
    assert any(note.startswith("Page 4: a picture there seems to show") for note in found.notes)
