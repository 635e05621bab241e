"""HTML: headings, paragraphs, lists and their printed labels, spans, encodings."""

import re

import pytest
from html_pages import blocks, items, page, said
from reading import paths, read, texts

from corpus.errors import EmptyFile
from corpus.formats.html import parse
from corpus.raw import Heading, Item, Paragraph


def test_headings_by_tag_role_and_word_outline_level():
    found = blocks(
        "<h1>Leave</h1><p>a</p><div role=heading aria-level=2>Scope</div><p>b</p>"
        "<p style='mso-outline-level:3'>Limits</p><p>c</p>"
    )
    heads = [(b.level, b.text.text) for b in found if isinstance(b, Heading)]
    assert heads == [(1, "Leave"), (2, "Scope"), (3, "Limits")]


def test_a_heading_is_one_line_without_its_permanent_link():
    assert said("<h2>Annual<br>leave <a class=anchor href='#annual'>¶</a></h2><p>a</p>") == [
        "Annual leave",
        "a",
    ]


def test_a_styled_title_stands_above_the_headings_of_the_first_level():
    document = read(
        page("<p class=MsoTitle>Leave policy</p><h1>Purpose</h1><p>a</p><h1>Scope</h1><p>b</p>"),
        name="x.html",
    )
    assert document.metadata.title == "Leave policy"
    assert paths(document) == ["Purpose", "Scope"]


@pytest.mark.parametrize(
    ("mark", "labels"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ("<ol start=4>", ["4.", "5.", "6."]),
        ("<ol reversed>", ["3.", "2.", "1."]),
        ("<ol type=a>", ["a.", "b.", "c."]),
        ("<ol type=I>", ["I.", "II.", "III."]),
        ("<ol style='list-style-type: lower-roman'>", ["i.", "ii.", "iii."]),
        ("<ol type=A start=26>", ["Z.", "AA.", "AB."]),
        ("<ol start=x>", ["1.", "2.", "3."]),
    ],
)
def test_ordered_items_begin_with_the_label_that_is_printed(mark, labels):
    assert [text for _, text in items(f"{mark}<li>x<li>x<li>x</ol>")] == [f"{n} x" for n in labels]


def test_an_item_may_set_its_number():
    assert items("<ol><li>x<li value=7>y<li>z</ol>") == [(0, "1. x"), (0, "7. y"), (0, "8. z")]


def test_a_label_that_is_written_is_not_printed_twice():
    assert items("<ol><li>(a) first<li>(b) second</ol>") == [(0, "(a) first"), (0, "(b) second")]


def test_bullets_and_lists_without_marks_have_no_label():
    assert items("<ul><li>a</ul><p>x</p><ol style='list-style:none'><li>b</ol>") == [
        (0, "a"),
        (0, "b"),
    ]


def test_lists_nest_inside_items_and_directly_in_lists():
    inside = "<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>"
    directly = "<ul><li>a</li></ul><ul><ul><li>b</li><ul><li>c</li></ul></ul></ul><ul><li>d</ul>"
    assert items(inside) == items(directly) == [(0, "a"), (1, "b"), (2, "c"), (0, "d")]
    assert len({b.group for b in blocks(directly) if isinstance(b, Item)}) == 1


def test_paragraphs_of_an_item_are_one_block():
    assert items("<ol><li><p>Ask.</p><p>Then wait.</p></ol>") == [(0, "1. Ask. Then wait.")]


def test_a_numbered_heading_in_a_list_keeps_its_number():
    found = blocks("<ol><li><h2>Scope</h2></li></ol><p>a</p><ol start=2><li><h2>Pay</h2></ol>")
    heads = [block.text.text for block in found if isinstance(block, Heading)]
    assert heads == ["1. Scope", "2. Pay"]


def test_definitions_stand_under_their_terms():
    assert items("<dl><dt>Manager</dt><dd>Who approves.</dd><dd>Who signs.</dd></dl>") == [
        (0, "Manager"),
        (1, "Who approves."),
        (1, "Who signs."),
    ]


def test_line_breaks_stay_and_two_of_them_end_the_paragraph():
    found = [block.text.text for block in blocks("<div>a<br>b<br><br>c<br>&nbsp;<br>d</div>")]
    assert found == ["a\nb", "c", "d"]


def test_preformatted_lines_stay_lines():
    (block,) = blocks("<pre>one\n  two\n</pre>")
    assert block.text.text == "one\n  two"


def test_line_breaks_in_the_source_are_spaces():
    (block,) = blocks("<p>Staff\n   may\n<b>apply</b></p>")
    assert block.text.text == "Staff may apply"


def test_only_paragraphs_in_bold_throughout_are_bold():
    head = "<style>.c3{font-weight:700}</style>"
    body = (
        "<p><b>all</b></p><p><b>some</b> more</p><p><span class=c3>by class</span></p>"
        "<p style='font-weight:bold'>by style <span style='font-weight:normal'>not</span></p>"
    )
    assert [block.bold for block in blocks(body, head)] == [True, False, True, False]


def test_readings_and_pictures_are_no_text_but_small_letters_are():
    body = "<p><ruby>漢<rt>かん</rt></ruby> H<sub>2</sub>O m<sup>2</sup> <img alt=logo src=x></p>"
    assert said(body) == ["漢 H2O m2"]


def test_quotation_marks_that_a_browser_shows_are_put_in():
    assert said("<p>He said <q>yes</q>.</p>") == ["He said “yes”."]


def test_folded_text_and_its_title_are_kept():
    found = blocks(
        "<h1>FAQ</h1><details><summary>Who approves?</summary><p>Your head.</p></details>"
    )
    assert [block.text.text for block in found] == ["FAQ", "Who approves?", "Your head."]
    assert isinstance(found[1], Paragraph)
    assert found[1].bold


def test_struck_text_is_left_out_and_said_so():
    parsed = parse(page("<p>Apply <del>in March</del><ins>in May</ins>.</p>").encode(), "p.html")
    assert [block.text.text for block in parsed.blocks] == ["Apply in May."]
    assert any("struck" in note for note in parsed.notes)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<meta charset=windows-1252><p>caf\u00e9 \u2013".encode("cp1252"), "café –"),
        ("<meta charset=iso-8859-1><p>caf\u00e9 \u2013".encode("cp1252"), "café –"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>да".encode(
                "koi8-r"
            ),
            "да",
        ),
        ("<meta charset=iso-8859-1><p>café".encode(), "café"),  # it says so and is not
        ("\ufeff<meta charset=koi8-r><p>café".encode(), "café"),
        ("\ufeff<p>café".encode("utf-16-le"), "café"),
        (b"<meta charset=unicode_escape><p>caf\\u00e9", "caf\\u00e9"),
        ("<meta charset=iso-2022-jp><p>日本".encode("iso-2022-jp"), "日本"),
    ],
)
def test_the_encoding_is_told_by_mark_bytes_and_declaration(data, expected):
    (block,) = parse(data, "page.html").blocks
    assert block.text.text == expected


def test_every_character_stands_where_it_says():
    body = (
        "<h1>A &amp; B</h1><p>x <b>y</b>&nbsp;z</p><ol><li>one<p>two</ol>"
        "<table><tr><th>k<th>v<tr><td>1<td>2 <i>3</i></table>"
    )
    document = read(page(body), name="page.html")
    original = parse(page(body).encode(), "page.html").original
    placed = 0
    for position, char in enumerate(document.text):
        place = document.origin.source_of(position)
        if place is not None:
            placed += 1
            assert original[place] == char or (char == " " and original[place].isspace())
    letters = len(re.sub(r"\s", "", document.text))
    assert placed >= letters - len("1.")  # the label alone is not written in the page


def test_the_title_is_without_the_name_of_the_site():
    def title(head: str, body: str) -> str | None:
        return parse(page(body, head).encode(), "p.html").properties.title

    assert title("<title>Leave | Intranet</title>", "<p>a</p>") == "Leave"
    assert title("<title>Intranet - Leave</title>", "<h1>Leave</h1><p>a</p>") == "Leave"
    assert title("", "<p>a</p>") is None


def test_the_language_is_the_page_s():
    assert parse(page("<p>a</p>").encode(), "p.html").properties.language == "en"


def test_a_page_without_text_is_named_and_one_made_by_a_program_says_so():
    with pytest.raises(EmptyFile, match="a program puts the page together"):
        parse(page("<div id=root></div><script>render()</script>").encode(), "app.html")
    with pytest.raises(EmptyFile, match="has no text"):
        parse(page("<p> </p>").encode(), "blank.html")


def test_what_is_meant_for_browsers_without_scripts_is_read_when_there_is_nothing_else():
    assert said("<noscript><p>Turn scripts on.</p></noscript><p>Policy</p>") == ["Policy"]
    assert said("<noscript><p>Policy</p></noscript>") == ["Policy"]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "end",
        "<ul><li>" * 10_000 + "end",
        "<b>" * 50_000 + "end",
        "<table><tr><td>" * 5_000 + "end",
        "<span><div>" * 20_000 + "end" + "</div></span>" * 20_000,
        "<p>end<!--" + "<!-- " * 50_000,
        "<p>end" + "<a " * 50_000,
        pytest.param(
            "".join(f"<font color={n}><p>" for n in range(3_000)) + "end", marks=pytest.mark.slow
        ),
    ],
)
def test_a_page_that_was_made_to_do_harm_ends(source):
    assert any("end" in text for text in texts(read(source, name="deep.html")))


def test_text_below_the_deepest_element_keeps_its_order():
    source = "".join(f"<div>{n} " for n in range(1_000)) + "".join(
        f"</div>{n} " for n in range(999, -1, -1)
    )
    found = " ".join(texts(read(source, name="deep.html"))).split()
    assert found == [*map(str, range(1_000)), *map(str, range(999, -1, -1))]
