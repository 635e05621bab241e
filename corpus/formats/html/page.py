"""What a page says, apart from what stands around it: menus, banners, footers, cookie bars."""

from __future__ import annotations

import re

from corpus.formats.html.notes import Notes
from corpus.formats.html.tree import Node, Page, Text, count_letters, text_of

_SECTIONS = frozenset(("article", "main", "section", "aside", "td", "blockquote"))
_FRAMES = frozenset(("header", "footer", "aside", "form"))
_NEVER_OUT = frozenset(("html", "body", "main", "article"))
_OUT_ROLES = frozenset(
    "navigation search menu menubar tablist toolbar dialog alertdialog doc-toc doc-backlink".split()
)
_WORD = r"(?:^|[-_ ])(?:{})(?:$|[-_ ])"
_MENU = re.compile(
    _WORD.format(
        "nav|navbar|navigation|menu|submenu|pagination|pager|share|sharing|social"
        "|sidebar|toolbar|masthead|topbar|banner|header|skip|sitemap|widgets?|toc"
    )
)
_FOOTER = re.compile(
    r"(?:^|[ ])(?:(?:site|page|global|main)[-_]?)?(?:footer|colophon|copyright)(?:$|[ ])"
)
_TRAIL = re.compile(_WORD.format("breadcrumbs?|mw-editsection|headerlink"))
_COOKIES = re.compile(_WORD.format("cookies?|consent|gdpr|ccpa"))
_UNFOLDS = re.compile(r"accordion|collaps|toggle")
_SEARCH = re.compile(_WORD.format("search|searchbox|searchform"))
_RUNNING = frozenset(("header", "footer"))  # a div's title, as LibreOffice writes
_WORD_PARTS = re.compile(r"mso-element:\s*(?:header|footer|comment-list|comment)\b")
_CONTENTS_ID = re.compile(r"table[ _-]?of[ _-]?contents\d*$", re.IGNORECASE)  # LibreOffice's
_CONTENTS = re.compile(r"(?:^| )mso-?toc\d?(?:$| )")  # Word's classes MsoToc1, MsoToc2 …
_COOKIE_LETTERS = 2500  # a policy on cookies is longer, or has no button
_SEARCH_LETTERS = 200
_LARGEST_FRAME = 0.25  # share of the page that a header or footer may have
_LARGEST_MENU = 0.5
# share of the page's prose that an element must hold to be taken for all that the page says
_MOST = {"main": 0.5, "article": 0.8}
_DENSE = 0.7  # share of linked letters that makes a menu
_HALF = 0.5
_FEWEST_LINKS = 3
_LINK_LETTERS = 40  # at most, on the average, of the links of a menu
_PROSE = 60  # letters outside links that make an element prose
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_CONTROLS = frozenset(("button", "input"))


def find_content(page: Page, notes: Notes, *, menus: bool = False) -> Node:
    """Mark what is no part of what the page says as out; return the element that says it.

    Args:
        page: to be marked.
        notes: of it, which are never out.
        menus: keep what only looks like a menu, of a page that has little else.
    """
    total = page.root.letters
    for node in page.nodes:
        if node.parent is not None and node.parent.out:
            node.out = True
        elif node.tag not in _NEVER_OUT:
            node.out = _is_furniture(node, total) and not _holds_notes(node, notes)
    _keep_title(page)
    count_letters(page)
    content = _main(page)
    if content is page.root and not menus:
        _drop_menus(page)
        count_letters(page)
    return content


def _is_furniture(node: Node, total: int) -> bool:
    """Say whether an element stands around the text; ``total`` is the page's letters."""
    if node.tag == "nav":
        return True
    if not node.attributes and node.tag not in _FRAMES:
        return False
    if node.get("role") in _OUT_ROLES or _is_marked_by_program(node):
        return True
    if node.tag in ("header", "footer") or node.get("role") in ("banner", "contentinfo"):
        return node.letters <= _LARGEST_MENU * total and not _is_inside(node)
    if node.tag == "aside" or node.get("role") == "complementary":
        return _density(node) > _HALF
    return node.tag not in _HEADINGS and _is_named_so(node, total)


def _is_marked_by_program(node: Node) -> bool:
    """Say whether Word or LibreOffice marks a running line, a comment or a line of contents."""
    if _CONTENTS.search(node.get("class")):
        return True
    running = node.get("title") in _RUNNING or _WORD_PARTS.search(node.get("style"))
    contents = _CONTENTS_ID.match(node.get("id"))
    return node.tag == "div" and bool(running or contents)


def _is_named_so(node: Node, total: int) -> bool:
    """Say whether an element is named like a menu, a footer, a cookie bar, and looks like one."""
    names = f"{node.get('class')} {node.get('id')}"
    if names.strip() and node.letters <= _LARGEST_FRAME * total:
        menu = _MENU.search(names) and _density(node) > _HALF
        if menu or _TRAIL.search(names) or (_FOOTER.search(names) and not _is_inside(node)):
            return True
    return _is_cookie_bar(node, names) or _is_search(node, names)


def _is_inside(node: Node) -> bool:
    """Say whether an element belongs to a part of the text, not to the page."""
    return any(outer.tag in _SECTIONS for outer in node.ancestors)


def _is_cookie_bar(node: Node, names: str) -> bool:
    return (
        bool(_COOKIES.search(names))
        and node.letters < _COOKIE_LETTERS
        and any(_is_button(inner) for inner in node.below())
    )


def _is_button(node: Node) -> bool:
    return node.tag in _CONTROLS or node.get("role") == "button" or "btn" in node.get("class")


def _is_search(node: Node, names: str) -> bool:
    if node.letters > _SEARCH_LETTERS:
        return False
    if node.tag == "form" and _SEARCH.search(names):
        return True
    fields = [inner for inner in node.below() if inner.tag == "input"]
    return (node.tag == "form" or bool(_SEARCH.search(names))) and any(
        one.get("type") == "search" for one in fields
    )


def _density(node: Node) -> float:
    return node.linked / node.letters if node.letters else 1.0


def _holds_notes(node: Node, notes: Notes) -> bool:
    return any(node is body or node in body.ancestors for body in notes.by_body)


def _keep_title(page: Page) -> None:
    """Bring back a title that stands in the page's header and nowhere else."""
    titles = [node for node in page.nodes if node.tag == "h1" and node.letters]
    if not titles or any(not title.out for title in titles):
        return
    title = titles[0]
    _bring_back(title)
    for outer in title.ancestors:
        if not outer.out:
            break
        outer.out = False
        # beside it in a header stand a logo, a menu, a slogan, or what introduces the text
        for other in outer.elements:
            if _introduces(other, page):
                _bring_back(other)
            else:
                other.out = other.out or title not in (other, *other.below())
        outer.children = [child for child in outer.children if isinstance(child, Node)]


def _bring_back(node: Node) -> None:
    for one in (node, *node.below()):
        one.out = False


def _introduces(node: Node, page: Page) -> bool:
    """Say whether a paragraph beside a title is prose, or has a date or a version."""
    if node.tag != "p" or _density(node) > _HALF:
        return False
    return node.letters >= _PROSE or any(map(str.isdigit, text_of(node, page)))


def _main(page: Page) -> Node:
    """Return the element that is marked as the main one, if most of the prose stands in it."""
    prose = page.root.letters - page.root.linked
    for wanted, share in _MOST.items():
        found = [
            node
            for node in page.nodes
            if not node.out
            and (node.tag == wanted or (wanted, node.get("role")) == ("main", "main"))
        ]
        outermost = [node for node in found if not any(o in found for o in node.ancestors)]
        if len(outermost) == 1 and outermost[0].letters - outermost[0].linked >= share * prose:
            return _with_title(page, outermost[0])
    return page.root


def _with_title(page: Page, content: Node) -> Node:
    """Return the content, with the page's title put first where it stands outside."""
    titles = [node for node in page.nodes if node.tag == "h1" and node.letters and not node.out]
    if titles and titles[0] in content.ancestors:
        return content  # a heading that was never closed holds the whole text
    if titles and not any(content is title or content in title.ancestors for title in titles):
        content.children.insert(0, titles[0])
    return content


def _drop_menus(page: Page) -> None:
    """Mark as out what is mostly links, with no heading or prose before it that it goes with."""
    for node in page.nodes:
        below = node.parent is not None and node.parent.out
        node.out = node.out or below or (node.tag not in _NEVER_OUT and _is_menu(node))


def _is_menu(node: Node) -> bool:
    if node.links < _FEWEST_LINKS or _density(node) < _DENSE:
        return False
    if node.linked > _LINK_LETTERS * node.links or node.tag in ("p", "tr", "td", "a", "li"):
        return False
    return not any(_has_words(inner) for inner in node.below()) and not _goes_with_text(node)


def _has_words(node: Node) -> bool:
    """Say whether an element is the title of a page, or prose."""
    if node.tag == "h1":
        return node.letters > 0
    return node.tag == "p" and node.letters - node.linked >= _PROSE


def _goes_with_text(node: Node) -> bool:
    """Say whether a heading or prose stands before it in the same element."""
    if node.parent is None:
        return False
    for child in node.parent.children:
        if child is node:
            return False
        if isinstance(child, Text):
            if child.end - child.start >= _PROSE:
                return True
        elif not child.out and (child.tag in _HEADINGS or child.letters - child.linked >= _PROSE):
            return True
    return False


def unfolds(node: Node) -> bool:
    """Say whether a button is the title of text that it unfolds."""
    names = node.attributes.keys() & {"aria-expanded", "aria-controls"}
    return bool(names) or bool(_UNFOLDS.search(node.get("class")))


def is_sign(node: Node, page: Page) -> bool:
    """Say whether a link holds nothing but a sign, such as ¶ behind a heading."""
    if not node.get("href").startswith("#"):
        return False
    return not any(char.isalnum() for char in text_of(node, page))
