"""A question as far as it is read: what was understood of it is taken out, the rest stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.register.held import Field, Named
from assistant.register.list_words import IDLE
from assistant.register.model import Value
from indexing.keywords import folded, is_stop_word

READ = "¦"  # stands for each character that was read, so that places stay and runs end there
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.,&/][^\W_]+)*")
_LONGEST_BEFORE = 60  # characters before a run that can say what it is


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and that nothing was made of yet."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A question while it is read.

    Attributes:
        text: as it was asked.
        rest: the same with what was read blotted out.
        named: values that it names, with the place of their words.
        themes: words of headings that the commitments must stand under.
        words: what they must speak of.
        unknown: words in the place of a name that the register does not hold.
        teams: those of them that name a team, by the word for it or as who leads.
        no_themes: words in the place of a theme that it does not hold.
        left: other words that were not understood.
        taken_for: words that are no value's own name, or fit several, with what they were taken
            for.
    """

    text: str
    rest: str = ""
    named: list[Named] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    no_themes: list[str] = field(default_factory=list)
    taken_for: list[tuple[str, tuple[Value, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.text

    def blot(self, start: int, end: int) -> None:
        """Take out what was read."""
        self.rest = f"{self.rest[:start]}{READ * (end - start)}{self.rest[end:]}"

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return every place where a pattern stands in the rest, and take it out."""
        found = list(pattern.finditer(self.rest))
        for one in found:
            self.blot(*one.span())
        return found

    def before(self, place: int) -> str:
        """Return the words before a place, read or not."""
        return self.text[max(0, place - _LONGEST_BEFORE) : place]

    def of(self, *fields: Field) -> tuple[Named, ...]:
        """Return the names of some fields in the order of the question, each value once."""
        found: dict[tuple[Field, str], Named] = {}
        for one in sorted(self.named, key=lambda one: one.start):
            if one.field in fields:
                found.setdefault((one.field, one.value.key), one)
        return tuple(found.values())

    def runs(self) -> list[Run]:
        """Return the runs of words in the rest that say something."""
        found: list[Run] = []
        for match in _WORD.finditer(self.rest):
            if not says_something(match.group()):
                continue
            last = found[-1] if found else None
            if last and self.rest[last.end : match.start()].strip() == "":
                found[-1] = Run(self.text[last.start : match.end()], last.start, match.end())
            else:
                found.append(Run(match.group(), *match.span()))
        return found


def says_something(word: str) -> bool:
    """Tell whether a word says what is wanted, and not only that something is."""
    plain = folded(word)
    return not is_stop_word(plain) and plain not in IDLE
