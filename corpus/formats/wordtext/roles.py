"""What each paragraph of a word processor is: heading, clause, list item, caption or plain text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.formats.wordtext.lists import Place, clause_levels, title_levels
from corpus.formats.wordtext.seen import Gap, Grid, Line, Seen
from corpus.formats.wordtext.typed_contents import without_typed_contents
from corpus.traced import joined

_SENTENCE = re.compile(r"[.;:][\"'”’)\]]*\s*$")
_CLAUSE_WORDS = 12  # a heading has fewer; a longer one that ends like a sentence is a clause
_LONGEST_HEADING = 60  # words; a longer paragraph is none, whatever its style
_LOWEST = 6
_LARGER = 1.15  # than the letters of the text: a heading that nobody marked
_LONGEST_CAPTION = 60  # words
# what stands over a table of contents and is empty without it
_CONTENTS = frozenset(
    "contents|content|table of contents|toc|index|inhalt|inhaltsverzeichnis|sommaire"
    "|table des matières|índice|contenido|tabla de contenido|tabla de contenidos|indice|inhoud"
    "|inhoudsopgave|spis treści|sumário|innehåll|indhold|innhold|оглавление|содержание".split("|")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be known of the whole file to say what one paragraph is.

    Attributes:
        ranks: level of a heading as printed, by its outline level; -1 is the title's.
        clauses: levels of lists whose paragraphs are clauses.
        titles: those of them that are headings in all but their style.
        prose: styles of headings in which the author set whole clauses.
        size: of most letters, in half points.
        indent: of most plain paragraphs.
    """

    ranks: dict[int, int]
    clauses: frozenset[Place]
    titles: frozenset[Place]
    prose: frozenset[str]
    size: int
    indent: int

    def level(self, line: Line) -> int | None:
        """Return the level of a heading, 1 to 6; None for a paragraph that is none."""
        outline = _outline(line, self.prose)
        return None if outline is None else self.ranks[outline]

    def is_large(self, line: Line) -> bool:
        """Say whether the letters are larger than those of the text throughout."""
        return line.size is not None and line.size >= self.size * _LARGER and self.size > 0


def gather(blocks: Sequence[Seen]) -> Facts:
    """Return the facts of a file."""
    lines = [block for block in blocks if isinstance(block, Line) and block.text.text.strip()]
    prose = _prose_styles(lines)
    outlines = [_outline(line, prose) for line in lines]
    used = sorted({outline for outline in outlines if outline is not None})
    sizes: Counter[int] = Counter()
    indents: Counter[int] = Counter()
    in_list = False  # what follows an item may stand under it, and says nothing of the others
    for line, outline in zip(lines, outlines, strict=True):
        if outline is None:
            sizes[line.size or 0] += len(line.text)
            if line.number is None and not in_list:
                indents[line.indent or 0] += 1
        in_list = line.number is not None or (in_list and outline is None and bool(line.indent))
    clauses = clause_levels(
        (line, outline is not None) for line, outline in zip(lines, outlines, strict=True)
    )
    return Facts(
        ranks={outline: min(n + 1, _LOWEST) for n, outline in enumerate(used)},
        clauses=clauses,
        titles=title_levels(lines, clauses),
        prose=prose,
        size=max(sizes, key=sizes.__getitem__, default=0),
        indent=max(indents, key=indents.__getitem__, default=0),
    )


def is_caption(block: Seen) -> bool:
    """Say whether a paragraph names a table or a picture, by its style or by its counter."""
    if not isinstance(block, Line) or not block.text.text.strip() or block.outline is not None:
        return False
    text = block.text.text.strip()
    counted = block.sequence and text.casefold().startswith(block.sequence.casefold())
    return block.role == "caption" or (bool(counted) and len(text.split()) <= _LONGEST_CAPTION)


def put_in_order(blocks: Sequence[Seen]) -> list[Seen]:
    """Return the blocks without tables of contents, titles whole, captions before their tables."""
    kept = _with_captions_first(_without_contents(without_typed_contents(blocks)))
    found: list[Seen] = []
    for is_title, run in groupby(kept, _is_title):
        members = list(run)
        found += [_whole([b for b in members if isinstance(b, Line)])] if is_title else members
    return found


def _outline(line: Line, prose: frozenset[str]) -> int | None:
    """Return the outline level of a heading, -1 for the title; None for what is none."""
    if line.role == "title" and line.outline is None:
        return -1
    if line.outline is None or len(line.text.text.split()) > _LONGEST_HEADING:
        return None
    if line.style in prose and _SENTENCE.search(line.text.text):
        return None
    return line.outline


def _prose_styles(lines: Sequence[Line]) -> frozenset[str]:
    """Return the styles of headings that the author used to number whole clauses."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        if line.outline is not None:
            text = line.text.text
            long = len(text.split()) > _CLAUSE_WORDS and bool(_SENTENCE.search(text))
            counts[line.style][long] += 1
    return frozenset(style for style, (short, long) in counts.items() if long >= short)


def _without_contents(blocks: Sequence[Seen]) -> list[Seen]:
    """Drop where a table of contents stood, and the word over it."""
    found: list[Seen] = []
    for block in blocks:
        if not isinstance(block, Gap):
            found.append(block)
            continue
        while found and isinstance(found[-1], Line) and _is_over_contents(found[-1]):
            found.pop()
    return found


def _is_over_contents(line: Line) -> bool:
    text = line.text.text.strip().strip(":").casefold()
    return text in _CONTENTS or not (text or line.picture or line.noted)


def _with_captions_first(blocks: Sequence[Seen]) -> list[Seen]:
    """Move a caption that stands under its table before it."""
    found = [block for block in blocks if not _is_empty(block)]
    for place in range(1, len(found)):
        if is_caption(found[place]) and isinstance(found[place - 1], Grid):
            named = place > 1 and is_caption(found[place - 2])
            names_next = place + 1 < len(found) and isinstance(found[place + 1], Grid)
            next_named = place + 2 < len(found) and is_caption(found[place + 2])
            if not named and (not names_next or next_named):
                found[place - 1], found[place] = found[place], found[place - 1]
    return found


def _is_empty(block: Seen) -> bool:
    """Say whether a block leaves no trace; a picture does, for a caption may be its own."""
    if not isinstance(block, Line):
        return False
    return not (block.text.text.strip() or block.picture or block.noted)


def _is_title(block: Seen) -> bool:
    return isinstance(block, Line) and block.role == "title" and block.outline is None


def _whole(lines: Sequence[Line]) -> Line:
    """Join the lines of a title that its author set as paragraphs of their own."""
    first = lines[0]
    first.text = joined([line.text for line in lines], "\n")
    first.noted = [note for line in lines for note in line.noted]
    return first
