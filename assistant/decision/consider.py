"""Consider some documents for a question: retrieve, select what to quote, decide."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.decision.calibration import Calibration
from assistant.decision.decide import Decision, Judge
from assistant.library.catalogue import Catalogue
from assistant.question.understand import Inquiry
from assistant.retrieval.retrieve import Hit, Retriever
from assistant.selection.quotable import Quotable
from assistant.selection.select import Selection, Selector
from corpus.figures import figures_of
from corpus.model import Metadata

CLEARLY_MORE = 0.2  # of the question's weight


@dataclass(frozen=True, slots=True)
class Considered:
    """What some documents hold for a question.

    Attributes:
        version: that the selection was built around; None where there is nothing to quote.
    """

    hits: tuple[Hit, ...]
    selection: Selection | None
    decision: Decision
    version: Metadata | None

    @property
    def answers(self) -> bool:
        """Whether they answer it."""
        return self.decision.verdict == "answer"

    @property
    def quoted(self) -> tuple[Quotable, ...]:
        """What would be quoted."""
        return self.selection.quotables if self.selection else ()

    @property
    def says_nothing(self) -> bool:
        """Whether they do not come near it, or are of another time than it asks about."""
        lacking = (figure for words in self.decision.missing for figure in figures_of(words))
        return self.decision.verdict == "none" or any(one.kind == "time" for one in lacking)

    def clearly_covers_more_than(self, other: Considered) -> bool:
        """Tell whether these say a good part of the question that the others do not."""
        mine, theirs = (one.selection for one in (self, other))
        if mine is None or theirs is None:
            return mine is not None
        return mine.signals.covered - theirs.signals.covered >= CLEARLY_MORE


def consider(
    inquiry: Inquiry, keys: frozenset[str], *, retriever: Retriever, calibration: Calibration
) -> Considered:
    """Return what the allowed documents hold for a question, and whether they answer it."""
    index = retriever.index
    hits = retriever.retrieve(inquiry, keys)
    selection = Selector(index, calibration).select(inquiry, hits)
    decision = Judge(index, calibration).decide(inquiry, selection)
    version = index.document(selection.best.key).metadata if selection else None
    return Considered(hits, selection, decision, version)


def others_speak_instead(in_force: Considered, others: Considered, catalogue: Catalogue) -> bool:
    """Tell whether versions that are not in force are to be shown in the place of those that are.

    They are where they answer and those in force say nothing, or clearly less. A newer version is
    not for saying more than the one in force: what came later does not hold on the day asked for,
    where what was dropped since is worth telling.
    """
    if not others.answers:
        return False
    if in_force.says_nothing or not in_force.version or not others.version:
        return True
    newer = catalogue.is_newer(others.version, in_force.version)
    return not newer and others.clearly_covers_more_than(in_force)
