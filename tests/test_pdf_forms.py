"""PDF: forms drawn in forms, pictures of text, page labels, and files that are refused."""

import pytest
from pdf_pages import grid, pdf, prose, text
from reading import read, rows

from corpus.errors import FileTooLarge
from corpus.formats.pdf import parse

PROSE = (
    "Staff members earn leave for each month of service, and",
    "may carry it over to the next year where their work has",
    "kept them from taking it in the year before.",
)


def with_resources(page: str, names: str, *more: str) -> bytes:
    """Return a PDF of one page whose resources name further objects, the first of number 7."""
    data = pdf(page, more=more)
    old = b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
    assert data.count(old) == 1
    # places of the objects after it no longer hold; PDFium looks for them then
    return data.replace(
        old, f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<<{names}>>>>".encode()
    )


def stream(entries: str, content: str) -> str:
    return f"<<{entries}/Length {len(content)}>>stream\n{content}endstream"


def test_the_rules_of_a_table_that_are_drawn_in_a_form_count() -> None:
    cells = "".join(
        text(65 + 100 * column, 160 + 20 * row, words)
        for row, line in enumerate((("Grade", "Days"), ("G-1", "30"), ("P-5", "31")))
        for column, words in enumerate(line)
    )
    ruled = grid([60, 160, 260], [148, 168, 188, 208])
    form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[0.5 0 0 0.5 0 0]"
    page = prose(60, 60, PROSE) + cells + "q 2 0 0 2 0 0 cm /Fm Do Q\n" + prose(60, 260, PROSE)
    document = read(with_resources(page, "/Fm 7 0 R", stream(form, ruled)), name="leave.pdf")
    assert rows(document) == [["G-1", "30"], ["P-5", "31"]]


def stripes(side: int) -> str:
    """Return grey values of a picture with small dark strokes on paper, in hexadecimal digits."""
    line = "".join("00" if place % 6 < 1 else "ff" for place in range(side))
    return "".join(line if row % 4 < 2 else "ff" * side for row in range(side)) + ">"


def picture(values: str, side: int) -> str:
    size = f"/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 8"
    return stream(f"/Type/XObject/Subtype/Image{size}/Filter/ASCIIHexDecode", values)


@pytest.mark.parametrize(("worded", "told"), [(True, True), (False, False)])
def test_a_large_picture_is_reported_where_it_seems_to_hold_words(worded, told) -> None:
    values = stripes(120) if worded else "80" * 120 * 120 + ">"
    page = prose(60, 60, PROSE) + "q 400 0 0 400 60 200 cm /Im Do Q\n"
    parsed = parse(with_resources(page, "/Im 7 0 R", picture(values, 120)), "leave.pdf")
    assert any("picture" in note for note in parsed.notes) == told


def test_pages_have_the_numbers_that_the_file_says_are_printed() -> None:
    pages = [text(60, 60 + 40 * n, f"The {n} rule holds for all of them.") for n in range(3)]
    data = pdf(*pages, root="/PageLabels<</Nums[0<</S/r>>1<</S/D/St 5>>]>>")
    assert [page.label for page in read(data, name="leave.pdf").pages] == ["i", "5", "6"]


def test_a_page_that_no_printer_could_print_is_refused() -> None:
    data = pdf(prose(60, 60, PROSE)).replace(b"MediaBox[0 0 595 842]", b"MediaBox[0 0 99999 842]")
    with pytest.raises(FileTooLarge, match="points"):
        parse(data, "leave.pdf")
