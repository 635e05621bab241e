"""The sentences that somebody may point at as the right answer, with the facts in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.library.shelf import Shelf
from assistant.reply import Citation
from corpus.errors import SuiteRefused
from corpus.figures import figures_of
from corpus.model import Document, Metadata, document_key
from corpus.units import Unit, units_of, words_of
from evals.suites.model import Evidence

_FIGURES = ("time", "amount", "number")
_KEY = re.compile(r"(?P<start>\d{1,9})-(?P<end>\d{1,9})@(?P<key>.+)", re.DOTALL)
_MOST = 400  # sentences of a place that are shown at once
_CELL = 40  # characters of a cell that is a fact by itself


@dataclass(frozen=True, slots=True)
class Fact:
    """What an answer that quotes a sentence says, such as "60 days"; ``name`` is its column."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row of a document.

    Attributes:
        text: as it is read; of a row, its cells with their headers.
        chosen: it is what Charter quoted.
    """

    key: str
    start: int
    end: int
    text: str
    facts: tuple[Fact, ...] = ()
    chosen: bool = False

    @property
    def pick(self) -> str:
        """What a form sends of it."""
        return f"{self.start}-{self.end}@{self.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that stand together.

    Attributes:
        section: headings from the outermost in.
    """

    key: str
    title: str
    section: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Pointing:
    """Finds sentences to point at among the documents of one index."""

    shelf: Shelf

    def around(self, citations: Iterable[Citation]) -> tuple[Group, ...]:
        """Return the sentences of the passages that some citations stand in; those are chosen."""
        some = list(citations)
        spans = {
            (document_key(one.document, one.version), one.start, one.end): True for one in some
        }
        keys = dict.fromkeys(key for key, _, _ in spans)
        groups: list[Group] = []
        for key in keys:
            cited = [(start, end) for other, start, end in spans if other == key]
            groups += self._groups(key, cited, chosen=cited)
        return tuple(groups)

    def at(self, places: Iterable[tuple[str, int, int]]) -> tuple[Group, ...]:
        """Return the sentences of the passages at some places, in the order of the places."""
        groups: list[Group] = []
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for key, start, end in places:
            for group in self._groups(key, [(start, end)]):
                if (group.key, group.section) not in seen:
                    seen.add((group.key, group.section))
                    groups.append(group)
        return tuple(groups)

    def again(self, picks: Iterable[str]) -> tuple[Group, ...]:
        """Return the passages of sentences that a form sent, those that are still there."""
        told = [found for pick in picks if (found := _KEY.fullmatch(pick))]
        return self.at(
            (one["key"], int(one["start"]), int(one["end"]))
            for one in told
            if self.shelf.index.holds(one["key"])
        )

    def section(self, key: str, number: int) -> tuple[Group, ...]:
        """Return the sentences of a section of a document, by its position."""
        document = self.shelf.index.document(key)
        if not 0 <= number < len(document.sections):
            return ()
        section = document.sections[number]
        return tuple(self._groups(key, [(section.start, section.end)]))

    def picked(self, pick: str) -> tuple[Evidence, Sentence]:
        """Return what a form sent of a sentence, as evidence.

        Raises:
            SuiteRefused: there is no such sentence in what is indexed.
        """
        told = _KEY.fullmatch(pick)
        key = told["key"] if told else ""
        if told is None or not self.shelf.index.holds(key):
            raise _gone()
        document = self.shelf.index.document(key)
        start, end = int(told["start"]), int(told["end"])
        found = next(
            (unit for _, unit in self._units(key) if (unit.start, unit.end) == (start, end)), None
        )
        if found is None:
            raise _gone()
        quote = document.text[start:end].strip()
        place = Evidence(self._name(document.metadata), _heading(document, start), quote)
        return place, _sentence(key, document, found)

    def _name(self, known: Metadata) -> str:
        """Return the title of a document as its name, or its id where another has the same."""
        same = {
            one.metadata.id for one in self.shelf.entries() if one.metadata.title == known.title
        }
        return known.title if len(same) == 1 else known.id

    def _groups(
        self,
        key: str,
        spans: Sequence[tuple[int, int]],
        chosen: Sequence[tuple[int, int]] = (),
    ) -> Iterator[Group]:
        document = self.shelf.index.document(key)
        near = [(section, unit) for section, unit in self._units(key, spans)][:_MOST]
        for section, some in groupby(near, key=lambda one: one[0]):
            yield Group(
                key,
                document.metadata.title,
                section,
                tuple(
                    _sentence(key, document, unit, chosen=_overlaps(unit, chosen))
                    for _, unit in some
                ),
            )

    def _units(
        self, key: str, spans: Sequence[tuple[int, int]] | None = None
    ) -> Iterator[tuple[tuple[str, ...], Unit]]:
        """Give the units of a document in reading order, each once, with its section.

        With ``spans``, those of the passages that they reach into.
        """
        index = self.shelf.index
        document = index.document(key)
        passages = sorted(index.passages(index.ordinals(key)).values(), key=lambda one: one.start)
        seen: set[tuple[int, int]] = set()
        for passage in passages:
            if spans is not None and not _meets(passage.start, passage.end, spans):
                continue
            for unit in units_of(document, passage):
                if (unit.start, unit.end) not in seen:
                    seen.add((unit.start, unit.end))
                    yield _path(document, unit.start), unit


def beside(shown: Sequence[Group], further: Iterable[Group]) -> tuple[Group, ...]:
    """Return groups without the sentences that others show already."""
    seen = {one.pick for group in shown for one in group.sentences}
    left = []
    for group in further:
        new = tuple(one for one in group.sentences if one.pick not in seen)
        seen |= {one.pick for one in new}
        left += [replace(group, sentences=new)] if new else []
    return tuple(left)


def _sentence(key: str, document: Document, unit: Unit, *, chosen: bool = False) -> Sentence:
    text = words_of(document, unit).strip()
    return Sentence(key, unit.start, unit.end, text, _facts(document, unit, text), chosen)


def _facts(document: Document, unit: Unit, text: str) -> tuple[Fact, ...]:
    """Return what a fact of it may be: its figures with their units; of a row, its short cells."""
    cells = document.blocks[unit.block].cells
    if cells:
        said = [Fact(document.text[one.start : one.end].strip(), one.header) for one in cells[1:]]
        return tuple(dict.fromkeys(one for one in said if 0 < len(one.text) <= _CELL))
    label = len(document.blocks[unit.block].label)  # "5.1" is no fact
    found = [one for one in figures_of(text) if one.kind in _FIGURES and one.start >= label]
    return tuple(dict.fromkeys(Fact(text[one.start : one.end].strip()) for one in found))


def _path(document: Document, start: int) -> tuple[str, ...]:
    inside = [one for one in document.sections if one.start <= start < one.end]
    return max(inside, key=lambda one: one.start).path if inside else ()


def _heading(document: Document, start: int) -> str:
    path = _path(document, start)
    return path[-1] if path else ""


def _meets(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other and first < end for first, other in spans)


def _overlaps(unit: Unit, spans: Iterable[tuple[int, int]]) -> bool:
    return _meets(unit.start, unit.end, spans)


def _gone() -> SuiteRefused:
    return SuiteRefused(
        "The sentence is not in the documents any more.", "Ask again, then point at it."
    )
