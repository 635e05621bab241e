"""Sentence selection: which sentences, list items and rows of the hits are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.forms import has_form, in_conflict
from assistant.quotable import (
    Quotable,
    introduces,
    quotables_of,
    standing_alone,
    whole_group,
)
from assistant.retrieve import Hit
from assistant.understand import Inquiry
from corpus.model import Document, document_key
from indexing.index import Index
from indexing.keywords import tokens

MOST_UNITS = 4  # quoted where no whole list is asked for
READ_HITS = 8  # passages whose units are compared
AROUND = 0.7  # what a question's term counts that stands only in the heading, title or lead-in
NEAR_BEST = 0.87  # a further unit must reach this share of the best one's score
ELSEWHERE = 0.94  # and in another document this one
IN_CONFLICT = 0.75  # or this one where it gives another amount for the same matter
FORM = 0.15  # for a unit that holds the kind of thing that is asked for: a body, a time, a list
NAMED = 0.25  # for a unit whose section the question names
OF_UNIT = 0.75  # share of the unit's own embedding in its cosine; its passage's has the rest
RETRIEVED = 0.35  # weight of the passage's own rank in a unit's score
SAME = 0.75  # share of words in common from which two passages say the same
SINGLED_OUT = 0.25  # share of the question that names one item, not its whole list


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit scored for one question.

    Attributes:
        score: coverage, cosine and the passage's rank, added.
        coverage: share of the question's weight in the unit and what it stands under.
        cosine: of the question and the unit, with its passage and headings.
        named: the question names the section that it stands in.
        leads_in: it introduces a list, and says nothing without it.
        group: of its block.
    """

    quotable: Quotable
    score: float
    coverage: float
    cosine: float
    named: bool
    leads_in: bool
    group: int | None


@dataclass(frozen=True, slots=True)
class Selection:
    """What would be quoted: units in reading order, document by document.

    Attributes:
        best: the candidate that the selection was built around.
        whole: the units are a whole list or table.
    """

    quotables: tuple[Quotable, ...]
    best: Candidate
    whole: bool


@dataclass(frozen=True, slots=True)
class Selector:
    """Chooses among the units of one index's documents."""

    index: Index

    def select(self, inquiry: Inquiry, hits: Sequence[Hit]) -> Selection | None:
        """Return what to quote for an answer, or None when the hits hold nothing to quote."""
        ranked = self.rank(inquiry, hits)
        if not ranked:
            return None
        best = ranked[0]
        group = self._group_asked_for(inquiry, best)
        if group:
            return Selection(group, best, whole=True)
        chosen = [candidate.quotable for candidate in _complete(inquiry, ranked)]
        return Selection(self._in_reading_order(chosen), best, whole=False)

    def rank(self, inquiry: Inquiry, hits: Sequence[Hit]) -> list[Candidate]:
        """Score every unit of the first hits, best first; equal scores stand in hit order."""
        candidates: list[Candidate] = []
        for hit in _distinct(hits)[:READ_HITS]:
            near = self.index.unit_vectors(hit.ordinal) @ inquiry.vector
            cosines = OF_UNIT * near + (1 - OF_UNIT) * hit.cosine
            document = self._document(hit)
            named = _names_section(inquiry, document.sections[hit.passage.section].heading)
            candidates += [
                self._score(inquiry, hit, one, cosine=float(cosine), named=named)
                for one, cosine in zip(quotables_of(document, hit.passage), cosines, strict=True)
                if not _is_caption(document, one)
            ]
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _score(
        self, inquiry: Inquiry, hit: Hit, one: Quotable, *, cosine: float, named: bool
    ) -> Candidate:
        coverage = inquiry.share(one.stems) + AROUND * inquiry.share(one.around - one.stems)
        document = self._document(hit)
        leads_in = introduces(document, one.unit.block) and one.text.endswith(":")
        fits = has_form(one.words, inquiry.form) if inquiry.form != "open" else False
        score = coverage + cosine + RETRIEVED * hit.score
        score += FORM * (fits or (leads_in and inquiry.wants_list)) + NAMED * named
        group = document.blocks[one.unit.block].group
        return Candidate(one, score, coverage, cosine, named, leads_in, group)

    def closest(
        self, inquiry: Inquiry, hits: Sequence[Hit], *, most: int = 3
    ) -> tuple[Quotable, ...]:
        """Return the best unit of each of the first hits, best hit first."""
        found = []
        for hit in hits[:most]:
            ranked = self.rank(inquiry, [hit])
            if ranked:
                found.append(standing_alone(self._document(hit), ranked[0].quotable))
        return tuple(found)

    def _document(self, hit: Hit) -> Document:
        return self.index.document(document_key(hit.passage.document, hit.passage.version))

    def _group_asked_for(self, inquiry: Inquiry, best: Candidate) -> tuple[Quotable, ...]:
        """Return the list or table around the best unit when the question asks for all of it.

        A lead-in says nothing without its list.
        """
        document = self.index.document(best.quotable.key)
        place = best.quotable.unit.block
        if introduces(document, place, loosely=inquiry.wants_list):
            return whole_group(document, place)
        if document.blocks[place].group is None or not inquiry.wants_list:
            return ()
        group = whole_group(document, place)
        return () if len(group) == 1 or _singles_out(inquiry, best.quotable, group) else group

    def _in_reading_order(self, chosen: Sequence[Quotable]) -> tuple[Quotable, ...]:
        """Sort by document as first chosen, then by place; let each unit stand alone."""
        order = {one.key: place for place, one in reversed(list(enumerate(chosen)))}
        placed = sorted(chosen, key=lambda one: (order[one.key], one.unit.start))
        return tuple(standing_alone(self.index.document(one.key), one) for one in placed)


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out each hit that says in nearly the same words what a better one says."""
    kept: list[tuple[Hit, frozenset[str]]] = []
    for hit in hits:
        words = frozenset(tokens(hit.passage.text))
        if all(len(words & other) <= SAME * len(words | other) for _, other in kept):
            kept.append((hit, words))
    return [hit for hit, _ in kept]


def _names_section(inquiry: Inquiry, heading: str) -> bool:
    """Tell whether the question uses every word of a heading of two words or more."""
    stems = set(tokens(heading))
    return len(stems) > 1 and stems <= inquiry.stems


def _is_caption(document: Document, one: Quotable) -> bool:
    """Tell whether a unit is the title of the table that follows it."""
    following = document.blocks[one.unit.block + 1 : one.unit.block + 2]
    return (
        document.blocks[one.unit.block].kind == "paragraph"
        and bool(following)
        and following[0].kind == "table_row"
    )


def _complete(inquiry: Inquiry, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Take the best unit, then those that come near it and say something that it does not.

    A unit of another document that gives another amount for the same matter need not come as
    near: the two are shown side by side.
    """
    best = ranked[0]
    chosen = [best]
    for candidate in ranked[1:]:
        if len(chosen) == MOST_UNITS:
            break
        elsewhere = candidate.quotable.key not in {one.quotable.key for one in chosen}
        needed = ELSEWHERE if elsewhere else NEAR_BEST
        if elsewhere and in_conflict(best.quotable, candidate.quotable):
            needed = IN_CONFLICT
        near = candidate.score >= needed * best.score and not candidate.leads_in
        if not near or _fits_less(inquiry, candidate, best) or _says_the_same(candidate, chosen):
            continue
        chosen.append(candidate)
    return chosen


def _fits_less(inquiry: Inquiry, sibling: Candidate, best: Candidate) -> bool:
    """Tell whether a unit of the best one's own list or table says less of the question.

    The rows of a table are near one another in words; the one asked about has the most of them.
    """
    if (sibling.quotable.key, sibling.group) != (best.quotable.key, best.group):
        return False
    said = sibling.quotable.stems & inquiry.stems
    return best.group is not None and said < best.quotable.stems & inquiry.stems


def _says_the_same(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    stems = candidate.quotable.stems
    return any(
        len(stems & other.quotable.stems) > 0.9 * len(stems | other.quotable.stems)
        and stems >= other.quotable.stems
        for other in chosen
    )


def _singles_out(inquiry: Inquiry, one: Quotable, group: Sequence[Quotable]) -> bool:
    """Tell whether the question names something that this item says and few others do."""
    items = [item.stems for item in group if item.unit.block != one.unit.block]
    special = {
        stem
        for stem in one.stems & inquiry.stems - one.around
        if sum(stem in stems for stems in items) <= len(items) // 3
    }
    return inquiry.share(special) >= SINGLED_OUT
