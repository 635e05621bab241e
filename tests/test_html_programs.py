"""HTML as Word and Google Docs write it."""

import pytest
from html_pages import blocks, items, said

from corpus.raw import Heading, Item

WORD_LABEL = (
    "<![if !supportLists]><span style='mso-list:Ignore'>{}"
    "<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
)


def word_item(label: str, text: str, level: int = 1) -> str:
    style = f"text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
    inner = WORD_LABEL.format(label) + text
    return f"<p class=MsoListParagraphCxSpMiddle style='{style}'>{inner}<o:p></o:p></p>"


def test_the_lists_of_word_are_lists_with_the_labels_that_it_prints():
    body = word_item("1.", "Ask") + word_item("(a)", "in writing", 2) + word_item("2.", "Wait")
    assert items(body) == [(0, "1. Ask"), (1, "(a) in writing"), (0, "2. Wait")]
    assert len({block.group for block in blocks(body) if isinstance(block, Item)}) == 1


@pytest.mark.parametrize(
    "bullet", ["·", "§", "\uf0b7", "<span style='font-family:\"Courier New\"'>o</span>"]
)
def test_the_bullets_of_word_are_no_text(bullet):
    inner = f"<span style='font-family:Symbol'>{WORD_LABEL.format(bullet)}</span>"
    style = "mso-list:l1 level1 lfo2"
    assert items(f"<p class=MsoListParagraph style='{style}'>{inner}Ask</p>") == [(0, "Ask")]


def test_the_bullets_of_word_s_filtered_pages_are_no_text():
    space = "<span style='font:7.0pt \"Times\"'>&nbsp;&nbsp;</span>"
    bullet = f"<span style='font-family:Symbol'>·{space}</span>"
    places = ("First", "Last")
    body = "".join(f"<p class=MsoListParagraphCxSp{place}>{bullet}Ask</p>" for place in places)
    assert items(body) == [(0, "Ask"), (0, "Ask")]


def test_the_number_of_a_heading_in_word_is_kept():
    (head, _) = blocks(
        f"<h1 style='mso-list:l0 level1 lfo1'>{WORD_LABEL.format('3.2')}Leave</h1><p>a</p>"
    )
    assert isinstance(head, Heading)
    assert " ".join(head.text.text.split()) == "3.2 Leave"


def test_the_running_lines_comments_and_deletions_of_word_are_left_out():
    body = (
        "<div style='mso-element:header'><p class=MsoHeader>Confidential</p></div>"
        "<p class=MsoNormal>Ten <span class=msoDel>five</span>days"
        "<span style='mso-hide:all'>x</span></p>"
        "<div style='mso-element:comment-list'><p class=MsoCommentText>Really?</p></div>"
    )
    assert said(body) == ["Ten days"]


def google_list(level: int, *texts: str, start: bool = False) -> str:
    inner = "".join(f"<li class='c0 li-bullet-0'><span>{text}</span></li>" for text in texts)
    return f"<ol class='c1 lst-kix_a-{level}{' start' if start else ''}' start='1'>{inner}</ol>"


def test_the_lists_of_google_docs_nest_and_bear_the_labels_of_their_styles():
    head = (
        '<style>.lst-kix_a-0>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) ". "}'
        '.lst-kix_a-1>li:before{content:"(" counter(lst-ctn-kix_a-1,lower-latin) ") "}'
        '.lst-kix_a-2>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." '
        'counter(lst-ctn-kix_a-2,lower-roman) " "}'
        ".lst-kix_a-0>li{counter-increment:lst-ctn-kix_a-0}"
        ".lst-kix_a-1>li{counter-increment:lst-ctn-kix_a-1}"
        ".lst-kix_a-2>li{counter-increment:lst-ctn-kix_a-2}"
        "ol.lst-kix_a-0.start{counter-reset:lst-ctn-kix_a-0 0}"
        "ol.lst-kix_a-1.start{counter-reset:lst-ctn-kix_a-1 0}"
        "ol.lst-kix_a-2.start{counter-reset:lst-ctn-kix_a-2 0}</style>"
    )
    body = (
        google_list(0, "Ask", start=True)
        + google_list(1, "by letter", "by mail", start=True)
        + google_list(0, "Wait")
        + google_list(1, "a week", start=True)
        + google_list(2, "or two", start=True)
    )
    assert items(body, head) == [
        (0, "1. Ask"),
        (1, "(a) by letter"),
        (1, "(b) by mail"),
        (0, "2. Wait"),
        (1, "(a) a week"),
        (2, "2.i or two"),
    ]
    assert len({block.group for block in blocks(body, head) if isinstance(block, Item)}) == 1


def test_the_bullets_of_google_docs_are_no_text():
    head = '<style>.lst-kix_b-0>li:before{content:"\\0025cf   "}</style>'
    assert items("<ul class='lst-kix_b-0 start'><li>Ask</ul>", head) == [(0, "Ask")]


def test_the_title_of_google_docs_is_a_heading():
    found = blocks("<p class='c2 title' id=h.1><span>Leave</span></p><h1>Scope</h1><p>a</p>")
    assert [(b.level, b.text.text) for b in found if isinstance(b, Heading)] == [
        (1, "Leave"),
        (2, "Scope"),
    ]


def test_contents_of_libreoffice_are_left_out():
    found = said(
        '<div id="Table of Contents1"><p>Contents</p><p>1. Leave 2</p></div><h1>1. Leave</h1>'
        "<p>Leave is granted.</p>"
    )
    assert found == ["1. Leave", "Leave is granted."]
