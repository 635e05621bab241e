"""Small sets of questions, written for the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

ENTRIES = (
    {"_id": "leave", "title": "Annual leave", "text": "Staff earn thirty days of annual leave."},
    {"_id": "travel", "title": "Duty travel", "text": "A traveller books the cheapest flight."},
    {"_id": "pension", "title": "Pension", "text": "The pension fund pays from the age of sixty."},
    {"_id": "parking/1", "title": "", "text": "A parking permit costs twenty francs."},
)
QUERIES = (
    {"_id": "q1", "text": "How many days of annual leave do staff earn?"},
    {"_id": "q2", "text": "Which flight does a traveller book?"},
    {"_id": "q3", "text": "What does a parking permit cost?"},
    {"_id": "q4", "text": "What is for lunch?", "metadata": {"answerable": False}},
)
QRELS = (("q1", "leave", 1), ("q2", "travel", 2), ("q2", "pension", 1), ("q3", "parking/1", 1))


def write_set(
    folder: Path,
    *,
    entries: Sequence[Mapping[str, object] | str] = ENTRIES,
    queries: Sequence[Mapping[str, object] | str] = QUERIES,
    qrels: Mapping[str, Sequence[tuple[object, ...]]] | None = None,
) -> Path:
    """Write a set and return its folder; a line given as text is written as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_text(_lines(entries), "utf-8")
    (folder / "queries.jsonl").write_text(_lines(queries), "utf-8")
    for split, rows in ({"dev": QRELS} if qrels is None else qrels).items():
        (folder / "qrels").mkdir(exist_ok=True)
        text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
        (folder / "qrels" / f"{split}.tsv").write_text(text, "utf-8")
    return folder


def _lines(rows: Sequence[Mapping[str, object] | str]) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
