"""HTML: what a page says, apart from menus, banners, hidden text and programs."""

import pytest
from html_pages import blocks, page, said

from corpus.formats.html import parse
from corpus.raw import Heading

PROSE = "Staff members may carry over unused annual leave to the next calendar year. " * 3
POLICY = f"<h1>Leave</h1><p>{PROSE}</p><h2>Carry-over</h2><p>{PROSE}</p>"
READ = ["Leave", PROSE.strip(), "Carry-over", PROSE.strip()]
MENU = "<ul><li><a href=/>Home</a><li><a href=/a>About us</a><li><a href=/p>Policies</a></ul>"


@pytest.mark.parametrize(
    "around",
    [
        f"<nav>{MENU}</nav>{{}}",
        f"<div role=navigation>{MENU}</div>{{}}",
        f"<header><a href=/>Site</a>{MENU}</header>{{}}<footer><p>Address of the site</p></footer>",
        f"<div id=menu>{MENU}</div><div id=content>{{}}</div>",
        f"<div class=x>{MENU}</div><div class=y>{{}}</div><div class=z>{MENU}</div>",
        "{}<div class='site-footer'><h4>Company</h4><p>Address 12</p></div>",
        "<div class=breadcrumb><a href=/>Home</a> › <a href=/p>Policies</a> › Leave</div>{}",
        "<ol class='breadcrumb'><li><a href=/>Home</a><li>Leave</ol>{}",
        "<div id=cookie-bar>We use cookies. <button>Accept</button></div>{}",
        "<form role=search><label>Search<input type=search></label></form>{}",
        "<form><label>Find</label><input type=search></form>{}",
        "<a href='#main'>Skip to content</a>{}",
        "<p><a class=x href='#c'>To the text</a></p>{}",
        f"<aside><h3>More</h3>{MENU}</aside>{{}}",
        "{}<dialog open><p>Subscribe</p></dialog>",
        f"<table><tr><td>{MENU}</td><td>{{}}</td></tr></table>",
        "<div title=header><p>Running header</p></div>{}<div title=footer><p>Page 1</p></div>",
        "<button>Print</button>{}<select><option>Choose</select>",
    ],
)
def test_what_stands_around_the_text_is_left_out(around):
    assert said(around.format(POLICY)) == READ


@pytest.mark.parametrize("place", ["{}", "<main>{}</main>", "<article>{}</article>"])
@pytest.mark.parametrize(
    "hidden",
    [
        "<script>LEAK</script>",
        '<script type=\'application/json\'>{"a":"LEAK"}</script>',
        "<style>.x{content:'LEAK'}</style>",
        "<template><p>LEAK</p></template>",
        "<p hidden>LEAK</p>",
        "<p style='display: none'>LEAK</p>",
        "<span aria-hidden=true>LEAK</span>",
        "<svg><title>LEAK</title><text>LEAK</text><script>LEAK</script></svg>",
        "<p>ok<script>LEAK</script></p>",
        "<table><tr><td>a<script>LEAK</script></td><td>b</td></tr><script>LEAK</script></table>",
        "<textarea>LEAK</textarea>",
        "<iframe srcdoc='LEAK'>LEAK</iframe>",
        "<!-- LEAK --><!--[if gte mso 9]><xml>LEAK</xml><![endif]-->",
        "<math><annotation>LEAK</annotation></math>",
        "<noscript>LEAK</noscript>",
        "<SCRIPT\n>LEAK</SCRIPT\n>",
        "<p onclick='LEAK' title='LEAK' data-x='LEAK'>ok</p>",
        "<script>document.write('<script>LEAK<\\/script>')</script>",
        "<svg><style><!--</style><script>LEAK</script>--></style></svg>",
        "<!-- x --!><script>LEAK</script>",
    ],
)
def test_nothing_that_is_not_shown_is_read(place, hidden):
    body = place.format(f"<h1>Leave</h1>{hidden}<p>{PROSE}</p>{hidden}")
    parsed = parse(page(body).encode(), "p.html")
    assert "LEAK" not in parsed.original
    assert PROSE.strip() in [
        getattr(block, "text", None) and block.text.text for block in parsed.blocks
    ]


def test_the_only_title_of_a_page_is_kept_although_it_stands_in_the_header():
    body = f"<header>{MENU}<h1>Leave</h1><p>Our slogan</p></header><main><p>{PROSE}</p></main>"
    assert said(body) == ["Leave", PROSE.strip()]


def test_what_introduces_the_text_beside_its_title_in_the_header_is_kept():
    intro = "It says which kinds of leave all members of the staff have, and how they take it."
    beside = f"<p>We care</p><p>Version 3</p><p>{intro}</p>"
    body = f"<header>{MENU}<h1>Leave</h1>{beside}</header><p>{PROSE * 3}</p>"
    assert said(body)[:3] == ["Leave", "Version 3", intro]


def test_much_text_beside_an_article_is_kept_and_beside_the_main_part_left_out_with_a_note():
    beside = f"<section><h2>Rates</h2><p>{PROSE * 3}</p></section>"
    assert "Rates" in said(f"<article><p>{PROSE * 4}</p></article>{beside}")
    document = parse(page(f"<main><p>{PROSE * 4}</p></main>{beside}").encode(), "a.html")
    assert document.notes == ("Text that stands outside the page's main part was left out.",)


def test_a_title_that_is_never_closed_around_the_text_is_read():
    assert "".join(said(f"<h1>Leave<main><p>{PROSE}</p></main>")).count("next calendar year") == 3


def test_the_header_and_footer_of_an_article_are_its_own():
    body = (
        f"<article><header><h1>Leave</h1><p>Version 3</p></header><p>{PROSE}</p>"
        "<footer>Owner: HR</footer></article>"
    )
    assert said(body) == ["Leave", "Version 3", PROSE.strip(), "Owner: HR"]


def test_a_main_element_with_little_of_the_text_is_not_believed():
    body = f"<main><p>Loading the policy, one moment please.</p></main><div>{POLICY}</div>"
    assert said(body)[1:] == READ


def test_folded_panels_are_read_although_they_are_hidden():
    body = (
        "<h1>Leave</h1><h2><button aria-expanded=false aria-controls=p1>Who may apply</button></h2>"
        f"<div id=p1 hidden><p>{PROSE}</p></div><div id=p2 hidden><p>secret</p></div>"
    )
    assert said(body) == ["Leave", "Who may apply", PROSE.strip()]


def test_a_page_that_a_window_hid_is_read():
    assert said(f"<div aria-hidden=true><main>{POLICY}</main></div>") == READ


def test_a_policy_on_cookies_is_no_cookie_bar():
    text = f"<h2>Cookies</h2><p>{PROSE}</p>"
    body = f"<h1>Privacy</h1><section id=cookies class=cookies>{text}</section>"
    assert said(body) == ["Privacy", "Cookies", PROSE.strip()]


def test_links_that_belong_to_the_text_are_kept():
    links = (
        "<ul><li><a href=/f1>Form A</a><li><a href=/f2>Form B</a><li><a href=/f3>Form C</a></ul>"
    )
    for wrap in ("{}", "<main>{}</main>", "<div class=content>{}</div>"):
        body = wrap.format(f"{POLICY}<h2>Forms</h2>{links}")
        assert said(body) == [*READ, "Forms", "Form A", "Form B", "Form C"]


@pytest.mark.parametrize(
    "contents",
    [
        (
            "<h2>Contents</h2><ul><li><a href='#a'>Scope</a><li><a href='#b'>Pay</a>"
            "<li><a href='#c'>End</a></ul>"
        ),
        (
            "<h2>Contents</h2><ol><li><a href='#a'>Scope</a><ol><li><a href='#b'>Pay</a></ol>"
            "<li><a href='#c'>End</a></ol>"
        ),
        "<p><a href='#a'>Scope</a></p><p><a href='#b'>Pay 2</a></p><p><a href='#c'>End 3</a></p>",
        (
            "<table><tr><td><a href='#a'>Scope</a><td>1<tr><td><a href='#b'>Pay grades</a><td>2"
            "<tr><td><a href='#c'>Other matters</a><td>3</table>"
        ),
        "<p class=MsoToc1>Scope 1</p><p class=MsoToc2>Pay 2</p>",
    ],
)
def test_a_table_of_contents_is_left_out_with_its_heading(contents):
    body = f"<h1>Leave</h1>{contents}<h2>Scope</h2><p>{PROSE}</p>"
    assert said(f"<main>{body}</main>") == said(body) == ["Leave", "Scope", PROSE.strip()]


def test_a_heading_above_contents_and_chapters_stays():
    links = "".join(f"<li><a href='#{n}'>Question {n}</a>" for n in range(4))
    found = blocks(f"<h1>FAQ</h1><ul>{links}</ul><h2>Question 0</h2><p>{PROSE}</p>")
    assert [b.text.text for b in found if isinstance(b, Heading)] == ["FAQ", "Question 0"]


def test_a_page_of_nothing_but_divisions_keeps_all_its_text():
    body = (
        f"<div class=page><div class=t><b>Leave</b></div><div>{PROSE}</div><div>1.1 {PROSE}"
        f"<div>(a) first;</div><div>(b) second.</div></div></div>"
    )
    assert said(body) == [
        "Leave",
        PROSE.strip(),
        f"1.1 {PROSE.strip()}",
        "(a) first;",
        "(b) second.",
    ]


def test_a_form_around_the_whole_page_hides_nothing():
    assert said(f"<form id=aspnetForm><input type=hidden value=LEAK>{POLICY}</form>") == READ


def test_a_page_that_is_a_list_of_links_is_read():
    links = "".join(f"<li><a href='/policies/{n}'>Policy number {n}</a></li>" for n in range(30))
    assert said(f"<h1>All policies</h1><div><ul>{links}</ul></div>")[0] == "All policies"
    assert "Policy number 29" in said(f"<div><ul>{links}</ul></div>")
    toc = "".join(f"<li><a href='#p{n}'>Policy number {n}</a></li>" for n in range(30))
    assert "Policy number 29" in said(f"<div><ul>{toc}</ul></div>")


def test_a_title_among_links_is_kept():
    links = "<dl>" + "<dt><a href=/x>Another chapter</a></dt>" * 30 + "</dl>"
    text = f"<p>{PROSE}</p>" * 3
    found = said(f"<div><h1>Leave</h1><p>Release 3</p>{links}</div>{text}")
    assert found[:2] == ["Leave", "Release 3"]
