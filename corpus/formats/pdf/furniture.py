"""Running headers and footers and page numbers: what stands on every page and says nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet

_BAND = 0.12  # of the page's height, at top and bottom, where furniture stands
_EDGE = 0.09  # of it, where page numbers do
_SHARE = 0.3  # of the pages that repeat it
_FEWEST = 3  # pages; on two of them it may be chance
_NEAR = 6.0  # points: so far it may wander from page to page
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|pg\.?|página|pág\.)\s*)?"
    r"[-–—|\[(]?\s*(?P<label>\d{1,4}|[ivxlc]{1,7}|[A-Z]-\d{1,3})\s*[-–—|\])]?"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_RUN = 3  # page numbers that go up together with the pages


def drop_furniture(sheets: Sequence[Sheet]) -> None:
    """Take running headers, footers and page numbers out of the pages' segments.

    The page numbers found are kept as ``Sheet.printed``.
    """
    numbers = _numbered(sheets)
    repeated = _repeated(sheets)
    for sheet in sheets:
        place = numbers.get(sheet.number)
        kept = []
        for position, segment in enumerate(sheet.segments):
            if position == place:
                sheet.printed = _label(segment.text)
            elif not _is_furniture(sheet, segment, repeated):
                kept.append(segment)
        sheet.segments = kept


def _is_furniture(
    sheet: Sheet, segment: Segment, repeated: dict[tuple[str, int, int], int]
) -> bool:
    if not _in_band(sheet, segment, _BAND):
        return False
    if segment.artifact and segment.mcid < 0:
        return True
    return _key(sheet, segment) in repeated


def _in_band(sheet: Sheet, segment: Segment, band: float) -> bool:
    middle = (segment.top + segment.bottom) / 2
    return middle <= band * sheet.height or middle >= (1 - band) * sheet.height


def _key(sheet: Sheet, segment: Segment) -> tuple[str, int, int]:
    """Return what two copies share: words with numbers made one, and their height on the page."""
    words = _DIGITS.sub("#", " ".join(segment.text.split())).casefold()
    return words, round(segment.top / _NEAR), round(sheet.height)


def _repeated(sheets: Sequence[Sheet]) -> dict[tuple[str, int, int], int]:
    """Return the furniture: what stands at one height on many pages, or on runs of them.

    A chapter's header is on few of all pages, but on most of those from its first to its last.
    """
    pages: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for sheet in sheets:
        for segment in sheet.segments:
            if _in_band(sheet, segment, _BAND):
                words, row, height = _key(sheet, segment)
                for near in (row - 1, row, row + 1):
                    pages[words, near, height].add(sheet.number)
    found = {}
    for key, on in pages.items():
        span = max(on) - min(on) + 1
        often = len(on) >= _FEWEST and len(on) >= _SHARE * span
        few = len(sheets) < 2 * _FEWEST and len(on) >= 2 and len(on) >= len(sheets) - 1  # noqa: PLR2004  of two or three pages all but the first
        if (often or few) and key[0].strip("# ") + "x" * (key[0].strip() == "#") != "":
            found[key] = len(on)
    return found


def _numbered(sheets: Sequence[Sheet]) -> dict[int, int]:
    """Return for each page the position of the segment that is its number.

    Numbers at the edge count when they go up with the pages, or the label says the same.
    """
    candidates: dict[int, list[tuple[int, int]]] = {}
    offsets: Counter[int] = Counter()
    for sheet in sheets:
        for position, segment in enumerate(sheet.segments):
            found = _PAGE_NUMBER.fullmatch(segment.text.strip())
            if found is None or not _at_edge(sheet, segment):
                continue
            value = _value(found["label"])
            if value is None:
                continue
            candidates.setdefault(sheet.number, []).append((position, value - sheet.number))
            offsets[value - sheet.number] += 1
    good = {offset for offset, count in offsets.items() if count >= min(_RUN, len(sheets))}
    result = {}
    for sheet in sheets:
        for position, offset in candidates.get(sheet.number, []):
            if offset in good or sheet.label == _label(sheet.segments[position].text):
                result[sheet.number] = position
    return result


def _at_edge(sheet: Sheet, segment: Segment) -> bool:
    """Say whether nothing stands nearer to the page's edge, or only furniture would."""
    if not _in_band(sheet, segment, _BAND):
        return False
    if _in_band(sheet, segment, _EDGE):
        return True
    middle = (segment.top + segment.bottom) / 2
    if middle > sheet.height / 2:
        return not any(other.top >= segment.bottom for other in sheet.segments)
    return not any(other.bottom <= segment.top for other in sheet.segments)


def _label(text: str) -> str:
    found = _PAGE_NUMBER.fullmatch(text.strip())
    return found["label"] if found else ""


def _value(label: str) -> int | None:
    if label.isdigit():
        return int(label)
    if not label.isalpha() or not set(label.lower()) <= set(_ROMAN):
        return None
    values = [_ROMAN[letter] for letter in label.lower()]
    return sum(
        -one if one < following else one
        for one, following in zip(values, [*values[1:], 0], strict=True)
    )
