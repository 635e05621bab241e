"""The scores of ``charter bench answers`` as the terminal shows them, in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from bots.commands.terminal import hanging, written
from evals.answers_page import Results, problems_of, together
from evals.fitting import HeldOut
from evals.scoring import SetScores, Step
from evals.shares import decimals, percent
from evals.twins import FALSE_KINDS, KINDS, Kind

_SHORT: dict[Kind, str] = {
    "answerable": "answered",
    "section removed": "section",
    "document not there": "document",
    "unanswerable": "label",
    "off-topic": "off-topic",
    "false premise": "premise",
}


def results_shown(results: Results) -> RenderableType:
    """Write the scores of each set, then what caution costs, then what was fitted."""
    parts: list[RenderableType] = [
        written("Questions that the documents answer (%)", "bold"),
        _answers_shown(results.scores),
        written("\nFalse answers by kind (%), and AUROC of the confidence", "bold"),
        _false_shown(results.scores),
        written("\nWhat caution costs: answered from each threshold (%)", "bold"),
        _caution_shown(together(results.scores), results.threshold),
        written(_LEGEND),
    ]
    if results.fitted:
        parts += [written("\nFitted decision", "bold"), *_fit_shown(results)]
    for one in results.rows:
        parts += [
            hanging(written("!", "yellow"), written(f"{one.name}: {line}"))
            for line in problems_of(one)
        ]
    return Group(*parts)


def _answers_shown(scores: Sequence[SetScores]) -> Table:
    table = _table("answered", "right", "first", "three", "prec.", "recall", "both", "hold")
    for one in scores:
        own = one.answers
        shown = (own.answered, own.right, own.first, own.few, own.precision, own.recall, own.both)
        table.add_row(written(one.name), *map(percent, (*shown, one.valid)))
    return table


def _false_shown(scores: Sequence[SetScores]) -> Table:
    table = _table(*(_SHORT[kind] for kind in FALSE_KINDS))
    for one in scores:
        table.add_row(written(one.name), *(percent(one.kinds[kind].false) for kind in FALSE_KINDS))
        areas = (decimals(one.kinds[kind].auroc) for kind in FALSE_KINDS)
        table.add_row(written("  AUROC", "dim"), *(written(area, "dim") for area in areas))
    return table


def _caution_shown(steps: Sequence[Step], in_use: float) -> Table:
    table = _table(*(_SHORT[kind] for kind in KINDS), first="threshold")
    for step in steps:
        mark = " in use" if step.threshold == in_use else ""
        cells = [percent(step.answered[kind]) for kind in KINDS]
        style = "bold" if mark else ""
        table.add_row(written(f"{step.threshold:.2f}{mark}", style), *cells, style=style)
    return table


def _fit_shown(results: Results) -> Iterator[RenderableType]:
    fitted = results.fitted
    if fitted is None:
        return
    yield written(
        f"Answered from {fitted.answer_threshold:g}, closest passages from "
        f"{fitted.closest_threshold:g}: {fitted.rule}."
    )
    if results.held:
        yield written("\nEach set under what was fitted to the others (%)", "bold")
        yield _held_shown(results.held)


def _held_shown(held: Sequence[HeldOut]) -> Table:
    table = _table(*(_SHORT[kind] for kind in KINDS))
    for one in held:
        table.add_row(written(one.name), *(percent(one.answered[kind]) for kind in KINDS))
    return table


def _table(*columns: str, first: str = "") -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=18)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


_LEGEND = """
right: of the answered, those that quote their evidence. first, three: evidence
in the first quote, in the first three. prec., recall: of the cited entries.
both: both sources shown. hold: quotes that stand word for word at their place.
False answers: section, document: with what answers hidden; label: the set says
that nothing answers; off-topic: of another set; premise: a figure exchanged."""
