"""Decide between an answer, the closest passages and none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.decision.calibration import Calibration
from assistant.decision.times_in_force import asks_what_happened, holds_then
from assistant.question.naming import naming_of
from assistant.question.qualifiers import Qualifier, missing_qualifiers, qualifiers
from assistant.question.understand import Inquiry
from assistant.selection.quotable import Quotable
from assistant.selection.select import Selection
from corpus.clauses import clause_of
from corpus.figures import Figure, by_place, figures_of, meets, named_by
from corpus.model import Document
from indexing.index import Index
from indexing.keywords import tokens

FAR_IN_SECTION = 4_000  # characters; of a document without headings the section is all of it
_WORD = re.compile(r"[\w.’'‐‑-]+")

Verdict = Literal["answer", "closest", "none"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its grounds.

    Attributes:
        confidence: 0 to 1, that the selection answers the question.
        missing: names, figures and limits of the question, in its words, that what would be quoted
            does not bear.
    """

    verdict: Verdict
    confidence: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides by two thresholds on the confidence, and by what must not be missing."""

    index: Index
    calibration: Calibration

    def decide(self, inquiry: Inquiry, selection: Selection | None) -> Decision:
        """Return the verdict on a selection; no selection is no answer."""
        if selection is None or not inquiry.terms:
            return Decision("none", 0.0)
        sure = self.calibration.confidence(selection.signals)
        missing = self._missing(inquiry, selection)
        if sure >= self.calibration.answer_threshold and not missing:
            return Decision("answer", sure)
        near = sure >= self.calibration.closest_threshold
        return Decision("closest" if near else "none", sure, missing)

    def _missing(self, inquiry: Inquiry, selection: Selection) -> tuple[str, ...]:
        """Return what the question demands and nothing quoted bears, in the question's words.

        "What does X say about …" is not answered by a document that never speaks of X, "by when in
        2025" not by a row about 2024, nor a question about part-time staff by a section that does
        not speak of them.
        """
        text = inquiry.question.text
        document = self.index.document(selection.best.key)
        quoted, frame = self._quoted(inquiry, selection), _frame(document, selection)
        lacking = [
            *(self._written(name, text) for name in self._strangers(inquiry, document)),
            *(
                text[one.start : one.end]
                for one in unmet(inquiry.demands, quoted, frame)
                if not self._holds_then(one, inquiry, selection)
            ),
            *(one.text for one in self._beside(inquiry, selection)),
        ]
        return tuple(dict.fromkeys(lacking))

    def _strangers(self, inquiry: Inquiry, document: Document) -> Iterator[str]:
        """Give the names that the document does not bear: of bodies, or unknown to all documents.

        Another name that it lacks counts as any word that is not covered.
        """
        bodies = self.index.once(naming_of).bodies
        for name in sorted(inquiry.names):
            readings = inquiry.readings(name)
            if any(all(self._speaks_of(document, stem) for stem in one) for one in readings):
                continue
            if name in bodies or not any(all(map(self.index.knows, one)) for one in readings):
                yield name

    @staticmethod
    def _written(stem: str, text: str) -> str:
        return next((word for word in _WORD.findall(text) if stem in tokens(word)), stem)

    def _beside(self, inquiry: Inquiry, selection: Selection) -> tuple[Qualifier, ...]:
        """Return what the question limits itself to and the quoted sections do not speak of."""
        limits = [one for one in qualifiers(inquiry.question.text) if not one.described]
        if not limits or inquiry.wording.language != "en":
            return ()
        said = [text for one in selection.quotables for text in self._around(one)]
        missing = missing_qualifiers(limits, said, knows=self.index.knows)
        return tuple(
            one
            for one in missing
            if not (one.figure and self._holds_then(one.figure, inquiry, selection))
        )

    def _around(self, one: Quotable) -> Iterator[str]:
        """Give a quote, the text of its section around it, its headings, its document's title."""
        document = self.index.document(one.key)
        section = document.blocks[one.unit.block].section
        blocks = [block for block in document.blocks if block.section == section]
        start = max(blocks[0].start, one.unit.start - FAR_IN_SECTION)
        yield document.text[start : min(blocks[-1].end, one.unit.end + FAR_IN_SECTION)]
        yield from (one.words, *document.sections[section].path)
        yield f"{document.metadata.title} {document.metadata.organisation}"

    def _quoted(self, inquiry: Inquiry, selection: Selection) -> tuple[Figure, ...]:
        """Return the figures of the quotes, and the clauses that they stand in.

        A question that names a document asks for its clauses, not for another's.
        """
        held = selection.quotables
        said = [figure for one in held for figure in figures_of(one.words)]
        if inquiry.preferred:
            said = [figure for figure in said if figure.kind != "clause"]
            held = tuple(one for one in held if one.key in inquiry.preferred)
        for one in held:
            path = clause_of(self.index.document(one.key), one.unit.block)
            said += [Figure("clause", f"clause:{path}", 0, 0)] if path else []
        return tuple(said)

    def _holds_then(self, asked: Figure, inquiry: Inquiry, selection: Selection) -> bool:
        """Tell whether the best one's document gives rules for a time by being in force then."""
        if asks_what_happened(inquiry.wording.text):
            return False
        key = selection.best.key
        words = "\n".join(one.words for one in selection.quotables if one.key == key)
        return holds_then(self.index, self.index.document(key), asked, words)

    def _speaks_of(self, document: Document, name: str) -> bool:
        metadata = document.metadata
        head = f"{metadata.title} {metadata.organisation} {metadata.id} {metadata.owner}"
        if name in tokens(head):
            return True
        return self.index.stands_in(name, document.key)


def unmet(
    demands: Iterable[Figure], quoted: Sequence[Figure], frame: Sequence[Figure]
) -> tuple[Figure, ...]:
    """Return what was asked about and stands neither in a quote nor over it.

    Readings of one place are alternatives.
    """
    return tuple(
        readings[0]
        for readings in by_place(tuple(demands))
        if not any(
            any(meets(asked, said) for said in quoted)
            or any(named_by(asked, heading) for heading in frame)
            for asked in readings
        )
    )


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
