"""HTML blocks inside Markdown: their words, by paragraph."""

from __future__ import annotations

import re
from html import unescape

from corpus.traced import Traced, collapsed, joined, made

_TAG = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)|<[?!][^<>]*>|</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_CELLS = frozenset(("td", "th"))
_INLINE = frozenset(
    "a abbr b cite code del dfn em i ins kbd label mark q s samp small span strike strong sub sup"
    " time tt u var wbr".split()
)


def paragraphs(source: Traced) -> list[Traced]:
    """Return the paragraphs of HTML source, without tags, comments, scripts and styles.

    The rows of a table come as lines with their cells between tabs.
    """
    parts = [made("")]
    in_cell = False
    done = 0
    for tag in _TAG.finditer(source.text):
        words = _words(source.slice(done, tag.start()))
        name = (tag[2] or "").lower()
        done = tag.end()
        parts.append(words)
        if name in _CELLS and not tag[0].startswith("</"):
            parts.append(made("\t"))
        elif name == "tr":
            parts.append(made("\n"))
        elif name and name not in _INLINE:
            parts.append(made(" " if in_cell else "\0"))
        in_cell = (in_cell or name in _CELLS) and name not in {"tr", "table"}
    parts.append(_words(source.slice(done)))
    blocks = (_rows(block) for block in joined(parts).split("\0"))
    return [block for block in blocks if block.text.strip()]


def _rows(block: Traced) -> Traced:
    rows = [row for row in block.split("\n") if row.text.strip()]
    return joined([_cells(row) for row in rows], "\n")


def _cells(row: Traced) -> Traced:
    """Return a row whose cells each begin with a tab with tabs between them instead."""
    cells = [collapsed(cell) for cell in row.split("\t")]
    return joined(cells if cells[0].text or len(cells) == 1 else cells[1:], "\t")


def _words(source: Traced) -> Traced:
    """Return words with white space and entities resolved."""
    spaced = source.edited(
        (*space.span(), " ") for space in re.finditer(r"[\r\n\t\0]", source.text)
    )
    return spaced.edited(
        (*entity.span(), unescape(entity[0])) for entity in _ENTITY.finditer(spaced.text)
    )
