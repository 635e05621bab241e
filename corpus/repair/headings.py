"""Headings that conversion broke: lost their marks, cut over lines, repeated on every page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from corpus.labels import is_caption, is_label_only, label_of
from corpus.raw import BARE, Heading, Item, Paragraph, Raw, Table, join_runs, span_of
from corpus.traced import joined

_FINAL = re.compile(r"[.;:,!?…][\"'”’)\]]*$")
_UNFINISHED = re.compile(
    r"[-‐–,&]$|\b[aeoyu]$|\b(?i:an|the|and|or|of|in|on|at|by|to|for|from|with|within|through|under|over|as"
    r"|into|between|during|against|et|ou|de|des|du|la|le|les|à|aux?|pour|el|los|las|del|en"
    r"|con|por|para|und|oder|der|die|das|des|von|für|mit|zur?)$"
)
_WORD = re.compile(r"\w+")
_LONGEST = 25  # words of a heading that lost its mark
_MOST_LINES = 4  # that a heading is cut into
_LONGEST_NUMBERED = 12  # words of one that Markdown takes for a list item
_FEWEST_NUMBERED = 2  # of those: a single one may well be a list of one item
_LEVELS_SKIPPED = 3  # from "#" to "####": no author goes down so far at once
_ODD_TITLES = 2  # titles at several levels; one alone may be the author's own doing


def heading_key(text: str) -> str:
    """Return what two copies of one heading have in common: their letters and digits."""
    return "".join(_WORD.findall(text)).casefold()


def is_reliable(headings: Iterable[Heading]) -> bool:
    """Say whether the marked levels can be trusted.

    They cannot when titles recur at different levels or when levels are skipped on the way down.
    """
    levels = defaultdict(set)
    before = None
    for heading in headings:
        if heading.level == BARE:
            continue
        if before is not None and heading.level - before >= _LEVELS_SKIPPED:
            return False
        before = heading.level
        levels[heading_key(heading.text.text)].add(heading.level)
    return sum(len(found) > 1 for found in levels.values()) < _ODD_TITLES


def find_bare(blocks: list[Raw]) -> list[Raw]:
    """Make a heading of each paragraph that is one and only lost its mark.

    Where the marks can be trusted, only of one that is bold throughout or repeats a heading.
    """
    marked = [block for block in blocks if isinstance(block, Heading)]
    known = {heading_key(heading.text.text) for heading in marked}
    guess = not marked or not is_reliable(marked)
    return _found(blocks, known, guess=guess)


def find_bold(blocks: list[Raw]) -> list[Raw]:
    """Make a heading of each paragraph that its author only set in bold to make it one."""
    return _found(blocks, set(), guess=False)


def _found(blocks: list[Raw], known: AbstractSet[str], *, guess: bool) -> list[Raw]:
    found: list[Raw] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if (
            isinstance(block, Paragraph)
            and _could_be_heading(block)
            and _introduces(block, following)
            and (guess or block.bold or heading_key(block.text.text) in known)
        ):
            found.append(Heading(block.text, BARE, block.lines))
        else:
            found.append(block)
    return found


def _could_be_heading(block: Raw) -> bool:
    """Say whether a block is one line that begins like a heading and does not end a sentence."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.text.strip()
    short = "\n" not in text and len(text.split()) <= _LONGEST
    start = text[:1]
    opens = (start.isupper() or start.isdigit()) and not is_caption(text)
    return short and opens and not _FINAL.search(text)


def _introduces(block: Paragraph, following: Raw | None) -> bool:
    if isinstance(following, Heading):
        return is_label_only(block.text.text.strip())
    if isinstance(following, Item):
        return following.lines[0] > block.lines[1]
    return isinstance(following, Table) or (
        isinstance(following, Paragraph) and not _could_be_heading(following)
    )


def find_numbered(blocks: list[Raw]) -> list[Raw]:
    """Make headings of "1. Purpose", "2. Scope" that Markdown takes for lists of one item.

    There must be two or more, numbered from 1 without a gap, each with no other item beside it.
    """
    places = [n for n, block in enumerate(blocks) if _is_lone_item(blocks, n)]
    labels = [label_of(_text(blocks[place])) for place in places]
    if len(labels) < _FEWEST_NUMBERED or labels != [f"{n}." for n in range(1, len(labels) + 1)]:
        return blocks
    found = list(blocks)
    for place in places:
        item = blocks[place]
        if isinstance(item, Item):
            found[place] = Heading(item.text, BARE, item.lines)
    return found


def _is_lone_item(blocks: Sequence[Raw], place: int) -> bool:
    block = blocks[place]
    around = [blocks[n] for n in (place - 1, place + 1) if 0 <= n < len(blocks)]
    alone = isinstance(block, Item) and not any(
        isinstance(other, Item) and other.group == block.group for other in around
    )
    if not alone or place + 1 == len(blocks):
        return False
    text = _text(block)
    short = len(text.split()) <= _LONGEST_NUMBERED and not _FINAL.search(text)
    return short and label_of(text).endswith(".")


def _text(block: Raw) -> str:
    return "" if isinstance(block, Table) else block.text.text.strip()


def join_broken(blocks: list[Raw]) -> list[Raw]:
    """Join a heading cut over lines, and a label ("Annex I") with the heading that names it."""
    return join_runs(blocks, _belongs, _joined)


def _belongs(run: Sequence[Raw], second: Raw) -> bool:
    first = run[-1]
    if not isinstance(first, Heading) or not isinstance(second, Heading):
        return False
    start, rest = first.text.text.strip(), second.text.text.strip()
    if is_label_only(start):
        return len(run) == 1 and not is_label_only(rest) and not label_of(rest)
    broken = bool(_UNFINISHED.search(start)) or rest[:1].islower()
    return broken and first.level == second.level and len(run) < _MOST_LINES


def _joined(run: Sequence[Raw]) -> Raw:
    headings = [block for block in run if isinstance(block, Heading)]
    text = joined([heading.text.strip() for heading in headings], "\n")
    return Heading(text, min(heading.level for heading in headings), span_of(run))


def drop_repeated(blocks: list[Raw]) -> list[Raw]:
    """Drop a heading that repeats the heading before it, over text or a table that continues."""
    found: list[Raw] = []
    last = ""
    for block in blocks:
        if isinstance(block, Heading):
            key = heading_key(block.text.text)
            if key and key == last:
                continue
            last = key
        found.append(block)
    return found
