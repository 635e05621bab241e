"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.commitments.model import Quote

EditKind = Literal["same", "added", "removed"]

Opcode = tuple[str, int, int, int, int]  # as difflib gives them

_MOST_WORD_PAIRS = 4_000_000  # of words in two wordings; beyond it they are shown whole
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words of a changed wording.

    Attributes:
        start, end: in the canonical text of the newer version, for "removed" of the older.
    """

    kind: EditKind
    text: str
    start: int
    end: int


def edits_between(older: Quote | None, newer: Quote | None) -> tuple[Edit, ...]:
    """Return the words of two wordings in order, what was removed before what was put there.

    Together the "same" and "added" ones are the newer text, the "same" and "removed" ones the
    older but for its blanks. One that is None had no words.
    """
    return tuple(_edits(older, newer))


def _edits(older: Quote | None, newer: Quote | None) -> Iterator[Edit]:
    one, other = _words(older), _words(newer)
    for tag, a, a_end, b, b_end in _opcodes([w for w, _ in one], [w for w, _ in other]):
        if tag == "equal" and newer:
            yield _edit("same", newer, other[b][1], other[b_end - 1])
            continue
        if older and a < a_end:
            yield _edit("removed", older, one[a][1], one[a_end - 1])
        if newer and b < b_end:
            yield _edit("added", newer, other[b][1], other[b_end - 1])


def _edit(kind: EditKind, wording: Quote, start: int, last: tuple[str, int]) -> Edit:
    end = last[1] + len(last[0])
    text = wording.text[start - wording.start : end - wording.start]
    return Edit(kind, text, start, end)


def _words(wording: Quote | None) -> list[tuple[str, int]]:
    """Return the words, blanks and signs of a wording with their places."""
    if wording is None:
        return []
    return [(match[0], wording.start + match.start()) for match in _WORD.finditer(wording.text)]


def _opcodes(one: Sequence[str], other: Sequence[str]) -> Iterable[Opcode]:
    if not one or not other or len(one) * len(other) > _MOST_WORD_PAIRS:
        return [("replace", 0, len(one), 0, len(other))]
    blank = [" " if word.isspace() else word for word in one]
    blank_other = [" " if word.isspace() else word for word in other]
    matcher = SequenceMatcher(str.isspace, blank, blank_other, autojunk=False)
    return _joined(matcher.get_opcodes(), one)


def _joined(codes: Iterable[Opcode], words: Sequence[str]) -> list[Opcode]:
    """Join changes between which nothing stays but a blank: they read as one."""
    joined: list[Opcode] = []
    for code in codes:
        tag, a, a_end, b, b_end = code
        blank = tag == "equal" and all(word.isspace() for word in words[a:a_end])
        if joined and joined[-1][0] != "equal" and (tag != "equal" or blank):
            _, a, _, b, _ = joined.pop()
            joined.append(("replace", a, a_end, b, b_end))
        else:
            joined.append(code)
    return joined
