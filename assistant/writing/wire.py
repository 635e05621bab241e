"""The one JSON shape of a reply, for every door and for the receipt."""

from __future__ import annotations

import json
from typing import Any, Literal

from assistant.reply import Answer, Citation, ClosestPassages, NoAnswer, Reply

Outcome = Literal["answer", "closest_passages", "no_answer"]


def outcome(reply: Reply) -> Outcome:
    """Name the outcome as programs read it."""
    if isinstance(reply, Answer):
        return "answer"
    return "closest_passages" if isinstance(reply, ClosestPassages) else "no_answer"


def reply_to_dict(reply: Reply) -> dict[str, Any]:
    """Return a reply as the JSON object that every door gives out."""
    citations = () if isinstance(reply, NoAnswer) else reply.citations
    return {
        "id": reply.id,
        "outcome": outcome(reply),
        "text": reply.text,
        "conversation_id": reply.conversation_id,
        "understood": reply.question.understood,
        "contact": reply.contact,
        "citations": [_citation(citation) for citation in citations],
    }


def reply_to_json(reply: Reply) -> str:
    """Return the same as text; equal replies give equal bytes."""
    return json.dumps(reply_to_dict(reply), ensure_ascii=False, indent=2)


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "document": citation.document,
        "title": citation.title,
        "version": citation.version,
        "status": citation.status,
        "section": list(citation.section),
        "page": citation.page,
        "page_label": citation.page_label,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "url": citation.url,
        "marks": list(citation.marks),
    }
