"""Examples of documents and passages in the OpenAPI description."""

from __future__ import annotations

from typing import Any

from bots.api.library_schemas import DocumentsBody, SearchBody

_TEXT = "Up to 30 days of annual leave may be carried over to the next year."
# the description leaves out what is None, so every date is given
_KINDS = {"field": "kind", "values": [{"key": "policy", "name": "policy", "count": 1}]}

DOCUMENTS: dict[str, Any] = {
    "policies, a page at a time": {
        "summary": "The first policy, with how many there are of each kind",
        "value": DocumentsBody.model_validate(
            {
                "documents": [
                    {
                        "id": "annual-leave",
                        "title": "Annual leave",
                        "version": "2",
                        "status": "in force",
                        "marks": [],
                        "organisation": "Example organisation",
                        "kind": "policy",
                        "language": "en",
                        "owner": "Human Resources",
                        "contact": "hr@example.org",
                        "source": "",
                        "effective_from": "2024-01-01",
                        "effective_to": "2028-12-31",
                        "period_from": "2024-01-01",
                        "period_to": "2028-12-31",
                        "supersedes": [],
                        "audience": [],
                        "found": [],
                        "passages": 41,
                        "corrected_on": "2025-03-03",
                        "url": "/documents/annual-leave?version=2",
                    }
                ],
                "total": 12,
                "total_documents": 9,
                "held_documents": 14,
                "offset": 0,
                "next": "/v1/documents?kind=policy&limit=1&offset=1&facets=true",
                "facets": [_KINDS],
            }
        ).model_dump(mode="json"),
    }
}
PASSAGES: dict[str, Any] = {
    "passages": {
        "summary": "Passages about carrying leave over",
        "value": SearchBody.model_validate(
            {
                "q": "carrying leave over",
                "as_of": "2026-05-04",
                "found": 37,
                "more": False,
                "documents": 9,
                "held_documents": 14,
                "offset": 0,
                "next": "/v1/search?q=carrying+leave+over&limit=1&offset=1&facets=true",
                "facets": [_KINDS],
                "passages": [
                    {
                        "document": "annual-leave",
                        "title": "Annual leave",
                        "version": "2",
                        "status": "in force",
                        "marks": [],
                        "section": ["3 Carrying leave over"],
                        "page": 4,
                        "page_label": "",
                        "text": _TEXT,
                        "start": 1204,
                        "end": 1271,
                        "lines": [
                            {
                                "kind": "paragraph",
                                "text": _TEXT,
                                "start": 1204,
                                "end": 1271,
                                "cells": [],
                                "words": [{"start": 1226, "end": 1231}],
                            }
                        ],
                        "score": 0.8731,
                        "url": "/documents/annual-leave?version=2&start=1204&end=1271#cited",
                    }
                ],
            }
        ).model_dump(mode="json"),
    }
}
