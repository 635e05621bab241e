"""The scores of reading as a page and as JSON, for ``benchmarks/``."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.reading import Absent, Score, by_format, figures, to_rows

_HEAD = """# Reading

How truly documents are read: {scored} documents against structures that were written by hand
(`evals/reading_gold`), measured {day} on {machine} by `charter bench reading --save`.

Headings and cells are F1: a heading counts when it is found under the right parent, a cell when it
is found in the right row under the right column header. Order is the share of blocks that are
found, in the right order. Pages: blocks that begin on the right page. Places: characters (of a PDF,
sampled quotes read back by another program) that stand where Charter says. Left: headers, footers,
contents, hidden and deleted text still there. Pages a second are of one core's processor time.

The readers were mended on these documents, so the figures flatter them. What is called unseen was
written down afterwards: read for the first time it had 1.000 throughout, but for the headings of
unseen-benefits (.615), on which plain sub-headings were then mended.
"""
_COLUMNS = ("headings", "cells", "order", "pages", "places", "left", "pages/s")


def save(results: Sequence[Score | Absent], folder: Path) -> None:
    """Write reading.json and reading.md into a folder."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    day = datetime.now(UTC).date().isoformat()
    record = {"machine": machine, "measured": day, "documents": to_rows(results)}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / "reading.json").write_text(text + "\n", "utf-8")
    (folder / "reading.md").write_text(_page(results, day, machine), "utf-8")


def _page(results: Sequence[Score | Absent], day: str, machine: str) -> str:
    scores = [one for one in results if isinstance(one, Score)]
    lines = [_HEAD.format(scored=len(scores), day=day, machine=machine)]
    lines += [f"| document | {' | '.join(_COLUMNS)} |", "|---" * (len(_COLUMNS) + 1) + "|"]
    lines += [f"| {one.name} | {' | '.join(figures([one]))} |" for one in scores]
    for kind, same in by_format(scores).items():
        lines.append(f"| **all {kind}** | {' | '.join(figures(same))} |")
    absent = [f"- {one.name}: {one.reason}." for one in results if isinstance(one, Absent)]
    if absent:
        lines += ["", "Not compared:", *absent]
    return "\n".join(lines) + "\n"
