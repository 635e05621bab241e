"""The scores of answers as JSON and as a page, for ``benchmarks/``; no text of the sets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.decision.calibration import Calibration
from evals.answers import SetRows
from evals.fitting import HeldOut
from evals.scoring import RATES, SetScores, Step
from evals.shares import Score, Scored, decimals, mean_score, percent, percent_within
from evals.twins import FALSE_KINDS, KINDS

_HEAD = """# Answers and refusals

Public sets of questions, which are not shipped, asked the way the product asks. Written by
`charter bench answers SET… --save FOLDER`; [docs/benchmarks.md](../docs/benchmarks.md) says what
each kind of question is and what each score means. Brackets hold 95 % intervals; – stands where
there is no such question. Figures are percentages, but for AUROC and the area of risk.
"""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run of the benchmark gave.

    Attributes:
        fitted: a decision fitted to these sets, if one was asked for.
        held: each set under what was fitted to the others.
    """

    rows: tuple[SetRows, ...]
    scores: tuple[SetScores, ...]
    threshold: float
    fitted: Calibration | None = None
    held: tuple[HeldOut, ...] = ()


def save(results: Results, folder: Path) -> None:
    """Write answers.json and answers.md into a folder."""
    text = json.dumps(to_record(results), ensure_ascii=False, indent=1)
    (folder / "answers.json").write_text(text + "\n", "utf-8")
    (folder / "answers.md").write_text("\n".join(_page(results)) + "\n", "utf-8")


def to_record(results: Results) -> dict[str, object]:
    """Return all figures for JSON: ids and numbers alone."""
    sets = [
        {
            **_numbers(asdict(scores)),
            "untaken": rows.untaken,
            "problems": [asdict(one) for one in rows.problems],
            "questions": [
                [row.kind, row.source, row.query, row.verdict, round(row.sure, 4), row.right]
                for row in rows.rows
            ],
        }
        for scores, rows in zip(results.scores, results.rows, strict=True)
    ]
    return {
        "threshold": results.threshold,
        "rates": RATES,
        "sets": sets,
        "fitted": _numbers(asdict(results.fitted)) if results.fitted else None,
        "held_out": [_numbers(asdict(one)) for one in results.held],
    }


def _numbers(value: dict[str, object]) -> dict[str, object]:
    """Round every figure to four decimals; finer ones differ between machines."""
    return {name: _rounded(one) for name, one in value.items()}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return _numbers(value)
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def together(scores: Sequence[SetScores]) -> tuple[Step, ...]:
    """Return the caution steps of all sets together; sets weigh the same."""
    return tuple(
        Step(
            steps[0].threshold,
            {kind: mean_score(step.answered[kind] for step in steps) for kind in KINDS},
        )
        for steps in zip(*(one.caution for one in scores), strict=True)
    )


def _page(results: Results) -> Iterator[str]:
    yield _HEAD
    yield from _answers_table(results.scores)
    yield from _false_table(results.scores)
    yield "## What caution costs\n"
    yield (
        "From which confidence a question is answered, and how often each kind then is. In use: "
        f"{results.threshold:g}.\n"
    )
    if len(results.scores) > 1:
        yield from _caution_table("All sets, each weighing the same", together(results.scores))
    for one in results.scores:
        yield from _caution_table(one.name, one.caution)
    if results.fitted:
        yield from _fit_table(results.fitted, results.held)
    yield from _problems(results.rows)


def _answers_table(scores: Sequence[SetScores]) -> Iterator[str]:
    yield "## Questions that the documents answer\n"
    yield from _head(
        "set", "n", "answered", "of these right", "over-refused", "gold quoted first",
        "among three", "at all", "citation precision", "recall", "both sources",
        "quotes that hold", "AUROC right/wrong", "area of risk",
    )  # fmt: skip
    for one in scores:
        own = one.answers
        yield _row(
            one.name, _of(own.answered), percent_within(own.answered), percent_within(own.right),
            percent(own.over_refused), percent(own.first), percent(own.few), percent(own.quoted),
            percent(own.precision), percent(own.recall), percent(own.both), percent(one.valid),
            decimals(one.wrong), decimals(one.risk),
        )  # fmt: skip
    yield ""


def _false_table(scores: Sequence[SetScores]) -> Iterator[str]:
    yield "## Questions that they do not answer\n"
    rates = [f"answered at {rate:.0%} false" for rate in RATES]
    yield from _head("set", "kind", "n", "false answers", "AUROC", *rates)
    for one in scores:
        for kind in FALSE_KINDS:
            own = one.kinds[kind]
            yield _row(
                one.name,
                kind,
                _of(own.false),
                percent_within(own.false),
                decimals(own.auroc),
                *map(percent, own.answered_at),
            )
    yield ""


def _caution_table(name: str, steps: Sequence[Step]) -> Iterator[str]:
    yield f"### {name}\n"
    yield from _head("threshold", "answered", *FALSE_KINDS)
    for step in steps:
        yield _row(f"{step.threshold:g}", *(percent(step.answered[kind]) for kind in KINDS))
    yield ""


def _fit_table(fitted: Calibration, held: Sequence[HeldOut]) -> Iterator[str]:
    weights = ", ".join(f"{name} {weight:g}" for name, weight in asdict(fitted.weights).items())
    yield "## Fitted decision\n"
    yield f"Weights: {weights}; offset {fitted.offset:g}."
    yield f"Answered from {fitted.answer_threshold:g}, closest passages from"
    yield f"{fitted.closest_threshold:g}: {fitted.rule}.\n"
    if not held:
        return
    yield "Each set under what was fitted to the other sets; AUROC in brackets:\n"
    yield from _head("set", "answered", *FALSE_KINDS)
    for one in held:
        cells = [f"{percent(one.answered[k])} ({decimals(one.auroc[k])})" for k in FALSE_KINDS]
        yield _row(one.name, percent(one.answered["answerable"]), *cells)
    yield ""


def _problems(rows: Sequence[SetRows]) -> Iterator[str]:
    lines = [f"- {one.name}: {line}." for one in rows for line in problems_of(one)]
    if lines:
        yield "## Not asked, or not as it stands\n"
        yield from lines


def problems_of(some: SetRows) -> Iterator[str]:
    """Say what of a set could not be taken as it stands."""
    for problem in some.problems:
        yield f"{problem.count} × {problem.kind} ({', '.join(problem.first)})"
    if some.untaken:
        yield f"{len(some.untaken)} × question that cannot be taken ({', '.join(some.untaken[:5])})"


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*["---"] * len(cells))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _of(score: Scored) -> str:
    return f"{score.of}" if isinstance(score, Score) else "0"
