"""What a document offers for a case: its words, the question that they answer, and the answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from corpus.model import Block, Document
from corpus.normalise import normalise
from evals.suites.drafts.wording import lower_first
from evals.suites.model import Case, Evidence

Kind = Literal["rows", "figures", "twins", "variants"]
DRAFTED = "drafted"  # the tag of every draft, which stays when a person has reviewed it
_TAGS = {"rows": "table row", "figures": "figure"}


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a case can be made of.

    Attributes:
        section: position in ``Document.sections``.
        quote: exact words.
        question: empty where none could be formed well.
        fact: what an answer must say.
    """

    kind: Kind
    document: Document
    section: int
    quote: str
    question: str = ""
    fact: str = ""

    @property
    def question_of_document(self) -> str:
        """The question with the name of its document, where several answer it."""
        return f"In “{self.document.metadata.title}”, {lower_first(self.question)}"

    def case(self, question: str) -> Case:
        """Return it as a draft; its id stays as long as its words do."""
        known, tag = self.document.metadata, _TAGS[self.kind]
        sections = self.document.sections
        heading = sections[self.section].heading if sections else ""
        return Case(
            f"{tag.replace(' ', '-')}-{known.id}-{self._digest}",
            question,
            must_say=(self.fact,),
            evidence=(Evidence(known.id, heading, self.quote),),
            state="draft",
            tags=(DRAFTED, tag),
        )

    @property
    def _digest(self) -> str:
        """Of what is quoted, so that a new version with the same words makes the same draft."""
        return hashlib.sha256(normalise(self.quote).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Made:
    """A draft that was made of a case of a suite, or the reason why none was."""

    case: Case | None
    reason: str = ""


def heading_of(document: Document, block: Block) -> str:
    """Return the heading that a block stands under."""
    return document.sections[block.section].heading if document.sections else ""
