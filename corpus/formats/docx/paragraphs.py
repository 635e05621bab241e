"""One paragraph of Word: the words that are seen, and what their format says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.formats.docx.fields import Fields
from corpus.formats.docx.names import MC, VAL, M, W, is_on, whole
from corpus.formats.docx.styles import Style, Styles
from corpus.formats.docx.symbols import symbol
from corpus.formats.wordtext.seen import Line, NoteMark
from corpus.formats.wordtext.tape import Letters, Tape

_T, _R, _RPR = f"{W}t", f"{W}r", f"{W}rPr"
_TEXT_BOX = f"{W}txbxContent"
_WITHIN = frozenset(
    f"{W}{name}"
    for name in "hyperlink ins moveTo smartTag customXml sdtContent dir bdo rubyBase".split()
)
_MATH = frozenset((f"{M}oMath", f"{M}oMathPara"))
_PICTURES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_FIELD_PARTS = frozenset((f"{W}fldChar", f"{W}instrText"))


@dataclass(slots=True)
class Words:
    """Collects the words of one paragraph after another."""

    styles: Styles
    fields: Fields
    style: Style = field(default_factory=Style)
    letters: Letters = field(default_factory=Letters)
    notes: list[NoteMark] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    picture: bool = False
    sequence: str = ""
    embedded: int = 0  # files and diagrams in the file whose text is not read

    def read(self, paragraph: Element, style: Style, tape: Tape) -> Line:
        """Return a paragraph; its numbering, outline and indent are still to be found."""
        self.style = style
        self.letters, self.notes, self.boxes = Letters(), [], []
        self.picture, self.sequence = False, ""
        contents = self.fields.in_contents
        self.fields.saw_contents = False
        self._inside(paragraph)
        text = tape.put(self.letters.text)
        return Line(
            text=text,
            style=style.id,
            role=style.role,
            bold=self.letters.is_bold,
            size=self.letters.size,
            picture=self.picture,
            contents=(contents or self.fields.saw_contents) and not text.text.strip(),
            sequence=self.sequence,
            notes=self.notes,
            boxes=self.boxes,
        )

    def _inside(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _WITHIN:
                self._inside(child)
            elif tag in _MATH:
                self._say(_formula(child), None)
            else:
                self._other(child, str(tag))

    def _other(self, element: Element, tag: str) -> None:
        """Read what is rarer in a paragraph than runs and what wraps them."""
        if tag == f"{W}sdt":
            if not is_on(element, "sdtPr", "showingPlcHdr"):
                for content in element.iterchildren(f"{W}sdtContent"):
                    self._inside(content)
        elif tag == f"{W}fldSimple":
            self.fields.begin()
            self.fields.instruct(element.get(f"{W}instr", ""))
            self._separate()
            self._inside(element)
            self.fields.end()
        elif tag == f"{MC}AlternateContent":
            for version in chosen(element):
                self._inside(version)

    def _run(self, run: Element) -> None:
        properties = run.find(_RPR)
        hidden, bold, size = self._format(properties)
        self_marked = False
        for child in run:
            tag = child.tag
            if tag in _FIELD_PARTS:
                self._field(child)
            elif hidden:
                continue
            elif tag == _T:
                text = child.text or ""
                if self_marked and self.notes:
                    self._mark(text)
                else:
                    self._add(text, bold=bold, size=size)
            elif tag in _SIGNS:
                self._add(_SIGNS[str(tag)], bold=bold, size=size)
            elif tag in _NOTES:
                self_marked = self._note(child, _NOTES[str(tag)])
            elif tag != _RPR:
                self._object(child, str(tag))

    def _object(self, element: Element, tag: str) -> None:
        """Read what else stands in a run: symbols, pictures, frames, small print above letters."""
        if tag == f"{W}sym":
            self._say(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")), None)
        elif tag in _PICTURES:
            self.picture = True
            if not self.fields.muted:
                self.boxes += outermost(element)
                self.embedded += holds_file(element)
        elif tag == f"{MC}AlternateContent":
            for version in chosen(element):
                for child in version:
                    self._object(child, str(child.tag))
        elif tag == f"{W}ruby":
            for base in element.iterchildren(f"{W}rubyBase"):
                self._inside(base)

    def _say(self, text: str, size: int | None) -> None:
        self._add(text, bold=False, size=size)

    def _add(self, text: str, *, bold: bool, size: int | None) -> None:
        if not self.fields.muted:
            self.letters.add(text, bold=bold, size=size)

    def _format(self, properties: Element | None) -> tuple[bool, bool, int | None]:
        """Return whether a run is hidden, whether it is bold, and its size in half points."""
        style, base = self.style, self.styles.base
        hidden, bold, size = style.hidden, style.bold, style.size
        own: dict[str, Element] = {}
        if properties is not None:
            own = {str(child.tag): child for child in properties}
            if (named := own.get(f"{W}rStyle")) is not None:
                character = self.styles.character(named.get(VAL, ""))
                hidden = _toggled((hidden, character.hidden))
                bold = _toggled((bold, character.bold))
                size = size if character.size is None else character.size
            hidden = _switch(own.get(f"{W}vanish"), otherwise=hidden)
            bold = _switch(own.get(f"{W}b"), otherwise=bold)
            if (measured := own.get(f"{W}sz")) is not None:
                size = whole(measured.get(VAL))
        hidden = base.hidden if hidden is None else hidden
        bold = base.bold if bold is None else bold
        return bool(hidden), bool(bold), base.size if size is None else size

    def _field(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind is None:
            self.fields.instruct(element.text or "")
        elif kind == "begin":
            self.fields.begin()
        elif kind == "separate":
            self._separate()
        elif kind == "end":
            self.fields.end()

    def _separate(self) -> None:
        self.fields.separate()
        self.sequence = self.sequence or self.fields.sequence

    def _note(self, reference: Element, kind: str) -> bool:
        """Remember a note; say whether its mark stands in the text that follows."""
        if self.fields.muted:
            return False
        self.notes.append(NoteMark(kind, reference.get(f"{W}id", "")))
        return reference.get(f"{W}customMarkFollows", "0") in ("1", "true", "on")

    def _mark(self, text: str) -> None:
        last = self.notes[-1]
        self.notes[-1] = NoteMark(last.kind, last.id, last.mark + text)


def outermost(element: Element) -> list[Element]:
    """Return the texts in frames below an element; what is in a frame in a frame is in the outer.

    Word writes a frame twice, for new programs and for old ones: the first is taken.
    """
    found: list[Element] = []
    open_elements = [element]
    while open_elements:
        current = open_elements.pop()
        if current.tag == _TEXT_BOX:
            found.append(current)
        elif current.tag == f"{MC}AlternateContent":
            open_elements += reversed(chosen(current))
        else:
            open_elements += reversed(current)
    return found


def chosen(element: Element) -> list[Element]:
    """Return the version of an element that is to be read: the new one if it has any text."""
    new = element.find(f"{MC}Choice")
    old = element.find(f"{MC}Fallback")
    if new is not None and (old is None or _has_text(new) or not _has_text(old)):
        return [new]
    return [] if old is None else [old]


def holds_file(element: Element) -> bool:
    """Say whether an object is a file of its own or a diagram, whose text is not in this part."""
    return any(
        str(child.tag).endswith(("}OLEObject", "}relIds", "}chart")) for child in element.iter()
    )


def _has_text(element: Element) -> bool:
    return next(element.iter(_T, f"{M}t"), None) is not None


def _toggled(switches: tuple[bool | None, bool | None]) -> bool | None:
    """Two styles that both switch something on switch it off: so Word has it."""
    said = [switch for switch in switches if switch is not None]
    return sum(said) == 1 if said else None


def _switch(element: Element | None, *, otherwise: bool | None) -> bool | None:
    return otherwise if element is None else is_on(element)


def _formula(element: Element) -> str:
    """Return a formula on one line: a/b for a fraction, a^b for a power."""
    between = {f"{M}den": "/", f"{M}sup": "^", f"{M}sub": "_"}
    parts = element.iter(f"{M}t", *between)
    return "".join(between.get(str(part.tag), part.text or "") for part in parts)
