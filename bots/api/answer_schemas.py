"""The bodies of what is said of answers and kept of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import ConfigDict, Field, JsonValue, model_validator

from assistant.feedback import LONGEST_WORDS, Reason
from assistant.receipts import Receipt, Replay
from bots.api.schemas import Body, ReplyBody, SentBody

_ID = r"^[0-9A-Za-z-]{1,40}$"
# what "reason" says is of an answer that did not help: JSON Schema can say so as well
_REASON_NEEDS_NO: dict[str, JsonValue] = {
    "if": {"properties": {"helpful": {"const": True}}, "required": ["helpful"]},
    "then": {"properties": {"reason": {"type": "null"}}},
}

AnswerId = Annotated[
    str, Path(pattern=_ID, description="The `id` of a reply.", examples=["a-0b1f6c2a94d3e58f7a10"])
]


class FeedbackSent(SentBody):
    """Whether an answer helped."""

    model_config = ConfigDict(json_schema_extra=_REASON_NEEDS_NO)

    answer: str = Field(
        pattern=_ID, description="The `id` of the reply.", examples=["a-0b1f6c2a94d3e58f7a10"]
    )
    helpful: bool
    reason: Reason | None = Field(None, description="Why not; only where it did not help.")
    words: str = Field(
        "", max_length=LONGEST_WORDS, pattern=r"^[^\x00]*$", description="In words of one’s own."
    )
    voter: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Who votes, as your program knows them; kept as a pseudonym. The last vote of "
        "one voter on an answer counts. Left out, each request is a voter of its own.",
    )

    @model_validator(mode="after")
    def _reason_of_a_no(self) -> Self:
        if self.helpful and self.reason is not None:
            raise ValueError("“reason” is only of an answer that did not help.")
        return self


class FeedbackBody(Body):
    """A vote as it is kept."""

    answer: str
    helpful: bool
    reason: Reason | None
    words: str
    cast_at: datetime = Field(description="In UTC.")
    url: str = Field(description="The receipt of the answer.")


class ReceiptBody(Body):
    """What was asked, of what, and what was replied."""

    id: str
    asked_at: datetime = Field(description="In UTC; when it was asked first.")
    question: str
    as_of: date = Field(description="The day whose rules were asked for.")
    index: str = Field(description="Fingerprint of the index that answered.")
    settings: str = Field(description="Fingerprint of the settings that decide answers.")
    reply: ReplyBody = Field(description="As it was given out.")
    replay: str = Field(description="Where to ask it again, by POST.")


class ReplayBody(Body):
    """A receipt’s question, asked again of what is served now."""

    same: bool = Field(description="The reply has the same bytes.")
    reason: str = Field(description="Why not; empty when it is the same.")
    reply: ReplyBody = Field(description="As it is now.")


def receipt_address(answer: str) -> str:
    """Return the address of a receipt."""
    return f"/v1/answers/{answer}"


def receipt_to_dict(receipt: Receipt) -> Mapping[str, Any]:
    """Return a receipt as JSON has it, with the reply’s own fields and no others."""
    return {
        "id": receipt.id,
        "asked_at": receipt.asked_at.replace(microsecond=0, tzinfo=UTC).isoformat(),
        "question": receipt.question.text,
        "as_of": receipt.question.as_of.isoformat(),
        "index": receipt.index,
        "settings": receipt.settings,
        "reply": json.loads(receipt.reply),
        "replay": f"{receipt_address(receipt.id)}/replay",
    }


def replay_to_dict(again: Replay) -> Mapping[str, Any]:
    """Return what became of a receipt as JSON has it."""
    return {"same": again.same, "reason": again.reason, "reply": json.loads(again.reply)}
