"""PDF: tables, ruled or not, over pages, with merged cells."""

from pdf_pages import bold, grid, pdf, prose, rule, text
from reading import read, rows, texts

XS = (60, 200, 340, 500)
ROWS = [
    ("Grade", "Days", "Notice"),
    ("P1", "25", "one week"),
    ("P2", "28", "two weeks"),
    ("D1", "30", "a month"),
]


def cells(lines: list[tuple[str, ...]], top: float = 100, *, head: bool = True) -> str:
    return "".join(
        (bold if head and not number else text)(x + 5, top + 20 * number + 14, words)
        for number, line in enumerate(lines)
        for x, words in zip(XS, line, strict=False)
        if words
    )


def ys(count: int, top: float = 100) -> list[float]:
    return [top + 20 * n for n in range(count + 1)]


def headers(document) -> list[str]:
    return [cell.header for block in document.blocks for cell in block.cells][:3]


def test_a_ruled_table_has_its_cells_and_headers():
    document = read(pdf(grid(XS, ys(4)) + cells(ROWS)), name="a.pdf")
    assert rows(document) == [list(row) for row in ROWS[1:]]
    assert headers(document) == list(ROWS[0])


def test_a_table_with_rules_across_only_and_one_without_any_are_tables():
    across = "".join(rule(60, y, 500, y) for y in ys(4))
    for drawing in (across, ""):
        document = read(pdf(drawing + cells(ROWS)), name="a.pdf")
        assert rows(document) == [list(row) for row in ROWS[1:]]


def test_rules_across_tell_rows_of_several_lines_apart():
    page = "".join(rule(60, y, 500, y) for y in (100, 120, 160, 200))
    page += cells([ROWS[0], ("P1 and", "25", "one"), ("P2", "", "week"), ("D1 and", "30", "a")])
    page += text(65, 194, "D2") + text(345, 194, "month")
    assert rows(read(pdf(page), name="a.pdf")) == [
        ["P1 and P2", "25", "one week"],
        ["D1 and D2", "30", "a month"],
    ]


def test_a_table_over_two_pages_is_one_under_one_header():
    second = [ROWS[0], ("D2", "31", "a month"), ("", "", "and a day")]
    first = grid(XS, ys(4, 700)) + cells(ROWS, 700)
    document = read(pdf(first, grid(XS, ys(3, 60)) + cells(second, 60)), name="a.pdf")
    assert len({block.group for block in document.blocks}) == 1
    assert rows(document)[:4] == [*map(list, ROWS[1:]), ["D2", "31", "a month"]]
    assert [block.page for block in document.blocks][:4] == [1, 1, 1, 2]


def test_a_row_that_a_page_cuts_is_one_row():
    first = grid(XS, ys(3, 700)) + cells([*ROWS[:2], ("P2", "28", "two weeks before")], 700)
    second = [ROWS[0], ("", "", "the leave begins"), ("D1", "30", "a month")]
    document = read(pdf(first, grid(XS, ys(3, 60)) + cells(second, 60)), name="a.pdf")
    assert rows(document) == [
        ["P1", "25", "one week"], ["P2", "28", "two weeks before the leave begins"],
        ["D1", "30", "a month"],
    ]  # fmt: skip


def test_a_merged_cell_counts_for_each_of_its_rows():
    lines = [rule(60, 100, 500, 100), rule(60, 120, 500, 120), rule(200, 140, 500, 140)]
    lines += [rule(60, 160, 500, 160), *(rule(x, 100, x, 160) for x in XS)]
    table = [ROWS[0], ("P1", "25", "one week"), ("", "28", "two weeks")]
    document = read(pdf("".join(lines) + cells(table)), name="a.pdf")
    assert rows(document) == [["P1", "25", "one week"], ["P1", "28", "two weeks"]]


def test_header_rows_over_several_columns_become_one_header_for_each():
    lines = [rule(60, 100, 500, 100), rule(200, 120, 500, 120), rule(60, 140, 500, 140)]
    lines += [rule(60, 160, 500, 160), rule(340, 120, 340, 160)]
    lines += [rule(x, 100, x, 160) for x in (60, 200, 500)]
    page = "".join(lines) + bold(65, 125, "Grade") + bold(205, 114, "Leave in days")
    page += bold(205, 134, "full") + bold(345, 134, "half")
    page += text(65, 154, "P1") + text(205, 154, "25") + text(345, 154, "50")
    document = read(pdf(page), name="a.pdf")
    assert headers(document) == ["Grade", "Leave in days full", "Leave in days half"]
    assert rows(document) == [["P1", "25", "50"]]


def test_prose_in_a_frame_is_no_table():
    page = grid((50, 520), (90, 140)) + prose(
        60, 105, ["Ask the staff council first.", "It helps."]
    )
    document = read(pdf(page), name="a.pdf")
    assert {block.kind for block in document.blocks} == {"paragraph"}
    assert "Ask the staff council first." in " ".join(texts(document))


def test_a_caption_stands_before_its_table():
    page = bold(60, 90, "Table 1: Days by grade") + grid(XS, ys(4)) + cells(ROWS)
    document = read(pdf(page), name="a.pdf")
    assert document.blocks[0].kind == "caption"
    assert document.blocks[1].lead_in == 0
