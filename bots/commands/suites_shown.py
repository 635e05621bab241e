"""The list of suites in the terminal, and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.table import Table

from bots.commands.terminal import written
from corpus.errors import SuiteUnusable
from evals.suites.folder import SuiteFolder


def suites_shown(folder: SuiteFolder) -> RenderableType:
    """Show each suite with its cases and what came of its last run."""
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    made.add_column("Suite", overflow="fold", ratio=1)
    made.add_column("Cases", justify="right", no_wrap=True)
    made.add_column("Last run", overflow="fold", ratio=2)
    for one in suites_to_list(folder):
        last = one["last_run"]
        told = f"{last['outcome']}, {last['asked_at'][:10]}" if last else "never run"
        made.add_row(
            written(one["name"] + (" (comes with Charter)" if one["shipped"] else "")),
            "–" if one["problem"] else _cases(one),
            written(one["problem"] or told),
        )
    return made


def suites_to_list(folder: SuiteFolder) -> list[dict[str, Any]]:
    """Return the same for programs."""
    return [_body(folder, name) for name in folder.names()]


def _cases(one: dict[str, Any]) -> str:
    drafts = one["drafts"]
    return f"{one['cases']}" + (f" + {drafts} draft{'' if drafts == 1 else 's'}" if drafts else "")


def _body(folder: SuiteFolder, name: str) -> dict[str, Any]:
    runs = folder.runs(name)
    told = runs[0].told if runs else None
    last = (
        {
            "id": runs[0].id,
            "outcome": told.outcome,
            "asked_at": told.asked_at.isoformat(),
            "sentence": told.sentence,
        }
        if told
        else None
    )
    try:
        stored = folder.open(name)
    except SuiteUnusable as error:
        said: dict[str, Any] = {"cases": 0, "drafts": 0, "shipped": False, "problem": str(error)}
    else:
        drafts = sum(case.state == "draft" for case in stored.suite.cases)
        said = {
            "cases": len(stored.suite.cases) - drafts,
            "drafts": drafts,
            "shipped": stored.shipped,
            "problem": "",
        }
    return {"name": name, **said, "last_run": last}
