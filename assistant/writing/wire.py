"""The one JSON shape of a reply, for every door and for the receipt."""

from __future__ import annotations

import json
from typing import Any, Literal

from assistant.register.wire import list_to_dict
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
    listed = {"listing": list_to_dict(reply.register)} if reply.register else {}
    return {
        "id": reply.id,
        "outcome": outcome(reply),
        "text": reply.text,
        "conversation_id": reply.conversation_id,
        "understood": reply.question.understood,
        "contact": reply.contact,
        "citations": [citation_to_dict(citation) for citation in citations],
        **listed,
    }


def reply_to_json(reply: Reply) -> str:
    """Return the same as text; equal replies give equal bytes."""
    return json.dumps(reply_to_dict(reply), ensure_ascii=False, indent=2)


def follow_up_of(reply: str) -> str:
    """Return the fingerprint of the follow-up that a reply in JSON was made with, if any."""
    listed = json.loads(reply).get("listing")
    return str(listed["follow_up"]) if listed else ""


def citation_to_dict(citation: Citation) -> dict[str, Any]:
    """Return a citation as it stands in every reply."""
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
