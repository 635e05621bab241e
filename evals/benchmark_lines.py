"""The lines of a set of questions, checked one by one as they enter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from evals.benchmark_problems import Problems

Line = TypeVar("Line", bound="EntryLine")


class _Lenient(BaseModel):
    """Takes what it knows; the rest is other people's business."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class EntryMetadata(_Lenient):
    """What some sets say of an entry.

    Attributes:
        doc: the document that it was cut from.
        passage: its place there.
    """

    doc: str = ""
    passage: str = ""


class QueryMetadata(_Lenient):
    """What some sets say of a query; None and empty where they do not.

    Attributes:
        paragraph: id of the entry that answers it, or that it was written against.
        answers: wordings that are right.
        answer: a right answer in full.
        question, scenario: the two parts of its text, where somebody tells their case first.
        category: of question, as the set's authors sorted them.
    """

    answerable: bool | None = None
    expected_refusal: bool | None = None
    expected_surfaces_both_sources: bool | None = None
    expected_citations_contain: tuple[str, ...] | None = None
    paragraph: str | None = None
    answers: tuple[str, ...] | None = None
    answer: str | None = None
    question: str | None = None
    scenario: str | None = None
    category: str | None = None

    @property
    def said_answerable(self) -> bool | None:
        """Whether it can be answered; None where the set does not say."""
        if self.answerable is not None or self.expected_refusal is None:
            return self.answerable
        return not self.expected_refusal

    @property
    def gold(self) -> tuple[str, ...]:
        """Ids of the entries that answer it, as far as they stand here."""
        if self.said_answerable is False:
            return ()
        named = self.expected_citations_contain or ()
        return (self.paragraph, *named) if self.paragraph else named


class EntryLine(_Lenient):
    """A line of corpus.jsonl; its metadata is checked apart, for it may cost no entry."""

    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str
    metadata: object = None

    @field_validator("title", mode="before")
    @classmethod
    def _no_title(cls, title: object) -> object:
        return "" if title is None else title


class QueryLine(EntryLine):
    """A line of queries.jsonl."""


def read_lines(path: Path, kind: type[Line], problems: Problems) -> Iterator[Line]:
    """Give the lines of a JSONL file that can be read; note the others by file and number."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            bare = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not bare:
                continue
            try:
                yield kind.model_validate_json(bare)
            except ValidationError:
                problems.note("line that cannot be read", f"{path.name}:{number}")


_Metadata = TypeVar("_Metadata", bound=_Lenient)


def read_metadata(line: EntryLine, kind: type[_Metadata], problems: Problems) -> _Metadata:
    """Return a line's metadata; a value of another form is noted and counts as not given."""
    given = line.metadata
    if given is None:
        return kind()
    if not isinstance(given, dict):
        problems.note("metadata that cannot be read", line.id)
        return kind()
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        problems.note("metadata that cannot be read", line.id)
        unusable = {detail["loc"][0] for detail in error.errors()}
        return kind.model_validate({k: v for k, v in given.items() if k not in unusable})
