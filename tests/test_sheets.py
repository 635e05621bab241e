"""Spreadsheets: sheets, tables in them, values as they are shown, what is hidden."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from reading import paths, read, rows, text_of, texts

from corpus.errors import DamagedFile, EmptyFile, FileTooLarge
from corpus.formats.sheets.number_format import shown

BOLD = Font(bold=True)


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def sheet_of(lines, *, title="Sheet1"):
    workbook = Workbook()
    workbook.active.title = title
    for line in lines:
        workbook.active.append(line)
    return workbook


def named(document, number=0):
    block = [block for block in document.blocks if block.kind == "table_row"][number]
    return [(cell.header, document.text[cell.start : cell.end]) for cell in block.cells]


def with_part(data, path, change):
    """Return a file with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == path else content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("0.38", "0%", "38%"),
        ("0.385", "0.0%", "38.5%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("1200", "#,##0.00 [$€-407]", "1,200.00 €"),
        ("1200", '"$"#,##0', "$1,200"),
        ("16500", "_-* #,##0.00 €_-;-* #,##0.00 €_-", "16,500.00 €"),
        ("0", '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "-"),
        ("1500000", '0.0,,"M"', "1.5M"),
        ("3", '0 "days"', "3 days"),
        ("5", "000", "005"),
        ("2.5", "# ?/?", "2 1/2"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("1.005", "0.00", "1.01"),
        ("0.30000000000000004", "General", "0.3"),
        ("12345678901234", "General", "12345678901234"),
        ("1e300", "General", "1E+300"),
        ("25", '[>=20]"many";[<20]"few"', "many"),
        ("7", ";;;", ""),
        ("45413", "mm-dd-yy", "2024-05-01"),
        ("45413", "dd/mm/yyyy", "2024-05-01"),
        ("45413.5", "dd/mm/yyyy hh:mm", "2024-05-01 12:00"),
        ("45413", "d mmmm yyyy", "1 May 2024"),
        ("45413", "mmm yyyy", "May 2024"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("-1", "d mmmm yyyy", "-1"),
        ("1E400", "0", "1E400"),
        ("abc", "0.00", "abc"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value, code, expected):
    assert shown(value, code) == expected


def test_days_may_be_counted_from_1904():
    assert shown("43951", "yyyy-mm-dd", since_1904=True) == "2024-05-01"


def test_a_bold_row_names_the_columns_and_the_title_above_is_the_heading():
    workbook = sheet_of([["Leave in 2024"], [], ["Grade", "Days"], ["A", 20], ["B", 25]])
    sheet = workbook.active
    sheet["A1"].font = sheet["A3"].font = sheet["B3"].font = BOLD
    document = read(saved(workbook), name="leave.xlsx")
    assert texts(document, "heading") == ["Leave in 2024"]
    assert named(document) == [("Grade", "A"), ("Days", "20")]


def test_each_sheet_that_is_shown_is_a_section():
    workbook = sheet_of([["City", "Rate"], ["Paris", 200], ["Rome", 180]], title="Rates")
    rules = workbook.create_sheet("Rules")
    rules.append(["Staff may claim the rate of the city in which they sleep."])
    secret = workbook.create_sheet("Secret")
    secret.append(["Not for you"])
    secret.sheet_state = "hidden"
    document = read(saved(workbook), name="allowances.xlsx")
    assert paths(document) == ["Rates", "Rules"]
    assert "Not for you" not in document.text
    assert "Hidden sheets were left out: Secret." in document.notes


def test_hidden_rows_and_columns_and_comments_are_left_out_with_a_note():
    lines = [["City", "Rate", "Internal"], ["Paris", 200, "x"], ["Rome", 180, "y"], ["Oslo", 9, ""]]
    workbook = sheet_of(lines)
    sheet = workbook.active
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = Comment("ask again", "someone")
    document = read(saved(workbook), name="rates.xlsx")
    assert rows(document) == [["Paris", "200"], ["Oslo", "9"]]
    assert sum("hidden" in note for note in document.notes) == 2
    assert "ask again" not in document.text


def test_merged_cells_are_filled_and_two_header_rows_are_one():
    workbook = sheet_of(
        [["Grade", "Leave", None], [None, "Annual", "Sick"], ["A", 20, 10], [None, 25, 15]]
    )
    sheet = workbook.active
    for area in ("A1:A2", "B1:C1", "A3:A4"):
        sheet.merge_cells(area)
    for row in sheet["A1:C2"]:
        for cell in row:
            cell.font = BOLD
    document = read(saved(workbook), name="leave.xlsx")
    assert named(document) == [("Grade", "A"), ("Leave Annual", "20"), ("Leave Sick", "10")]
    assert named(document, 1) == [("Grade", "A"), ("Leave Annual", "25"), ("Leave Sick", "15")]


def test_a_cell_merged_over_a_row_stands_in_each_of_its_columns():
    workbook = sheet_of([["City", "Rate", "From"], ["Europe"], ["Paris", 200, "May"]])
    workbook.active.merge_cells("A2:C2")
    for cell in workbook.active[1]:
        cell.font = BOLD
    document = read(saved(workbook), name="rates.xlsx")
    assert rows(document)[0] == ["Europe", "Europe", "Europe"]


def test_values_are_read_as_shown():
    workbook = sheet_of(
        [
            ["What", "Value"],
            ["share", 0.385],
            ["day", date(2024, 5, 1)],
            ["moment", datetime(2024, 5, 1, 9, 30)],  # noqa: DTZ001  sheets know no zones
            ["time", time(9, 30)],
            ["length", timedelta(hours=36, minutes=30)],
            ["yes", True],
            ["money", 1234.5],
        ]
    )
    workbook.active["B2"].number_format = "0.0%"
    workbook.active["B8"].number_format = '#,##0.00 "EUR"'
    document = read(saved(workbook), name="values.xlsx")
    assert [row[1] for row in rows(document)][-7:] == [
        "38.5%",
        "2024-05-01",
        "2024-05-01 09:30",
        "9:30:00",
        "36:30:00",
        "TRUE",
        "1,234.50 EUR",
    ]


def test_a_formula_without_a_result_is_noted_and_one_with_a_result_is_read():
    data = saved(sheet_of([["Grade", "Days"], ["A", 20], ["B", "=B2+5"], ["C", 30]]))
    document = read(data, name="leave.xlsx")
    assert any("1 formulas have no result" in note for note in document.notes)
    counted = with_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r"</f><v(?: ?/|></v)>", "</f><v>25</v>", xml),
    )
    assert rows(read(counted, name="leave.xlsx"))[1] == ["B", "25"]


def test_a_table_object_and_a_coloured_row_say_which_row_is_the_header():
    workbook = sheet_of([["Policy", "Owner"], ["Travel", "People"], ["Leave", "People"]])
    workbook.active.add_table(Table(displayName="T", ref="A1:B3"))
    assert named(read(saved(workbook), name="a.xlsx"))[0] == ("Policy", "Travel")
    workbook = sheet_of([["Policy", "Owner"], ["Travel", "People"], ["Leave", "People"]])
    for cell in workbook.active[1]:
        cell.fill = PatternFill("solid", fgColor="DDDDDD")
    assert named(read(saved(workbook), name="a.xlsx"))[0] == ("Policy", "Travel")


def test_names_with_their_values_have_no_header():
    workbook = sheet_of([["Owner", "People team"], ["Review", 2025], ["Contact", "Room 5"]])
    for (cell,) in workbook.active["A1:A3"]:
        cell.font = BOLD
    document = read(saved(workbook), name="card.xlsx")
    assert rows(document) == [["Owner", "People team"], ["Review", "2025"], ["Contact", "Room 5"]]
    assert named(document)[0] == ("", "Owner")


def test_tables_apart_have_their_own_headers():
    workbook = sheet_of(
        [["City", "Rate"], ["Paris", 200], [], ["Grade", "Days", "Note"], ["A", 20, "x"]]
    )
    for cell in (*workbook.active[1], *workbook.active[4]):
        cell.font = BOLD
    document = read(saved(workbook), name="two.xlsx")
    assert [named(document, n)[0] for n in (0, 1)] == [("City", "Paris"), ("Grade", "A")]


def test_one_column_is_text_and_lists():
    lines = [["Staff who travel by car need the consent of their manager."], ["They bring:"]]
    document = read(saved(sheet_of([*lines, ["a licence"], ["a receipt"]])), name="car.xlsx")
    assert texts(document, "list_item") == ["a licence", "a receipt"]
    item = next(block for block in document.blocks if block.kind == "list_item")
    assert text_of(document, document.blocks[item.lead_in]) == "They bring:"


def test_a_chart_is_noted():
    workbook = sheet_of([["City", "Rate"], ["Paris", 200], ["Rome", 180]])
    workbook.active.add_chart(BarChart(), "E5")
    assert any("charts" in note for note in read(saved(workbook), name="a.xlsx").notes)


def test_the_title_of_the_file_is_known():
    workbook = sheet_of([["City", "Rate"], ["Paris", 200], ["Rome", 180]])
    workbook.properties.title = "Daily allowances"
    assert read(saved(workbook), name="a.xlsx").metadata.title == "Daily allowances"


def test_a_cell_at_the_far_end_of_a_sheet_is_refused_at_once():
    workbook = sheet_of([["a"]])
    workbook.active["XFD1048576"] = "b"
    with pytest.raises(FileTooLarge, match="XFD1048576"):
        read(saved(workbook), name="far.xlsx")


def test_a_merged_area_as_large_as_a_sheet_is_no_harm():
    workbook = sheet_of([["All of it"], ["City", "Rate"], ["Paris", 200]])
    area = '<mergeCells><mergeCell ref="A4:XFD1048576"/></mergeCells>'
    data = with_part(
        saved(workbook),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", f"</sheetData>{area}"),
    )
    assert rows(read(data, name="wide.xlsx"))[-1] == ["Paris", "200"]


def test_more_cells_than_can_be_searched_are_refused():
    def fill(xml):
        row = "<row>" + "<c><v>1</v></c>" * 50 + "</row>"
        filled = f"<sheetData>{row * 10_000}</sheetData>"
        return re.sub(r"<sheetData ?/>|<sheetData></sheetData>", filled, xml)

    data = with_part(saved(Workbook()), "xl/worksheets/sheet1.xml", fill)
    with pytest.raises(FileTooLarge, match="filled cells"):
        read(data, name="big.xlsx")


def test_a_document_type_a_missing_sheet_and_an_empty_file_are_refused():
    data = saved(sheet_of([["a", "b"]]))
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>'
    with pytest.raises(DamagedFile):
        read(with_part(data, "xl/workbook.xml", lambda xml: bomb + xml), name="bomb.xlsx")
    lost = with_part(data, "xl/worksheets/sheet1.xml", lambda _: "")
    with pytest.raises(DamagedFile):
        read(lost, name="lost.xlsx")
    with pytest.raises(EmptyFile):
        read(saved(Workbook()), name="empty.xlsx")
