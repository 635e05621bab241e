"""What an agent gives to the tools."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic.config import JsonDict

from assistant.reply import LONGEST_QUESTION
from bots.api.schemas import Body, Day
from bots.register.query import CommitmentsQuery

MOST_PASSAGES = 20
MOST_COMMITMENTS = 100

_LONGEST_NAME = 200

_AsOf = Annotated[
    Day, Field(description="The day whose rules are asked for (YYYY-MM-DD); today when left out.")
]
_Name = Annotated[str, Field(max_length=_LONGEST_NAME)]
# the assistant checks the length, so that every door refuses with the same words
_QUESTION: JsonDict = {"minLength": 1, "maxLength": LONGEST_QUESTION}


class AskInput(Body):
    """A question to the documents."""

    question: str = Field(
        description="As a person would ask it, in a whole sentence.", json_schema_extra=_QUESTION
    )
    conversation_id: _Name | None = Field(
        None,
        description="The `conversation_id` of the result that this question goes on from; left "
        "out, the question stands alone.",
    )
    as_of: _AsOf = None


class SearchInput(Body):
    """Words to look for."""

    query: str = Field(description="What to look for.", json_schema_extra=_QUESTION)
    limit: int = Field(8, ge=1, le=MOST_PASSAGES, description="How many passages at most.")
    as_of: _AsOf = None


class ReadInput(Body):
    """Which part of which document to read."""

    document: _Name = Field(description="The document’s id, as the other tools give it.")
    version: _Name | None = Field(
        None, description="As its owner calls it; the version in force when left out."
    )
    section: _Name | None = Field(
        None, description="Only this section: its anchor from `outline`, its number or heading."
    )
    first_page: int | None = Field(None, ge=1, description="Only from this page, counted from 1.")
    last_page: int | None = Field(
        None, ge=1, description="Only to this page; `first_page` when left out."
    )
    start: int = Field(
        0, ge=0, description="Where to go on: `next` of the result before. 0 begins."
    )
    as_of: _AsOf = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.last_page is not None and self.first_page is None:
            raise ValueError("Name first_page as well as last_page.")
        if self.section is not None and self.first_page is not None:
            raise ValueError("Name a section or pages, not both.")
        return self


class CommitmentsInput(CommitmentsQuery):
    """Which commitments are wanted; all filters must be met, and none lets everything through."""

    limit: int = Field(
        25, ge=1, le=MOST_COMMITMENTS, description="How many commitments to return at once."
    )
    offset: int = Field(
        0, ge=0, le=10_000_000, description="Where to go on: `next_offset` of the result before."
    )
