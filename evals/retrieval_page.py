"""Runs of retrieval as one readable page, for ``benchmarks/``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.settings import Settings
from evals.ranking import NAMES
from evals.retrieval import Run
from evals.retrieval_record import Comparison, machine, to_record, write_record
from evals.uncertainty import Difference, Interval
from indexing.storage import writing_to

_HEAD = """# Retrieval

How well the right entries of public sets are found, measured {day} on {machine} by
`charter bench SET… --save` with the model {model} and {weight:.2f} of the embedding in the sum. The
sets are not shipped; [docs/benchmarks.md](../docs/benchmarks.md) says how they are read.

Each cell is the mean over the queries that count, and where it would lie 95 times in 100 if the
queries were drawn again. Average precision is divided by all gold entries of a query.
"""


def page(runs: Sequence[Run], settings: Settings, compared: Sequence[Comparison] = ()) -> str:
    """Return the page in Markdown."""
    head = _HEAD.format(
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        model=Path(settings.model).name,
        weight=settings.dense_weight,
    )
    lines = [head, *_means(runs), "", "## Time and memory", "", *_costs(runs), "", *_left(runs)]
    if compared:
        lines += ["", "## Against an earlier run", "", *_compared(compared)]
    return "\n".join(lines) + "\n"


def save(
    runs: Sequence[Run], settings: Settings, compared: Sequence[Comparison], folder: Path
) -> None:
    """Write retrieval.json and retrieval.md into a folder.

    Raises:
        StorageError: it cannot be written.
    """
    with writing_to(folder):
        write_record(to_record(runs, settings, compared), folder / "retrieval.json")
        (folder / "retrieval.md").write_text(page(runs, settings, compared), "utf-8")


def share(value: float) -> str:
    """Write a share with three decimals, as tables of retrieval do: .601."""
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3f}"


def span(mean: Interval) -> str:
    """Write the interval of a mean: .55–.65."""
    return "–".join(f"{end:.2f}".replace("0.", ".", 1) for end in (mean.low, mean.high))


def change(one: Difference) -> str:
    """Write what changed, with its interval: +.012 (-.003 to +.027)."""
    low, high = _signed(one.change.low), _signed(one.change.high)
    return f"{_signed(one.change.mean)} ({low} to {high})"


def unscored_in_words(run: Run) -> str:
    """Say how many queries do not count, and why."""
    words = {"unanswerable": "that cannot be answered", "no gold": "without gold", "empty": "empty"}
    return ", ".join(f"{count:,} {words[reason]}" for reason, count in run.unscored.items())


def milliseconds(value: float | None) -> str:
    """Write a time; a dash where nothing was asked."""
    return "–" if value is None else f"{value:.0f} ms"


def _signed(value: float) -> str:
    sign = "-" if value < 0 else "+"
    return f"{sign}{share(abs(value))}"


def _means(runs: Sequence[Run]) -> Iterator[str]:
    yield f"| set | queries | {' | '.join(NAMES.values())} |"
    yield "|---" * (len(NAMES) + 2) + "|"
    for run in runs:
        cells = [
            "–" if mean is None else f"{share(mean.mean)} ({span(mean)})"
            for mean in run.means().values()
        ]
        yield f"| {run.name} | {len(run.scored):,} | {' | '.join(cells)} |"


def _costs(runs: Sequence[Run]) -> Iterator[str]:
    yield (
        "| set | entries | documents | passages | index | texts embedded | query p50 | p95 |"
        " processor p50 | p95 | peak memory |"
    )
    yield "|---" * 11 + "|"
    for run in runs:
        cost = run.cost
        sizes = f"{run.entries:,} | {run.documents:,} | {run.passages:,}"
        measured = (cost.p50_ms, cost.p95_ms, cost.cpu_p50_ms, cost.cpu_p95_ms)
        times = " | ".join(map(milliseconds, measured))
        yield (
            f"| {run.name} | {sizes} | {cost.index_seconds:.0f} s | {cost.embedded:,} | {times} |"
            f" {cost.peak_mib:,.0f} MiB |"
        )
    yield ""
    yield "Query times are of finding alone, warm; processor time is over all cores, and depends"
    yield "less on what else the machine does."
    yield "Vectors that were there from an earlier build are not computed again. Peak memory is"
    yield "that of the process since it began: a later set shows no less than an earlier one."


def _left(runs: Sequence[Run]) -> Iterator[str]:
    yield "## What does not count, and what is wrong with the sets"
    yield ""
    for run in runs:
        said = [f"not counted: {unscored_in_words(run)}"] if run.unscored else []
        said += [
            f"{one.kind}: {one.count:,} ({', '.join(f'`{first}`' for first in one.first)}"
            f"{', …' if one.count > len(one.first) else ''})"
            for one in run.problems
        ]
        yield f"- {run.name}: {'; '.join(said) or 'nothing'}."


def _compared(compared: Sequence[Comparison]) -> Iterator[str]:
    yield "| set | queries of both | measure | before | after | change | so it is |"
    yield "|---" * 7 + "|"
    for one in compared:
        for name, found in one.measures.items():
            yield (
                f"| {one.name} | {found.change.count:,} | {name} | {share(found.before)} |"
                f" {share(found.after)} | {change(found)} | {found.verdict} |"
            )
