"""The retrieval of sets as the terminal shows it, in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bots.commands.build_report import count
from bots.commands.terminal import hanging, written
from evals.ranking import NAMES
from evals.retrieval import Run
from evals.retrieval_page import change, milliseconds, share, span, unscored_in_words
from evals.retrieval_record import Comparison

_MEASURES = ("recall@1", "recall@5", "recall@10", "MRR@10", "MAP@10", "nDCG@10")
_SHORT = {"recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10"}
_STYLES = {"better": "green", "worse": "red", "could be chance": "", "the same": ""}

_LEGEND = """
R: recall. Below each mean, where it would lie 95 times in 100 if the queries
were drawn again. MAP is divided by all gold entries of a query."""
_COST_LEGEND = """
p50, p95: time of a query, warm, by the clock; cpu: p50 in processor time, over
all cores. memory: the most that this process held since it began."""


def runs_shown(runs: Sequence[Run], compared: Sequence[Comparison] = ()) -> RenderableType:
    """Write the means of each set, what they cost, what does not count, and what changed."""
    parts: list[RenderableType] = [
        _means(runs),
        written(_LEGEND),
        Text(),
        _costs(runs),
        written(_COST_LEGEND),
    ]
    remarks = list(_remarks(runs))
    if remarks:
        parts += [Text(), *remarks]
    if compared:
        parts += [Text(), written("Against the earlier run", "bold"), _changes(compared)]
    return Group(*parts)


def problem_in_words(kind: str, times: int, first: Sequence[str]) -> str:
    """Say what is wrong with a set: how often, and with what."""
    named = ", ".join(first) + (", …" if times > len(first) else "")
    return f"{times:,} × {kind}: {named}"


def _means(runs: Sequence[Run]) -> Table:
    table = _table("set", "queries", *(_SHORT.get(name, name) for name in _MEASURES))
    for run in runs:
        means = [run.means()[name] for name in _MEASURES]
        values = ["–" if mean is None else share(mean.mean) for mean in means]
        spans = ["" if mean is None else span(mean) for mean in means]
        table.add_row(written(run.name), f"{len(run.scored):,}", *values)
        table.add_row("", "", *(written(one, "dim") for one in spans))
    return table


def _costs(runs: Sequence[Run]) -> Table:
    table = _table("set", "entries", "passages", "index", "p50", "p95", "cpu", "memory")
    for run in runs:
        cost = run.cost
        table.add_row(
            written(run.name),
            f"{run.entries:,}",
            f"{run.passages:,}",
            f"{cost.index_seconds:.0f} s",
            milliseconds(cost.p50_ms),
            milliseconds(cost.p95_ms),
            milliseconds(cost.cpu_p50_ms),
            f"{cost.peak_mib:,.0f} MiB",
        )
    return table


def _remarks(runs: Sequence[Run]) -> Iterator[RenderableType]:
    for run in runs:
        if run.cost.reused:
            kept = f"{run.name}: {count(run.cost.reused, 'vector')} kept from an earlier build"
            yield hanging(written("–"), written(f"{kept}, {run.cost.embedded:,} computed."))
        if run.unscored:
            said = f"{run.name}: queries not counted: {unscored_in_words(run)}."
            yield hanging(written("–"), written(said))
        for one in run.problems:
            words = f"{run.name}: {problem_in_words(one.kind, one.count, one.first)}"
            yield hanging(written("!", "yellow"), written(words))


def _changes(compared: Sequence[Comparison]) -> Table:
    table = _table("set", "queries", "measure", "before", "after", "change", "so it is")
    for one in compared:
        for name in NAMES.values():
            if name in _MEASURES and name in one.measures:
                found = one.measures[name]
                table.add_row(
                    written(one.name),
                    f"{found.change.count:,}",
                    _SHORT.get(name, name),
                    share(found.before),
                    share(found.after),
                    change(found),
                    written(found.verdict, _STYLES[found.verdict]),
                )
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(columns[0], no_wrap=True, overflow="ellipsis", max_width=16)
    for column in columns[1:]:
        table.add_column(column, justify="right", no_wrap=True)
    return table
