"""The scores of ``charter bench`` as the terminal shows them, in 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from bots.commands.terminal import hanging, written
from evals.reading import Absent, Score, by_format, figures

_COLUMNS = ("headings", "cells", "order", "pages", "places", "left", "p/s")
_MISSING_SHOWN = 3


def scores_shown(results: Sequence[Score | Absent]) -> RenderableType:
    """Write one line for each document, one for each format, and what was not found."""
    scores = [one for one in results if isinstance(one, Score)]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True, overflow="ellipsis", max_width=31)
    for column in _COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for score in scores:
        table.add_row(written(score.name), *figures([score]))
    table.add_section()
    for kind, same in by_format(scores).items():
        table.add_row(written(f"all {kind}", "bold"), *figures(same))
    parts: list[RenderableType] = [table, written(_LEGEND)]
    for score in scores:
        missing = score.structure.missing
        if missing:
            shown = "; ".join(f"“{text[:40]}”" for text in missing[:_MISSING_SHOWN])
            words = f"{score.name}: {len(missing)} not found as written: {shown}"
            parts.append(hanging(written("!", "yellow"), written(words)))
    parts += [
        hanging(written("–"), written(f"{one.name}: {one.reason}."))
        for one in results
        if isinstance(one, Absent)
    ]
    return Group(*parts)


_LEGEND = """
headings, cells: F1. order: blocks found, in the right order. pages: those that
begin on the right page. places: characters that stand where Charter says. left:
headers, footers and the like that are still there. p/s: pages a second."""
