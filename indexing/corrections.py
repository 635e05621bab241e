"""A version whose text is another than the one that was served under its name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.model import Document
from corpus.passages import split


@dataclass(frozen=True, slots=True)
class Correction:
    """The text of a version was changed without a new version.

    Attributes:
        passages: how many changed, came or went; 0 where only the order or the headings did.
        before: SHA-256 of the file that gave the text served until now.
    """

    relative: str
    title: str
    version: str
    passages: int
    before: str


def find_correction(served: Document, present: Document) -> Correction | None:
    """Compare a version with what is served under its name; None where its owner changed nothing.

    A text that differs although the file is the same is read otherwise by a newer Charter.
    """
    if served.sha256 == present.sha256 or served.text == present.text:
        return None
    old, new = (Counter(passage.text for passage in split(one)) for one in (served, present))
    return Correction(
        present.path,
        present.metadata.title,
        present.metadata.version,
        passages=max((old - new).total(), (new - old).total()),
        before=served.sha256,
    )
