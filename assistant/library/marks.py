"""What must be said beside words of a version besides its force today."""

from __future__ import annotations

from datetime import date

from assistant.library.catalogue import Catalogue, in_words
from corpus.model import Document, Metadata
from corpus.places import LITTLE_CERTAINTY, confidence


def mark_of_day(
    catalogue: Catalogue, metadata: Metadata, *, as_of: date, today: date
) -> tuple[str, ...]:
    """Say of a version that is in force today that it was not on the day asked about."""
    if catalogue.force(metadata, as_of) == "in force":
        return ()
    if catalogue.force(metadata, today) != "in force":
        return ()  # its mark of today says so
    return (f"Not in force on {in_words(as_of)}",)


def mark_of_scan(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Say of words that were read from a picture that they were, and how surely."""
    sure = confidence(document, start, end)
    if sure is None:
        return ()
    return ("Read from a scan" + (", with little certainty" if sure < LITTLE_CERTAINTY else ""),)
