"""Lines to text: segments joined, words that were broken at the ends of lines made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf.segments import Segment
from corpus.traced import Traced, cut, joined, made

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[-‐]$")  # the first part of a word that a line's end may break
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHEN = re.compile(r"[^\W_][-‐‑]$")
_LAST_PART = re.compile(r"[^\W\d_]{2,}$")
_REST = 3  # letters of a word too long for a cell, that no word elsewhere proves to be one
_RARE = 1_000  # words to one that is a lone letter; "a", "y" or "o" is one of a hundred
_NO_WORD = re.compile(r"[bcdfghjklmnpqrstvwxz]{1,2}")  # but the rest of one; "km" follows numbers
_FIRST_PART = re.compile(r"[^\W\d_]+|[.,;:!?)](?:\s|$)|['’][a-z]\b")
_SUSPENDED = re.compile(
    r"(?:and|or|to|und|oder|et|ou|y|o)\s"
)  # after "short-": "short- and long-term"
_SOFT = "\u00ad"
_ALONE = 2  # times: the part at the line's end counts once itself
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# written with a hyphen before almost any word
_PREFIXES = frozenset(
    "non self co re pre post anti multi sub semi ex cross long short full part well high low mid "
    "half all off on in non- inter intra follow work cost user time year day case peer face one "
    "two three four five six end step start check risk evidence results performance".split()
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, and whether it breaks words at the ends of lines."""

    words: Counter[str]
    breaks: bool

    def is_broken(self, before: str, after: str) -> bool:
        """Say whether a hyphen between a line's end and the next line was put there to break."""
        first, second = _BROKEN.search(before), _LETTERS.match(after)
        if first is None or second is None or not after[:1].islower():
            return False
        head, tail = first[1].casefold(), second[0].casefold()
        if self.words[f"{head}-{tail}"]:
            return False
        if self.words[head + tail]:
            return True
        if not self.breaks or head in _PREFIXES:
            return False
        return self.words[head] < _ALONE or self.words[tail] < _ALONE

    def is_cut(self, before: str, after: str) -> bool:
        """Say whether a line of one word, with no room for a letter more, was cut in that word."""
        first, second = _LAST_PART.search(before), _FIRST_PART.match(after)
        if first is None or second is None or " " in before:
            return False
        head, tail = first[0].casefold(), second[0].casefold()
        if not tail[0].isalpha():
            return True  # a full stop, or what follows an apostrophe
        if not after[0].islower():
            return False
        if self.words[head + tail] or _NO_WORD.fullmatch(tail):
            return True
        return len(tail) <= _REST and not self.words[head] and self._is_rare(tail)

    def _is_rare(self, word: str) -> bool:
        """Say whether it is no word; a lone letter may stand in an abbreviation ("e.g.")."""
        often = self.words[word]
        return not often or (len(word) == 1 and often * _RARE <= self.words.total())


def vocabulary_of(lines: Sequence[str]) -> Vocabulary:
    """Return the words in lines of text that follow each other."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.casefold().replace("‐", "-") for word in _WORD.findall(line))
    whole = hyphened = 0
    for before, after in pairwise(lines):
        first, second = _BROKEN.search(before), _LETTERS.match(after)
        if first and second and after[:1].islower():
            head, tail = first[1].casefold(), second[0].casefold()
            if words[f"{head}-{tail}"]:
                hyphened += 1
            elif words[head + tail]:
                whole += 1
    return Vocabulary(words, whole > hyphened)


@dataclass(frozen=True, slots=True)
class Typist:
    """Writes segments as text that knows its places.

    Attributes:
        original: the whole document's text. starts: of each page's text in it.
        marks: for each page, the marks of the notes that stand on it.
    """

    original: str
    starts: Sequence[int]
    vocabulary: Vocabulary
    marks: Sequence[frozenset[str]]

    def line(self, segments: Sequence[Segment]) -> Traced:
        """Return the segments of one line."""
        if len(segments) == 1:
            return self._segment(segments[0])
        return joined([self._segment(segment) for segment in segments], " ")

    def _segment(self, segment: Segment) -> Traced:
        start = self.starts[segment.page]
        whole = cut(self.original, start + segment.start, start + segment.end)
        edits = [
            (a, b, "")
            for a, b in segment.raised
            if a and segment.text[a:b].strip() in self.marks[segment.page]
        ]
        return whole.edited(edits) if edits else whole

    def lines(self, lines: Iterable[Traced]) -> Traced:
        """Return lines as one text."""
        parts: list[Traced] = []
        for line in lines:
            if not line.text:
                continue
            if parts:
                parts[-1], between = self._end(parts[-1], line.text)
                parts.append(made(between))
            parts.append(line)
        return parts[0] if len(parts) == 1 else joined(parts)

    def mended(self, lines: Sequence[Traced], full: Sequence[bool]) -> list[Traced]:
        """Return lines of a cell, the parts of words too long for it made whole.

        ``full[i]`` says that line ``i`` had no room for one letter more.
        """
        whole = [lines[0]]
        for before, line, no_room in zip(lines, lines[1:], full, strict=False):
            if no_room and self.vocabulary.is_cut(before.text, line.text):
                whole[-1] = joined([whole[-1], line])
            else:
                whole.append(line)
        return whole

    def _end(self, before: Traced, after: str) -> tuple[Traced, str]:
        """Return a line ready to be joined with the next, and what to put between."""
        text = before.text
        if text.endswith(_SOFT):
            return before.slice(0, -1), ""
        if self.vocabulary.is_broken(text, after):
            return before.slice(0, -1), ""
        hyphened = _HYPHEN.search(text) and after[:1].isalnum() and not _SUSPENDED.match(after)
        if hyphened or (text.endswith("/") and not text.endswith(" /")):
            return before, ""
        if _CJK.match(after) and _CJK.search(text[-1:]):
            return before, ""
        return before, " "
