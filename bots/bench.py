"""The command that measures: ``charter bench``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.asking import Json
from bots.failures import told_plainly

app = typer.Typer(help="Measure Charter itself.", no_args_is_help=True)


@app.callback()
def _only_groups() -> None:
    """Keep ``reading`` a command of its own while it is the only one."""


@app.command()
def reading(
    documents: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Folders with the public documents of the gold set; those made for it are there.",
            exists=True,
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    *,
    save_to: Annotated[
        Path | None,
        typer.Option(
            "--save",
            help="Folder to write reading.json and reading.md into.",
            exists=True,
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare what Charter reads with what a careful reader sees.

    Gold structures written by hand say which headings, table rows, notes and pages a document has.
    """
    with told_plainly(as_json=as_json):
        from bots.bench_shown import scores_shown  # noqa: PLC0415  --help must not wait for it
        from bots.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.reading import measure, to_rows  # noqa: PLC0415  the same
        from evals.reading_page import save  # noqa: PLC0415  the same

        results = tuple(measure(tuple(documents or ())))
        if save_to:
            save(results, save_to)
        if as_json:
            write_json({"documents": to_rows(results)})
        else:
            write(scores_shown(results))
