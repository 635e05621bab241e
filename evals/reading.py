"""How truly documents are read: gold structures, exact places, pages a second."""

from __future__ import annotations

import hashlib
import io
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.files.folder import SourceFile, list_files
from corpus.model import Document
from corpus.normalise import normalise
from corpus.places import Rect, rects
from corpus.raw import Parsed
from corpus.read import parse_file, read_document
from evals.gold import SUFFIX, Gold, read_gold
from evals.structure import Counts, Structure, compare, letters, nothing_of

GOLD = Path(__file__).parent / "reading_gold"
_QUOTES = 40  # of one document whose places on the page are read back
_SHORTEST_QUOTE = 20  # letters; fewer may stand anywhere
_ALIKE = 0.97  # share of letters that an independent reader finds in the same boxes


@dataclass(frozen=True, slots=True)
class Score:
    """One document's scores.

    Attributes:
        spans: share of the characters that stand in the original where the document says.
        boxes: share of sampled quotes whose boxes, read by another program, hold their words;
            None where the format has no boxes, or only pictures of words.
        scanned: its text was recognised.
        seconds: processor time of one reading.
        size: characters of canonical text.
        pages: of the document; 0 where the format has none.
    """

    name: str
    file: str
    structure: Structure
    spans: float
    boxes: float | None
    scanned: bool
    seconds: float
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A gold structure that could not be compared, and why."""

    name: str
    reason: str


def measure(folders: Sequence[Path]) -> Iterator[Score | Absent]:
    """Read every document of the gold set that is found in a folder, and score it."""
    present = {
        source.path.name: source for folder in (*folders, GOLD) for source in list_files(folder)
    }
    for path in sorted(GOLD.glob(f"*{SUFFIX}")):
        gold = read_gold(path)
        source = present.get(gold.file)
        if source is None:
            yield Absent(gold.name, f"{gold.file} is not at hand")
        elif gold.sha256 and gold.sha256 != _sha256(source.path):
            yield Absent(gold.name, f"{gold.file} is another edition")
        else:
            try:
                yield _score(gold, source)
            except UnreadableFile:  # no gap in the figures: it costs every point
                yield _nothing(gold)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _score(gold: Gold, source: SourceFile) -> Score:
    began = time.process_time()
    document = read_document(source)
    seconds = time.process_time() - began
    scanned = any(page.confidence is not None for page in document.pages)
    return Score(
        name=gold.name,
        file=gold.file,
        structure=compare(document, gold),
        spans=_true_places(document, parse_file(source)),
        boxes=None if scanned or not document.boxes else _true_boxes(document, source.path),
        scanned=scanned,
        seconds=seconds,
        size=len(document.text),
        pages=len(document.pages),
    )


def _nothing(gold: Gold) -> Score:
    return Score(
        name=gold.name,
        file=gold.file,
        structure=nothing_of(gold),
        spans=0.0,
        boxes=None,
        scanned=False,
        seconds=0.0,
        size=0,
        pages=0,
    )


def _true_places(document: Document, parsed: Parsed) -> float:
    """Return the share of characters with a place whose place holds that character."""
    right = placed = 0
    runs = zip(
        document.origin.starts, document.origin.sources, document.origin.lengths, strict=True
    )
    for start, source, length in runs:
        placed += length
        here = document.text[start : start + length]
        there = parsed.original[source : source + length]
        if here == there:
            right += length
        else:
            right += sum(map(_same, here, there))
    return right / placed if placed else 1.0


def _same(one: str, other: str) -> bool:
    """Say whether two characters are the same, or one was composed with marks that follow."""
    return one == other or normalise(one) == normalise(other) or letters(one)[:1] == other


def _true_boxes(document: Document, path: Path) -> float:
    """Return the share of sampled quotes that pdfplumber finds in the boxes that Charter gives."""
    import pdfplumber  # noqa: PLC0415  only this measurement reads with it

    blocks = [
        block
        for block in document.blocks
        if block.kind in ("paragraph", "list_item") and block.end - block.start > _SHORTEST_QUOTE
    ]
    step = max(1, len(blocks) // _QUOTES)
    right = sampled = 0
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for block in blocks[::step]:
            quote = letters(document.text[block.start : block.end])
            found = ""
            for rect in rects(document, block.start, block.end):
                found += letters(_text_in(pdf.pages[rect.page - 1], rect))
            sampled += 1
            right += _overlap(quote, found) >= _ALIKE
    return right / sampled if sampled else 1.0


def _text_in(page: Any, rect: Rect) -> str:
    """Return the characters of a pdfplumber page whose centres lie in a rectangle."""
    return "".join(
        char["text"]
        for char in page.chars
        if rect.left <= (char["x0"] + char["x1"]) / 2 <= rect.right
        and rect.top <= (char["top"] + char["bottom"]) / 2 <= rect.bottom
    )


def _overlap(quote: str, found: str) -> float:
    common = Counter(quote) & Counter(found)
    return common.total() / max(len(quote), len(found), 1)


def by_format(scores: Sequence[Score]) -> dict[str, list[Score]]:
    """Return the scores by the ending of their documents' names, scans apart."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        kind = "scan" if score.scanned else score.file.rsplit(".", 1)[-1]
        found.setdefault(kind, []).append(score)
    return dict(sorted(found.items()))


def figures(scores: Sequence[Score]) -> list[str]:
    """Return the scores of documents together, as text.

    In this order: headings, cells, order, pages, places, left, pages a second; empty where there
    was nothing to score.
    """
    structures = [score.structure for score in scores]
    places = [score.boxes if score.boxes is not None else score.spans for score in scores]
    seconds = sum(score.seconds for score in scores if score.pages)
    pages = sum(score.pages for score in scores)
    return [
        _share(_pooled([one.headings for one in structures])),
        _share(_pooled([one.cells for one in structures])),
        _share(_mean([one.order for one in structures])),
        _share(_mean([one.pages for one in structures])),
        _share(_mean([min(p, s.spans) for p, s in zip(places, scores, strict=True)])),
        _share(_mean([one.furniture for one in structures])),
        f"{pages / seconds:.0f}" if pages and seconds else "",
    ]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _pooled(counts: Sequence[Counts]) -> float | None:
    """Return F1 over all documents together."""
    return Counts(
        sum(one.right for one in counts),
        sum(one.gold for one in counts),
        sum(one.read for one in counts),
    ).f1


def to_rows(results: Sequence[Score | Absent]) -> list[dict[str, Any]]:
    """Return the results as JSON has them, documents by name."""
    return [
        {"name": one.name, "absent": one.reason} if isinstance(one, Absent) else _row(one)
        for one in results
    ]


def _row(score: Score) -> dict[str, Any]:
    structure = score.structure
    return {
        "name": score.name,
        "file": score.file,
        "headings_f1": structure.headings.f1,
        "cells_f1": structure.cells.f1,
        "order": structure.order,
        "pages_right": structure.pages,
        "furniture_left": structure.furniture,
        "spans": score.spans,
        "boxes": score.boxes,
        "seconds": round(score.seconds, 3),
        "characters": score.size,
        "pages": score.pages,
        "missing": list(structure.missing),
    }
