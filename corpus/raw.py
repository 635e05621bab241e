"""A document as its format gives it, before its structure is known.

Every reader of a format returns these blocks; repairs turn lists of them into better ones.
``lines`` is the half-open span of source lines: blocks stand directly together when one ends
where the next begins. A format without lines counts its blocks instead, with a gap wherever its
author set them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.metadata import Fields
from corpus.model import Page
from corpus.traced import Traced

BARE = 7  # the level of a heading that lost its mark: below every marked one


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 to 6 as marked, or ``BARE``."""

    text: Traced
    level: int
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its line breaks and tabs still in it; ``bold`` when it is so throughout."""

    text: Traced
    lines: tuple[int, int]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list numbered ``group``; its printed label begins its text."""

    text: Traced
    lines: tuple[int, int]
    group: int
    depth: int = 0


Row = tuple[Traced, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; ``header`` is empty when the table has none.

    Several header rows are one: a column's texts, outermost first, joined by spaces.

    Attributes:
        exact: the format says which cells are merged, so an empty cell is empty and nothing is
            to be guessed. Otherwise conversion flattened the table.
        above, left: of an exact table, (row, column) of the cells that are merged with the one
            above or at their left; they are empty in ``rows``.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, int]
    header: Row = ()
    exact: bool = False
    above: frozenset[tuple[int, int]] = frozenset()
    left: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Caption:
    """The title of a table or picture, next to it ("Table 3: Daily allowances")."""

    text: Traced
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or speaker's note, after the block, list or table that refers to it.

    Its printed mark begins its text; the mark in the running text is no part of that text.
    """

    text: Traced
    lines: tuple[int, int]


Raw = Heading | Paragraph | Item | Table | Caption | Note


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader of a format found in a file.

    Attributes:
        original: the text that the places in the blocks point into: the decoded file where it is
            text, else the characters of the file in the order in which it holds them.
        marked: headings, lists and tables are as the file or its layout marks them; nothing was
            flattened, so nothing of that is to be repaired.
        front: what its author wrote about it for programs to read (front matter).
        properties: what the program that made the file knows (title, language); often left over
            from another document, so anything else goes before it.
        pages, boxes: as in ``Document``.
        notes: what was repaired, left out or not read with certainty, in words for its owner.
    """

    original: str
    blocks: list[Raw]
    marked: bool = True
    front: Fields = Fields()  # noqa: RUF009  frozen
    properties: Fields = Fields()  # noqa: RUF009  frozen
    pages: tuple[Page, ...] = ()
    boxes: bytes = b""
    notes: tuple[str, ...] = ()


def join_runs(
    blocks: Sequence[Raw],
    belongs: Callable[[Sequence[Raw], Raw], bool],
    join: Callable[[Sequence[Raw]], Raw],
) -> list[Raw]:
    """Return the blocks with each run of blocks that belong together made one.

    ``belongs`` says whether a block goes on with the run before it.
    """
    runs: list[list[Raw]] = []
    for block in blocks:
        if runs and belongs(runs[-1], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [run[0] if len(run) == 1 else join(run) for run in runs]


def span_of(run: Sequence[Raw]) -> tuple[int, int]:
    """Return the source lines from the first block to the last."""
    return run[0].lines[0], run[-1].lines[1]
