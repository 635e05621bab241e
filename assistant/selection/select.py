"""Sentence selection: which sentences, list items and rows of the hits are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assistant.decision.calibration import Calibration
from assistant.question.understand import Inquiry
from assistant.retrieval.retrieve import Hit
from assistant.selection.candidates import Candidate, distinct, rank
from assistant.selection.crossing import as_if_covered, of_its_part
from assistant.selection.forms import in_conflict
from assistant.selection.quotable import (
    Quotable,
    introduced,
    introduces,
    merged,
    standing_alone,
    whole_group,
    with_its_list,
)
from assistant.selection.signals import Signals, how_far_ahead, signals
from corpus.model import document_key
from indexing.embedding import Vectors
from indexing.index import Index
from indexing.kept import Kept

MOST_UNITS = 4  # quoted of one document where no whole list is asked for
DOCUMENTS_KEPT = 1_024  # whose mean vectors are not computed again; 2 MB
MOST_DOCUMENTS = 3  # quoted side by side
NEAR_BEST = 0.87  # a further unit must reach this share of the best one's score
FAR = 0.6  # or this one, if it says a part of the question that is still unsaid
UNSAID = 0.2  # of at least this share of the question's weight
ELSEWHERE = 0.8  # and the best unit of another document this one, if it answers by itself
IN_CONFLICT = 0.75  # or this one where it gives another amount for the same matter
# or it is shown beside, where two documents are about one subject and both were found
ONE_SUBJECT = 0.55  # cosine of the mean vectors of their passages
FOUND_TOO = 0.7  # share of the best hit's score
NEAR_TOO = 0.42  # cosine of the question and the hit
PASSAGES_OF_SUBJECT = 200  # of a longer document, the first
HALF_AS_MUCH = 0.5  # of what the best unit says of the question
ABOUT_AS_MUCH = 0.1  # share of the question by which the two may differ
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
    calibration: Calibration

    def select(self, inquiry: Inquiry, hits: Sequence[Hit]) -> Selection | None:
        """Return what to quote for an answer, or None when the hits hold nothing to quote."""
        different = distinct(self.index, hits)
        ranked = rank(self.index, inquiry, different)
        if not ranked:
            return None
        best = ranked[0]
        ahead = how_far_ahead(inquiry, different)
        group = self._group_asked_for(inquiry, best)
        if group:
            return Selection(group, best.quotable, _signals(inquiry, [best], ahead))
        chosen = self._complete(inquiry, ranked)
        measured = _signals(inquiry, chosen, ahead)
        if not self._is_row(best.quotable):  # which is asked for by what stands in it
            chosen += self._of_one_subject(inquiry, different, chosen)
        return Selection(self._in_reading_order(chosen), best.quotable, measured)

    def closest(
        self, inquiry: Inquiry, hits: Sequence[Hit], *, most: int = 3
    ) -> tuple[Quotable, ...]:
        """Return the best unit of each of the first hits, best hit first.

        A lead-in comes with its list.
        """
        found: list[Quotable] = []
        for hit in distinct(self.index, hits)[:most]:
            document = self.index.document(document_key(hit.passage.document, hit.passage.version))
            for best in rank(self.index, inquiry, [hit])[:1]:
                if best.leads_in:
                    found += with_its_list(document, best.quotable.unit.block)
                else:
                    found.append(standing_alone(document, best.quotable))
        return tuple(found)

    def _complete(self, inquiry: Inquiry, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Take the best unit, then those that come near it and say something that it does not.

        Documents that answer alike, or contradict each other, are shown side by side.
        """
        best = ranked[0]
        chosen = [best]
        for wanted in (_says_the_rest, self._is_near):
            for candidate in ranked[1:]:
                if _has_room(candidate, chosen) and wanted(inquiry, candidate, chosen):
                    chosen.append(candidate)
        return chosen

    def _is_near(self, inquiry: Inquiry, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Tell whether a unit comes near enough to the best one, by where it stands."""
        best = chosen[0]
        if candidate.leads_in or candidate in chosen or _fits_less(inquiry, candidate, best):
            return False
        if _says_the_same(candidate, chosen) or _of_another_clause(inquiry, candidate, best):
            return False
        if _of_the_clause_named(inquiry, candidate, best):
            return True
        if candidate.quotable.key == best.quotable.key:
            return candidate.score >= NEAR_BEST * best.score
        return self._answers_beside(inquiry, candidate, chosen)

    def _answers_beside(
        self, inquiry: Inquiry, candidate: Candidate, chosen: Sequence[Candidate]
    ) -> bool:
        """Tell whether a unit of another document answers as well, or contradicts the best one.

        Of one further document the best unit is enough.
        """
        key, best = candidate.quotable.key, chosen[0]
        share = candidate.score / best.score
        if share < min(IN_CONFLICT, ELSEWHERE):  # so that most cost no more than this
            return False
        taken = {one.quotable.key for one in chosen}
        if key in taken or not _may_stand_beside(inquiry, key):
            return False
        alone = _signals(inquiry, [candidate], 0.0)
        if in_conflict(best.quotable, candidate.quotable):
            covers = alone.covered >= _signals(inquiry, [best], 0.0).covered - ABOUT_AS_MUCH
            return share >= IN_CONFLICT and covers
        sure = self.calibration.confidence(alone) >= self.calibration.answer_threshold
        return share >= ELSEWHERE and sure

    def _of_one_subject(
        self, inquiry: Inquiry, hits: Sequence[Hit], chosen: Sequence[Candidate]
    ) -> list[Candidate]:
        """Return the best unit of each further document that is about the same as the best one's.

        A reader of one handbook's rule on a matter is shown the other handbook's as well.
        """
        taken = {one.quotable.key for one in chosen}
        mean = self._mean_vector(chosen[0].quotable.key)
        added: list[Candidate] = []
        for hit in hits:
            key = document_key(hit.passage.document, hit.passage.version)
            if len(taken) == MOST_DOCUMENTS or hit.score < FOUND_TOO * hits[0].score:
                break
            if key in taken or hit.cosine < NEAR_TOO or not _may_stand_beside(inquiry, key):
                continue
            if float(self._mean_vector(key) @ mean) >= ONE_SUBJECT:
                units = [one for one in rank(self.index, inquiry, [hit]) if not one.leads_in]
                added += [one for one in units[:1] if _says_as_much(inquiry, one, chosen[0])]
                taken.add(key)
        return added

    def _is_row(self, one: Quotable) -> bool:
        return self.index.document(one.key).blocks[one.unit.block].kind == "table_row"

    def _mean_vector(self, key: str) -> Vectors:
        """Return the mean direction of a document's passages; none where one says all."""
        kept = self.index.whole.once(_means_kept)
        return kept.one(key, partial(self._mean_of, key))

    def _mean_of(self, key: str) -> Vectors:
        ordinals = self.index.ordinals(key)[:PASSAGES_OF_SUBJECT]
        mean = self.index.passage_vectors(ordinals).mean(axis=0)
        length = max(float(np.linalg.norm(mean)), 1e-9)
        return np.asarray(mean / length * (len(ordinals) > 1), dtype=np.float32)

    def _group_asked_for(self, inquiry: Inquiry, best: Candidate) -> tuple[Quotable, ...]:
        """Return the list or table around the best unit when the question asks for all of it."""
        document = self.index.document(best.quotable.key)
        place = best.quotable.unit.block
        if not inquiry.wants_list:
            return ()
        if introduces(document, place, loosely=True):
            return with_its_list(document, place)
        if document.blocks[place].group is None:
            return ()
        group = whole_group(document, place)
        return () if len(group) == 1 or _singles_out(inquiry, best.quotable, group) else group

    def _in_reading_order(self, chosen: Sequence[Candidate]) -> tuple[Quotable, ...]:
        """Sort by document as first chosen, then by place; let each unit stand alone.

        A lead-in says nothing without its list, and an item little without its lead-in.
        """
        ordered: list[Quotable] = []
        for key in dict.fromkeys(one.quotable.key for one in chosen):
            document = self.index.document(key)
            alone: list[Quotable] = []
            for one in chosen:
                if one.quotable.key == key and one.leads_in:
                    alone += with_its_list(document, one.quotable.unit.block)
                elif one.quotable.key == key:
                    alone += introduced(document, standing_alone(document, one.quotable))
            ordered += merged(document, sorted(alone, key=lambda one: one.unit.start))
        return tuple(ordered)


def _means_kept(_: Index) -> Kept[str, Vectors]:
    return Kept(DOCUMENTS_KEPT)


def _signals(inquiry: Inquiry, chosen: Sequence[Candidate], ahead: float) -> Signals:
    quoted = [candidate.quotable for candidate in chosen]
    best = chosen[0]
    found = signals(inquiry, quoted, cosine=best.cosine, named=best.named, ahead=ahead)
    if inquiry.wording.crosses:
        return as_if_covered(found)
    if inquiry.wording.language == "en":
        return found
    return of_its_part(found, inquiry.share({term.stem for term in inquiry.terms if term.known}))


def _says_as_much(inquiry: Inquiry, candidate: Candidate, best: Candidate) -> bool:
    """Tell whether a unit of another document says at least half as much of the question."""
    covered = (_signals(inquiry, [one], 0.0).covered for one in (candidate, best))
    return next(covered) >= HALF_AS_MUCH * next(covered)


def _of_another_clause(inquiry: Inquiry, candidate: Candidate, best: Candidate) -> bool:
    """Tell whether the question names the best one's clause, and not this one's."""
    return bool(inquiry.clauses) and best.named and not candidate.named


def _of_the_clause_named(inquiry: Inquiry, candidate: Candidate, best: Candidate) -> bool:
    """Tell whether a unit is another sentence of the clause that the question names."""
    one, other = candidate.quotable, best.quotable
    named = bool(inquiry.clauses) and best.named and candidate.named
    return named and (one.key, one.unit.block) == (other.key, other.unit.block)


def _may_stand_beside(inquiry: Inquiry, key: str) -> bool:
    """Tell whether a further document is asked about: one that names documents wants no other."""
    return not inquiry.clauses and (not inquiry.preferred or key in inquiry.preferred)


def _has_room(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether one more may be quoted of the unit's document, and of one more document."""
    keys = [one.quotable.key for one in chosen]
    key = candidate.quotable.key
    return keys.count(key) < MOST_UNITS and len({key, *keys}) <= MOST_DOCUMENTS


def _says_the_rest(inquiry: Inquiry, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether a unit of the best one's document says a part of the question still unsaid."""
    best = chosen[0]
    if candidate.quotable.key != best.quotable.key or candidate.score < FAR * best.score:
        return False
    if _says_the_same(candidate, chosen) or _of_another_clause(inquiry, candidate, best):
        return False
    said = frozenset[str]().union(*(one.quotable.stems | one.quotable.around for one in chosen))
    return inquiry.share(candidate.quotable.stems - said) >= UNSAID


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
