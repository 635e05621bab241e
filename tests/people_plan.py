"""A plan in several versions, for the tests of what became of its commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from in_step import assistant_of, build, put

from assistant.ask import Assistant

DAY = date(2025, 6, 1)
HEAD = """\
---
id: plan
title: People plan
version: "{version}"
kind: strategy
effective_from: {since}
{more}---

# People plan

## Workplan

| Objective | Key activities | Lead team | Timeframe |
|---|---|---|---|
"""
FAIR = "| Hold a careers fair | Book a hall in the city | HR Staffing | Q1, 2025 |\n"
ROTATION = "| Draft rules on rotation | Consult the regional offices | Policy | Q2, 2025 |\n"
NURSERY = "| Open a nursery | Find rooms near the canteen | Welfare | Ongoing |\n"
PARKING = "| Cut parking fees | Agree prices with the landlord | Facilities | 2025 |\n"
FIRST = FAIR + ROTATION + NURSERY
REWORDED = ROTATION.replace("Draft rules on rotation", "Adopt rules on the rotation of staff")
SECOND = (
    FAIR.replace("Q1, 2025", "Q4, 2025").replace("HR Staffing", "Outreach") + REWORDED + PARKING
)

Make = Callable[..., Assistant]


def plan(rows: str, version: str = "1", since: str = "2025-01-01", more: str = "") -> str:
    return HEAD.format(version=version, since=since, more=more) + rows


@contextmanager
def indexed(place: Path) -> Iterator[Make]:
    """Give what indexes a folder anew and opens it; the records stay."""
    folder, home = place / "documents", place / "home"
    with ExitStack() as opened:

        def made(**files: str) -> Assistant:
            for path in folder.glob("*") if folder.exists() else ():
                path.unlink()
            put(folder, {f"{name}.md": text for name, text in files.items()})
            build(folder, home)
            assistant = assistant_of(folder, home, follow=False)
            opened.callback(assistant.close)
            return assistant

        yield made
