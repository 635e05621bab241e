"""How much of a gold structure a read document has: pure scores from 0 to 1."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Block, Document
from evals.gold import Gold, GoldBlock

_KEY = 60  # letters by which a block is looked up
_LONG_ENOUGH = 12  # letters; a shorter header or footer is looked for as a block of its own only


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, written down and read, for precision, recall and F1."""

    right: int
    gold: int
    read: int

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there was nothing to find."""
        whole = self.gold + self.read
        return 2 * self.right / whole if whole else None


@dataclass(frozen=True, slots=True)
class Structure:
    """The scores of one document; a share is None where the gold has nothing of its kind.

    Attributes:
        headings: right are those found as headings under the right parent.
        cells: right are those found in the right row under the right column header.
        order: share of the gold's blocks that were found whole, longest run in the right order.
        pages: share of the blocks found that have the right page.
        furniture: share of the lines that had to go and are left.
        missing: the gold's blocks that were not found, for whoever mends the reader.
    """

    headings: Counts
    cells: Counts
    order: float | None
    pages: float | None
    furniture: float | None
    missing: tuple[str, ...]


def compare(document: Document, gold: Gold) -> Structure:
    """Score what was read against what a careful reader sees."""
    read = _Read(document, gold)
    written = [block for block in gold.blocks if block.kind != "furniture"]
    places = read.places(written)
    found = [
        (block, place) for block, place in zip(written, places, strict=True) if place is not None
    ]
    paged = [(block, place) for block, place in found if block.page is not None]
    return Structure(
        headings=_headings(read, gold),
        cells=_cells(read, gold),
        order=_longest_rise([place for _, place in found]) / len(written) if written else None,
        pages=_share([document.blocks[place].page == block.page for block, place in paged]),
        furniture=_furniture(read, gold),
        missing=tuple(
            block.text for block, place in zip(written, places, strict=True) if place is None
        ),
    )


def nothing_of(gold: Gold) -> Structure:
    """Return the scores of a document that could not be read at all."""
    written = [block for block in gold.blocks if block.kind != "furniture"]
    headings = sum(block.kind == "heading" for block in written)
    cells = sum(bool(letters(text)) for block in written for _, text in block.cells)
    return Structure(
        headings=Counts(0, headings, 0),
        cells=Counts(0, cells, 0),
        order=0.0 if written else None,
        pages=0.0 if any(block.page is not None for block in written) else None,
        furniture=None,
        missing=tuple(block.text for block in written),
    )


def letters(text: str) -> str:
    """Return the letters and digits of a text, in one case: spaces and hyphens do not count."""
    return "".join(char for char in text.casefold() if char.isalnum())


class _Read:
    """A read document, or the pages of it that the gold has, looked up by letters."""

    def __init__(self, document: Document, gold: Gold) -> None:
        self.document = document
        self.blocks = [
            number for number, block in enumerate(document.blocks) if _in_scope(block, gold)
        ]
        self.letters = {number: letters(self.text(number)) for number in self.blocks}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number in self.blocks:
            self._by_key[self.letters[number][:_KEY]].append(number)

    def text(self, number: int) -> str:
        block = self.document.blocks[number]
        return self.document.text[block.start : block.end]

    def places(self, written: Sequence[GoldBlock]) -> list[int | None]:
        """Return for each of the gold's blocks where it was read; each place is given once."""
        used: set[int] = set()
        places: list[int | None] = []
        last = -1
        for block in written:
            candidates = [n for n in self._candidates(block) if n not in used]
            after = [number for number in candidates if number > last]
            place = next(iter(after or candidates), None)
            if place is not None:
                used.add(place)
                last = place
            places.append(place)
        return places

    def _candidates(self, block: GoldBlock) -> list[int]:
        wanted = letters(block.text)
        if block.cells:
            return [
                number
                for number in self.blocks
                if self.document.blocks[number].kind == "table_row"
                and set(self.cells(number)) >= {k for k in map(_cell_key, block.cells) if k[1]}
            ]
        if block.open_ended:
            return [number for number in self.blocks if self.letters[number].startswith(wanted)]
        return [n for n in self._by_key.get(wanted[:_KEY], ()) if self.letters[n] == wanted]

    def cells(self, number: int) -> list[tuple[str, str]]:
        text = self.document.text
        return [
            (letters(cell.header), letters(text[cell.start : cell.end]))
            for cell in self.document.blocks[number].cells
            if cell.start < cell.end
        ]


def _in_scope(block: Block, gold: Gold) -> bool:
    if gold.pages is None:
        return True
    return block.page is not None and gold.pages[0] <= block.page <= gold.pages[1]


def _headings(read: _Read, gold: Gold) -> Counts:
    """Compare headings with their parents; the document's title is nobody's parent."""
    title = {letters(block.text) for block in gold.blocks if block.kind == "title"}
    wanted: Counter[tuple[str, str]] = Counter()
    above: list[str] = []
    for block in gold.blocks:
        if block.kind == "heading":
            del above[block.level - 1 :]
            above += [above[-1] if above else ""] * (block.level - 1 - len(above))
            wanted[letters(block.text), above[-1] if above else ""] += 1
            above.append(letters(block.text))
    sections = read.document.sections
    found: Counter[tuple[str, str]] = Counter()
    for number in read.blocks:
        block_read = read.document.blocks[number]
        name = read.letters[number]
        if block_read.kind != "heading" or name in title:
            continue
        parent = sections[block_read.section].parent
        over = "" if parent is None else letters(sections[parent].heading)
        found[name, "" if over in title else over] += 1
    if gold.pages is not None:
        wanted, found = _without_outer_parents(wanted, found)
    return Counts((wanted & found).total(), wanted.total(), found.total())


def _without_outer_parents(
    wanted: Counter[tuple[str, str]], found: Counter[tuple[str, str]]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Leave parents out of the comparison that stand on pages that were not written down."""
    known = {name for name, _ in wanted}

    def cut(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
        short: Counter[tuple[str, str]] = Counter()
        for (name, parent), times in counts.items():
            short[name, parent if parent in known else ""] += times
        return short

    return cut(wanted), cut(found)


def _cells(read: _Read, gold: Gold) -> Counts:
    """Give each of the gold's rows the read row that has most of its cells."""
    rows = [n for n in read.blocks if read.document.blocks[n].kind == "table_row"]
    held = {number: Counter(read.cells(number)) for number in rows}
    right = wanted = 0
    unused = set(rows)
    for block in gold.blocks:
        cells = Counter(key for key in map(_cell_key, block.cells) if key[1])
        wanted += cells.total()
        if not cells or not unused:
            continue
        best = max(sorted(unused), key=lambda number: (held[number] & cells).total())
        common = (held[best] & cells).total()
        if common:
            right += common
            unused.discard(best)
    return Counts(right, wanted, sum(counter.total() for counter in held.values()))


def _cell_key(cell: tuple[str, str]) -> tuple[str, str]:
    return letters(cell[0]), letters(cell[1])


def _furniture(read: _Read, gold: Gold) -> float | None:
    lines = [letters(block.text) for block in gold.blocks if block.kind == "furniture"]
    alone = set(read.letters.values())
    left = [
        line in alone
        or (len(line) >= _LONG_ENOUGH and any(line in text for text in read.letters.values()))
        for line in lines
    ]
    return _share(left)


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def _longest_rise(places: Sequence[int]) -> int:
    """Return how many of the places, at most, follow one another in rising order."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
