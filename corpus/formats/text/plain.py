"""Plain text: paragraphs by blank lines, headings by their numbers and capitals."""

from __future__ import annotations

import re

from corpus.labels import heading_number, is_label_only
from corpus.raw import Heading, Paragraph, Raw
from corpus.traced import Traced, cut, joined, made

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n?|\n|\f|\Z)")
_FINAL = re.compile(r"[.;:,!?…][\"'”’)\]]*$")
_UNDERLINE = re.compile(r"[=\-_~*]{3,}$")
_LONGEST = 12  # words of a heading
_FEWEST_CAPITALS = 4  # letters; "FAQ" alone on a line may be anything


def parse(text: str, start: int = 0) -> list[Raw]:
    """Return the blocks of plain ``text[start:]``."""
    blocks: list[Raw] = []
    chunk: list[Traced] = []
    number = 0
    for number, line in enumerate(_lines(text, start)):
        if line.text.strip() and not _UNDERLINE.match(line.text.strip()):
            chunk.append(line)
        elif chunk:
            blocks += _chunk(chunk, number)
            chunk = []
    return blocks + (_chunk(chunk, number + 1) if chunk else [])


def _lines(text: str, start: int) -> list[Traced]:
    lines = []
    for match in _LINE.finditer(text, start):
        line = match[0].rstrip("\r\n\f")
        lines.append(cut(text, match.start(), match.start() + len(line)))
        if match[0].endswith("\f"):  # as a blank line does, a page's end parts paragraphs
            lines.append(made(""))
    return lines


def _chunk(lines: list[Traced], end: int) -> list[Raw]:
    """Return a run of lines as a heading, or a paragraph, or a heading on top of one."""
    first = end - len(lines)
    level = _level(lines[0].text.strip(), alone=len(lines) == 1)
    blocks: list[Raw] = []
    if level:
        blocks.append(Heading(lines[0].strip(), level, (first, first + 1)))
        lines, first = lines[1:], first + 1
    if lines:
        blocks.append(Paragraph(joined([_indented(line) for line in lines], "\n"), (first, end)))
    return blocks


def _indented(line: Traced) -> Traced:
    """Strip a line, but not of the tab that stands for an empty first cell."""
    return line if "\t" in line.text.strip() else line.strip()


def _level(line: str, *, alone: bool) -> int:
    """Return the level of a heading, 0 for a line that is none.

    Capitals make a heading anywhere at the top of a paragraph; a number only on a line alone.
    """
    short = len(line.split()) <= _LONGEST and len(line) > 1 and not _FINAL.search(line)
    if not short or "\t" in line:
        return 0
    number = heading_number(line)
    if number and number[0].isdigit():
        capital = line[len(number) :].lstrip(". )")[:1].isupper()
        return number.count(".") + 1 if (alone or line.isupper()) and capital else 0
    is_capitals = line.isupper() and sum(char.isalpha() for char in line) >= _FEWEST_CAPITALS
    return 1 if is_capitals or (alone and (bool(number) or is_label_only(line))) else 0
