"""The commands of suites: ``charter eval``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands import feedback, suite_runs
from bots.commands.asking import Json, opened
from bots.commands.exits import Exit
from bots.commands.failures import told_plainly

if TYPE_CHECKING:
    from evals.suites.files.checking import Library
    from evals.suites.files.preview import Preview
    from evals.suites.files.read import ReadSuite

app = typer.Typer(
    help="Test the answers with questions of your own.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
suite_runs.add_to(app)
feedback.add_to(app)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A .xlsx, .csv or .yaml file.", dir_okay=False)
]
SuiteFile = Annotated[
    Path, typer.Argument(metavar="SUITE", help="The suite’s .yaml file.", dir_okay=False)
]
Into = Annotated[
    Path,
    typer.Option(metavar="SUITE", help="The suite’s .yaml file; made anew where there is none."),
]


@app.command("import")
def import_(  # noqa: PLR0913  a command has the options that it has
    file: File,
    *,
    into: Into,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")
    ] = False,
    accept_offers: Annotated[
        bool,
        typer.Option("--accept-offers", help="Take the nearest text where a quote is not found."),
    ] = False,
    leave_out_rejected: Annotated[
        bool,
        typer.Option("--leave-out-rejected", help="Import the others although some are rejected."),
    ] = False,
    remove_gone: Annotated[
        bool,
        typer.Option("--remove-gone", help="Take out cases that the file no longer has."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Take a spreadsheet into a suite, and show what changes.

    Every quote is looked for in the documents that are indexed. Nothing is written while a row is
    rejected; the suite is replaced as a whole.
    """
    with told_plainly(as_json=as_json):
        from bots.commands.import_shown import preview_body, preview_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.suites.files.preview import compare, without_gone  # noqa: PLC0415  the same
        from evals.suites.files.suite_file import parse_suite, read_suite, write_suite  # noqa: PLC0415  the same

        incoming = parse_suite(file)
        current = read_suite(into) if into.exists() else None
        with _library(incoming) as library:
            preview = compare(current, incoming, library, accept_offers=accept_offers)
        refused = _refused(preview, leave_out=leave_out_rejected, remove=remove_gone)
        changes = preview.changes_anything or (remove_gone and bool(preview.gone))
        written = changes and not (dry_run or refused)
        if written:
            write_suite(without_gone(preview) if remove_gone else preview.suite, into)
        if as_json:
            write_json(preview_body(preview, written=written))
        else:
            write(preview_shown(preview, into, written=written, removed=remove_gone))
        raise typer.Exit(Exit.FAILED if refused else Exit.OK)


@app.command()
def export(suite: SuiteFile, file: File) -> None:
    """Write a suite as a spreadsheet (.xlsx or .csv) or as YAML."""
    with told_plainly():
        from bots.commands.terminal import write, written  # noqa: PLC0415  --help must not wait for it
        from evals.suites.files.suite_file import read_suite, write_suite  # noqa: PLC0415  the same

        read = read_suite(suite)
        write_suite(read, file)
        count = len(read.cases)
        write(written(f"Wrote {count} case{'' if count == 1 else 's'} to {file}."))


@app.command()
def template(file: File) -> None:
    """Write an empty table to fill in, with instructions."""
    with told_plainly():
        from bots.commands.terminal import write, written  # noqa: PLC0415  --help must not wait for it
        from evals.suites.files.suite_file import write_template  # noqa: PLC0415  the same

        write_template(file)
        write(written(f"Wrote {file}. The least that works is a question and “must say”."))


@contextmanager
def _library(incoming: ReadSuite) -> Iterator[Library | None]:
    """Open the documents that are indexed, if any case quotes one."""
    if not any(case.evidence for case in incoming.suite.cases):
        yield None
        return
    from evals.suites.files.checking import OnShelf  # noqa: PLC0415  --help must not wait for it

    with opened() as assistant:
        yield OnShelf(assistant.shelf())


def _refused(preview: Preview, *, leave_out: bool, remove: bool) -> bool:
    """Tell whether nothing may be written: a row that is rejected may be of a case that is gone."""
    return preview.whole or bool(preview.rejected and (remove or not leave_out))
