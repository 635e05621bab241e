"""The words of one paragraph of an OpenDocument text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats.odt.names import DRAW, OFFICE, TEXT, XLINK, whole
from corpus.formats.odt.styles import Look, Styles
from corpus.formats.wordtext.tape import Letters

_SPACES = re.compile(r"[ \t\r\n]+")  # as one space: so the format has it
_MOST_SPACES = 200  # of one run of them
_UNSEEN = frozenset(
    (
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{TEXT}hidden-text",
        f"{TEXT}number",
        f"{TEXT}note-citation",
        f"{TEXT}ruby-text",
        f"{TEXT}script",
        f"{TEXT}tracked-changes",
    )
)
_SIGNS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_HOLDERS = frozenset((f"{DRAW}frame", f"{DRAW}g"))
_SHAPES = frozenset(
    f"{DRAW}{name}"
    for name in "frame g custom-shape rect ellipse circle line connector polygon path".split()
)
_WITH_TEXT = f"{DRAW}text-box"


@dataclass(slots=True)
class Words:
    """Collects the words of one paragraph, with what hangs on it."""

    styles: Styles
    letters: Letters = field(default_factory=Letters)
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)  # paths of files in the file
    picture: bool = False
    hidden: bool = False  # a field says that the paragraph is not shown
    sequence: str = ""

    def read(self, element: Element, look: Look) -> None:
        """Take in the words below an element; ``look`` is how they look but for spans."""
        self._say(element.text, look)
        for child in element:
            self._child(child, str(child.tag), look)
            self._say(child.tail, look)

    def _child(self, element: Element, tag: str, look: Look) -> None:
        if tag in _SIGNS:
            times = min(whole(element.get(f"{TEXT}c"), 1), _MOST_SPACES)
            self._add(_SIGNS[tag] * times, look)
        elif tag == f"{TEXT}span":
            self.read(element, self._span(element, look))
        elif tag == f"{TEXT}note":
            if not look.hidden:
                self.notes.append(element)
        elif tag in _SHAPES:
            self.read_shape(element)
        elif tag == f"{TEXT}hidden-paragraph":
            self.hidden = self.hidden or element.get(f"{TEXT}is-hidden") == "true"
        elif tag not in _UNSEEN:
            if tag == f"{TEXT}sequence":
                self.sequence = self.sequence or element.get(f"{TEXT}name", "")
            self.read(element, look)

    def _span(self, element: Element, look: Look) -> Look:
        own = self.styles.look("text", element.get(f"{TEXT}style-name"))
        return Look(
            bold=look.bold if own.bold is None else own.bold,
            hidden=look.hidden if own.hidden is None else own.hidden,
            size=look.size if own.size is None else own.size,
        )

    def read_shape(self, element: Element) -> None:
        """Remember the texts in a frame or drawn shape, and the files that it shows."""
        if element.tag in _HOLDERS:
            self.picture = True
            for child in element:
                if child.tag == _WITH_TEXT:
                    self.boxes.append(child)
                elif child.tag in _SHAPES:
                    self.read_shape(child)
                elif child.tag in (f"{DRAW}object", f"{DRAW}object-ole"):
                    self.objects.append(child.get(f"{XLINK}href", ""))
        else:
            self.boxes.append(element)

    def _say(self, text: str | None, look: Look) -> None:
        if text:
            self._add(_SPACES.sub(" ", text), look)

    def _add(self, text: str, look: Look) -> None:
        if not look.hidden:
            self.letters.add(text, bold=bool(look.bold), size=look.size)
