"""Decide between an answer, the closest passages and none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.confidence import confidence
from assistant.select import Selection
from assistant.understand import Inquiry
from corpus.clauses import clause_of
from corpus.figures import Figure, by_place, figures_of, meets, named_by
from corpus.model import Document
from indexing.index import Index
from indexing.keywords import tokens

Verdict = Literal["answer", "closest", "none"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its grounds.

    Attributes:
        confidence: 0 to 1, that the selection answers the question.
        missing: names and figures of the question that what would be quoted does not bear.
    """

    verdict: Verdict
    confidence: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides by two thresholds on the confidence, and by what must not be missing."""

    index: Index
    answer_threshold: float
    closest_threshold: float

    def decide(self, inquiry: Inquiry, selection: Selection | None) -> Decision:
        """Return the verdict on a selection; no selection is no answer."""
        if selection is None or not inquiry.terms:
            return Decision("none", 0.0)
        sure = confidence(selection.signals)
        missing = tuple(sorted(self._missing(inquiry, selection)))
        if sure >= self.answer_threshold and not missing:
            return Decision("answer", sure)
        return Decision("closest" if sure >= self.closest_threshold else "none", sure, missing)

    def _missing(self, inquiry: Inquiry, selection: Selection) -> set[str]:
        """Return names of the question that the document does not bear, and figures not quoted.

        "What does X say about …" is not answered by a document that never speaks of X, nor
        "by when in 2025" by a row about 2024.
        """
        document = self.index.document(selection.best.key)
        strangers = {
            name
            for name in inquiry.names
            if not any(
                all(self._speaks_of(document, stem) for stem in reading)
                for reading in inquiry.readings(name)
            )
        }
        return strangers | unmet(
            inquiry.demands, self._quoted(selection), _frame(document, selection)
        )

    def _quoted(self, selection: Selection) -> tuple[Figure, ...]:
        """Return the figures of the quotes, and the clauses that they stand in."""
        said = [figure for one in selection.quotables for figure in figures_of(one.words)]
        for one in selection.quotables:
            path = clause_of(self.index.document(one.key), one.unit.block)
            said += [Figure("clause", f"clause:{path}", 0, 0)] if path else []
        return tuple(said)

    def _speaks_of(self, document: Document, name: str) -> bool:
        metadata = document.metadata
        head = f"{metadata.title} {metadata.organisation} {metadata.id} {metadata.owner}"
        if name in tokens(head):
            return True
        return self.index.stands_in(name, document.key)


def unmet(demands: Iterable[Figure], quoted: Sequence[Figure], frame: Sequence[Figure]) -> set[str]:
    """Return the keys of what was asked about and stands neither in a quote nor over it.

    Readings of one place are alternatives.
    """
    return {
        readings[0].key
        for readings in by_place(tuple(demands))
        if not any(
            any(meets(asked, said) for said in quoted)
            or any(named_by(asked, heading) for heading in frame)
            for asked in readings
        )
    }


def _frame(document: Document, selection: Selection) -> tuple[Figure, ...]:
    """Return the figures of the headings, title, version and period that the quotes stand under."""
    metadata = document.metadata
    held = [one for one in selection.quotables if one.key == document.key]
    headings = {
        heading
        for one in held
        for heading in document.sections[document.blocks[one.unit.block].section].path
    }
    period = [str(day.year) for day in (metadata.period_from, metadata.period_to) if day]
    said = [metadata.title, f"version {metadata.version}", *period, *sorted(headings)]
    return tuple(figure for text in said for figure in figures_of(text))
