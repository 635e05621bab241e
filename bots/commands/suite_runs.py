"""The commands that run a suite, compare two runs and write reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import Json, opened
from bots.commands.failures import told_plainly
from corpus.errors import SuiteUnusable

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from evals.suites.folder import SuiteFolder
    from evals.suites.judging.comparison import Comparison
    from evals.suites.judging.labels import Labels
    from evals.suites.run import Run, ScoredRun, Tell

SuiteFile = Annotated[
    Path,
    typer.Argument(
        metavar="SUITE",
        help="A suite’s file (YAML, CSV, XLSX), or its name as `charter eval suites` lists it.",
        show_default=False,
    ),
]
RunFile = Annotated[Path, typer.Argument(metavar="RUN", help="A run that was saved.")]
Save = Annotated[
    Path | None,
    typer.Option(
        help="Keep the run in this file (JSON): it can be scored again without asking.",
        dir_okay=False,
        show_default=False,
    ),
]
Reports = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        help="Write a report: .html is a page, .xlsx or .csv the suite with its results, .xml "
        "JUnit, .ragas.jsonl and .deepeval.json what those read; can be given several times.",
        dir_okay=False,
        show_default=False,
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        metavar="RUN",
        help="An earlier run that this one must not be worse than.",
        dir_okay=False,
        show_default=False,
    ),
]
LabelsFile = Annotated[
    Path | None,
    typer.Option(
        "--labels",
        metavar="FILE",
        help="What people said of replies, from `charter eval label`.",
        dir_okay=False,
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (suites, run, compare, report, label):
        app.command()(command)


def suites(*, as_json: Json = False) -> None:
    """List the suites of the folder, and those that come with Charter, with their last runs."""
    with told_plainly(as_json=as_json):
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.commands.suites_shown import suites_shown, suites_to_list  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.suites.folder import SuiteFolder  # noqa: PLC0415  the same

        folder = SuiteFolder(load_settings().suites_folder)
        if as_json:
            write_json({"suites": suites_to_list(folder)})
        else:
            write(suites_shown(folder))


def run(  # noqa: PLR0913  a command has the options that it has
    suite: SuiteFile,
    *,
    save: Save = None,
    reports: Reports = None,
    against: Against = None,
    labels_file: LabelsFile = None,
    as_json: Json = False,
) -> None:
    """Ask every question of a suite, and say whether it is passed.

    The run of a suite that is named, not given as a file, is kept as on the pages for HR.
    Labels are those beside the suite, runs/NAME/labels.jsonl, unless others are named.
    Ends with 0 where every gate passes, 1 where one fails, 2 where there are too few cases to say.
    """
    with told_plainly(as_json=as_json), opened() as assistant:
        from evals.suites.files import read_suite  # noqa: PLC0415  --help must not wait for it
        from evals.suites.folder import SuiteFolder  # noqa: PLC0415  the same
        from evals.suites.judging.labels import Labels, labels_beside  # noqa: PLC0415  the same
        from evals.suites.log import save_run  # noqa: PLC0415  the same
        from evals.suites.run import run_suite  # noqa: PLC0415  the same

        folder = SuiteFolder(assistant.settings.suites_folder)
        name = folder.named(suite)
        # a bare name that is no file is told which suites there are
        bare = suite.parent == Path() and not suite.suffix and not suite.exists()
        read = folder.open(name or str(suite)).suite if name or bare else read_suite(suite)
        with _watched() as tell:
            asked = run_suite(read, assistant, tell)
        if save:
            save_run(asked, save)
        beside = folder.labels(name) if name else labels_beside(suite)
        labels = Labels(labels_file) if labels_file else beside
        keep = _Keep(folder, name) if name else None
        _end(_Scoring(assistant, labels, against, keep), asked, reports or (), as_json=as_json)


def report(
    run_file: RunFile,
    *,
    reports: Reports = None,
    against: Against = None,
    labels_file: LabelsFile = None,
    as_json: Json = False,
) -> None:
    """Score a saved run again without asking, and write reports of it.

    It is judged by what stood in the documents when it was asked. Ends as `charter eval run` does.
    """
    with told_plainly(as_json=as_json), opened() as assistant:
        from evals.suites.log import load_run  # noqa: PLC0415  --help must not wait for it

        scoring = _Scoring(assistant, _labels(labels_file), against)
        _end(scoring, load_run(run_file), reports or (), as_json=as_json)


def compare(
    before: RunFile, after: RunFile, *, labels_file: LabelsFile = None, as_json: Json = False
) -> None:
    """Say what changed between two saved runs."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.commands.suite_shown import comparison_shown, comparison_to_dict  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.suites.judging.comparison import compare as compare_runs  # noqa: PLC0415  the same
        from evals.suites.log import load_run  # noqa: PLC0415  the same
        from evals.suites.run import score_run  # noqa: PLC0415  the same

        labels = _labels(labels_file)
        old, new = (score_run(load_run(one), assistant, labels) for one in (before, after))
        found = compare_runs(old.counting, new.counting)
        if as_json:
            write_json(comparison_to_dict(found))
        else:
            write(comparison_shown(found))


def label(  # noqa: PLR0913  a command has the options that it has
    run_file: RunFile,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The id of a case.")],
    *,
    into: Annotated[
        Path, typer.Option(metavar="FILE", help="The file of labels; it grows.", dir_okay=False)
    ],
    right: Annotated[
        bool, typer.Option("--right/--wrong", help="Whether it is a right reply to the case.")
    ],
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
    wording: Annotated[int, typer.Option(help="Which wording of the case, from 1.", min=1)] = 1,
) -> None:
    """Say of a reply in a saved run whether it is right.

    It is remembered: the same words to the same case are not to be confirmed again.
    """
    with told_plainly():
        from assistant.wiring import today  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, written  # noqa: PLC0415  the same
        from evals.suites.judging.labels import Labels  # noqa: PLC0415  the same
        from evals.suites.log import load_run  # noqa: PLC0415  the same

        asked, said = load_run(run_file).reply(case, wording - 1)
        Labels(into).add(asked, said, right=right, by=by, day=today())
        told = "\n".join(said.lines) or "(nothing)"
        write(written(f"{'Right' if right else 'Not right'}, of “{asked.id}”:\n{told}"))


def _labels(file: Path | None) -> Labels | None:
    from evals.suites.judging.labels import Labels  # noqa: PLC0415  as above

    return Labels(file) if file else None


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What a run is scored with."""

    assistant: Assistant
    labels: Labels | None
    against: Path | None
    keep: _Keep | None = None


@dataclass(frozen=True, slots=True)
class _Keep:
    """Where a run is kept among those of its suite."""

    folder: SuiteFolder
    name: str


def _end(scoring: _Scoring, asked: Run, reports: Sequence[Path], *, as_json: bool) -> None:
    """Score a run, show it, write its reports, and end with what the gates come to."""
    from bots.commands.suite_shown import scored_shown, scored_to_dict  # noqa: PLC0415  as above
    from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
    from evals.suites.judging.gates import EXIT_CODES  # noqa: PLC0415  the same

    scored, compared = _scored(scoring, asked)
    if scoring.keep:
        from evals.suites.reports.told import told_of  # noqa: PLC0415  the same

        scoring.keep.folder.keep(scoring.keep.name, asked, told_of(scored))
    for file in reports:
        _write(file, scored, scoring.assistant, compared)
    if as_json:
        write_json(scored_to_dict(scored, compared))
    else:
        write(scored_shown(scored, compared))
    raise typer.Exit(EXIT_CODES[scored.outcome])


def _scored(scoring: _Scoring, asked: Run) -> tuple[ScoredRun, Comparison | None]:
    from evals.suites.judging.comparison import compare as compare_runs  # noqa: PLC0415  as above
    from evals.suites.log import load_run  # noqa: PLC0415  the same
    from evals.suites.run import score_run, with_regression  # noqa: PLC0415  the same

    assistant, labels = scoring.assistant, scoring.labels
    scored = score_run(asked, assistant, labels)
    if scoring.against is None:
        return scored, None
    before = score_run(load_run(scoring.against), assistant, labels)
    compared = compare_runs(before.counting, scored.counting)
    return with_regression(scored, compared), compared


def _write(
    file: Path, scored: ScoredRun, assistant: Assistant, compared: Comparison | None
) -> None:
    from evals.suites.reports.report_file import report_bytes  # noqa: PLC0415  as above

    data = report_bytes(file.name, scored, assistant, compared)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise SuiteUnusable(
            f"The report cannot be written to {file}: {error.strerror}.", "Name another file."
        ) from error


@contextmanager
def _watched() -> Iterator[Tell]:
    """Show a bar on the terminal while questions are asked; nothing where nobody watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress  # noqa: PLC0415  as above

    from bots.commands.terminal import console  # noqa: PLC0415  as above

    out = console(to_stderr=True)
    bars = Progress("Asking", BarColumn(), MofNCompleteColumn(), console=out, transient=True)
    bars.disable = not out.is_terminal
    with bars:
        task = bars.add_task("", total=None)
        yield lambda done, of: bars.update(task, completed=done, total=of)
