"""Sentence selection: which sentences, list items and rows of the hits are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.candidates import Candidate, distinct, rank
from assistant.confidence import Signals, confidence, signals
from assistant.forms import in_conflict
from assistant.quotable import Quotable, introduces, merged, standing_alone, whole_group
from assistant.retrieve import Hit
from assistant.understand import Inquiry
from corpus.model import document_key
from indexing.index import Index

MOST_UNITS = 4  # quoted where no whole list is asked for
NEAR_BEST = 0.87  # a further unit must reach this share of the best one's score
ELSEWHERE = 0.8  # and the best unit of another document this one, if it answers by itself
IN_CONFLICT = 0.75  # or this one where it gives another amount for the same matter
ANSWERS_ALONE = 0.5  # confidence from which a unit answers by itself
SINGLED_OUT = 0.25  # share of the question that names one item, not its whole list


@dataclass(frozen=True, slots=True)
class Selection:
    """What would be quoted: units in reading order, document by document.

    Attributes:
        best: the unit that the selection was built around.
        signals: what speaks for it; of a whole list, for the unit that led to it.
    """

    quotables: tuple[Quotable, ...]
    best: Quotable
    signals: Signals


@dataclass(frozen=True, slots=True)
class Selector:
    """Chooses among the units of one index's documents."""

    index: Index

    def select(self, inquiry: Inquiry, hits: Sequence[Hit]) -> Selection | None:
        """Return what to quote for an answer, or None when the hits hold nothing to quote."""
        ranked = rank(self.index, inquiry, hits)
        if not ranked:
            return None
        best = ranked[0]
        group = self._group_asked_for(inquiry, best)
        if group:
            return Selection(group, best.quotable, _signals(inquiry, [best]))
        chosen = _complete(inquiry, ranked)
        quoted = self._in_reading_order([candidate.quotable for candidate in chosen])
        return Selection(quoted, best.quotable, _signals(inquiry, chosen))

    def closest(
        self, inquiry: Inquiry, hits: Sequence[Hit], *, most: int = 3
    ) -> tuple[Quotable, ...]:
        """Return the best unit of each of the first hits, best hit first.

        A lead-in comes with its list.
        """
        found: list[Quotable] = []
        for hit in distinct(hits)[:most]:
            document = self.index.document(document_key(hit.passage.document, hit.passage.version))
            for best in rank(self.index, inquiry, [hit])[:1]:
                if best.leads_in:
                    found += whole_group(document, best.quotable.unit.block)
                else:
                    found.append(standing_alone(document, best.quotable))
        return tuple(found)

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
        ordered: list[Quotable] = []
        for key in dict.fromkeys(one.key for one in chosen):
            document = self.index.document(key)
            alone = [standing_alone(document, one) for one in chosen if one.key == key]
            ordered += merged(document, sorted(alone, key=lambda one: one.unit.start))
        return tuple(ordered)


def _signals(inquiry: Inquiry, chosen: Sequence[Candidate]) -> Signals:
    quoted = [candidate.quotable for candidate in chosen]
    return signals(inquiry, quoted, cosine=chosen[0].cosine, named=chosen[0].named)


def _complete(inquiry: Inquiry, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Take the best unit, then those that come near it and say something that it does not.

    Documents that answer alike, or contradict each other, are shown side by side.
    """
    best = ranked[0]
    chosen = [best]
    for candidate in ranked[1:]:
        if len(chosen) == MOST_UNITS:
            break
        if candidate.leads_in or not _is_near(inquiry, candidate, chosen):
            continue
        if not _fits_less(inquiry, candidate, best) and not _says_the_same(candidate, chosen):
            chosen.append(candidate)
    return chosen


def _is_near(inquiry: Inquiry, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether a unit comes near enough to the best one, by where it stands."""
    best = chosen[0]
    share = candidate.score / best.score
    if candidate.quotable.key == best.quotable.key:
        return share >= NEAR_BEST
    if candidate.quotable.key in {one.quotable.key for one in chosen}:
        return False  # of another document the best unit is enough
    if in_conflict(best.quotable, candidate.quotable):
        return share >= IN_CONFLICT
    alone = confidence(_signals(inquiry, [candidate]))
    return share >= ELSEWHERE and alone >= ANSWERS_ALONE


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
