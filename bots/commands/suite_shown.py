"""A run of a suite in the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bots.commands.terminal import written
from evals.shares import Score, Scored
from evals.suites.judging.comparison import Comparison, Pair
from evals.suites.judging.labels import Label
from evals.suites.judging.scores import CaseResult, Counted, Six
from evals.suites.judging.statistics import power_in_words
from evals.suites.opinions.agreement import Agreement
from evals.suites.reports.wording import counted_in_words, label_in_words, verdict_sentence
from evals.suites.run import ScoredRun

MOST = 20  # failures that are listed
_NAMES = (
    ("Right answer", "right"),
    ("Right source", "sourced"),
    ("Nothing made up", "true_quotes"),
    ("Knows when to stop", "stops"),
    ("Does not stop too early", "dares"),
    ("Same answer however asked", "consistent"),
)
_STYLES = {"PASS": "bold green", "FAIL": "bold red", "NOT ENOUGH EVIDENCE": "bold yellow"}


def scored_shown(scored: ScoredRun, compared: Comparison | None = None) -> RenderableType:
    """Show a run: what it comes to, six numbers, gates, and what did not pass."""
    parts: list[RenderableType] = [
        written(scored.outcome, _STYLES[scored.outcome]),
        written(verdict_sentence(scored)),
        Text(),
        _six_shown(scored.scores.six),
        Text(),
        _gates_shown(scored),
        Text(),
        written(power_in_words(len(scored.counting)), "dim"),
    ]
    if scored.agreement:
        parts += [Text(), written(scored.agreement.in_words)]
    if compared:
        parts += [Text(), comparison_shown(compared)]
    failed = [one for one in scored.results if not one.passed]
    if failed:
        parts += [Text(), written("Did not pass", "bold"), *_failures_shown(failed)]
    return Group(*parts)


def comparison_shown(found: Comparison) -> RenderableType:
    """Show what changed between two runs."""
    lines = [written(found.in_words, "bold"), written(f"{found.shared} cases are in both runs.")]
    for name, pairs in (("Broken", found.broken), ("Fixed", found.fixed)):
        lines += [written(f"{name}: {_case(pair.after)}") for pair in pairs]
    lines += [
        written(
            f"Fails otherwise: {_case(pair.after)} ({pair.before.worst.cause}, now "
            f"{pair.after.worst.cause})"
        )
        for pair in found.reworded
    ]
    lines += [
        written(f"Edited: {_case(pair.after)} ({_result(pair.before)}, now {_result(pair.after)})")
        for pair in found.edited
    ]
    if found.left_out:
        left = ", ".join(found.left_out)
        lines.append(written(f"Only in one of the two: {left}", "dim"))
    return Group(*lines)


def scored_to_dict(scored: ScoredRun, compared: Comparison | None = None) -> dict[str, Any]:
    """Return a run as programs read it."""
    six = scored.scores.six
    return {
        "suite": scored.run.suite.name,
        "outcome": scored.outcome,
        "verdict": verdict_sentence(scored),
        "numbers": {name: _counted(getattr(six, name)) for _, name in _NAMES},
        "gates": [
            {"name": one.name, "outcome": one.outcome, "reason": one.reason} for one in scored.gates
        ],
        "retrieval": {name: _value(one) for name, one in scored.scores.retrieval.items()},
        "seconds": scored.scores.seconds,
        "errors": scored.scores.errors,
        "causes": dict(scored.scores.causes),
        "cases": [_case_to_dict(one) for one in scored.results],
        **({"model": _agreement_to_dict(scored.agreement)} if scored.agreement else {}),
        **({"compared": comparison_to_dict(compared)} if compared else {}),
    }


def comparison_to_dict(found: Comparison) -> dict[str, Any]:
    """Return what changed as programs read it."""
    return {
        "in_words": found.in_words,
        "chance": found.chance,
        "shared": found.shared,
        "fixed": _ids(found.fixed),
        "broken": _ids(found.broken),
        "failing_otherwise": _ids(found.reworded),
        "edited": _ids(found.edited),
        "left_out": list(found.left_out),
    }


def _result(one: CaseResult) -> str:
    return "passed" if one.passed else str(one.worst.cause or "not passed")


def _six_shown(six: Six) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, field in _NAMES:
        table.add_row(written(name), written(counted_in_words(getattr(six, field))))
    return table


def _gates_shown(scored: ScoredRun) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for gate in scored.gates:
        table.add_row(
            written(gate.outcome, _STYLES[gate.outcome]), written(f"{gate.name}: {gate.reason}")
        )
    return table


def _failures_shown(failed: Sequence[CaseResult]) -> Iterator[RenderableType]:
    for result in failed[:MOST]:
        worst = result.worst
        yield written(f"• {_case(result)}")
        yield written(f"  {worst.cause}. {worst.action}")
        if worst.label:
            yield written(f"  {label_in_words(worst.label)}", "dim")
        if worst.opinion:
            yield written(f"  {worst.opinion.in_words}", "dim")
        for one in worst.must:
            if one.found != "said":
                seen = f": “{one.words}”" if one.words else ""
                yield written(f"  “{one.fact}” {one.found}{seen}", "dim")
    if len(failed) > MOST:
        yield written(f"… and {len(failed) - MOST} more; a report shows them all.")


def _case(result: CaseResult) -> str:
    return f"{result.case.id}: {result.worst.asked.question}"


def _ids(pairs: Iterable[Pair]) -> list[str]:
    return [pair.after.case.id for pair in pairs]


def _case_to_dict(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "question": result.case.question,
        "counts": result.case.counts,
        "passed": result.passed,
        "verdict": result.worst.verdict,
        "cause": result.worst.cause,
        "action": result.worst.action,
        **({"label": _label_to_dict(label)} if (label := result.worst.label) else {}),
        **({"opinion": list(thinks.votes)} if (thinks := result.worst.opinion) else {}),
    }


def _agreement_to_dict(agreement: Agreement) -> dict[str, Any]:
    return {
        "name": agreement.model,
        "labels": agreement.labels,
        "agree": agreement.agree,
        "kappa": _value(agreement.kappa),
        "opinions": agreement.opinions,
        "steady": agreement.steady,
        "trusted": agreement.trusted,
        "settled": list(agreement.settled),
        "problem": agreement.problem,
    }


def _label_to_dict(label: Label) -> dict[str, Any]:
    return {"right": label.right, "by": label.by, "day": label.day.isoformat()}


def _counted(counted: Counted) -> dict[str, Any]:
    return {"part": counted.part, "whole": counted.whole, **_range(counted.score)}


def _range(score: Scored) -> dict[str, float]:
    return {"low": score.low, "high": score.high} if isinstance(score, Score) else {}


def _value(score: Scored) -> float | None:
    return score.value if isinstance(score, Score) else None
