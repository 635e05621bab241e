"""What the machine was, and one measured thing with its spread."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing with the spread over its runs."""

    name: str
    unit: str
    runs: int
    lowest: float
    median: float
    highest: float


def figure(name: str, unit: str, values: Sequence[float]) -> Figure:
    """Return what was measured with its spread."""
    rounded = [round(value, 3) for value in (min(values), statistics.median(values), max(values))]
    return Figure(name, unit, len(values), *rounded)


def figure_rows(figures: Sequence[Figure]) -> list[str]:
    """Return the lines of a Markdown table, its head first."""
    rows = [(one.name, one.runs, one.lowest, one.median, one.highest, one.unit) for one in figures]
    return [
        "| what | runs | lowest | median | highest | unit |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]


def machine_in_words() -> str:
    """Say which machine and Python this is."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
