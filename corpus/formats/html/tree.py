"""HTML as a browser's tree, without what is not shown: scripts, styles, hidden and struck text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_SHOWN = frozenset(
    "script style template head svg iframe embed object audio video canvas select datalist textarea"
    " dialog xml rt rp rtc noframes noembed applet map annotation annotation-xml".split()
)
_STRUCK = frozenset(("del", "s", "strike"))
_HIDDEN = re.compile(
    r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
_PAGES = frozenset(("html", "body"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 150  # elements inside one another; what stands deeper is hung up there, in its order


@dataclass(frozen=True, slots=True)
class Text:
    """Characters ``[start, end)`` of the page's text."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Node:
    """One element.

    Attributes:
        letters: characters below it that are not blank; ``linked`` of them stand in links,
            ``in_page`` in links to a place on the same page.
        links: number of links below it.
        out: it is no part of what the page says.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | Text] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    in_page: int = 0
    links: int = 0
    out: bool = False

    def get(self, name: str) -> str:
        """Return an attribute in small letters, empty if it is not there."""
        return self.attributes.get(name, "").strip().lower()

    @property
    def elements(self) -> Iterator[Node]:
        """The elements directly in it."""
        return (child for child in self.children if isinstance(child, Node))

    @property
    def ancestors(self) -> Iterator[Node]:
        """The elements around it, from the nearest."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def below(self) -> Iterator[Node]:
        """Every element in it, in the order of the page."""
        rest = list(self.elements)[::-1]
        while rest:
            node = rest.pop()
            yield node
            rest += list(node.elements)[::-1]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        text: all that it may show, in its order; white space as it is shown.
        nodes: its elements in their order, ``root`` first.
        title: from its head.
        styles: its style sheets, as they are written.
        struck: it holds text that is struck through; that is left out.
        scripted: it has scripts.
    """

    text: str
    nodes: list[Node]
    title: str = ""
    styles: str = ""
    struck: bool = False
    scripted: bool = False

    @property
    def root(self) -> Node:
        """The element that holds all others."""
        return self.nodes[0]


def read_tree(source: str, *, without_scripts: bool = False) -> Page:
    """Return the tree of a page; ``without_scripts`` shows what is meant for browsers without."""
    parsed = LexborHTMLParser(source)
    builder = _Builder(without_scripts=without_scripts, controlled=_controlled(parsed))
    builder.build(parsed)
    title = parsed.css_first("title")
    page = Page(
        text="".join(builder.parts),
        nodes=builder.nodes,
        title=" ".join(title.text().split()) if title else "",
        styles="\n".join(style.text() for style in parsed.css("style")),
        struck=builder.struck,
        scripted=parsed.css_first("script") is not None,
    )
    count_letters(page)
    return page


def text_of(node: Node, page: Page) -> str:
    """Return all text in an element."""
    parts = [part for one in (node, *node.below()) for part in one.children]
    return "".join(page.text[part.start : part.end] for part in parts if isinstance(part, Text))


def count_letters(page: Page) -> None:
    """Count again what stands below each element, without what is out."""
    for node in page.nodes:
        node.letters = node.linked = node.in_page = node.links = 0
    for node in reversed(page.nodes):
        if node.out:
            continue
        for child in node.children:
            if isinstance(child, Text):
                node.letters += (
                    child.end - child.start - page.text.count(" ", child.start, child.end)
                )
        if node.tag == "a" and (address := node.attributes.get("href")) is not None:
            node.links, node.linked = 1, node.letters
            node.in_page = node.letters if address.startswith("#") else 0
        if node.parent is not None:
            node.parent.letters += node.letters
            node.parent.linked += node.linked
            node.parent.in_page += node.in_page
            node.parent.links += node.links


def _controlled(parsed: LexborHTMLParser) -> frozenset[str]:
    """Return the ids of what a click on the page unfolds: such text is shown on demand."""
    names = (node.attributes.get("aria-controls") or "" for node in parsed.css("[aria-controls]"))
    return frozenset(name for value in names for name in value.split())


class _Builder:
    """Copies the shown part of a tree; without recursion, for pages may be deep."""

    def __init__(self, *, without_scripts: bool, controlled: frozenset[str]) -> None:
        self.without_scripts = without_scripts
        self.controlled = controlled
        self.nodes = [Node("html")]
        self.parts: list[str] = []
        self.length = 0
        self.struck = False

    def build(self, parsed: LexborHTMLParser) -> None:
        body = parsed.root
        if body is None:
            return
        self.nodes[0].attributes = _attributes(body)
        rest = [(body.first_child, self.nodes[0], 0, False)]
        while rest:
            node, parent, depth, kept = rest.pop()
            if node is None:
                continue
            rest.append((node.next, parent, depth, kept))
            if node.is_text_node:
                self._text(node.text_content or "", parent, keep=kept, deep=depth > _DEEPEST)
            elif node.is_element_node and (made := self._element(node, parent)) is not None:
                inner = made if depth < _DEEPEST else parent
                rest.append((node.first_child, inner, depth + 1, kept or made.tag == "pre"))

    def _text(self, text: str, parent: Node, *, keep: bool, deep: bool) -> None:
        text = text.replace("\r\n", "\n") if keep else _SPACE.sub(" ", text)
        if not text:
            return
        if deep:
            parent = self._add(Node("div", parent=parent))
        parent.children.append(Text(self.length, self.length + len(text)))
        self.parts.append(text)
        self.length += len(text)

    def _element(self, node: LexborNode, parent: Node) -> Node | None:
        tag = (node.tag or "").lower()
        if tag in _NEVER_SHOWN or (tag == "noscript" and not self.without_scripts):
            return None
        attributes = _attributes(node)
        if self._is_hidden(tag, attributes, node):
            return None
        if tag in _STRUCK or "msoDel" in attributes.get("class", "").split():
            self.struck = True
            return None
        return self._add(Node(tag, attributes, parent))

    def _add(self, node: Node) -> Node:
        self.nodes.append(node)
        if node.parent is not None:
            node.parent.children.append(node)
        return node

    def _is_hidden(self, tag: str, attributes: Mapping[str, str], node: LexborNode) -> bool:
        if tag in _PAGES or not attributes:
            return False
        by_style = bool(_HIDDEN.search(attributes.get("style", "")))
        by_mark = attributes.get("hidden", "until-found").strip().lower() != "until-found"
        if by_style or by_mark:
            unfolds = attributes.get("id") in self.controlled
            return not (unfolds or attributes.get("role") == "tabpanel")
        if attributes.get("aria-hidden", "").strip().lower() != "true":
            return False
        # a page saved while a window stood over it has its content marked so
        return tag != "main" and node.css_first("h1, main") is None


def _attributes(node: LexborNode) -> Mapping[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
