"""Footnotes of a page: which marks refer to which notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.formats.html.tree import Node, Page, Text

_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[a-zA-Z]|[ivxlc]{2,7}|[*†‡§¶#]{1,4})[\])]?\.?$")
_NOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
_NAMED = re.compile(r"_?(?:fn|ftn|edn|cite_note|footnote|endnote|sdfootnote|sdendnote)[-_:.]?\w*")
_NUMBERED = re.compile(r"_?(?:fn|ftn|edn|footnote|endnote|sdfootnote|sdendnote)[-_:.]?\d+$")
_HEADING = re.compile(r"h[1-6]$")
_FRAMES = frozenset(("div", "aside", "li"))
_INLINE = frozenset("a sup sub span b strong i em small u font ins cite mark abbr label".split())
_HOLDERS = frozenset(("body", "html", "main", "article", "td", "th"))


@dataclass(slots=True, eq=False)
class PageNote:
    """One footnote.

    Attributes:
        body: the element that holds its text.
        mark: as printed where the running text first refers to it.
        back: links in its body that lead back, no part of its text.
    """

    body: Node
    mark: Text
    back: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page, by the links that refer to them and by the elements that hold them."""

    by_reference: dict[Node, PageNote]
    by_body: dict[Node, PageNote]

    @property
    def back(self) -> frozenset[Node]:
        """The links in notes that lead back to the running text."""
        return frozenset(link for note in self.by_body.values() for link in note.back)

    def frames(self) -> frozenset[Node]:
        """Return the elements that hold notes and, headings apart, no other text."""
        held: Counter[Node] = Counter()
        for body in self.by_body:
            for outer in body.ancestors:
                if outer.tag in _HOLDERS:
                    break
                held[outer] += body.letters
        return frozenset(node for node, letters in held.items() if letters >= _unheaded(node))


def _unheaded(node: Node) -> int:
    return node.letters - sum(one.letters for one in node.below() if _HEADING.match(one.tag))


def find_notes(page: Page) -> Notes:
    """Return the notes of a page.

    A note is where a short mark ("1", "[a]", "*") leads to, later on the page, that leads back to
    the mark or is named a note.
    """
    places = {node: number for number, node in enumerate(page.nodes)}
    targets = _targets(page)
    found = Notes({}, {})
    for link in page.nodes:
        target = targets.get(_goal(link)) if link.tag == "a" else None
        if target is None or places[target] <= places[link] or _mark_of(link, page) is None:
            continue
        body = _body(target)
        back = frozenset(_links_back(link, body, targets))
        if not (back or _is_named(target) or _is_named(body)) or body in link.ancestors:
            continue
        _add(found, link, body, back=back, page=page)
    return found


def _add(found: Notes, link: Node, body: Node, *, back: frozenset[Node], page: Page) -> None:
    note, mark = found.by_body.get(body), _mark_of(link, page)
    if note is None and mark is not None:
        note = found.by_body[body] = PageNote(body, mark, back)
    if note is not None:
        note.back |= back
        found.by_reference[link] = note


def _targets(page: Page) -> dict[str, Node]:
    """Return the elements by the names that links call them."""
    named: dict[str, Node] = {}
    for node in page.nodes:
        for key in ("id", "name"):
            if value := node.attributes.get(key):
                named.setdefault(value, node)
    return named


def _goal(link: Node) -> str:
    address = link.attributes.get("href", "")
    return address[1:] if address.startswith("#") else ""


def _mark_of(link: Node, page: Page) -> Text | None:
    """Return the whole text of a link if it is the mark of a note."""
    parts = [part for node in (link, *link.below()) for part in node.children]
    texts = [part for part in parts if isinstance(part, Text)]
    if not texts:
        return None
    start, end = min(text.start for text in texts), max(text.end for text in texts)
    words = page.text[start:end]
    if not _MARK.match(words.strip()):
        return None
    start += len(words) - len(words.lstrip())
    return Text(start, start + len(words.strip()))


def _body(target: Node) -> Node:
    """Return the element that holds the whole note, given the one that a mark leads to."""
    body = target
    while body.tag in _INLINE and body.parent is not None:
        body = body.parent
    outer = body.parent
    # a note in a frame of its own may run over several paragraphs
    own = outer is not None and outer.tag in _FRAMES and _NUMBERED.match(outer.get("id"))
    return outer if outer is not None and own else body


def _links_back(link: Node, body: Node, targets: dict[str, Node]) -> Iterator[Node]:
    """Give the links in a note that lead back to where it is referred to."""
    around = {link, *link.ancestors, *link.below()}
    for inner in (body, *body.below()):
        goal = targets.get(_goal(inner)) if inner.tag == "a" else None
        # some programs put an empty anchor beside the mark
        beside = goal is not None and goal.tag in _INLINE and goal.parent is link.parent
        if goal is not None and (goal in around or beside):
            yield inner


def _is_named(node: Node) -> bool:
    """Say whether an element calls itself a note."""
    roles = {node.get("role"), *node.get("epub:type").split()}
    style = node.get("style")
    return (
        bool(roles & _NOTE_ROLES)
        or "mso-element:footnote" in style
        or "mso-element:endnote" in style
        or bool(_NAMED.match(node.get("id")) or _NAMED.match(node.get("name")))
    )
