"""CSV and TSV files: their tables, with the place of every cell in the file."""

import pytest
from reading import read, rows, text_of, texts

from corpus.errors import FileTooLarge, UnreadableFile
from corpus.formats.csv_table import parse
from corpus.raw import Table


def headers(document):
    block = next(block for block in document.blocks if block.kind == "table_row")
    return [cell.header for cell in block.cells]


def test_each_cell_says_its_column():
    document = read("Grade,Days\nA,20\nB,25\n", name="leave.csv")
    assert headers(document) == ["Grade", "Days"]
    assert rows(document) == [["A", "20"], ["B", "25"]]


@pytest.mark.parametrize(
    "content",
    [
        "Grade;Days;Note\nA;1,5;a, b and c\nB;2,5;d\n",
        "Grade\tDays\tNote\nA\t1,5\ta, b and c\nB\t2,5\td\n",
        "Grade|Days|Note\nA|1,5|a, b and c\nB|2,5|d\n",
        'sep=;\nGrade;Days;Note\nA;1,5;"a, b and c"\nB;2,5;d\n',
        'Grade,Days,Note\r\nA,"1,5","a, b and c"\r\nB,"2,5",d\r\n',
    ],
)
def test_the_delimiter_is_the_one_that_cuts_rows_alike(content):
    document = read(content, name="leave.csv")
    assert rows(document) == [["A", "1,5", "a, b and c"], ["B", "2,5", "d"]]


def test_quotes_hold_delimiters_line_breaks_and_doubled_quotes():
    content = 'Term,Meaning\nleave,"Time off, ""paid""\nor not"\nduty,Work\n'
    document = read(content, name="terms.csv")
    assert rows(document) == [["leave", 'Time off, "paid" or not'], ["duty", "Work"]]


def test_a_quote_that_is_never_closed_costs_no_other_row():
    document = read('Grade,Days\nA,"20\nB,25\nC,30\n', name="leave.csv")
    assert rows(document) == [["A", '"20'], ["B", "25"], ["C", "30"]]


def test_every_character_of_a_cell_is_at_its_place_in_the_file():
    content = '\ufeffTerm;Meaning\nleave;"Time ""off"", paid"\nété; Summer \n'
    parsed = parse(content.encode(), "terms.csv")
    (table,) = [block for block in parsed.blocks if isinstance(block, Table)]
    for row in (table.header, *table.rows):
        for cell in row:
            found = "".join(parsed.original[place] for place in cell.places)
            assert found == cell.text
    assert [cell.text for cell in table.rows[0]] == ["leave", 'Time "off", paid']
    assert parsed.original == content.removeprefix("\ufeff")


def test_a_title_above_and_a_remark_below_are_no_rows():
    content = "Rates of 2024,,\n\nCity,Rate,From\nParis,200,May\nRome,180,June\n* per night,,\n"
    document = read(content, name="rates.csv")
    assert texts(document, "paragraph") == ["Rates of 2024"]
    assert texts(document, "note") == ["* per night"]
    assert rows(document) == [["Paris", "200", "May"], ["Rome", "180", "June"]]


def test_rows_of_another_length_are_kept_and_noted():
    document = read("A,B\n1,2\n3\n4,5,6\n7,8\n", name="ragged.csv")
    assert rows(document) == [["1", "2", ""], ["3", "", ""], ["4", "5", "6"], ["7", "8", ""]]
    assert any("more cells" in note for note in document.notes)


def test_names_with_their_values_have_no_header():
    document = read("Owner:,People team\nPhone:,12345\n", name="card.csv")
    assert rows(document) == [["Owner:", "People team"], ["Phone:", "12345"]]


def test_prose_in_one_column_is_text():
    content = "Staff must book early.\nManagers, leads and heads approve it.\nNo one else, ever.\n"
    document = read(content, name="rule.csv")
    assert texts(document) == content.splitlines()


def test_a_blank_row_does_not_end_the_reach_of_a_header():
    document = read("Grade,Days\nA,20\n\nB,25\n", name="leave.csv")
    assert rows(document) == [["A", "20"], ["B", "25"]]
    assert {cell.header for block in document.blocks for cell in block.cells} == {"Grade", "Days"}


def test_another_encoding_is_read_and_noted():
    content = "Prénom,Congé payé\nRené,congés d’été\nAndré,toute l’année\n".encode("cp1252")
    document = read(content, name="conges.csv")
    assert [text_of(document, block) for block in document.blocks] == [
        "René\tcongés d’été",
        "André\ttoute l’année",
    ]
    assert "not UTF-8" in document.notes[0]


@pytest.mark.slow
def test_too_many_cells_and_bytes_that_are_no_text_are_refused():
    with pytest.raises(FileTooLarge, match="filled cells"):
        parse(b"a,b,c,d,e,f,g,h,i,j\n" * 50_000, "big.csv")
    with pytest.raises(UnreadableFile):
        parse(b"a,b\n\0\1\2", "binary.csv")


@pytest.mark.slow
def test_hostile_quotes_end():
    for content in ('"' * 300_000, '"a,' * 100_000, '""",' * 100_000, '"\n' * 100_000):
        parse(content.encode(), "quotes.csv")


def test_rows_that_only_repeat_the_header_are_one_row_and_not_lost():
    assert rows(read("name,days\nname,days\nname,days\n", name="a.csv")) == [["name", "days"]]
