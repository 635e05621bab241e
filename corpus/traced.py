"""Text that knows where each of its characters stands in the original."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOWHERE = -1  # the place of a character that the reader put there

_TIDY = re.compile(r"(?:[!-~]+(?: [!-~]+)*)?")  # most text is; the check is quick
_UNTIDY = re.compile(r"\s\s|[^\S ]")
_SPACES = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"[\r\n]")
# control characters, soft hyphens, zero-width spaces and joiners' kin, halves of surrogate pairs
# (no encoding can write them) and non-characters
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]+"
)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each character, its offset in the original or ``NOWHERE``.

    Every repair goes through these few operations, so a character can be moved, dropped or added
    and none can come to point at a character that is not itself. ``places`` is never changed.
    """

    text: str
    places: array[int]

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int | None = None) -> Traced:
        """Return the part ``[start, end)``."""
        return Traced(self.text[start:end], self.places[start:end])

    def strip(self) -> Traced:
        """Return the text without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def split(self, separator: str) -> list[Traced]:
        """Return the parts between single-character separators."""
        parts, start = [], 0
        for part in self.text.split(separator):
            parts.append(self.slice(start, start + len(part)))
            start += len(part) + 1
        return parts

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Traced:
        """Return the text with spans ``(start, end, new text)`` replaced; in order, apart."""
        parts, done = [], 0
        for start, end, new in edits:
            parts += [self.slice(done, start), made(new)]
            done = end
        return joined([*parts, self.slice(done)]) if parts else self

    def without(self, pattern: re.Pattern[str]) -> Traced:
        """Return the text without what the pattern matches."""
        return self.edited((*match.span(), "") for match in pattern.finditer(self.text))


def cut(source: str, start: int, end: int) -> Traced:
    """Return ``source[start:end]`` with its places."""
    return Traced(source[start:end], array("i", range(start, max(start, end))))


def made(text: str) -> Traced:
    """Return text that the reader puts there."""
    return Traced(text, array("i", [NOWHERE]) * len(text))


def joined(parts: Sequence[Traced], between: str = "") -> Traced:
    """Return the parts as one text, with ``between`` put between them."""
    places: array[int] = array("i")
    gap = array("i", [NOWHERE]) * len(between)
    for number, part in enumerate(parts):
        if number:
            places.extend(gap)
        places.extend(part.places)
    return Traced(between.join(part.text for part in parts), places)


def tidy(traced: Traced) -> Traced:
    """Return the text as it stands in the canonical text: one line, single spaces, NFC."""
    if _TIDY.fullmatch(traced.text):
        return traced
    return composed(collapsed(traced.without(_INVISIBLE)))


def collapsed(traced: Traced) -> Traced:
    """Return the text with each run of white space made one space.

    The space keeps the place of the first character of its run unless that is a line break.
    """
    traced = traced.strip()
    if not _UNTIDY.search(traced.text):
        return traced
    parts, done = [], 0
    for match in _SPACES.finditer(traced.text):
        place = NOWHERE if _LINE_BREAK.match(match[0]) else traced.places[match.start()]
        parts += [traced.slice(done, match.start()), Traced(" ", array("i", [place]))]
        done = match.end()
    return joined([*parts, traced.slice(done)])


def composed(traced: Traced) -> Traced:
    """Return the text in NFC; a composed character keeps the place of its base."""
    if unicodedata.is_normalized("NFC", traced.text):
        return traced
    parts, start = [], 0
    for end in range(1, len(traced) + 1):
        if end == len(traced) or _stands_apart(traced.text[start:end], traced.text[end]):
            parts.append(_composed_cluster(traced.slice(start, end)))
            start = end
    return joined(parts)


def _stands_apart(before: str, char: str) -> bool:
    if unicodedata.combining(char):
        return False
    whole = unicodedata.normalize("NFC", before + char)
    return whole == unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", char)


def _composed_cluster(cluster: Traced) -> Traced:
    text = unicodedata.normalize("NFC", cluster.text)
    if text == cluster.text:
        return cluster
    return Traced(text, array("i", [cluster.places[0], *[NOWHERE] * (len(text) - 1)]))
