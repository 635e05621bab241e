"""The numbers and letters that a page prints before the items of its lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.formats.html.tree import Node
from corpus.formats.numerals import counted_letters, roman

_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_DIGITS = 6  # a longer number is no label that anyone printed
# what a Google document writes for its lists: .lst-a-1>li:before{content:"(" counter(a,style) ") "}
_BEFORE = re.compile(r"\.([\w-]+)\s*>\s*li:before\s*\{\s*content:\s*([^}]*)\}")
_PIECE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|counter\(\s*([\w-]+)\s*,\s*([\w-]+)\s*\)")
_ESCAPE = re.compile(r"\\(?:0{0,2}([0-9a-fA-F]{1,4})\s?|(.))", re.DOTALL)
_RESETS = re.compile(r"\.([\w-]+)\.start\s*\{\s*counter-reset:\s*([\w-]+)\s+(\d{1,6})")
_COUNTS = re.compile(r"\.([\w-]+)\s*>\s*li\s*\{\s*counter-increment:\s*([\w-]+)")
_LEVEL = re.compile(r"lst-[\w-]*-(\d)$")


def label(kind: str, number: int) -> str:
    """Return a number as a list prints it, without its full stop ("iv")."""
    match kind:
        case "lower-alpha" | "lower-latin":
            return counted_letters(number)
        case "upper-alpha" | "upper-latin":
            return counted_letters(number).upper()
        case "lower-roman":
            return roman(number)
        case "upper-roman":
            return roman(number).upper()
        case "decimal-leading-zero":
            return f"{number:02d}"
        case _:
            return str(number)


def labels_of(ordered: Node) -> dict[Node, str]:
    """Return what an ordered list prints before each of its items ("3.", "a.")."""
    items = [node for node in ordered.elements if node.tag == "li"]
    step = -1 if "reversed" in ordered.attributes else 1
    number = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    outer = _kind(ordered)
    found = {}
    for item in items:
        number = _whole(item.get("value"), number)
        kind = _kind(item) or outer or "decimal"
        if kind != "none":
            found[item] = f"{label(kind, number)}."
        number += step
    return found


def _kind(node: Node) -> str:
    if styled := _STYLE.search(node.attributes.get("style", "")):
        words = styled[1].lower().split()
        return "none" if "none" in words else words[0]
    return _TYPES.get(node.attributes.get("type", "").strip(), "")


def _whole(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(rf"-?[0-9]{{1,{_DIGITS}}}", written) else otherwise


@dataclass(slots=True)
class StyledLists:
    """Labels that style sheets print, as Google Docs writes them; the counters as they stand."""

    contents: Mapping[str, str]
    resets: Mapping[str, tuple[str, int]]
    counters: Mapping[str, str]
    values: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: str) -> StyledLists:
        """Find them in the style sheets of a page."""
        return cls(
            {found[1]: found[2] for found in _BEFORE.finditer(styles)},
            {found[1]: (found[2], int(found[3])) for found in _RESETS.finditer(styles)},
            {found[1]: found[2] for found in _COUNTS.finditer(styles)},
        )

    def depth(self, node: Node) -> int:
        """Return how deep a list stands by its class: such lists are not put into one another."""
        for name in node.attributes.get("class", "").split():
            if found := _LEVEL.fullmatch(name):
                return int(found[1])
        return 0

    def labels_of(self, node: Node) -> dict[Node, str] | None:
        """Return what is printed before each item; None if no style says."""
        names = node.attributes.get("class", "").split()
        name = next((name for name in names if name in self.contents), "")
        if not name:
            return None
        if "start" in names and name in self.resets:
            counter, value = self.resets[name]
            self.values[counter] = _whole(node.get("start"), value + 1) - 1
        found = {}
        for item in node.elements:
            if item.tag == "li":
                counter = self.counters.get(name, "")
                self.values[counter] = self.values.get(counter, 0) + 1
                found[item] = self._printed(self.contents[name])
        return found

    def _printed(self, content: str) -> str:
        printed = "".join(
            label(piece[3], self.values.get(piece[2], 0)) if piece[2] else _unescaped(piece[1])
            for piece in _PIECE.finditer(content)
        ).strip()
        return printed if any(char.isalnum() for char in printed) else ""  # else a bullet


def _unescaped(content: str) -> str:
    r"""Return a string of a style sheet with its escapes (\25cf) resolved."""
    return _ESCAPE.sub(_char, content)


def _char(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    char = chr(int(escape[1], 16))
    return "" if unicodedata.category(char) == "Cs" else char  # half a pair is no character
