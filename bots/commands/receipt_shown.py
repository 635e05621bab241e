"""A receipt, and what became of it when it was replayed, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from assistant.reply import Question
from bots.commands.terminal import written

if TYPE_CHECKING:
    from assistant.receipts import (
        Receipt,  # whoever has one of these has paid for that
        Replay,  # their modules open databases and models:
    )


def receipt_shown(receipt: Receipt, again: Replay | None) -> RenderableType:
    """Write a receipt: what was asked when, what was replied, and whether it still holds."""
    asked = f"{receipt.asked_at:%Y-%m-%d %H:%M} UTC"
    parts: list[RenderableType] = [
        written(f"Asked {asked}: {receipt.question.text}", "bold"),
        *_understood(receipt.question),
        Text(),
        written(json.loads(receipt.reply)["text"]),
    ]
    if again:
        said = (
            "Replayed: the same bytes." if again.same else f"Replayed: not the same. {again.reason}"
        )
        parts += [Text(), written(said, "green" if again.same else "bold red")]
    return Group(*parts)


def _understood(question: Question) -> list[RenderableType]:
    if not question.understood:
        return []
    return [written(f"Understood as: {question.understood}", "italic")]


def receipt_to_dict(receipt: Receipt, again: Replay | None) -> dict[str, Any]:
    """Return a receipt as JSON has it; ``replay`` is null when it was not replayed."""
    return {
        "id": receipt.id,
        "asked_at": f"{receipt.asked_at.isoformat(timespec='seconds')}Z",
        "question": receipt.question.text,
        "as_of": receipt.question.as_of.isoformat(),
        "index": receipt.index,
        "settings": receipt.settings,
        "reply": json.loads(receipt.reply),
        "replay": {"same": again.same, "reason": again.reason} if again else None,
    }
