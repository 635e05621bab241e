"""What staff wrote, without what leads to a person.

Nothing of a question is shown in the reports for HR, nor put into a case, before it went through
here. It works by form: addresses, numbers, what a title or a relation introduces, and words that
neither the documents nor English know or that are written and read like names. What a name hides
behind is kept: terms of the documents, abbreviations, countries, months.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.feedback.forms import without_forms
from evals.feedback.name_sense import NameSense
from evals.feedback.names import read
from evals.feedback.vectors import Embed
from evals.feedback.words import KnownWords
from indexing.index import Index

LONGEST = 600  # characters of a text that are shown


class Scrubber:
    """Takes names, addresses and numbers of people out of texts.

    Args:
        index: whose words are known; one of what everybody may read.
        embed: texts to vectors of unit length.
    """

    def __init__(self, index: Index, embed: Embed) -> None:
        self._known = KnownWords(index)
        self._sense = NameSense(embed)

    def scrub(self, text: str) -> str:
        """Return one text with marks such as [name] in the place of what was taken out."""
        return self.scrub_all([text])[0]

    def scrub_all(self, texts: Sequence[str]) -> list[str]:
        """Return many texts so; the model is asked once for all of them.

        Raises:
            ModelError: the model or the list of English words cannot be loaded.
        """
        read_ones = [read(without_forms(_shortened(text)), self._known) for text in texts]
        likeness = self._sense.likeness([word for one in read_ones for word in one.asked])
        return [one.without_names(likeness) for one in read_ones]


def _shortened(text: str) -> str:
    """Return a text of one line; it is cut before a name could be cut in two."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
