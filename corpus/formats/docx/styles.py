"""The styles of a Word file: what each means, with what it takes over from the one it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml.etree import _Element as Element

from corpus.formats.docx.names import W, child_of, is_on, number_of, value_of, whole
from corpus.formats.wordtext.seen import Role
from corpus.formats.wordtext.style_names import meaning

_Value = TypeVar("_Value", int, bool)

_USUAL_SIZE = 20  # half points; what Word takes where nobody says otherwise
_LONGEST_CHAIN = 50  # styles; Word itself stops at 11, and a chain may run in a circle
_TYPE, _ID, _BASED = f"{W}type", f"{W}styleId", "basedOn"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it says nothing.

    Attributes:
        outline: level of a heading from 0; None for body text.
        size: of its letters, in half points.
        number: id of its numbering; "0" takes one away.
        number_style: the style of its chain that names the numbering.
        indent: from the left margin, in twentieths of a point.
        first_row: of a table style: the first row looks unlike the others.
    """

    id: str = ""
    role: Role = ""
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    number: str | None = None
    number_level: int | None = None
    number_style: str = ""
    indent: int | None = None
    keep_next: bool = False
    first_row: bool = False


@dataclass(slots=True)
class Styles:
    """All styles by id; ``base`` is what holds where no style says otherwise."""

    elements: dict[str, Element]
    default: str = ""
    base: Style = field(default_factory=lambda: Style(size=_USUAL_SIZE))
    language: str = ""
    known: dict[str | None, Style] = field(default_factory=dict)

    def __getitem__(self, style: str | None) -> Style:
        """Return a style by its id; the default one of paragraphs for None."""
        found = self.known.get(style)
        if found is None:
            name = self.default if style is None else style
            found = self.known[style] = self._resolved(name)
        return found

    def character(self, style: str) -> Style:
        """Return a style of letters; one that does not exist says nothing."""
        return self[style] if style in self.elements else Style()

    def numbering_of(self, style: str) -> str | None:
        """Return the id of the numbering that a style of lists names."""
        return value_of(self.elements.get(style), "pPr", "numPr", "numId")

    def _resolved(self, name: str) -> Style:
        """Put a style together from its chain, what is nearest first."""
        chain = list(self._chain(name if name in self.elements else self.default))
        outline, role = _meaning(chain)
        carrier = next((e for e in chain if _number(e) is not None), None)
        runs = [found for e in chain if (found := child_of(e, "rPr")) is not None]
        paragraphs = [found for e in chain if (found := child_of(e, "pPr")) is not None]
        return Style(
            id=name,
            role=role,
            outline=outline,
            bold=_first(is_on(e, "b") for e in runs),
            hidden=_first(is_on(e, "vanish") for e in runs),
            size=_first(number_of(e, "sz") for e in runs),
            number=None if carrier is None else _number(carrier),
            number_level=_first(number_of(e, "numPr", "ilvl") for e in paragraphs),
            number_style="" if carrier is None else carrier.get(_ID, ""),
            indent=_first(indent_of(e) for e in paragraphs),
            keep_next=bool(_first(is_on(e, "keepNext") for e in paragraphs)),
            first_row=any(_marks_first_row(e) for e in chain),
        )

    def _chain(self, name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self.elements and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            yield self.elements[name]
            name = value_of(self.elements[name], _BASED)


def read_styles(root: Element | None) -> Styles:
    """Return the styles of the part; none at all when there is no part."""
    if root is None:
        return Styles({})
    elements: dict[str, Element] = {}
    default = ""
    for element in root.iterfind(f"{W}style"):
        name = element.get(_ID)
        if name:
            elements.setdefault(name, element)
            if element.get(_TYPE) == "paragraph" and element.get(f"{W}default") in ("1", "true"):
                default = name
    run = child_of(root, "docDefaults", "rPrDefault", "rPr")
    base = Style(
        bold=is_on(run, "b"), hidden=is_on(run, "vanish"), size=number_of(run, "sz") or _USUAL_SIZE
    )
    normal = value_of(elements.get(default), "rPr", "lang")
    return Styles(elements, default, base, language=normal or value_of(run, "lang") or "")


def indent_of(properties: Element | None) -> int | None:
    """Return how far from the left a paragraph stands, in twentieths of a point."""
    found = child_of(properties, "ind")
    if found is None:
        return None
    return whole(found.get(f"{W}left") or found.get(f"{W}start"))


def _meaning(chain: list[Element]) -> tuple[int | None, Role]:
    """Return the outline level and the role of a chain of styles: what is nearest counts."""
    return meaning(
        ((value_of(e, "name") or "").strip(), number_of(e, "pPr", "outlineLvl")) for e in chain
    )


def _number(style: Element) -> str | None:
    return value_of(style, "pPr", "numPr", "numId")


def _marks_first_row(style: Element) -> bool:
    return any(part.get(_TYPE) == "firstRow" for part in style.iterfind(f"{W}tblStylePr"))


def _first(values: Iterator[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None), None)
