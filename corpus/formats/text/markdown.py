"""Markdown: CommonMark and pipe tables, read with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.formats.text import embedded_html
from corpus.formats.text.inline import flatten
from corpus.raw import Heading, Item, Paragraph, Raw, Row, Table
from corpus.traced import Traced, cut, joined, made

DEEPEST = 100  # levels of nesting; markdown-it leaves out what is deeper

_LINE_END = re.compile(r"\r\n?|\n")
# tags of template languages ({% … %}, {{ … }}) break the links that they stand in
_TEMPLATE_TAG = re.compile(r"\{%(?:[^%]|%(?!\})){0,2000}%\}|\{\{[^{}\r\n]{0,2000}\}\}|\x00")
_NO_LINE_BREAK = re.compile(r"[^\r\n]")
_MASK = "\ufdd0"  # no character of any text, and dropped as such when the text is tidied
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_QUOTE_MARKS = re.compile(r"[\s>]*")
_ATX = re.compile(r"[\s>]*#{1,6}")


class TooDeep(Exception):
    """Blocks are nested more deeply than is read; nothing of them is lost by reading as text."""


def parse(text: str, start: int) -> list[Raw]:
    """Return the blocks of ``text[start:]``; raises TooDeep."""
    masked = text[:start] + _TEMPLATE_TAG.sub(_masked, text[start:])
    markdown = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    # escapes and entities stay apart from the text around them; inline text is parsed later, and
    # indented text is no code in a policy
    markdown.enable("table").disable(["code", "inline", "text_join"])
    references: dict[str, Any] = {}
    tokens = markdown.parse(masked[start:], references)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise TooDeep
    return _Reader(markdown, references, _Lines.of(masked, start)).read(tokens)


def _masked(tag: re.Match[str]) -> str:
    return _NO_LINE_BREAK.sub(_MASK, tag[0])


@dataclass(frozen=True, slots=True)
class _Lines:
    """The source by lines: where line ``n`` of the parsed text begins and ends."""

    source: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, source: str, start: int) -> _Lines:
        breaks = list(_LINE_END.finditer(source, start))
        starts = [start, *(line_break.end() for line_break in breaks)]
        return cls(source, starts, [*(line_break.start() for line_break in breaks), len(source)])

    def have_tabs(self, first: int, last: int) -> bool:
        return self.source.find("\t", self.starts[first], self.ends[last - 1]) >= 0

    def get(self, number: int) -> Traced:
        return cut(self.source, self.starts[number], self.ends[number])

    def find(self, words: str, number: int, after: int = 0) -> Traced:
        """Return words that stand in a line, with their place if they are found."""
        if not words:
            return made("")
        at = self.source.find(words, self.starts[number] + after, self.ends[number])
        return made(words) if at < 0 else cut(self.source, at, at + len(words))


@dataclass(slots=True)
class _Entry:
    """A list item that is being read: its paragraphs so far."""

    group: int
    depth: int
    label: Traced | None
    lines: tuple[int, int]
    texts: list[Traced] = field(default_factory=list)
    has_text: bool = False


class _Reader:
    """Turns markdown-it's flat tokens into blocks; lists are the only thing that it must nest."""

    def __init__(self, markdown: MarkdownIt, references: dict[str, Any], lines: _Lines) -> None:
        self.markdown = markdown
        self.references = references
        self.lines = lines
        self.entries: list[_Entry] = []
        self.groups = count(1)
        self.group = 0
        self.lists = 0
        self.blocks: list[Raw] = []

    def read(self, tokens: Sequence[Token]) -> list[Raw]:
        position = 0
        while position < len(tokens):
            position = self._take(tokens, position)
        return self.blocks

    def _take(self, tokens: Sequence[Token], position: int) -> int:
        """Take the block at ``position`` and return the position after it."""
        token = tokens[position]
        match token.type:
            case "heading_open":
                self._heading(token, tokens[position + 1])
                return position + 3
            case "paragraph_open":
                self._paragraph(tokens[position + 1])
                return position + 3
            case "table_open":
                self._table(_span(token))
                return _after(tokens, position, "table_close")
            case "fence":
                self._add(self._content(token, _span(token)[0] + 1), _span(token))
            case "html_block":
                for part in embedded_html.paragraphs(self._content(token, _span(token)[0])):
                    self._add(part, _span(token))
            case _:
                self._nest(token)
        return position + 1

    def _nest(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.group = self.group if self.lists else next(self.groups)
                self.lists += 1
            case "bullet_list_close" | "ordered_list_close":
                self.lists -= 1
            case "list_item_open":
                self._open_entry(token)
            case "list_item_close":
                self._close_entry()

    def _heading(self, token: Token, inline: Token) -> None:
        first, last = _span(token)
        if token.markup.startswith("#"):
            mark = _ATX.match(self.lines.get(first).text)
            found = self.lines.find(inline.content, first, mark.end() if mark else 0)
        else:
            found = self._content(inline, first)
        words = self._flat(found)[0]
        if self.entries:
            self._add(words, (first, last))
        elif words.text.strip():
            self.blocks.append(Heading(words, int(token.tag[1]), (first, last)))

    def _paragraph(self, inline: Token) -> None:
        first, last = _span(inline)
        if inline.level == 1 and self.lines.have_tabs(first, last):
            # a leading tab is an empty first cell, which markdown-it would strip
            lines = [self.lines.get(number) for number in range(first, last)]
            rows = [joined([self._flat(c)[0] for c in line.split("\t")], "\t") for line in lines]
            self._add(joined(rows, "\n"), (first, last))
        else:
            text, bold = self._flat(self._content(inline, first))
            self._add(text, (first, last), bold=bold)

    def _table(self, span: tuple[int, int]) -> None:
        numbers = [span[0], *range(span[0] + 2, span[1])]
        rows = [self._cells(self.lines.get(number)) for number in numbers]
        width = max(map(len, rows))
        header, *body = (row + (made(""),) * (width - len(row)) for row in rows)
        self._close_text()
        self.blocks.append(Table(tuple(body), span, header))

    def _cells(self, line: Traced) -> Row:
        """Return the cells of a pipe row; its outer pipes bound no cell."""
        quote = _QUOTE_MARKS.match(line.text)
        line = line.slice(quote.end() if quote else 0).strip()
        edges = [edge.start() for edge in _CELL_EDGE.finditer(line.text)]
        edges = [-1, *(edge for edge in edges if edge > 0)]
        if edges[-1] != len(line) - 1 or len(edges) == 1:
            edges.append(len(line))
        first = 1 if line.text.startswith("|") else 0
        starts = [max(first, edge + 1) for edge in edges]
        cells = (line.slice(a, b).strip() for a, b in zip(starts, edges[1:], strict=False))
        return tuple(self._flat(cell)[0] for cell in cells)

    def _open_entry(self, token: Token) -> None:
        first = _span(token)[0]
        self._close_text()
        depth = sum(entry.has_text for entry in self.entries)
        label = None
        if token.info:
            label = self.lines.find(f"{token.info}{token.markup}", first)
        self.entries.append(_Entry(self.group, depth, label, _span(token)))

    def _close_entry(self) -> None:
        self._close_text()
        self.entries.pop()

    def _close_text(self) -> None:
        """Write the item that is being read, if it has text that is not yet written."""
        entry = self.entries[-1] if self.entries else None
        if entry is None or not any(text.text.strip() for text in entry.texts):
            return
        label = [] if entry.label is None else [entry.label]
        text = joined([*label, joined(entry.texts, "\n")], " ")
        self.blocks.append(Item(text, entry.lines, entry.group, entry.depth))
        entry.label = None
        entry.has_text = True
        entry.texts.clear()

    def _add(self, text: Traced, span: tuple[int, int], *, bold: bool = False) -> None:
        if self.entries:
            self.entries[-1].texts.append(text)
        elif text.text.strip():
            self.blocks.append(Paragraph(text, span, bold))

    def _content(self, token: Token, first: int) -> Traced:
        """Return the content of a token line by line, each with its place.

        markdown-it strips lines off the beginning that hold other white space than its own.
        """
        contents = token.content.rstrip("\n").split("\n")
        last = _span(token)[1] - 1
        while first < last and contents[0].strip() and not self.lines.get(first).text.strip():
            first += 1
        return joined(
            [self.lines.find(words.strip(), first + n) for n, words in enumerate(contents)], "\n"
        )

    def _flat(self, source: Traced) -> tuple[Traced, bool]:
        return flatten(source, self.markdown, self.references)


def _span(token: Token) -> tuple[int, int]:
    first, last = token.map or (0, 0)
    return first, last


def _after(tokens: Sequence[Token], position: int, kind: str) -> int:
    while tokens[position].type != kind:
        position += 1
    return position + 1
