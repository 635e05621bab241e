"""Commitments of a document: what it says will be done, by whom, by when."""

from __future__ import annotations

from corpus.commitments.drafts import named
from corpus.commitments.items import commitments_in_lists
from corpus.commitments.leads import fold, initials
from corpus.commitments.model import Commitment, Doubt, Form, Quote, Time
from corpus.commitments.rows import commitments_in_tables
from corpus.model import Document

__all__ = [
    "Commitment",
    "Doubt",
    "Form",
    "Quote",
    "Time",
    "commitments_of",
    "fold",
    "initials",
]


def commitments_of(document: Document) -> tuple[Commitment, ...]:
    """Return what one version of a document commits to, in reading order, each once.

    Rows of tables whose header names an objective or action with a responsible party or a time;
    items of lists that begin with what will be done, where a programme or words of promise say so.
    Running text is no commitment. What is not certain is kept as written, with the doubt beside it.
    """
    return named(document, [*commitments_in_tables(document), *commitments_in_lists(document)])
