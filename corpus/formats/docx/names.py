"""How Word names its elements, and the few ways to ask one for its value."""

from __future__ import annotations

from lxml.etree import _Element as Element

from corpus.formats.package import Package, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VAL = f"{W}val"

_OFF = frozenset(("0", "false", "off", "none"))
_STRICT = b"http://purl.oclc.org/ooxml/"
# the names of the strict standard, and those of the one that everybody writes
_RENAMED = (
    (_STRICT + b"wordprocessingml/main", W[1:-1].encode()),
    (_STRICT + b"officeDocument/math", M[1:-1].encode()),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def read_part(package: Package, path: str) -> Element | None:
    """Return the root of a part, strict names made common ones; errors as ``Package.xml``."""
    data = package.part(path)
    if data is None:
        return None
    if _STRICT in data:
        for strict, common in _RENAMED:
            data = data.replace(strict, common)
    return parse_xml(data, package.name)


def child_of(element: Element | None, *names: str) -> Element | None:
    """Return the descendant that these names of Word lead to, one a level."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return element


def value_of(element: Element | None, *names: str) -> str | None:
    """Return the value of the descendant that the names lead to."""
    found = child_of(element, *names)
    return None if found is None else found.get(VAL)


def number_of(element: Element | None, *names: str) -> int | None:
    """Return that value as a whole number, None when it is none."""
    return whole(value_of(element, *names))


def whole(text: str | None) -> int | None:
    """Return a number as Word writes it, None when it is none; a length without its unit."""
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        return _twips(text)


def is_on(element: Element | None, *names: str) -> bool | None:
    """Say whether a switch is on; None when it is not there."""
    found = child_of(element, *names)
    return None if found is None else found.get(VAL, "true") not in _OFF


_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 566.93, "mm": 56.693, "pc": 240.0, "pi": 240.0}


def _twips(text: str) -> int | None:
    """Return a length of the strict standard ("36pt") in twentieths of a point."""
    try:
        return round(float(text[:-2]) * _UNITS.get(text[-2:], 0.0)) if text[-2:] in _UNITS else None
    except (ValueError, OverflowError):
        return None
