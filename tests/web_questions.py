"""Questions for the load on the API: no two of them the same, about what the documents hold.

The headings of the documents themselves, each asked about in several ways, then two at a time. It
stands apart from what Locust runs, because Locust changes the process that imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

import httpx

WAYS = (
    "What do the documents say about {}?",
    "Who is responsible for {}?",
    "By when is {} to be done?",
    "How is {} decided?",
    "Tell me about {}",
    "{}",
)


def questions_about(headings: list[str]) -> Iterator[str]:
    """Return questions without end in sight, no two of them the same."""
    pairs = (f"{one} and {other}" for one, other in combinations(headings, 2))
    return (way.format(subject) for subject in chain(headings, pairs) for way in WAYS)


def headings_at(address: str) -> list[str]:
    """Return the different headings of all documents in force that a server has."""
    with httpx.Client(base_url=address) as client:
        ids = dict.fromkeys(one["id"] for one in client.get("/v1/documents").json()["documents"])
        sections = [
            section
            for name in ids
            if (said := client.get(f"/v1/documents/{name}")).is_success
            for section in said.json()["sections"]
        ]
    return list(dict.fromkeys(one["heading"] for one in sections if one["heading"]))
