"""The form of a case: fields as a browser sends them, and as they are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from pydantic import BaseModel, ConfigDict, Field

from evals.suites.files.texts import section_text
from evals.suites.model import Case, Evidence

_LONGEST = 20_000  # characters of a field
_SPARE = 1  # empty places of evidence to fill in


class CaseForm(BaseModel):
    """What was entered; texts that a list is made of stand on lines of their own.

    Attributes:
        suite_state: of the suite that was looked at.
        do: the button: keep, try, take:N for the text that is nearest to place N, or place:N for
            a place that is proposed.
        document, section, quote: of the places of evidence, one after the other.
        back: where to go once it is kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite_state: str = Field(default="", max_length=64)
    do: str = Field(default="keep", max_length=20)
    back: str = Field(default="", max_length=_LONGEST)
    id: str = Field(default="", max_length=_LONGEST)
    question: str = Field(default="", max_length=_LONGEST)
    other_wordings: str = Field(default="", max_length=_LONGEST)
    expected: str = Field(default="", max_length=100)
    must_say: str = Field(default="", max_length=_LONGEST)
    nice_to_say: str = Field(default="", max_length=_LONGEST)
    must_not_say: str = Field(default="", max_length=_LONGEST)
    document: list[str] = Field(default_factory=list)
    section: list[str] = Field(default_factory=list)
    quote: list[str] = Field(default_factory=list)
    why: str = Field(default="", max_length=100)
    importance: str = Field(default="normal", max_length=100)
    state: str = Field(default="reviewed", max_length=100)
    tags: str = Field(default="", max_length=_LONGEST)
    notes: str = Field(default="", max_length=_LONGEST)
    as_of: str = Field(default="", max_length=100)
    without: str = Field(default="", max_length=_LONGEST)

    @classmethod
    def of(cls, case: Case, suite_state: str, back: str = "") -> CaseForm:
        """Return the form with a case in it."""
        return cls(
            suite_state=suite_state,
            back=back,
            id=case.id,
            question=case.question,
            other_wordings="\n".join(case.wordings),
            expected=case.expected,
            must_say="\n".join(case.must_say),
            nice_to_say="\n".join(case.nice_to_say),
            must_not_say="\n".join(case.must_not_say),
            document=[one.document for one in case.evidence],
            section=[one.section for one in case.evidence],
            quote=[one.quote for one in case.evidence],
            why=case.why or "",
            importance=case.importance,
            state=case.state,
            tags="\n".join(case.tags),
            notes=case.notes,
            as_of=case.as_of.isoformat() if case.as_of else "",
            without="\n".join(section_text(one.document, one.section) for one in case.without),
        )

    @property
    def places(self) -> Sequence[tuple[str, str, str]]:
        """The places of evidence that say something."""
        rows = zip_longest(self.document, self.section, self.quote, fillvalue="")
        return [row for row in rows if any(text.strip() for text in row)]

    @property
    def rows(self) -> Sequence[tuple[str, str, str]]:
        """The same with room for one more."""
        return [*self.places, *[("", "", "")] * _SPARE]

    @property
    def said(self) -> dict[str, object]:
        """What is entered, by the keys of YAML."""
        return {
            "id": self.id,
            "question": " ".join(self.question.split()),
            "other_wordings": _lines(self.other_wordings),
            "expected": self.expected,
            "must_say": _lines(self.must_say),
            "nice_to_say": _lines(self.nice_to_say),
            "must_not_say": _lines(self.must_not_say),
            "evidence": [
                {"document": document, "section": section, "quote": quote.replace("\r\n", "\n")}
                for document, section, quote in self.places
            ],
            # what is greyed out in the form was chosen for another outcome
            "why": "" if self.expected == "answer" else self.why,
            "importance": self.importance,
            "state": self.state,
            "tags": _lines(self.tags),
            "notes": self.notes,
            "as_of": self.as_of,
            "without": _lines(self.without),
        }

    def with_place(self, number: int, place: Evidence) -> CaseForm:
        """Return the form with another text for one of its places, or for one more."""
        rows = [list(row) for row in self.places]
        rows[number : number + 1] = [[place.document, place.section, place.quote]]
        documents, sections, quotes = zip(*rows, strict=True)
        return self.model_copy(
            update={
                "document": list(documents),
                "section": list(sections),
                "quote": list(quotes),
            }
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
