"""The command that measures answers and refusals: ``charter bench answers``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import Json
from bots.commands.bench_options import Documents, Home, Save, Sets, Split
from bots.commands.failures import told_plainly
from corpus.errors import BenchmarkUnusable

if TYPE_CHECKING:
    from evals.fitting import Rule
    from evals.twins import Kind

MOST = 200  # questions of each label; five sets then take some minutes

Most = Annotated[
    int, typer.Option(min=0, help="Questions taken of each set, evenly spaced; 0 takes all.")
]
Fit = Annotated[
    Path | None,
    typer.Option(
        help="Fit the decision to these sets and write it to this file.",
        dir_okay=False,
        show_default=False,
    ),
]
Costs = Annotated[
    list[str] | None,
    typer.Option(
        "--cost",
        metavar="KIND=NUMBER",
        help="How much a wrong answer to a kind of question counts when fitting; else 1.",
        show_default=False,
    ),
]


def answers(  # noqa: PLR0913  each is an option of the command
    sets: Sets,
    *,
    documents: Documents = None,
    split: Split = "",
    home: Home = None,
    most: Most = MOST,
    fit: Fit = None,
    costs: Costs = None,
    save_to: Save = None,
    as_json: Json = False,
) -> None:
    """Measure answers and refusals on sets of questions.

    Each question is asked as it is and again with what answers it hidden, with a premise made
    false, and beside questions of the other sets; an answer to any of these is a false one. Two
    sets or more give questions off the topic.
    """
    with told_plainly(as_json=as_json):
        from assistant.decision.calibration import write_calibration  # noqa: PLC0415  --help must not wait for it
        from assistant.settings import load_settings  # noqa: PLC0415  the same
        from assistant.wiring import build_embedder  # noqa: PLC0415  the same
        from bots.commands.bench_answers_shown import results_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.answers_page import save, to_record  # noqa: PLC0415  the same
        from evals.answers_run import Wanted, run  # noqa: PLC0415  the same
        from evals.benchmark_sets import read_set  # noqa: PLC0415  the same

        settings = load_settings()
        rule = _rule(costs or ()) if fit else None
        with _folder(home) as kept:
            results = run(
                [read_set(folder, split=split) for folder in sets],
                Wanted(kept, documents, most, rule),
                embedder=build_embedder(settings),
                settings=settings,
                say=lambda line: typer.echo(line, err=True),
            )
        if fit and results.fitted:
            write_calibration(results.fitted, fit)
        if save_to:
            save(results, save_to)
        if as_json:
            write_json(to_record(results))
        else:
            write(results_shown(results))


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    """Give the folder to keep indexes in, else one that is gone afterwards."""
    if home:
        yield home
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _rule(costs: Sequence[str]) -> Rule:
    from evals.fitting import Rule  # noqa: PLC0415  --help must not wait for it
    from evals.twins import KINDS  # noqa: PLC0415  the same

    told: dict[Kind, float] = {}
    for one in costs:
        name, _, number = one.partition("=")
        kind = next((kind for kind in KINDS if kind == name.strip()), None)
        if kind is None or not number.replace(".", "", 1).isdecimal():
            raise BenchmarkUnusable(
                f"“{one}” is no kind of question with a number.",
                f"Write it as KIND=NUMBER; the kinds are {', '.join(KINDS)}.",
            )
        told[kind] = float(number)
    return Rule(costs=told)
