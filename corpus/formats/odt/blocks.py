"""The blocks of an OpenDocument text as they are seen, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from corpus.formats.odt.names import DRAW, OFFICE, TABLE, TEXT, whole
from corpus.formats.odt.numbering import DEEPEST, STEP, Count, Numbering
from corpus.formats.odt.styles import Look, Styles
from corpus.formats.odt.tables import read_table
from corpus.formats.odt.words import Words
from corpus.formats.package import Package
from corpus.formats.wordtext.seen import Gap, GridCell, Line, Number, Seen, lines_of
from corpus.formats.wordtext.tables import inside, is_layout
from corpus.formats.wordtext.tape import Tape
from corpus.traced import Traced, joined, made

_MATH = "{http://www.w3.org/1998/Math/MathML}"
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content alphabetical-index illustration-index table-index object-index user-index"
    ).split()
)
_UNSEEN = frozenset(
    (f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}sequence-decls")
)
_FRAMES = frozenset(f"{DRAW}{name}" for name in "frame g custom-shape".split())
_ITEMS = frozenset((f"{TEXT}list-item", f"{TEXT}list-header"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a list the reader stands."""

    count: Count
    style: str
    level: int
    numbered: bool = False  # its number has been given
    start: str | None = None


@dataclass(slots=True)
class Body:
    """Reads the blocks of a text; what it counts goes on from call to call."""

    package: Package
    styles: Styles
    numbering: Numbering
    tape: Tape = field(default_factory=Tape)
    embedded: int = 0  # files in the file whose text is not read

    def read(self, element: Element) -> list[Seen]:
        """Return the blocks in the body, a cell, a note or a frame."""
        found: list[Seen] = []
        self._read(element, found)
        return found

    def _read(self, element: Element, found: list[Seen]) -> None:
        for child in element:
            tag = str(child.tag)
            if tag == f"{TEXT}p":
                self._paragraph(child, found, None)
            elif tag == f"{TEXT}h":
                self._heading(child, found, None)
            elif tag == f"{TEXT}list":
                self._list(child, found, None)
            elif tag == f"{TABLE}table":
                self._table(child, found)
            elif tag in _INDEXES:
                found.append(Gap())
            elif tag in _FRAMES:
                self._frames(child, found)
            elif tag not in _UNSEEN and child.get(f"{TEXT}display") != "none":
                self._read(child, found)

    def _list(self, element: Element, found: list[Seen], upper: _Place | None) -> None:
        """Read a list, or one in an item of another."""
        style = element.get(f"{TEXT}style-name") or (upper.style if upper else "")
        if upper is None:
            style = style or self._style_of_first(element)
            place = _Place(self.numbering.begin(element, style), style, 0)
        else:
            place = _Place(upper.count, style, min(upper.level + 1, DEEPEST - 1))
        for item in element:
            if item.tag in _ITEMS:
                numbered = item.tag == f"{TEXT}list-header"
                start = item.get(f"{TEXT}start-value")
                self._item(item, found, replace(place, numbered=numbered, start=start))

    def _item(self, item: Element, found: list[Seen], place: _Place) -> None:
        for child in item:
            if child.tag == f"{TEXT}p":
                self._paragraph(child, found, place)
                place = replace(place, numbered=True)
            elif child.tag == f"{TEXT}h":
                self._heading(child, found, place)
                place = replace(place, numbered=True)
            elif child.tag == f"{TEXT}list":
                self._list(child, found, place)

    def _style_of_first(self, element: Element) -> str:
        """Return the style of lists that the first paragraph of a list brings with it."""
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        name = None if first is None else first.get(f"{TEXT}style-name")
        return self.styles.look("paragraph", name).list_style

    def _number(self, place: _Place | None) -> Number | None:
        if place is None or place.numbered:
            return None
        return self.numbering.next(place.count, place.style, place.level, place.start)

    def _heading(self, element: Element, found: list[Seen], place: _Place | None) -> None:
        line, words = self._line(element)
        level = min(max(whole(element.get(f"{TEXT}outline-level"), 1), 1), DEEPEST) - 1
        line.outline = None if line.role == "title" else level
        if not words.hidden and element.get(f"{TEXT}is-list-header") != "true":
            start = element.get(f"{TEXT}start-value")
            if place is not None:
                line.number = self._number(place)
            elif line.text.text.strip():
                line.number = self.numbering.heading(level, start)
        self._keep(line, words, found)

    def _paragraph(self, element: Element, found: list[Seen], place: _Place | None) -> None:
        line, words = self._line(element)
        if line.role == "contents":
            found.append(Gap())
            return
        line.outline = self.styles.look("paragraph", line.style).outline
        if not words.hidden:
            line.number = self._number(place)
        line.indent = 0 if place is None else (place.level + 1) * STEP
        self._keep(line, words, found)

    def _line(self, element: Element) -> tuple[Line, Words]:
        name = element.get(f"{TEXT}style-name", "")
        look: Look = self.styles.look("paragraph", name)
        words = Words(self.styles)
        words.read(element, look)
        line = Line(
            text=made("") if words.hidden else self.tape.put(words.letters.text),
            style=name,
            role=look.role,
            bold=words.letters.is_bold,
            size=words.letters.size,
            keep_next=look.keep_next,
            picture=words.picture,
            sequence=words.sequence,
        )
        return line, words

    def _keep(self, line: Line, words: Words, found: list[Seen]) -> None:
        """Add a paragraph, its notes read, and the frames that hang on it."""
        line.noted = [text for note in words.notes if (text := self._note(note)) is not None]
        for path in words.objects:
            self._object(path, line)
        found.append(line)
        for box in words.boxes:
            found += self.read(box)

    def _note(self, element: Element) -> Traced | None:
        citation = element.find(f"{TEXT}note-citation")
        body = element.find(f"{TEXT}note-body")
        if body is None:
            return None
        text = joined(lines_of(self.read(body)), "\n").strip()
        mark = "" if citation is None else "".join(map(str, citation.itertext())).strip()
        return joined([made(f"{mark} " if mark else ""), text]) if text.text else None

    def _object(self, path: str, line: Line) -> None:
        """Add a formula to its paragraph; count what cannot be read."""
        root = self.package.xml(f"{path.removeprefix('./')}/content.xml")
        if root is None or root.tag != f"{_MATH}math":
            self.embedded += 1
            return
        signs = root.iter(f"{_MATH}mi", f"{_MATH}mn", f"{_MATH}mo", f"{_MATH}mtext")
        formula = self.tape.put("".join(sign.text or "" for sign in signs))
        line.text = joined([line.text, formula], " ")

    def _frames(self, element: Element, found: list[Seen]) -> None:
        """Read a frame that hangs on the page and not on a paragraph."""
        words = Words(self.styles)
        words.read_shape(element)
        for box in words.boxes:
            self._read(box, found)

    def _table(self, element: Element, found: list[Seen]) -> None:
        grid = read_table(element, self._cell)
        if not grid.rows:
            return
        if is_layout(grid):
            found += inside(grid)
        else:
            found.append(grid)

    def _cell(self, element: Element) -> GridCell:
        name = element.get(f"{TABLE}style-name")
        return GridCell(self.read(element), filled=self.styles.look("table-cell", name).filled)
