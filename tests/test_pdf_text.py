"""PDF: which characters are text, where they stand, in what order they are read."""

from array import array

import pytest
from pdf_pages import HEIGHT, WIDTH, bold, pdf, prose, text
from reading import read, texts
from shared_documents import shared

from corpus.errors import DamagedFile, EmptyFile, FileTooLarge
from corpus.formats.pdf import parse
from corpus.model import Document
from corpus.raw import Table
from corpus.repair import texts_of
from corpus.repair.headings import heading_key

LEFT = """\
Staff members may take leave when
their work allows for it and the
head of unit agrees to it in
writing before the leave begins and
not later than two weeks before.
Leave is counted in half days.""".splitlines()
RIGHT = """\
Each request is answered within five
days. A refusal states its reasons
and names the person whom staff can
ask for a review of it. Reviews are
finished within ten days of the day
on which they were asked for.""".splitlines()


def boxes_of(document: Document, words: str) -> list[tuple[float, ...]]:
    start = document.text.index(words)
    found = [document.origin.source_of(place) for place in range(start, start + len(words))]
    numbers = array("H", document.boxes)
    return [tuple(n / 10 for n in numbers[4 * p : 4 * p + 4]) for p in found if p is not None]


def test_lines_of_a_paragraph_are_joined_and_a_gap_parts_paragraphs():
    document = read(pdf(prose(60, 100, LEFT) + prose(60, 190, RIGHT)), name="a.pdf")
    assert texts(document) == [" ".join(LEFT), " ".join(RIGHT)]


def test_two_columns_are_read_one_after_the_other():
    page = prose(60, 100, LEFT) + prose(320, 100, RIGHT)
    interleaved = "".join(
        text(60, 100 + 12 * n, left) + text(320, 100 + 12 * n, right)
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    )
    for content in (page, interleaved):
        whole = " ".join(texts(read(pdf(content), name="a.pdf")))
        assert whole == " ".join([*LEFT, *RIGHT])


def test_every_character_knows_where_it_stands_on_the_page():
    document = read(pdf(prose(60, 100, LEFT)), name="a.pdf")
    for left, top, right, bottom in boxes_of(document, "Staff"):
        assert 60 <= left < right < 85
        assert 88 < top < bottom < 104
    (page,) = document.pages
    assert (page.width, page.height) == (WIDTH, HEIGHT)


def test_boxes_on_a_turned_page_are_those_of_the_page_as_it_is_shown():
    document = read(pdf(prose(60, 100, LEFT), extra="/Rotate 90"), name="a.pdf")
    (page,) = document.pages
    assert (page.width, page.height) == (HEIGHT, WIDTH)
    assert " ".join(texts(document)) == " ".join(LEFT)
    for left, top, right, bottom in boxes_of(document, "Staff"):
        assert HEIGHT - 104 < left < right < HEIGHT - 88
        assert 60 <= top < bottom < 85


def test_text_that_nobody_sees_is_left_out():
    hidden = {
        "invisible": "3 Tr " + text(60, 300, "secret") + "0 Tr ",
        "white": "1 1 1 rg " + text(60, 300, "secret") + "0 g ",
        "tiny": text(60, 300, "secret", 0.4),
        "off the page": text(60, -40, "secret"),
    }
    for kind, drawing in hidden.items():
        document = read(pdf(prose(60, 100, LEFT) + drawing), name="a.pdf")
        assert "secret" not in document.text, kind


def test_white_text_on_a_dark_box_is_kept():
    box = "0 0 0.4 rg 50 530 200 30 re f 1 1 1 rg "
    document = read(pdf(prose(60, 100, LEFT) + box + text(60, 300, "Annual leave")), name="a.pdf")
    assert "Annual leave" in document.text


def test_running_headers_footers_and_page_numbers_are_no_text_and_label_the_pages():
    pages = [
        text(60, 40, "Staff rules of the Secretariat") + prose(60, 100, [f"Rule {word} applies."])
        + text(290, 810, f"- {number} -")
        for number, word in enumerate("one two three four".split(), 7)
    ]  # fmt: skip
    document = read(pdf(*pages), name="a.pdf")
    assert texts(document) == [f"Rule {word} applies." for word in "one two three four".split()]
    assert [page.label for page in document.pages] == ["7", "8", "9", "10"]
    assert [block.page for block in document.blocks] == [1, 2, 3, 4]


def test_a_word_broken_at_a_line_is_joined_when_it_occurs_whole_and_a_hyphened_one_keeps_it():
    lines = [
        "The organization pays the cost of short-",
        "term rental. Each organi-",
        "zation may limit it and",
        "short-term staff may ask for it too.",
    ]
    document = read(pdf(prose(60, 100, lines)), name="a.pdf")
    assert document.text == (
        "The organization pays the cost of short-term rental. Each organization may limit it and "
        "short-term staff may ask for it too."
    )


def test_a_paragraph_that_a_page_cuts_is_one():
    document = read(pdf(prose(60, 720, LEFT[:3]), prose(60, 80, LEFT[3:])), name="a.pdf")
    assert texts(document) == [" ".join(LEFT)]


def test_a_broken_file_ends_in_a_named_error():
    whole = pdf(prose(60, 100, LEFT))
    for data in (
        whole[: len(whole) // 2].replace(b"obj", b"xxx"),
        b"%PDF-1.7\n",
        b"%PDF-" + bytes(3000),
    ):
        with pytest.raises(DamagedFile):
            parse(data, "a.pdf")
    with pytest.raises(EmptyFile):
        parse(pdf(""), "a.pdf")
    with pytest.raises(FileTooLarge):
        parse(pdf(prose(60, 100, LEFT), extra="/MediaBox[0 0 999999 800]"), "a.pdf")
    with pytest.raises(FileTooLarge):
        parse(whole.replace(b"/Count 1>", b"/Count 900000>"), "a.pdf")


def test_every_character_of_real_files_is_the_one_at_its_place():
    for name in ("opengov_hr_manual/pdf/manual.pdf", "pdf/contoso_Benefit_Options.pdf",
                 "pdf/docling_normal_4pages.pdf"):  # fmt: skip
        parsed = parse(shared(f"real/{name}").read_bytes(), name)
        assert len(parsed.boxes) == 8 * len(parsed.original)
        for block in parsed.blocks:
            for traced in texts_of(block):
                assert all(
                    place < 0 or parsed.original[place] == char
                    for char, place in zip(traced.text, traced.places, strict=True)
                )


def test_the_manual_reads_the_same_from_pdf_and_markdown():
    manual = shared("real/opengov_hr_manual")
    printed = read((manual / "pdf/manual.pdf").read_bytes(), name="manual.pdf")
    written = read((manual / "markdown/manual.md").read_bytes(), name="manual.md")
    titles = [{heading_key(section.heading) for section in d.sections} for d in (printed, written)]
    assert len(titles[0] & titles[1]) >= 0.97 * max(map(len, titles))
    assert not any(isinstance(block, Table) for block in printed.blocks)


def test_bold_words_that_fill_a_line_stay_in_their_paragraph():
    page = text(60, 100, "The committee meets in the first week of each quarter and ")
    page += bold(330, 100, "every member") + bold(60, 112, "has one vote and one only.")
    document = read(pdf(page), name="a.pdf")
    assert len(texts(document)) == 1
