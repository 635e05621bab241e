"""The names that the register holds, found in the words of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from assistant.register.list_words import TEAM_WORDS
from assistant.register.model import Value, Values
from corpus.commitments import initials
from indexing.keywords import folded, tokens
from indexing.lexicon import nearest

Field = Literal["lead", "theme", "document", "body"]
Stems = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.&][^\W_]+)*")
_BRACKETED = re.compile(r"\(([^)]+)\)")
_SHORTEST = 5  # letters of a word in which a slip is looked for
_TWO_SLIPS = 8
_LONGEST_SHORT = 4  # letters of an abbreviation to which another letter may belong
# what kind of unit it is, as the last letter of an abbreviation: "HR" is part of "HRD", a division
_KIND_LETTERS = frozenset("dustbogc")
_LIKE = 0.75  # from which a name is near enough to be offered
_RANK: Mapping[Field, int] = {"theme": 0, "document": 1, "body": 2, "lead": 3}


@dataclass(frozen=True, slots=True)
class Named:
    """A value that a text names.

    Attributes:
        start, end: of the words that name it.
    """

    field: Field
    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a value.

    Attributes:
        around: it is not the name itself but all that says whose name it is.
        speaks: what is around it has the name's words as well: the body speaks for its document.
    """

    field: Field
    value: Value
    stems: Stems
    around: bool = False
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the register holds, by how it is called."""

    by_field: Mapping[Field, tuple[Value, ...]]
    names: tuple[Name, ...]

    def named(self, text: str) -> tuple[Named, ...]:
        """Return what a text names in full, in two words or more, in order; the longest wins."""
        words = list(_stems_at(text.replace("–", "-")))
        long = [one for one in self.names if len(one.stems) > 1 and not one.around]
        found: list[Named] = []
        place = 0
        while place < len(words):
            stems = tuple(stem for stem, _, _ in words[place:])
            fitting = [one for one in long if stems[: len(one.stems)] == one.stems]
            if fitting:
                best = max(fitting, key=lambda one: (len(one.stems), _RANK[one.field]))
                own = words[place : place + len(best.stems)]
                found.append(Named(best.field, best.value, own[0][1], max(end for *_, end in own)))
            place += len(best.stems) if fitting else 1
        return tuple(found)

    def fitting(self, words: str, field: Field) -> tuple[Value, ...]:
        """Return the values of a field that some words may mean, by the surest reading alone.

        In full, by an abbreviation, by a part of the name, by what is around it, with a slip.
        """
        stems = tokens(words.replace("–", "-"))
        own = [one for one in self.names if one.field == field]
        for reading in _READINGS if stems else ():
            found = {one.value.key: one.value for one in own if reading(stems, one)}
            if found:
                return tuple(found.values())
        slipped = (one.value for one in own if not one.around and _is_slipped(words, one.value))
        return tuple({value.key: value for value in slipped}.values())

    def is_whole(self, words: str, value: Value, field: Field) -> bool:
        """Tell whether some words are a value's name in full, or an abbreviation of it."""
        stems = tokens(words)
        own = (one for one in self.names if one.field == field and one.value is value)
        return any(_in_full(stems, one) or _as_kind(stems, one) for one in own)

    def is_called(self, words: str, value: Value, field: Field) -> bool:
        """Tell whether some words are of a value's own name, not only of what is around it."""
        stems = set(tokens(words))
        own = (one for one in self.names if one.field == field and one.value is value)
        return any(stems <= set(one.stems) for one in own if not one.around)

    def nearest(self, words: str, fields: Sequence[Field], most: int = 3) -> tuple[str, ...]:
        """Return the names that are most like some words, the likest first; maybe none."""
        wanted = folded(re.sub(rf"\b(?:{TEAM_WORDS})\b", " ", words)).strip()
        scored = [(_likeness(wanted, one), one) for field in fields for one in self.by_field[field]]
        near = [(likeness, one) for likeness, one in scored if likeness >= _LIKE]
        near.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].name))
        return tuple(dict.fromkeys(one.name for _, one in near))[:most]


@lru_cache(8)
def held_of(values: Values) -> Held:
    """Return the names of a register; kept for the questions that follow."""
    by_field: Mapping[Field, tuple[Value, ...]] = {
        "lead": values.leads,
        "theme": values.themes,
        "document": values.documents,
        "body": values.bodies,
    }
    names = (
        name
        for field, same in by_field.items()
        for value in same
        for name in dict.fromkeys(_names(field, value))
        if name.stems
    )
    return Held(by_field, tuple(names))


def _names(field: Field, value: Value) -> Iterator[Name]:
    """Yield all ways to write a value: also without its brackets, and by its initials."""
    own = [value.name] if field == "body" else [value.name, *value.spellings]
    for written in own:
        short = initials(written) if field in {"lead", "body"} and len(written.split()) > 2 else ""  # noqa: PLR2004  the initials of two words are anything
        for one in (written, _BRACKETED.sub(" ", written), *_BRACKETED.findall(written), short):
            yield Name(field, value, tokens(one.replace("–", "-")))
    if field == "body":
        mine = frozenset(tokens(value.name))
        for said in value.spellings:
            rest = tokens(said.removeprefix(value.name))
            yield Name(field, value, tokens(said), around=True, speaks=mine <= set(rest))


def _in_full(stems: Stems, name: Name) -> bool:
    return stems == name.stems and not name.around


def _as_kind(stems: Stems, name: Name) -> bool:
    return not name.around and len(name.stems) == 1 and _is_part_of(stems, name.stems[0])


def _in_part(stems: Stems, name: Name) -> bool:
    return not name.around and (set(stems) <= set(name.stems) or _as_kind(stems, name))


def _around_it(stems: Stems, name: Name) -> bool:
    part = set(stems) <= set(name.stems) or any(_is_part_of(stems, one) for one in name.stems)
    return name.speaks and part


def _beside_it(stems: Stems, name: Name) -> bool:
    return name.around and set(stems) <= set(name.stems)


_READINGS: tuple[Callable[[Stems, Name], bool], ...] = (
    _in_full,
    _in_part,
    _around_it,
    _beside_it,
)


def _is_part_of(stems: Stems, name: str) -> bool:
    """Tell whether some letters and one for the kind of unit are a name: "HR" and "HRD"."""
    short = stems[0] if len(stems) == 1 else ""
    return 1 < len(short) <= _LONGEST_SHORT and name[:-1] == short and name[-1] in _KIND_LETTERS


def _is_slipped(words: str, value: Value) -> bool:
    """Tell whether every word is one of a value's names with a letter or two gone wrong."""
    said = [folded(word) for word in _WORD.findall(words)]
    known = [folded(word) for one in (value.name, *value.spellings) for word in _WORD.findall(one)]
    return all(word in known or _is_slip(word, known) for word in said)


def _is_slip(word: str, known: Sequence[str]) -> bool:
    most = 2 if len(word) >= _TWO_SLIPS else 1
    return len(word) >= _SHORTEST and bool(nearest(word, known, most))


def _likeness(words: str, value: Value) -> float:
    """Tell how like some words a name is, from 0 to 1: as a whole, or in its likest word."""
    name = folded(value.name)
    pairs = [(words, name), *((one, other) for one in words.split() for other in name.split())]
    return max(SequenceMatcher(None, one, other).ratio() for one, other in pairs)


def _stems_at(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every stem of a text with the place of its word."""
    for match in _WORD.finditer(text):
        for stem in tokens(match.group()):
            yield stem, match.start(), match.end()
