"""Decide between an answer, the closest passages and none."""

from __future__ import annotations

import math
import operator
from dataclasses import astuple, dataclass
from typing import Literal

from assistant.forms import has_form
from assistant.select import Selection
from assistant.understand import Inquiry, figures
from corpus.model import Document
from indexing.index import Index
from indexing.keywords import tokens

Verdict = Literal["answer", "closest", "none"]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a selection, each 0 to 1.

    Attributes:
        coverage: share of the question's weight in the words of the quoted units.
        under: further share in what they stand under: headings, title, lead-in.
        cosine: of the question and the best unit.
        form: 1 where a quoted unit holds the kind of thing that is asked for.
        named: 1 where the question names the section that is quoted.
    """

    coverage: float
    under: float
    cosine: float
    form: float
    named: float


# Logistic regression on the signals, fitted by evals/decision.py; its page in benchmarks/ has
# the figures.
WEIGHTS = Signals(coverage=3.0, under=3.0, cosine=6.5, form=0.5, named=1.0)
OFFSET = -5.95


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
        sure = confidence(signals(inquiry, selection))
        missing = tuple(sorted(self._missing(inquiry, selection)))
        if sure >= self.answer_threshold and not missing:
            return Decision("answer", sure)
        return Decision("closest" if sure >= self.closest_threshold else "none", sure, missing)

    def _missing(self, inquiry: Inquiry, selection: Selection) -> set[str]:
        """Return names of the question that the document does not bear, and figures not quoted.

        "What does X say about …" is not answered by a document that never speaks of X, nor
        "by when in 2025" by a row about 2024.
        """
        document = self.index.document(selection.best.quotable.key)
        quoted = [*(one.text for one in selection.quotables), *_frame(document, selection)]
        strangers = {name for name in inquiry.names if not self._speaks_of(document, name)}
        return strangers | (inquiry.figures - figures(" ".join(quoted)))

    def _speaks_of(self, document: Document, name: str) -> bool:
        metadata = document.metadata
        head = f"{metadata.title} {metadata.organisation} {metadata.id} {metadata.owner}"
        if name in tokens(head):
            return True
        return bool(self.index.search_keywords((name,), 1, frozenset({document.key})))


def signals(inquiry: Inquiry, selection: Selection) -> Signals:
    """Measure what speaks for a selection."""
    best = selection.best.quotable
    quoted = (best,) if selection.whole else selection.quotables
    own = frozenset[str]().union(*(one.stems for one in quoted))
    under = frozenset[str]().union(*(one.around for one in quoted))
    return Signals(
        coverage=inquiry.share(own),
        under=inquiry.share(under - own),
        cosine=max(0.0, selection.best.cosine),
        form=float(any(has_form(one.words, inquiry.form) for one in quoted)),
        named=float(selection.best.named),
    )


def confidence(measured: Signals) -> float:
    """Return the probability that a selection with these signals answers its question."""
    evidence = sum(map(operator.mul, astuple(WEIGHTS), astuple(measured))) + OFFSET
    return 1 / (1 + math.exp(-evidence))


def _frame(document: Document, selection: Selection) -> list[str]:
    """Return the headings, title, version and period that the quotes stand under."""
    metadata = document.metadata
    held = [one for one in selection.quotables if one.key == document.key]
    headings = {
        heading
        for one in held
        for heading in document.sections[document.blocks[one.unit.block].section].path
    }
    period = [str(day.year) for day in (metadata.period_from, metadata.period_to) if day]
    return [metadata.title, metadata.version, *period, *sorted(headings)]
