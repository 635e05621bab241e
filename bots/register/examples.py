"""Examples of lists in the OpenAPI description."""

from __future__ import annotations

from typing import Any

from bots.register.schemas import CommitmentsBody

LISTS: dict[str, Any] = {
    "by a team, by the middle of the year": {
        "summary": "What a team is to do by the middle of the year, and how much of it by quarter",
        "value": CommitmentsBody.model_validate(
            {
                "understood": [
                    {"name": "Lead", "value": "HR Policy"},
                    {"name": "Due", "value": "by 30 June 2026"},
                ],
                "as_of": "2026-05-04",
                "denominator": {
                    "text": "2 of 40 commitments, from 1 of 2 documents; 12 carry no date",
                    "found": 2,
                    "held": 40,
                    "documents_found": 1,
                    "documents_held": 2,
                    "undated": 12,
                    "ongoing": 0,
                },
                "sort": "due",
                "group_by": "quarter",
                "groups": [{"name": "Q1 2026", "count": 2}],
                "offset": 0,
                "next": "/v1/commitments?lead=HR+Policy&due=by+2026-06-30&sort=due&group_by=quarter"
                "&limit=1&offset=1",
                "commitments": [
                    {
                        "id": "9b1deb4d3b7d",
                        "document": "people-strategy",
                        "title": "People strategy",
                        "version": "2026",
                        "document_status": "in force",
                        "marks": [],
                        "theme": ["Work plan", "A clear framework"],
                        "form": "row",
                        "text": {
                            "text": "Publish one handbook of all policies",
                            "start": 8120,
                            "end": 8156,
                        },
                        "activities": [
                            {"text": "Collect the policies in force", "start": 8157, "end": 8186}
                        ],
                        "leads": ["HR Policy"],
                        "leads_written": [{"text": "HR Policy", "start": 8187, "end": 8196}],
                        "times": [
                            {
                                "written": {"text": "Q1, 2026", "start": 8197, "end": 8205},
                                "kind": "quarter",
                                "first": "2026-01-01",
                                "last": "2026-03-31",
                            }
                        ],
                        "due": "2026-03-31",
                        "ongoing": False,
                        "overdue": True,
                        "standing": {
                            "status": "in progress",
                            "note": "A first draft is out for comments.",
                            "link": "",
                            "by": "staff council",
                            "at": "2026-04-20T09:30:00Z",
                            "waits": False,
                            "said_of": "2026",
                            "seen": 12,
                        },
                        "difference": {
                            "changes": ["moved"],
                            "shift": "later",
                            "before": {
                                "version": "2025",
                                "text": "Publish one handbook of all policies",
                                "activities": ["Collect the policies in force"],
                                "leads": ["HR Policy"],
                                "times": ["Q3, 2025"],
                            },
                        },
                        "doubts": [],
                        "start": 8120,
                        "end": 8205,
                        "url": "/documents/people-strategy?version=2026&start=8120&end=8205#cited",
                    }
                ],
            }
        ).model_dump(mode="json"),
    }
}
