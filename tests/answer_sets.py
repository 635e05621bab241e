"""Small sets of questions for the tests of the benchmark of answers."""

import json
from pathlib import Path

RULES = {
    "leave-1": ("Leave", "Annual leave is 30 days a year for staff in the Geneva office.", "1"),
    "leave-2": ("Leave", "Parental leave is 16 weeks for every parent from 2024 on.", "1"),
    "leave-3": ("Leave", "Sick leave needs a certificate after 3 days of absence.", "1"),
    "travel-1": ("Travel", "A train ticket in the first class is paid above 4 hours.", "2"),
    "travel-2": ("Travel", "The Nairobi office books every flight since 2019.", "2"),
}
ASKED = {
    "q1": ("How many days of annual leave have staff in the Geneva office?", ["leave-1"]),
    "q2": ("How many weeks of parental leave has every parent from 2024 on?", ["leave-2"]),
    "q3": ("When is a train ticket in the first class paid?", ["travel-1"]),
}
REFUSED = {"q4": "Which colour does the canteen paint its chairs?"}


def write_set(folder: Path, **metadata: object) -> Path:
    """Write a set of two documents in five entries; ``metadata`` goes to the first question."""
    entries = [
        {"_id": name, "title": title, "text": text, "metadata": {"doc": document}}
        for name, (title, text, document) in RULES.items()
    ]
    queries = [
        {"_id": name, "text": text, "metadata": metadata if name == "q1" else {}}
        for name, (text, _) in ASKED.items()
    ]
    queries += [
        {"_id": name, "text": text, "metadata": {"answerable": False}}
        for name, text in REFUSED.items()
    ]
    judgements = [f"{name}\t{entry}\t1" for name, (_, gold) in ASKED.items() for entry in gold]
    return write_files(folder, entries, queries, judgements)


PETS = """# Pets

## Dogs

A dog may come to the office on Friday when it is on a lead.

## Cats

A cat may never come to the office because of allergies.
"""
PARKING = """# Parking

A permit for parking costs 20 francs in every month.
"""


def write_handbook(folder: Path) -> Path:
    """Write a set of two whole documents, one of them with two sections."""
    entries = [
        {"_id": "pets.md", "title": "Pets", "text": PETS},
        {"_id": "parking.md", "title": "Parking", "text": PARKING},
    ]
    queries = [
        {"_id": "h1", "text": "On which day may a dog come to the office on a lead?"},
        {"_id": "h2", "text": "What does a permit for parking cost in every month?"},
    ]
    write_files(folder, entries, queries, ["h1\tpets.md\t1", "h2\tparking.md\t1"])
    (folder / "documents").mkdir()
    (folder / "documents" / "pets.md").write_text(PETS, "utf-8")
    (folder / "documents" / "parking.md").write_text(PARKING, "utf-8")
    return folder


def write_files(folder: Path, entries: object, queries: object, judgements: list[str]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, lines in (("corpus", entries), ("queries", queries)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    text = "\n".join(["query-id\tcorpus-id\tscore", *judgements])
    (folder / "qrels" / "dev.tsv").write_text(text + "\n", "utf-8")
    return folder
