"""The styles of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats.odt.names import FO, OFFICE, STYLE, TEXT, plain_name, whole
from corpus.formats.wordtext.seen import Role
from corpus.formats.wordtext.style_names import meaning

_USUAL_SIZE = 24  # half points, where nobody says otherwise
_LONGEST_CHAIN = 50  # styles; a chain may run in a circle
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_POINTS = re.compile(r"(\d{1,4}(?:\.\d+)?)pt")
_PLACES = (f"{OFFICE}styles", f"{OFFICE}automatic-styles")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of letters and paragraphs; None where it says nothing.

    Attributes:
        size: in half points.
        list_style: name of the lists of such paragraphs.
    """

    role: Role = ""
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    list_style: str = ""
    keep_next: bool = False
    filled: bool = False


@dataclass(slots=True)
class Styles:
    """All styles by family ("paragraph", "text", …) and name, and all styles of lists."""

    elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    defaults: dict[str, Element] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    outline: Element | None = None
    known: dict[tuple[str, str], Look] = field(default_factory=dict)

    def look(self, family: str, name: str | None) -> Look:
        """Return what a style says, with what it takes over from those that it rests on."""
        key = (family, name or "")
        if key not in self.known:
            self.known[key] = self._resolved(*key)
        return self.known[key]

    @property
    def language(self) -> str:
        """The language of the text ("en"), empty when it is not said."""
        default = self.defaults.get("paragraph")
        found = next((_text(e).get(f"{FO}language") for e in [default] if e is not None), None)
        return found if found and found not in ("none", "zxx") else ""

    def _resolved(self, family: str, name: str) -> Look:
        chain = list(self._chain(family, name))
        outline, role = meaning((_name(e), _outline(e)) for e in chain)
        if family == "paragraph" and (default := self.defaults.get(family)) is not None:
            chain.append(default)
        texts = [_text(element) for element in chain]
        return Look(
            role=role,
            outline=outline,
            bold=next((w in _BOLD for t in texts if (w := t.get(f"{FO}font-weight"))), None),
            hidden=next((d == "none" for t in texts if (d := t.get(f"{TEXT}display"))), None),
            size=_size([t.get(f"{FO}font-size") for t in texts])
            or (_USUAL_SIZE if family == "paragraph" else None),
            list_style=next((n for e in chain if (n := e.get(f"{STYLE}list-style-name"))), ""),
            keep_next=_says(chain, "paragraph", f"{FO}keep-with-next") == "always",
            filled=_says(chain, "table-cell", f"{FO}background-color")
            not in (None, "transparent", "#ffffff"),
        )

    def _chain(self, family: str, name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while name and (family, name) in self.elements and name not in seen:
            if len(seen) >= _LONGEST_CHAIN:
                return
            seen.add(name)
            yield self.elements[family, name]
            name = self.elements[family, name].get(f"{STYLE}parent-style-name")


def read_styles(*roots: Element | None) -> Styles:
    """Return the styles of the parts; where two have a name in common, the first part's counts."""
    styles = Styles()
    for root in roots:
        for place in _PLACES:
            for element in () if root is None else root.iterfind(f"{place}/*"):
                _file(styles, element)
    return styles


def _file(styles: Styles, element: Element) -> None:
    name = element.get(f"{STYLE}name", "")
    family = element.get(f"{STYLE}family", "")
    if element.tag == f"{STYLE}style":
        styles.elements.setdefault((family, name), element)
    elif element.tag == f"{STYLE}default-style":
        styles.defaults.setdefault(family, element)
    elif element.tag == f"{TEXT}list-style":
        styles.lists.setdefault(name, element)
    elif element.tag == f"{TEXT}outline-style" and styles.outline is None:
        styles.outline = element


def _name(style: Element) -> str:
    return style.get(f"{STYLE}display-name") or plain_name(style.get(f"{STYLE}name", ""))


def _outline(style: Element) -> int | None:
    level = whole(style.get(f"{STYLE}default-outline-level"), 0)
    return level - 1 if level else None


def _text(style: Element) -> Element | dict[str, str]:
    found = style.find(f"{STYLE}text-properties")
    return {} if found is None else found


def _says(chain: list[Element], kind: str, name: str) -> str | None:
    for style in chain:
        found = style.find(f"{STYLE}{kind}-properties")
        if found is not None and (value := found.get(name)):
            return value
    return None


def _size(sizes: list[str | None]) -> int | None:
    """Return the size of letters: the first that is a length, times the shares before it."""
    share = 1.0
    for size in sizes:
        if size and (found := _POINTS.fullmatch(size)):
            return round(2 * float(found[1]) * share)
        if size and size.endswith("%"):
            share *= whole(size[:-1], 100) / 100
    return None
