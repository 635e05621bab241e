"""What is to be done, one by one: the sentences, marks and lines of a cell of activities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.commitments.actions import begins_with_action, starts_action
from corpus.commitments.model import Doubt, Quote
from corpus.sentences import sentences

_MARK = re.compile(r"(?:^|(?<=\s))(?:[•▪◦‣·*–—-]|o(?=\s[A-Z]))\s+")
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")
_SEMICOLON = re.compile(r"\s*;\s*(?:and\s+)?")
# a capital in mid-sentence where no name can be meant: "… the new programme Review entry level …"
_RUN_ON = re.compile(r"(?<=[a-z)])\s+(?=[A-Z][a-z]+\s+(?:[a-z(]|[A-Z]{2}))")
_WORD_BEFORE = re.compile(r"([\w-]+)\Z")
_OPENS = frozenset(
    "a an the of in on to for and or by with this that its their our each any all new".split()
)
_OPEN = frozenset(
    "a an the of in on to for and or by with from at as that which including its their our per "
    "between than into through".split()
)
_FIRST_OF_LIST = re.compile(r"(?<![\w)])\(?(?:i|a|1)\)\s")
_SECOND_OF_LIST = re.compile(r"(?<![\w)])\(?(?:ii|b|2)\)\s")
_UNFINISHED = (",", ":", "(", "–", "—")
_STOPS = (".", ";", "!", "?", "…")
_TAIL = 80  # characters that show how a text ends


def activities_of(
    text: str, start: int, language: str
) -> tuple[tuple[Quote, ...], tuple[Doubt, ...]]:
    """Return the activities that a cell lists, each verbatim, and what is not certain of them.

    A sentence that does not begin with what will be done belongs to the activity before it.

    Args:
        text: of the cell.
        start: where it stands in the canonical text.
        language: of the document, as an ISO 639-1 code.
    """
    doubts: list[Doubt] = []
    spans: list[tuple[int, int]] = []
    for first, last in _listed(text):
        for a, b in _said(text, first, last):
            continues = spans and not begins_with_action(text[a:b], language)
            if continues and a > first:
                spans[-1] = (spans[-1][0], b)
            else:
                spans.append((a, b))
    parted: list[tuple[int, int]] = []
    for a, b in spans:
        cuts = [a, *_run_on(text, a, b), b]
        if len(cuts) > 2:  # noqa: PLR2004  its two ends
            doubts.append(_run_together(text, cuts[1]))
        parted += [_stripped(text, one, two) for one, two in pairwise(cuts)]
    return tuple(Quote(text[a:b], start + a, start + b) for a, b in parted), tuple(doubts)


def cut_off(text: str) -> Doubt | None:
    """Return a doubt about a text that ends in mid-sentence; None about one that is whole."""
    words = text[-_TAIL:].split()
    if not words:
        return None
    last = words[-1]
    opened = ")" in text and _FIRST_OF_LIST.search(text) and not _SECOND_OF_LIST.search(text)
    half_said = last.endswith(_UNFINISHED) or last.lower() in _OPEN
    if not half_said and not (opened and not last.endswith(_STOPS)):
        return None
    return Doubt("cut off", f"The text ends in mid-sentence: “… {' '.join(words[-6:])}”.")


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what marks or line breaks set apart; all of it where nothing does."""
    marks = [*_MARK.finditer(text)]
    numbers = [*_NUMBER.finditer(text)]
    if [int(number[1]) for number in numbers] == [*range(1, len(numbers) + 1)]:
        marks = numbers or marks
    marks = marks if len(marks) > 1 else []
    begin = 0
    for mark in marks:
        if text[begin : mark.start()].strip():
            yield _stripped(text, begin, mark.start())
        begin = mark.end()
    if text[begin:].strip():
        yield _stripped(text, begin, len(text))


def _said(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield sentences, and the parts that semicolons set apart where each is an action."""
    for first, last in sentences(text, start, end):
        parts = list(_parts(text, first, last))
        if all(starts_action(text[a:b]) for a, b in parts[1:]):
            yield from parts
        else:
            yield first, last


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for found in _SEMICOLON.finditer(text, start, end):
        if found.end() < end:
            yield begin, found.start() + text[found.start() : found.end()].index(";") + 1
            begin = found.end()
    yield begin, end


def _run_on(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a further activity begins without a stop before it."""
    for found in _RUN_ON.finditer(text, start, end):
        before = _WORD_BEFORE.search(text[start : found.start()])
        plain = before is None or (before[1].islower() and before[1] not in _OPENS)
        if plain and starts_action(text[found.end() : end]):
            yield found.end()


def _run_together(text: str, place: int) -> Doubt:
    word = text[place:].split(maxsplit=1)[0]
    return Doubt("run together", f"Two activities run together; the second is taken from “{word}”.")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
