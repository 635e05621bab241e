"""The command that measures: ``charter bench``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from bots.commands.asking import Json
from bots.commands.bench_answers import answers
from bots.commands.bench_machine import embedding, scale
from bots.commands.bench_options import Documents, Home, Save, Sets, Split
from bots.commands.failures import told_plainly


class _SetsFirst(typer.core.TyperGroup):
    """Takes what is no command for the sets of ``retrieval``: ``charter bench SET…``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # the type is private to typer
        """Put the command that is meant before the sets."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["retrieval", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_SetsFirst,
    help="Measure Charter itself. `charter bench SET…` is `charter bench retrieval SET…`.",
    no_args_is_help=True,
)

for command in (answers, scale, embedding):
    app.command()(command)


@app.command()
def retrieval(  # noqa: PLR0913  a command has the options that it has
    sets: Sets,
    *,
    documents: Documents = None,
    split: Split = "",
    home: Home = None,
    save_to: Save = None,
    against: Annotated[
        Path | None,
        typer.Option(
            help="A retrieval.json of an earlier run to compare with, query by query.",
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure how well the right entries of public sets are found.

    Each set is indexed and asked the way the product does it.
    """
    with told_plainly(as_json=as_json):
        from bots.commands.measuring import measured  # noqa: PLC0415  --help must not wait for it
        from bots.commands.retrieval_shown import runs_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.retrieval_page import save  # noqa: PLC0415  the same
        from evals.retrieval_record import compare, read_earlier, to_record  # noqa: PLC0415  the same

        earlier = read_earlier(against) if against else None
        runs, settings = measured(sets, documents, split=split, home=home)
        compared = compare(runs, earlier) if earlier else ()
        if save_to:
            save(runs, settings, compared, save_to)
        if as_json:
            write_json(to_record(runs, settings, compared))
        else:
            write(runs_shown(runs, compared))


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
    save_to: Save = None,
    as_json: Json = False,
) -> None:
    """Compare what Charter reads with what a careful reader sees.

    Gold structures written by hand say which headings, table rows, notes and pages a document has.
    """
    with told_plainly(as_json=as_json):
        from bots.commands.bench_shown import scores_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.reading import measure, to_rows  # noqa: PLC0415  the same
        from evals.reading_page import save  # noqa: PLC0415  the same

        results = tuple(measure(tuple(documents or ())))
        if save_to:
            save(results, save_to)
        if as_json:
            write_json({"documents": to_rows(results)})
        else:
            write(scores_shown(results))
