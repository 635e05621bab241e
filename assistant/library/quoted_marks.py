"""What must be said beside words of a version besides its force today."""

from __future__ import annotations

from datetime import date

from assistant.library.catalogue import Catalogue
from assistant.library.marks import Mark, from_scan, not_in_force_on
from corpus.model import Document, Metadata
from corpus.places import LITTLE_CERTAINTY, confidence


def mark_of_day(
    catalogue: Catalogue, metadata: Metadata, *, as_of: date, today: date
) -> tuple[Mark, ...]:
    """Say of a version that is in force today that it was not on the day asked about."""
    if catalogue.force(metadata, as_of) == "in force":
        return ()
    if catalogue.force(metadata, today) != "in force":
        return ()  # its mark of today says so
    return (not_in_force_on(as_of),)


def mark_of_scan(document: Document, start: int, end: int) -> tuple[Mark, ...]:
    """Say of words that were read from a picture that they were, and how surely."""
    sure = confidence(document, start, end)
    if sure is None:
        return ()
    return (from_scan(sure=sure >= LITTLE_CERTAINTY),)
