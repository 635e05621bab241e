"""What was measured of this machine as the terminal shows it, in 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from bots.commands.terminal import written
from evals.machine import Figure
from evals.machine_pages import scale_rows
from evals.scale import Sized

_LEGEND = """
power: of the passages that a figure grows with; 1 is in proportion, 0 not at
all. Memory counts mapped files."""


def sizes_shown(measured: Sequence[Sized]) -> RenderableType:
    """Write a line for each thing measured, with a column for each size."""
    head, *rows = scale_rows(measured)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(head[0], no_wrap=True)
    for size in head[1:-1]:
        table.add_column(f"{int(size):,}", justify="right", no_wrap=True)
    table.add_column("power" if len(measured) > 1 else "", justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return Group(table, written(_LEGEND))


def figures_shown(figures: Sequence[Figure]) -> RenderableType:
    """Write a line for each figure."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True, overflow="ellipsis", max_width=44)
    for column in ("lowest", "median", "highest", ""):
        table.add_column(column, justify="right", no_wrap=True)
    for one in figures:
        table.add_row(
            written(one.name), str(one.lowest), str(one.median), str(one.highest), one.unit
        )
    return table
