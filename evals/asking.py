"""One question asked the way the product asks it, with all that a score needs to know.

What the assistant does inside is called from here and nowhere else in ``evals``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cached_property

from assistant.decision.calibration import Calibration
from assistant.decision.consider import consider
from assistant.decision.decide import Verdict
from assistant.library.catalogue import Catalogue
from assistant.library.hidden import NOTHING, Hidden, index_without
from assistant.question.understand import check_question, understand
from assistant.reply import Question
from assistant.retrieval.retrieve import Retriever
from assistant.selection.quotable import Quotable
from assistant.selection.signals import Signals
from assistant.settings import Settings
from assistant.wiring import build_reranker, calibration_of, today
from assistant.writing.check import holds
from assistant.writing.write import Writer
from corpus.errors import IndexDamaged
from indexing.embedding import Embedder
from indexing.index import Index
from indexing.reranker import Reranker


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted, or would be: canonical ``[start, end)`` of a document."""

    key: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        confidence: 0 to 1, before what is missing is looked at.
        blocked: it is refused whatever the confidence.
        signals: what the confidence was made of; None where there was nothing to quote.
        quotes: what an answer quotes; also where the question is not answered.
        valid: how many of the quotes stand word for word at their place.
        hits: ordinals of all passages found, best first.
    """

    verdict: Verdict
    confidence: float
    blocked: bool
    signals: Signals | None
    quotes: tuple[Quote, ...]
    valid: int
    hits: tuple[int, ...]

    @property
    def sure(self) -> float:
        """The confidence that decides: 0 where no threshold would let it answer."""
        return 0.0 if self.blocked or self.signals is None else self.confidence

    @property
    def figures(self) -> tuple[float, ...] | None:
        """The signals as numbers, in their order."""
        return None if self.signals is None else tuple(map(float, astuple(self.signals)))


@dataclass(frozen=True)
class Asking:
    """Asks one index, whole or without some of it."""

    index: Index
    embedder: Embedder
    settings: Settings

    def ask(self, text: str, hidden: Hidden = NOTHING, *, as_of: date | None = None) -> Outcome:
        """Ask one question about a day; today if none is named.

        Raises:
            QuestionError: it cannot be taken.
        """
        day = as_of or today()
        question = check_question(text, as_of=day, today=today())
        index = index_without(self.index, hidden)
        inquiry = understand(question, index, self.embedder)
        retriever = Retriever(index, self.settings.dense_weight, self._reranker)
        keys = self._catalogue.keys_in_force(day) - hidden.keys
        found = consider(inquiry, keys, retriever=retriever, calibration=self._calibration)
        decision, selection = found.decision, found.selection
        return Outcome(
            decision.verdict,
            decision.confidence,
            blocked=bool(decision.missing) or not inquiry.terms,
            signals=selection.signals if selection else None,
            quotes=tuple(
                Quote(one.key, one.unit.start, one.unit.end, one.text) for one in found.quoted
            ),
            valid=self._valid(found.quoted, question),
            hits=tuple(hit.ordinal for hit in found.hits),
        )

    def _valid(self, units: Sequence[Quotable], question: Question) -> int:
        """Count the citations that hold, of those that would be shown."""
        if not units:
            return 0
        writer = Writer(self.index, self._catalogue, "", "")
        try:
            citations = writer.quote(units, question).citations
        except IndexDamaged:  # how the writer says that none holds
            return 0
        keys = dict.fromkeys(one.key for one in units)
        documents = {
            (one.metadata.id, one.metadata.version): one for one in map(self.index.document, keys)
        }
        return sum(holds(one, documents[one.document, one.version]) for one in citations)

    @cached_property
    def _calibration(self) -> Calibration:
        return calibration_of(self.settings)

    @cached_property
    def _reranker(self) -> Reranker | None:
        return build_reranker(self.settings)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self.index.catalogue, self.index.stale)
