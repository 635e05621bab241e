"""The words of one Markdown paragraph, heading or cell, without its marks."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.traced import Traced, joined, made

_MARKS = re.compile(r"[\\`*_\[<&]")
_LONGEST = 200_000  # characters; beyond it the marks are left standing, for they cost too much
_LINK_END = re.compile(
    r"\](?:\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\[\]]*\])?"
)
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)


def flatten(
    source: Traced, markdown: MarkdownIt, references: MutableMapping[str, Any]
) -> tuple[Traced, bool]:
    """Return the words of Markdown text, and whether they are bold throughout.

    Links become their text, images their alternative text; tags and comments go; a line break
    stays one. ``references`` are the link definitions that markdown-it found in the document.
    """
    if not _MARKS.search(source.text) or len(source) > _LONGEST:
        return source, False
    tokens: list[Token] = []
    markdown.inline.parse(source.text, markdown, references, tokens)
    walk = _Walk(source)
    walk.take(tokens)
    return joined(walk.parts), walk.bold and not walk.plain


class _Walk:
    """Goes through tokens and source in step; both are in the same order."""

    def __init__(self, source: Traced) -> None:
        self.source = source
        # markdown-it gives a line break inside code as a space
        self.text = source.text.replace("\n", " ")
        self.at = 0
        self.strong = 0
        self.bold = False
        self.plain = False
        self.parts: list[Traced] = []

    def take(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "text" | "code_inline":
                    self._words(token)
                case "text_special":
                    self._special(token)
                case "softbreak" | "hardbreak":
                    self.parts.append(made("\n"))
                case "html_inline":
                    self._tag(token)
                case "image":
                    self._skip("![")
                    self.take(token.children or ())
                    self._leave_link()
                case "link_close":
                    self._leave_link() if token.markup != "autolink" else self._skip(">")
                case _:
                    self._mark(token)

    def _words(self, token: Token) -> None:
        self._skip(token.markup)
        start = self.text.find(token.content, self.at)
        if start < 0:  # cannot be, as far as known: then the words stay and their place is lost
            self._add(made(token.content))
            return
        end = start + len(token.content)
        self._add(self.source.slice(start, end))
        self.at = end
        self._skip(token.markup)

    def _special(self, token: Token) -> None:
        """Take an escape or an entity; what it stands for has a place if it is in the source."""
        start = self.text.find(token.markup, self.at)
        self.at = start + len(token.markup)
        inside = token.markup.find(token.content)
        if inside < 0:
            self._add(made(token.content))
        else:
            start += inside
            self._add(self.source.slice(start, start + len(token.content)))

    def _tag(self, token: Token) -> None:
        self.at = max(self.at, self.text.find(token.content, self.at)) + len(token.content)
        if _BREAK_TAG.match(token.content):
            self.parts.append(made("\n"))

    def _mark(self, token: Token) -> None:
        if token.type in ("strong_open", "strong_close"):
            self.strong += token.nesting
        opening = {"link_open": "<" if token.markup == "autolink" else "["}
        self._skip(opening.get(token.type, token.markup))

    def _add(self, words: Traced) -> None:
        self.parts.append(words)
        if words.text.strip():
            self.bold = self.bold or self.strong > 0
            self.plain = self.plain or self.strong == 0

    def _skip(self, mark: str) -> None:
        """Step over a mark; whatever stands before it was white space."""
        start = self.text.find(mark, self.at, self.at + len(mark) + 200) if mark else -1
        if start >= 0 and not self.text[self.at : start].strip():
            self.at = start + len(mark)

    def _leave_link(self) -> None:
        """Step over the address of a link, so that its words are not taken for text."""
        found = _LINK_END.match(self.text, self.at)
        if found:
            self.at = found.end()
