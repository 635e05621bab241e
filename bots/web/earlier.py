"""What was asked before in a conversation, from the receipts of its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.ask import Assistant
from assistant.receipts import Receipt
from assistant.writing.wire import Outcome
from corpus.errors import RecordNotFound

MOST = 10  # as many as a conversation remembers


@dataclass(frozen=True, slots=True)
class EarlierCitation:
    """A citation of an earlier answer, as far as a folded answer shows it."""

    number: int
    title: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question that was asked before, with its answer.

    Attributes:
        text: what was replied, as plain text.
        url: of its answer, which opens the conversation as it was then.
    """

    id: str
    question: str
    understood: str
    outcome: Outcome
    text: str
    citations: tuple[EarlierCitation, ...]
    url: str


def earlier_in(assistant: Assistant, conversation: str) -> tuple[Earlier, ...]:
    """Return what was asked before in a conversation that Charter named, oldest first.

    The id of a conversation is that of the answer that it goes on from; each receipt says from
    which one that answer went on. What a reader may not see any more ends the row.
    """
    return tuple(_back(assistant, conversation))[::-1]


def answer_address(question: str, conversation: str = "", as_of: str = "") -> str:
    """Return the address that asks a question, in a conversation and about a day where named."""
    said = {"q": question, "conversation": conversation, "as_of": as_of}
    return f"/?{urlencode({name: value for name, value in said.items() if value})}"


def _back(assistant: Assistant, conversation: str) -> Iterator[Earlier]:
    for _ in range(MOST):
        if not conversation.startswith("c-"):
            return
        try:
            receipt = assistant.receipt(f"a-{conversation.removeprefix('c-')}")
        except RecordNotFound:
            return
        yield _earlier(receipt)
        conversation = receipt.question.conversation_id or ""


def _earlier(receipt: Receipt) -> Earlier:
    question, reply = receipt.question, json.loads(receipt.reply)
    day = question.as_of.isoformat() if question.as_of != question.today else ""
    return Earlier(
        receipt.id,
        question.text,
        reply["understood"],
        reply["outcome"],
        reply["text"],
        tuple(
            EarlierCitation(one["number"], one["title"], one["quote"], one["url"])
            for one in reply["citations"]
        ),
        answer_address(question.text, question.conversation_id or "", day),
    )
