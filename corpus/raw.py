"""A document as its format gives it, before its structure is known.

Every reader of a format returns a list of these four; repairs turn such lists into better ones.
``lines`` is the half-open span of source lines: blocks stand directly together when one ends
where the next begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    """Rows of equal length; ``header`` is empty when the table has none."""

    rows: tuple[Row, ...]
    lines: tuple[int, int]
    header: Row = ()


Raw = Heading | Paragraph | Item | Table


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
