"""The repairs of what conversion broke, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.labels import label_of
from corpus.raw import Item, Paragraph, Raw, Row, Table, join_runs, span_of
from corpus.repair.glyphs import is_stray, main_script
from corpus.repair.headings import drop_repeated, find_bare, find_bold, find_numbered, join_broken
from corpus.repair.lines import split_lines
from corpus.repair.tables import clean_tables, merge_tables
from corpus.repair.words import Words, mend
from corpus.traced import Traced, joined, tidy

_FINISHED = re.compile(r"[.;:!?…。][\"'”’)\]]*\s*$")


def repair(blocks: list[Raw], *, marked: bool = False) -> list[Raw]:
    """Return the blocks as their author meant them, their texts tidy.

    Where the format marks its headings, lists and tables, only what authors themselves leave
    unmarked is made visible, and no word is mended.
    """
    script = main_script(text.text for block in blocks for text in texts_of(block))
    blocks = clean_tables(split_lines(blocks, script), script)
    blocks = drop_strays(blocks, script)
    for step in _STEPS_MARKED if marked else _STEPS:
        blocks = step(blocks)
    mended: Callable[[Traced], Traced] = tidy
    if not marked:
        words = Words.of(text.text for block in blocks for text in texts_of(block))
        mended = lambda text: tidy(mend(tidy(text), words))  # noqa: E731  one of two of its kind
    tidied = (_map(block, mended) for block in blocks)
    return [block for block in tidied if any(text.text for text in texts_of(block))]


def drop_strays(blocks: list[Raw], script: str) -> list[Raw]:
    """Drop lines that hold nothing but what an icon was turned into."""
    return [
        block
        for block in blocks
        if isinstance(block, Table) or not is_stray(block.text.text, script)
    ]


def join_cut(blocks: list[Raw]) -> list[Raw]:
    """Join a paragraph or item that stops in mid-sentence with the text that goes on with it."""
    return join_runs(blocks, _goes_on, _joined)


def _goes_on(run: Sequence[Raw], block: Raw) -> bool:
    before = run[-1]
    if not isinstance(block, Paragraph) or not isinstance(before, (Paragraph, Item)):
        return False
    after = block.text.text.lstrip()
    unfinished = not _FINISHED.search(before.text.text)
    return unfinished and after[:1].islower() and not label_of(after)


def _joined(run: Sequence[Raw]) -> Raw:
    text = joined([text.strip() for block in run for text in texts_of(block)], "\n")
    first = run[0]
    if isinstance(first, Item):
        return replace(first, text=text, lines=span_of(run))
    return Paragraph(text, span_of(run))


def texts_of(block: Raw) -> Iterator[Traced]:
    """Return every text of a block; of a table, cell by cell."""
    if isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from row
    else:
        yield block.text


def _map(block: Raw, change: Callable[[Traced], Traced]) -> Raw:
    if isinstance(block, Table):
        rows: tuple[Row, ...] = tuple(tuple(map(change, row)) for row in block.rows)
        return replace(block, rows=rows, header=tuple(map(change, block.header)))
    return replace(block, text=change(block.text))


_STEPS = (join_cut, find_numbered, find_bare, join_broken, drop_repeated, merge_tables)
_STEPS_MARKED = (find_bold, join_broken, drop_repeated, merge_tables)
