"""Lines to paragraphs and list items: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.pdf.layout import Piece
from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.styles import Style
from corpus.formats.pdf.tables import PageTable
from corpus.formats.pdf.tags import Tagged
from corpus.labels import is_first, style_of

BULLET = re.compile(
    r"[•·●▪■□◦‣∙➢➤◆▶◾◼○❖✓✔➔→\uf000-\uf0ff\ue000-\uefff](?=\s|\w|[\"“‘'(\[])|[-–—*](?=\s)"
)
_LETTER_BULLET = re.compile(r"(?:o|§|Ø|v)$")  # of symbol fonts, and Word's second level
LABEL = re.compile(
    r"(?P<dotted>\d{1,3}(?:\.\d{1,3})+[.)]?)\s|"
    r"(?P<number>\d{1,3}[.)])(?=\s)|"
    r"(?P<bracketed>\((?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6})\))(?=\s)|"
    r"(?P<letter>(?:[a-zA-Z]|[ivxlc]{2,6})[.)])(?=\s)|"
    r"(?P<roman>[IVXLC]{2,7}\.)(?=\s)"
)
_STOP = re.compile(r"[.:;!?。…][\"'”’)\]]*$")
_SPACED = 1.22  # times the usual distance: the next paragraph
_EMPTY_LINE = 1.6  # times it: so far apart are lines only with an empty one between them
_SIZES = 0.06  # by which two lines of one paragraph may differ
_INDENT = 0.9  # em
_SAME_PLACE = 2.0  # points
_SHORT = 0.8  # of the column's width
_VERY_SHORT = 0.6
_COUNTED = re.compile(r"\(?(\d{1,3})[.)]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]*$")
_REST = re.compile(
    r"[^\s<>\"/]*[a-z0-9][./?=&#_-][^\s<>\"]*[a-z0-9/][.,;:)]*(?:\s|$)", re.IGNORECASE
)


@dataclass(slots=True)
class Unit:
    """A paragraph, heading or list item, before it is known which.

    Attributes:
        lines: in order. bullet: characters of the first line that are a bullet, not text.
        label: as printed ("(b)", "3."), when it begins with one. item: it has a bullet or label.
        left: where its label or bullet stands, points. flow: number of the flow it is in.
    """

    lines: list[Line]
    label: str = ""
    item: bool = False
    bullet: bool = False
    flow: int = 0

    @property
    def text(self) -> str:
        """Its words, lines not yet joined."""
        return "\n".join(line.text for line in self.lines)

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def size(self) -> float:
        """Size of its longest line, points."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether it is bold throughout."""
        return all(line.bold for line in self.lines)


def group(
    flow: Sequence[Piece], number: int, style: Style, sheets: Sequence[Sheet]
) -> list[Unit | PageTable]:
    """Return the paragraphs, items and tables of a flow; ``number`` is the flow's."""
    units: list[Unit | PageTable] = []
    for piece in flow:
        if isinstance(piece, PageTable):
            units.append(piece)
            continue
        last = units[-1] if units else None
        if isinstance(last, Unit) and _goes_on(last, piece, style, sheets):
            last.lines.append(piece)
        else:
            units.append(_begin(piece, number))
    return units


def join_addresses(units: Sequence[Unit | PageTable]) -> list[Unit | PageTable]:
    """Join a paragraph that ends inside a web address with the line that ends the address.

    The rest of it often looks unlike the text, as some programs set links.
    """
    joined: list[Unit | PageTable] = []
    for unit in units:
        before = joined[-1] if joined else None
        if isinstance(before, Unit) and isinstance(unit, Unit) and _is_address_cut(before, unit):
            before.lines += unit.lines
        else:
            joined.append(unit)
    return joined


def _is_address_cut(before: Unit, after: Unit) -> bool:
    if after.item or not _ADDRESS.search(before.last.text) or not _REST.match(after.first.text):
        return False
    gap = after.first.top - before.last.top
    return after.first.page == before.last.page and 0 < gap <= _EMPTY_LINE * 1.2 * after.first.size


def _begin(line: Line, flow: int) -> Unit:
    bullet = _is_bulleted(line)
    label = "" if bullet else label_of(line.text)
    return Unit([line], label, bool(label) or bullet, bullet, flow)


def label_of(text: str) -> str:
    """Return the label that begins a text ("a.", "(iv)", "3.2"), or nothing."""
    found = LABEL.match(text)
    return found[0].strip() if found else ""


def _is_bulleted(line: Line) -> bool:
    first = line.segments[0].text
    if BULLET.match(first + " " if len(line.segments) > 1 else first):
        return len(line.text) > 1
    lone = len(line.segments) > 1 or first[1:2] == " "
    return bool(lone and _LETTER_BULLET.match(first.split(" ")[0])) and _is_symbol(line)


def _is_symbol(line: Line) -> bool:
    """Say whether the letter that begins a line stands apart like a bullet."""
    if len(line.segments) == 1:
        return line.text.startswith(("o ", "§ ", "Ø ")) and line.text[2:3].isupper()
    return line.segments[1].x0 - line.segments[0].x1 > 0.5 * line.size


def _goes_on(unit: Unit, line: Line, style: Style, sheets: Sequence[Sheet]) -> bool:
    """Say whether a line belongs to the paragraph or item before it."""
    before = unit.last
    if _is_bulleted(line) or _is_other_size(before, line):
        return False
    tags = [_tag_of(other, sheets) for other in (before, line)]
    pitch = line.top - before.top
    usual = style.pitch_of(line)
    if style.tagged and all(tag is not None and tag.block >= 0 for tag in tags):
        same = tags[0] is not None and tags[0] == tags[1]
        return (
            same
            and pitch <= _EMPTY_LINE * usual
            and not _is_line_of_its_own(unit, line, tags[0])
            and not _counts_on(unit, line)
        )
    if _counts_on(unit, line):
        return False
    if pitch > _SPACED * usual + 0.5 or pitch < 0:
        return False
    apart = _changes_weight(unit, line) or _begins_with_label(unit, line)
    return not apart and not _is_set_apart(unit, line)


def _is_other_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) > _SIZES * max(one.size, other.size)


def _changes_weight(unit: Unit, line: Line) -> bool:
    """Say whether a bold line ends and plain text begins, or the other way round.

    Bold words in running text may fill a line by chance.
    """
    before = unit.last
    if unit.bold != line.bold and unit.bold:
        if _STOP.search(before.text):
            return True
        return not line.segments[0].lead and not (line.text[0].islower() or line.text[0] == "(")
    if not line.bold or before.bold:
        return False
    return not before.segments[-1].tail or bool(_STOP.search(before.text))


def _is_line_of_its_own(unit: Unit, line: Line, tag: Tagged | None) -> bool:
    """Say whether a line break inside a tagged paragraph was put there by its author."""
    if tag is None or tag.level or unit.bold != line.bold or not line.text[0].isupper():
        return False
    return _is_short(unit.last, _SHORT) and _would_fit(unit.last, line)


def _tag_of(line: Line, sheets: Sequence[Sheet]) -> Tagged | None:
    return sheets[line.page].tags.get(line.mcid)


def _begins_with_label(unit: Unit, line: Line) -> bool:
    """Say whether a line begins an item or clause, and not by chance of where lines end."""
    label = label_of(line.text)
    if not label:
        return False
    before = unit.last
    text = before.text
    if label[0].isalpha() and not _is_next(label, unit.label):
        return line.x0 < before.x0 - _INDENT * line.size
    if text.endswith((";", ",", " and", " or")) or _is_short(before, _SHORT):
        return True
    if _STOP.search(text):
        return _would_fit(before, line) or abs(line.x0 - before.x0) > _SAME_PLACE or unit.item
    if line.bold:
        return True
    return line.x0 < unit.lines[-1].x0 - _INDENT * line.size or (
        unit.item
        and len(unit.lines) > 1
        and abs(line.x0 - unit.first.x0) < _SAME_PLACE < unit.last.x0 - unit.first.x0
    )


def _counts_on(unit: Unit, line: Line) -> bool:
    """Say whether a line begins with the number after that of the item before it.

    Or with the first one, after a line that announces a list.
    """
    found = _COUNTED.match(label_of(line.text))
    if not found:
        return False
    before = _COUNTED.match(unit.label)
    if before is None:
        return int(found[1]) == 1 and unit.last.text.rstrip().endswith(":")
    same_form = unit.label.strip("0123456789") == found[0].strip("0123456789")
    near = abs(line.x0 - unit.first.x0) <= _INDENT * line.size
    return same_form and near and int(found[1]) == int(before[1]) + 1


def _is_next(label: str, before: str) -> bool:
    """Say whether a lettered item can begin a list or follows the one before it."""
    core, last = label.strip("().").lower(), before.strip("().").lower()
    if is_first(label):
        return True
    if len(core) == 1 and len(last) == 1 and ord(core) == ord(last) + 1:
        return True
    return style_of(label, before) == "i" and bool(last) and style_of(before) == "i"


def _is_short(line: Line, share: float) -> bool:
    left, right = line.column
    return line.x1 - left < share * (right - left)


def _is_set_apart(unit: Unit, line: Line) -> bool:
    """Say whether indents or a short line before set a line apart as a new paragraph."""
    before = unit.last
    upper = not line.text[:1].islower()
    stopped = bool(_STOP.search(before.text))
    if _is_short(before, _SHORT) and stopped and upper and _would_fit(before, line):
        return True
    if (
        _is_short(before, _VERY_SHORT)
        and upper
        and _would_fit(before, line)
        and not _centred(before, line)
    ):
        return not (unit.bold and line.bold)
    return upper and _is_shifted(unit, line, stopped=stopped)


def _is_shifted(unit: Unit, line: Line, *, stopped: bool) -> bool:
    """Say whether a line stands so far left or right of the one before that it begins anew."""
    before = unit.last
    shift = (line.x0 - before.x0) / line.size
    if abs(shift) <= _INDENT or _centred(before, line):
        return False
    if shift > 0:  # an indented first line, unless hung under a first line
        return not unit.item and (stopped or len(unit.lines) > 1)
    if len(unit.lines) > 1:
        return True
    # the line before was an indented first line; or the first of an item
    return unit.item and stopped and shift < -2 * _INDENT


def _centred(one: Line, other: Line) -> bool:
    middle = abs((one.x0 + one.x1) - (other.x0 + other.x1)) / 2
    return middle <= 3 and abs(one.x0 - other.x0) > 3  # noqa: PLR2004  points


def _would_fit(before: Line, line: Line) -> bool:
    """Say whether the line's first word had room on the line before: it was ended on purpose."""
    text = line.text
    word = len(text.split(" ", 1)[0]) / max(1, len(text)) * (line.x1 - line.x0)
    return before.x1 + word + 0.3 * line.size < line.column[1] - 1
