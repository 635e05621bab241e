"""Footnotes and endnotes of Word, numbered as Word prints them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats import numerals
from corpus.formats.docx.names import W, child_of, number_of, value_of
from corpus.formats.docx.parts import Parts
from corpus.formats.wordtext.seen import NoteMark

_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerRoman": numerals.roman,
    "upperRoman": lambda number: numerals.roman(number).upper(),
    "lowerLetter": numerals.letters,
    "upperLetter": lambda number: numerals.letters(number).upper(),
    "chicago": numerals.signs,
}
_KINDS = ("footnote", "endnote")
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(slots=True)
class _Kind:
    """How one kind of note is numbered, and where the count stands."""

    elements: dict[str, Element]
    format: str
    start: int
    anew: bool  # with each section of the file
    count: int = 0


@dataclass(slots=True)
class Notes:
    """The notes by kind; to be asked for each reference in the order of the text."""

    kinds: dict[str, _Kind] = field(default_factory=dict)

    def mark(self, reference: NoteMark) -> str:
        """Return the mark that is printed at the next reference."""
        kind = self.kinds[reference.kind]
        if reference.mark.strip():
            return reference.mark.strip()
        kind.count += 1
        return _FORMATS.get(kind.format, str)(kind.count + kind.start - 1)

    def element(self, reference: NoteMark) -> Element | None:
        """Return a note, None when the file lacks it."""
        return self.kinds[reference.kind].elements.get(reference.id)

    def end_section(self) -> None:
        """Count anew what is counted by section."""
        for kind in self.kinds.values():
            if kind.anew:
                kind.count = 0


def read_notes(parts: Parts) -> Notes:
    """Return the notes; separators, which no reference names, are among them and harmless."""
    section = next(parts.document.iter(f"{W}sectPr"), None)
    kinds = {}
    for kind, root in zip(_KINDS, (parts.footnotes, parts.endnotes), strict=True):
        elements = {} if root is None else {e.get(f"{W}id", ""): e for e in root}
        own, general = child_of(section, f"{kind}Pr"), child_of(parts.settings, f"{kind}Pr")
        start = number_of(own, "numStart") or number_of(general, "numStart") or 1
        kinds[kind] = _Kind(
            elements=elements,
            format=value_of(own, "numFmt") or value_of(general, "numFmt") or _USUAL[kind],
            start=start,
            anew="eachSect"
            in (value_of(own, "numRestart") or "", value_of(general, "numRestart") or ""),
        )
    return Notes(kinds)
