"""False premises without a model: one figure or name of a question exchanged for another.

The other one is of the same sort, and the corpus holds it, but not where the answer stands. What
comes out asks for what the documents do not say. Now and then they do say it, in another place: the
figure is then a little too strict.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MENTION = re.compile(
    r"""
    (?P<quarter>\bQ[1-4]\b)
  | (?P<grade>\b[A-Z]{1,2}-?\d{1,2}\b)
  | (?P<percentage>\b\d+(?:\.\d+)?\s?%)
  | (?P<year>\b(?:1[5-9]|20)\d\d\b)
  | (?P<month>\b(?:January|February|March|April|June|July|August|September|October|November
        |December|(?<=[a-z,;\d][ ])May)\b)
  | (?P<number>\b\d+(?:[.,]\d+)*\b)
  | (?P<short>\b[A-Z]{2,}\b)
  | (?P<name>(?<=[a-z,;][ ])[A-Z][a-z]{2,}\b)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure or name as it stands in a text.

    Attributes:
        sort: what may take its place: "year", "number", "name" and so on.
    """

    sort: str
    value: str
    start: int


@dataclass(frozen=True, slots=True)
class Premises:
    """What a corpus mentions, by sort.

    Attributes:
        known: sort → every value, sorted.
        words: the words that are also written small, so that a capital makes them no name.
    """

    known: Mapping[str, tuple[str, ...]]
    words: frozenset[str]

    def falsified(self, identifier: str, question: str, gold: str) -> str | None:
        """Return the question with one mention exchanged; None where it has none to exchange.

        Only a mention that stands in ``gold``, the text that answers, is exchanged. Which value
        takes its place depends on ``identifier`` alone.
        """
        there = {(one.sort, one.value) for one in mentions(gold)}
        for one in mentions(question):
            others = [
                value
                for value in self.known.get(one.sort, ())
                if value not in gold and value not in question
            ]
            if (one.sort, one.value) not in there or not self._is_one(one) or not others:
                continue
            other = others[_number(identifier) % len(others)]
            return question[: one.start] + other + question[one.start + len(one.value) :]
        return None

    def _is_one(self, mention: Mention) -> bool:
        return mention.sort != "name" or mention.value.lower() not in self.words


def premises_of(texts: Iterable[str]) -> Premises:
    """Collect what the texts of a corpus mention."""
    found: dict[str, set[str]] = defaultdict(set)
    small: set[str] = set()
    for text in texts:
        small.update(_WORD.findall(text))
        for one in mentions(text):
            found[one.sort].add(one.value)
    found["name"] = {value for value in found["name"] if value.lower() not in small}
    return Premises({sort: tuple(sorted(held)) for sort, held in found.items()}, frozenset(small))


def mentions(text: str) -> Iterator[Mention]:
    """Find the figures and names of a text, in order; a word that opens a sentence is no name."""
    for match in _MENTION.finditer(text):
        if match.lastgroup:
            yield Mention(match.lastgroup, match.group(), match.start())


def _number(identifier: str) -> int:
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=8).digest(), "big")
