"""Examples in the OpenAPI description: the three outcomes and the problems."""

from __future__ import annotations

from typing import Any

from bots import problems
from bots.api.schemas import ProblemBody

_CITATION = {
    "number": 1,
    "document": "annual-leave",
    "title": "Annual leave",
    "version": "2",
    "status": "sample",
    "section": ["3 Carrying leave over"],
    "page": 4,
    "page_label": "",
    "quote": "Up to 30 days of annual leave may be carried over to the next year.",
    "start": 1204,
    "end": 1271,
    "url": "/documents/annual-leave?version=2&start=1204&end=1271#cited",
    "marks": ["Sample policy"],
}
_REPLY = {
    "conversation_id": "c-0b1f6c2a94d3e58f7a10",
    "understood": "",
    "contact": "hr@example.org",
}

REPLIES: dict[str, Any] = {
    "answer": {
        "summary": "The documents answer",
        "value": {
            "id": "a81f02",
            "outcome": "answer",
            "text": "Annual leave, 3 Carrying leave over:\n"
            "Up to 30 days of annual leave may be carried over to the next year. [1]",
            **_REPLY,
            "citations": [_CITATION],
        },
    },
    "closest_passages": {
        "summary": "The documents touch the subject and do not answer",
        "value": {
            "id": "b92e13",
            "outcome": "closest_passages",
            "text": "The documents do not answer this. The closest passages are:\n"
            "Up to 30 days of annual leave may be carried over to the next year. [1]",
            **_REPLY,
            "citations": [_CITATION],
        },
    },
    "no_answer": {
        "summary": "Nothing was found about the subject",
        "value": {
            "id": "c03d24",
            "outcome": "no_answer",
            "text": "Charter found nothing about this in the documents. Please ask hr@example.org.",
            **_REPLY,
            "citations": [],
        },
    },
}


EVENTS: dict[str, Any] = {
    "text/event-stream": {
        "schema": {"type": "string"},
        "example": 'event: started\ndata: {"request": "5f1c0a9be3d24a17"}\n\n'
        'event: delta\ndata: {"text": "Annual leave, 3 Carrying leave over:\\nUp to 30 days of '
        'annual leave may be carried over to the next year. [1]", "citation": {…}}\n\n'
        'event: reply\ndata: {"id": "a-81f02", "outcome": "answer", …}\n\n'
        "event: done\ndata: {}\n\n",
    }
}

RECEIPT: dict[str, Any] = {
    "id": "a81f02",
    "asked_at": "2026-01-31T09:30:00+00:00",
    "question": "How many days of annual leave may I carry over?",
    "as_of": "2026-01-31",
    "index": "9c41f0",
    "settings": "7be210",
    "reply": REPLIES["answer"]["value"],
    "replay": "/v1/answers/a81f02/replay",
}


def problem_responses(*kinds: problems.Kind) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a route can end in, one response for each status."""
    responses: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        response = responses.setdefault(
            kind.status,
            {
                "description": kind.title,
                "content": {
                    problems.MEDIA_TYPE: {
                        "schema": ProblemBody.model_json_schema(),
                        "examples": {},
                    }
                },
            },
        )
        response["content"][problems.MEDIA_TYPE]["examples"][kind.slug] = {
            "summary": kind.title,
            "value": problems.Problem(kind, kind.meaning, "5f1c0a9be3d2").to_dict(),
        }
    return responses
