"""Measures Charter in Slack, against the emulator on loopback addresses: part of `make bench`.

Three loads over both transports: one question after the other, twenty at once, and twenty a second
for a minute. Nothing is asserted but that every question is answered once: a machine's clock is no
test.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from slack_load import Load, Outcome, drive, organisation_for
from slack_process import running_bot
from slack_workspace import slack_workspace

from evals.machine import machine_in_words

RESULTS = Path(__file__).resolve().parent.parent / "benchmarks"
LOADS = {
    "one after the other": Load(rate=2, seconds=30),
    "20 at once": Load(rate=1000, seconds=0.02),
    "20 a second for a minute": Load(rate=20, seconds=60),
}
MODES: tuple[Literal["socket", "http"], ...] = ("socket", "http")


def measure(mode: Literal["socket", "http"], load: Load, home: Path) -> Outcome:
    """Ask a fresh bot; its index is built before the first of them."""
    people = organisation_for(load)
    with (
        tempfile.TemporaryDirectory() as folder,
        slack_workspace(Path(folder), mode=mode, directory=people) as workspace,
        running_bot(workspace, Path(folder), CHARTER_HOME=str(home)),
    ):
        return drive(workspace, load)


def main() -> None:
    """Measure, print and write the figures; end with 1 where a question was not answered once."""
    with tempfile.TemporaryDirectory() as home:
        found = [
            {"load": name, "transport": mode, **asdict(measure(mode, load, Path(home)))}
            for name, load in LOADS.items()
            for mode in MODES
        ]
    made = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine_in_words()}
    told = json.dumps({**made, "cores": os.cpu_count(), "outcomes": found}, indent=2)
    (RESULTS / "slack.json").write_text(f"{told}\n", "utf-8")
    (RESULTS / "slack.md").write_text(table_of(made, found), "utf-8")
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if all(one["answered_once"] == one["asked"] for one in found) else 1)


def table_of(made: dict[str, str], found: list[dict[str, object]]) -> str:
    """Write the outcomes as a page."""
    columns = {
        "load": "load",
        "transport": "transport",
        "asked": "asked",
        "answered_once": "answered once",
        "acknowledged_p50": "acknowledged p50, ms",
        "acknowledged_p99": "p99",
        "answered_p50": "answered p50, ms",
        "answered_p99": "p99 ",
    }
    rows = [list(columns.values()), ["---"] * len(columns)]
    rows += [[str(one[name]) for name in columns] for one in found]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        "# Speed in Slack\n\n"
        f"One bot and the emulator of Slack on {made['machine']}, measured {made['measured']} by "
        "`make bench`.\nThe emulator runs on the same cores.\n\n"
        f"{lines}\n"
    )


if __name__ == "__main__":
    main()
