"""A time that a question asks about, and rules that have none: "telework days in 2026".

A rule that gives no date holds on every day on which its document is in force. A strategy or
programme covers a period and gives dates within it: there a date must be said.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.library.catalogue import catalogue_of
from corpus.figures import Figure, figures_of
from corpus.model import Document, document_key
from indexing.index import Index

_HAPPENED = re.compile(r"\b(?:was|were|did|had|been|happened)\b", re.IGNORECASE)


def asks_what_happened(question: str) -> bool:
    """Tell whether a question asks what came to pass, which no rule tells: "was paid in 2023"."""
    return bool(_HAPPENED.search(question))


def holds_then(index: Index, document: Document, asked: Figure, quoted: str) -> bool:
    """Tell whether what is quoted of a document holds at a time, though it does not name it.

    Args:
        index: whose documents tell what was in force when.
        document: that is quoted.
        asked: a time with its days.
        quoted: words of the document.
    """
    metadata = document.metadata
    if not asked.period or metadata.period_from or not metadata.effective_from:
        return False
    if any(one.period for one in figures_of(quoted)):
        return False
    key = document_key(metadata.id, metadata.version)
    days: tuple[date, ...] = (asked.period.first, asked.period.last)
    return any(key in index.once(catalogue_of).keys_in_force(day) for day in days)
