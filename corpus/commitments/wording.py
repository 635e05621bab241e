"""The words of a commitment, folded: case, punctuation and layout make no difference."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from corpus.commitments.leads import fold
from corpus.commitments.model import Commitment

Words = tuple[str, ...]

_WORD = re.compile(r"\w+|[<>≤≥±%$€£]")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a commitment says.

    Attributes:
        text: of its text.
        activities: of all of them, one after the other.
        leads: of all of them, sorted: their order says nothing.
        times: of all of them, as written.
    """

    text: Words
    activities: Words
    leads: Words
    times: Words

    @property
    def said(self) -> Words:
        """The words of text and activities."""
        return self.text + self.activities

    @property
    def digest(self) -> str:
        """A digest that is the same where nothing was changed.

        It goes by the words and not by how they were read: a reader that splits a cell otherwise
        makes no difference.
        """
        parts = "\x1e".join("\x1f".join(words) for words in (self.said, self.leads, self.times))
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


def wording_of(commitment: Commitment) -> Wording:
    """Fold a commitment's words."""
    leads = (word for lead in commitment.leads for word in fold(lead.text).split())
    return Wording(
        words_of(commitment.text.text if commitment.text else ""),
        words_of(" ".join(activity.text for activity in commitment.activities)),
        tuple(sorted(word for word in leads if word != "and")),
        words_of(" ".join(time.written.text for time in commitment.times)),
    )


def words_of(text: str) -> Words:
    """Return a text's words and the signs that change what it says."""
    return tuple(_WORD.findall(text.casefold()))
