"""Whether lines of a reply say a fact: the form of the fact chooses how it is looked for.

A figure must be the same figure of the same unit; words must stand together, or mean the same. A
different value where the fact should stand is told apart from silence: it is the worse failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.figures import figures_of
from corpus.figures.model import Figure
from corpus.normalise import normalise
from indexing.keywords import tokens

Found = Literal["said", "probably", "wrong value", "not said"]

OR = " / "  # between ways to say one fact
SAID, PROBABLY = 0.70, 0.55  # of likeness; from RAGChecker's human labels, see docs/suites.md
_CONTEXT = 0.5  # of a fact's weight that a line must share to be about the same thing
_WINDOW = 1  # lines before and after
_FIGURES = ("time", "amount", "number", "grade", "clause")
_NEGATIONS = frozenset("no not never none neither nor without cannot".split())

Weight = Callable[[str], float]
Likeness = Callable[[str, Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact with what became of it.

    Attributes:
        words: of the reply, where it was found or contradicted; empty where it was not.
    """

    fact: str
    found: Found
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Holds facts against replies.

    Attributes:
        weight: how much a stem tells, its inverse document frequency.
        likeness: greatest cosine of a text with some others, 0 where there is none.
    """

    weight: Weight
    likeness: Likeness

    def check(self, fact: str, lines: Sequence[str], question: str = "") -> Checked:
        """Tell whether some lines say a fact.

        Args:
            fact: in plain words; one of several ways, divided by " / ", is enough.
            lines: of the reply, in order.
            question: gives a bare figure its context.
        """
        ways = [self._one(way, lines, question) for way in _ways(fact)]
        order: tuple[Found, ...] = ("said", "probably", "wrong value", "not said")
        best = min(ways, key=lambda way: order.index(way.found))
        return Checked(fact, best.found, best.words)

    def says(self, words: str, lines: Sequence[str]) -> Checked:
        """Tell whether some lines say what they must not: never by likeness alone."""
        found = self.check(words, lines)
        return found if found.found == "said" else Checked(words, "not said")

    def shared(self, text: str, lines: Sequence[str]) -> float:
        """Return the share, 0 to 1, of the weight of a text's words that stands in some lines."""
        return self._shared(_stems(text, ()), lines)

    def _one(self, fact: str, lines: Sequence[str], question: str) -> Checked:
        asked = _figures(fact)
        if asked:
            return self._figure(fact, asked, lines, question)
        return self._words(fact, lines)

    def _figure(
        self, fact: str, asked: tuple[Figure, ...], lines: Sequence[str], question: str
    ) -> Checked:
        """Look for the same figures in a line that speaks of the same thing."""
        context = _stems(fact, asked)
        about = context or _stems(question, _figures(question))
        for window in _windows(lines):
            figures = [figure for line in window for figure in _figures(line)]
            same = all(any(_same(one, other) for other in figures) for one in asked)
            if same and self._shared(context, window) >= _CONTEXT:
                return Checked(fact, "said", " ".join(window[len(window) // 2 :][:1]) or window[0])
        for line in lines:
            other = any(_contradicts(one, _figures(line)) for one in asked)
            if other and self._shared(about, (line,)) >= _CONTEXT:
                return Checked(fact, "wrong value", line)
        return Checked(fact, "not said")

    def _words(self, fact: str, lines: Sequence[str]) -> Checked:
        """Look for the words themselves, then for all their stems, then for their meaning."""
        plain = normalise(fact).casefold()
        for line in lines:
            if plain in normalise(line).casefold():
                return Checked(fact, "said", line)
        stems = _stems(fact, ())
        for window in _windows(lines):
            if stems and stems <= _stems(" ".join(window), ()) and _agree(fact, window):
                return Checked(fact, "said", window[0])
        likes = [(self._alike(fact, line), line) for line in lines]
        alike, line = max(likes, default=(0.0, ""))
        if alike < PROBABLY:
            return Checked(fact, "not said")
        sure = alike >= SAID and _agree(fact, (line,))
        return Checked(fact, "said" if sure else "probably", line)

    def _alike(self, fact: str, line: str) -> float:
        shared = 0.5 * self._shared(_stems(fact, ()), (line,))
        if shared + 0.5 < PROBABLY:  # no likeness would do: nothing is embedded for it
            return shared
        return shared + 0.5 * self.likeness(fact, (line,))

    def _shared(self, stems: frozenset[str], lines: Sequence[str]) -> float:
        """Return the share of the weight of some stems that stands in some lines; 1 of none."""
        whole = sum(map(self.weight, stems))
        if not whole:
            return 1.0
        there = _stems(" ".join(lines), ())
        return sum(map(self.weight, stems & there)) / whole


def _ways(fact: str) -> list[str]:
    return [way.strip() for way in fact.split(OR) if way.strip()] or [fact]


@lru_cache(4_096)
def _figures(text: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures_of(text) if figure.kind in _FIGURES)


def _same(asked: Figure, said: Figure) -> bool:
    """Tell whether a figure is the one asked for; "60" alone is said by "60 days"."""
    if asked.key == said.key:
        return True
    one, other = asked.quantity, said.quantity
    if not one or not other or (one.unit and one.unit != other.unit):
        return False
    return (one.low, one.high) == (other.low, other.high)


def _contradicts(asked: Figure, said: Iterable[Figure]) -> bool:
    """Tell whether a line gives another figure of the same kind, and not the one asked for."""
    alike = [figure for figure in said if _of_one_kind(asked, figure)]
    return bool(alike) and not any(_same(asked, figure) for figure in alike)


def _of_one_kind(asked: Figure, said: Figure) -> bool:
    if asked.kind != said.kind:
        return False
    if asked.quantity and said.quantity:
        return asked.quantity.unit == said.quantity.unit != ""
    return asked.kind == "time" and asked.name == said.name


def _stems(text: str, without: Sequence[Figure]) -> frozenset[str]:
    """Return the telling stems of a text outside some figures."""
    for figure in reversed(without):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return frozenset(tokens(text))


def _windows(lines: Sequence[str]) -> Iterable[Sequence[str]]:
    """Give each line alone, then each with its neighbours."""
    yield from ((line,) for line in lines)
    for place in range(len(lines)):
        yield lines[max(0, place - _WINDOW) : place + _WINDOW + 1]


def _agree(fact: str, lines: Sequence[str]) -> bool:
    """Tell whether both deny or neither does: "may" and "may not" share every other word."""
    return _denies(fact) == any(map(_denies, lines))


def _denies(text: str) -> bool:
    words = normalise(text).casefold().split()
    return any(word.strip(".,;:()") in _NEGATIONS or word.endswith("n't") for word in words)
