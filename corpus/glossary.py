"""Abbreviations that a document explains: "Office of Internal Oversight (OIO)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.acronyms import accounted_from_end, accounted_from_start, is_short_form, singular
from corpus.model import Block, Document

_QUOTED = "\"“”«»„'‘’"
_SHORT = rf"[{_QUOTED}]?\s?(?:the\s+)?[{_QUOTED}]?(?P<short>[A-Z][\w&/.+-]{{1,9}})[{_QUOTED}]?"
_CALLED = (
    r"(?:(?:hereinafter|hereafter|henceforth|herein|abbreviated|also|commonly|or|called|known|"
    r"referred|in|short|as|to|for|the)\s+){0,5}"
)
# as in «Head of Administration ("HoA")», "… (hereinafter the OIO)", "… (OIO; see below)"
_IN_BRACKETS = re.compile(rf"\(\s?{_CALLED}{_SHORT}\s?(?:[;,:][^()]*)?\)")
# as in "…, or OIO, …", "…, abbreviated as OIO"
_AFTER = re.compile(
    r",?\s(?:or|hereinafter|hereafter|abbreviated(?:\s(?:as|to))?|(?:also\s)?known\sas|also\scalled|"
    rf"also\sreferred\sto\sas)\s{_SHORT}(?=[\s,.;:)]|$)"
)
# as in "OIO (Office of Internal Oversight)"
_EXPLAINED = re.compile(r"(?<![\w-])(?P<short>[A-Z][\w&/.+-]{1,9})\s\(\s?(?P<long>[^()]{4,120})\)")
# as in «"DPO" means Data Protection Officer», "OIO: Office of Internal Oversight"
_SAID = re.compile(
    rf"(?<![\w-])[{_QUOTED}]?(?P<short>[A-Z][\w&/.+-]{{1,9}})[{_QUOTED}]?"
    r"(?:\s?(?:[:=–—\t]|\s-\s|,\s(?:or|i\.e\.|that\sis|short\sfor|the))\s*|"
    r"\s(?:shall\s)?(?:means?|stands?\sfor|denotes?|refers?\sto|is\sshort\sfor|is\sthe|is)\s)"
    r"(?P<long>[^\n.;()]{4,160})"
)
_WORD = re.compile(r"[^\s()“”\"«»,;:]+")
_STOP = re.compile(r"[()\n\t;:.!?](?:\s|$)|[()\n\t;]")
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_LISTED = re.compile(r"\b(?:abbreviations?|acronyms?|glossary|initialisms?)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\Z")
_LONGEST = 12  # words of a meaning that its letters do not account for


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation that a document explains, with canonical ``[start, end)`` of both.

    Attributes:
        term: the abbreviation in the singular.
        meaning: as printed, on one line.
    """

    term: str
    meaning: str
    start: int
    end: int


def find_definitions(document: Document) -> tuple[Definition, ...]:
    """Return what a document explains, each pair once, where it first stands."""
    found: dict[tuple[str, str], Definition] = {}
    for block in document.blocks:
        for one in _in_block(document, block):
            found.setdefault((one.term, one.meaning.casefold()), one)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end, one.term)))


def _in_block(document: Document, block: Block) -> Iterator[Definition]:
    text = document.text[block.start : block.end]
    if sum(map(str.isupper, text)) < 2:  # noqa: PLR2004  an abbreviation has two
        return
    if block.cells:
        yield from _in_row(document, block)
        spans = [(cell.start, cell.end) for cell in block.cells if cell.start >= block.start]
    else:
        yield from _in_list(document, block)
        spans = [(block.start, block.end)]
    for start, end in spans:
        for one in _in_text(document.text[start:end]):
            yield Definition(one.term, one.meaning, one.start + start, one.end + start)


def _in_text(text: str) -> Iterator[Definition]:
    for pattern in (_IN_BRACKETS, _AFTER):
        for match in pattern.finditer(text):
            yield from _before(text, match)
    for match in _EXPLAINED.finditer(text):
        yield from _after(text, match, whole=True)
    for match in _SAID.finditer(text):
        yield from _after(text, match, whole=False)


def _before(text: str, match: re.Match[str]) -> Iterator[Definition]:
    """Give the words before an abbreviation that account for it."""
    short = match["short"]
    if not is_short_form(short):
        return
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
    words = list(_WORD.finditer(text, begin, match.start()))
    first = accounted_from_end(short, [word.group() for word in words])
    if first is not None:
        start, end = words[first].start(), words[-1].end()
        yield _definition(short, text[start:end], start, match.end())


def _after(text: str, match: re.Match[str], *, whole: bool) -> Iterator[Definition]:
    """Give the words after an abbreviation that account for it; ``whole`` takes all or none."""
    short = match["short"]
    if not is_short_form(short):
        return
    start = match.start("long")
    article = _ARTICLE.match(match["long"])
    start += article.end() if article else 0
    words = list(_WORD.finditer(text, start, match.end("long")))
    count = accounted_from_start(short, [word.group() for word in words])
    if count is None or (whole and count < len(words)):
        return
    end = words[count - 1].end()
    yield _definition(short, text[words[0].start() : end], match.start(), end)


def _in_row(document: Document, block: Block) -> Iterator[Definition]:
    """Give the abbreviation in a row's first cell, explained in its next filled one.

    In a table of abbreviations it need not be accounted for.
    """
    filled = [cell for cell in block.cells if cell.start < cell.end]
    if len(filled) < 2:  # noqa: PLR2004  what is explained, and what it means
        return
    short, meaning = (document.text[cell.start : cell.end].strip() for cell in filled[:2])
    headers = " ".join(cell.header for cell in filled[:2])
    listed = _LISTED.search(headers) is not None or _is_listed(document, block)
    if _explains(short, meaning, listed=listed):
        yield _definition(short, meaning, filled[0].start, filled[1].end)


def _in_list(document: Document, block: Block) -> Iterator[Definition]:
    """Give what a line of a list of abbreviations explains."""
    if block.kind == "heading" or not _is_listed(document, block):
        return
    text = document.text[block.start : block.end]
    for match in _SAID.finditer(text):
        before = text[: match.start()].strip(" -–•*\n")
        meaning = match["long"].strip()
        if (not before or before.endswith("\n")) and _explains(
            match["short"], meaning, listed=True
        ):
            start, end = block.start + match.start(), block.start + match.end()
            yield _definition(match["short"], meaning, start, end)


def _explains(short: str, meaning: str, *, listed: bool) -> bool:
    if not is_short_form(short):
        return False
    words = _ARTICLE.sub("", meaning).split()
    if listed:
        return 0 < len(words) <= _LONGEST and meaning.upper() != meaning
    return accounted_from_start(short, words) == len(words)


def _is_listed(document: Document, block: Block) -> bool:
    """Tell whether a block stands under a heading such as "Abbreviations"."""
    path: Iterable[str] = document.sections[block.section].path[-1:]
    return any(_LISTED.search(heading) for heading in path)


def _definition(short: str, meaning: str, start: int, end: int) -> Definition:
    said = _ARTICLE.sub("", " ".join(meaning.split())).strip(f"{_QUOTED} ,;")
    return Definition(singular(short), _POSSESSIVE.sub("", said), start, end)
