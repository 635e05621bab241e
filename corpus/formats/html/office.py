"""What Word writes into its pages: lists as paragraphs, titles, outline levels."""

from __future__ import annotations

import re

from corpus.formats.html.tree import Node, Page, text_of

_OUTLINE_LEVEL = re.compile(r"mso-outline-level:\s*([1-6])\b")
_LIST_LEVEL = re.compile(r"mso-list:\s*\S+\s+level([1-9])")
_LIST_CLASSES = re.compile(r"(?:^| )mso(?:listparagraph|listbullet|listnumber)")
_TITLE_CLASSES = frozenset(("title", "msotitle"))  # the first is Google's
_HEADING = re.compile(r"h[1-6]$")
_SYMBOLS = re.compile(r"(?:symbol|wingdings|courier)")


def is_title(node: Node) -> bool:
    """Say whether a paragraph is styled as the title of the document."""
    return node.tag == "p" and bool(_TITLE_CLASSES.intersection(node.get("class").split()))


def has_title(content: Node) -> bool:
    """Say whether a paragraph is styled as the title, above headings of the first level."""
    for node in content.below():
        if is_title(node) and node.letters:
            return any(other.tag == "h1" and other.letters for other in content.below())
        if _HEADING.match(node.tag) and node.letters:
            return False
    return False


def outline_level(node: Node) -> int:
    """Return the level at which a paragraph stands in the outline, 0 for none."""
    found = _OUTLINE_LEVEL.search(node.get("style")) if node.tag == "p" else None
    return int(found[1]) if found else 0


def is_list_paragraph(node: Node) -> bool:
    """Say whether a paragraph is shown as an item of a list."""
    if node.tag != "p":
        return False
    return bool(_LIST_LEVEL.search(node.get("style")) or _LIST_CLASSES.search(node.get("class")))


def list_depth(node: Node) -> int:
    """Return how deep such an item stands."""
    level = _LIST_LEVEL.search(node.get("style"))
    return int(level[1]) - 1 if level else 0


def bullet_of(node: Node, page: Page) -> Node | None:
    """Return the element that holds such an item's bullet; None where it holds a label."""
    for inner in node.below():
        style = inner.get("style")
        ignored = "mso-list:ignore" in style.replace(" ", "")
        if inner.letters == 0 or not (ignored or _SYMBOLS.search(style)):
            continue
        symbol = any(_SYMBOLS.search(one.get("style")) for one in (inner, *inner.ancestors))
        words = text_of(inner, page).strip()
        return inner if len(words) == 1 and (symbol or not words.isalnum()) else None
    return None
