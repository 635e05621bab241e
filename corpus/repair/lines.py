"""Lists and tables inside what Markdown and plain text take for a paragraph: line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from corpus.labels import is_first, label_of, style_of
from corpus.raw import Item, Paragraph, Raw
from corpus.repair.glyphs import is_private
from corpus.repair.tables import from_lines, is_tabular
from corpus.traced import Traced, joined

_BULLET = re.compile(r"[•·●▪■◦‣∙➢➤◆▶]\s*(?=\S)|[*–—-]\s+(?=\S)")
_SURE_BULLET = re.compile(r"[•●▪■◦‣∙➢➤◆▶]\s*(?=\S)|·\s+(?=\S)")

_NUMBER = re.compile(r"(\d{1,2})\.\s+(?=[^\W\d])")


def split_lines(blocks: list[Raw], script: str) -> list[Raw]:
    """Return the blocks with every list and table that a paragraph hides made visible."""
    found: list[Raw] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += _split_paragraph(block, script, found[-1] if found else None)
        elif isinstance(block, Item):
            found += _split_item(block)
        else:
            found.append(block)
    return found


def _split_paragraph(block: Paragraph, script: str, before: Raw | None) -> list[Raw]:
    lines = block.text.split("\n")
    if is_tabular([line.text for line in lines]):
        return from_lines(block, script)
    starts = _starts(lines, before)
    if not starts:
        return [block]
    pieces = _pieces(lines, [0, *starts] if starts[0] else starts)
    spans = _line_spans(block.lines, pieces)
    clauses = all(_is_clause(lines[start].text) for start in starts)
    group = _group_of(before, block) if starts[0] == 0 else -block.lines[0] - 1
    labels = _Depths(before.depth if _goes_on(before, starts) and isinstance(before, Item) else 0)
    out: list[Raw] = []
    for piece, span in zip(pieces, spans, strict=True):
        text = joined(piece, "\n")
        if clauses or (starts[0] and not out):
            out.append(Paragraph(text, span, block.bold and not clauses))
        else:
            text, label = _without_bullet(text)
            out.append(Item(text, span, group, labels.depth(label)))
    return out


def _split_item(block: Item) -> list[Raw]:
    """Split "1. The following: (a) … (b) …" at its lines into an item and its sub-items."""
    lines = block.text.split("\n")
    starts = [start for start in _starts(lines, None) if start]
    if not starts or _is_clause(lines[starts[0]].text):
        return [block]
    pieces = _pieces(lines, [0, *starts])
    labels = _Depths(block.depth + 1)
    out: list[Raw] = [replace(block, text=joined(pieces[0], "\n"))]
    for piece in pieces[1:]:
        text, label = _without_bullet(joined(piece, "\n"))
        out.append(replace(block, text=text, depth=labels.depth(label)))
    return out


def _starts(lines: list[Traced], before: Raw | None) -> list[int]:
    """Return the numbers of the lines that begin a list item or a numbered clause."""
    texts = [line.text.strip() for line in lines]
    bullets = [n for n, text in enumerate(texts) if _is_bullet(text)]
    dashes = [n for n, text in enumerate(texts) if _BULLET.match(text)]
    if len(dashes) > 1:
        bullets = dashes
    clauses = [n for n, text in enumerate(texts) if _is_clause(text)]
    labels = [n for n, text in enumerate(texts) if _is_list_label(text)] or _counted(texts)
    if bullets:
        return (
            sorted({*bullets, *labels}) if labels and is_first(_label(texts, labels)) else bullets
        )
    if labels and (is_first(_label(texts, labels)) or _goes_on(before, labels)):
        return labels
    return clauses if len(clauses) > 1 and clauses[0] == 0 else []


def _counted(texts: list[str]) -> list[int]:
    """Return the lines that begin "1.", "2.", "3." and so on, where the first line is the first."""
    numbered = [(n, found) for n, text in enumerate(texts) if (found := _NUMBER.match(text))]
    counted = [int(found[1]) for _, found in numbered] == [*range(1, len(numbered) + 1)]
    whole = len(numbered) > 1 and numbered[0][0] == 0
    return [n for n, _ in numbered] if counted and whole else []


def _goes_on(before: Raw | None, starts: list[int]) -> bool:
    """Say whether a list that begins with its first line may continue the item before it."""
    return starts[0] == 0 and isinstance(before, Item) and _is_list_label(before.text.text)


def _label(texts: list[str], numbers: list[int]) -> str:
    return label_of(texts[numbers[0]])


def _is_bullet(text: str) -> bool:
    return bool(_SURE_BULLET.match(text)) or (
        len(text) > 1 and is_private(text[0]) and text[0] != "\ufdd0"
    )


def _is_clause(text: str) -> bool:
    return label_of(text).rstrip(".").count(".") > 0


def _is_list_label(text: str) -> bool:
    return label_of(text).endswith(")")


def _pieces(lines: list[Traced], starts: list[int]) -> list[list[Traced]]:
    return [lines[a:b] for a, b in pairwise([*starts, len(lines)])]


def _line_spans(lines: tuple[int, int], pieces: list[list[Traced]]) -> list[tuple[int, int]]:
    """Return the source lines of each piece; the last piece takes what is left."""
    spans, first = [], lines[0]
    for piece in pieces:
        spans.append((first, first + len(piece)))
        first += len(piece)
    return [*spans[:-1], (spans[-1][0], max(lines[1], spans[-1][1]))]


def _without_bullet(text: Traced) -> tuple[Traced, str]:
    """Return an item's text without its bullet, and its label if it has one."""
    text = text.strip()
    bullet = _BULLET.match(text.text)
    if bullet or is_private(text.text[0]):
        text = text.slice(bullet.end() if bullet else 1).strip()
    return text, label_of(text.text)


def _group_of(before: Raw | None, block: Paragraph) -> int:
    """Return the group of the list that ends just before, if this paragraph can continue it."""
    if isinstance(before, Item) and before.group < 0:
        return before.group
    return -block.lines[0] - 1


class _Depths:
    """Finds how deep a label stands from the kinds of labels before it."""

    def __init__(self, outermost: int) -> None:
        self.outermost = outermost
        self.styles: list[str] = []
        self.before = ""

    def depth(self, label: str) -> int:
        style = style_of(label, self.before)
        self.before = label or self.before
        if style in self.styles:
            del self.styles[self.styles.index(style) + 1 :]
        else:
            self.styles.append(style)
        return self.outermost + len(self.styles) - 1
