"""The command line: ``charter`` and its commands.

What a command needs is imported inside it, so that ``charter --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bots.commands import (
    asking,
    bench,
    cataloguing,
    commitments,
    evaluating,
    plugging,
    searching,
    slacking,
    upkeep,
)
from bots.commands.exits import MEANINGS

# \b keeps the lines of a table as they are
EPILOG = "\b\nExit codes:\n" + "\n".join(
    f"  {code.value:<4}{meaning}" for code, meaning in MEANINGS.items()
)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show a character shows its code instead of ending the command
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a real stream
    build_app()()


def build_app() -> typer.Typer:
    """Return the command line with every command."""
    app = typer.Typer(
        name="charter",
        help="Answers from your organisation’s documents, each sentence with its place.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # boxes around the help take 0.2 s
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for command in (
        asking.ask,
        searching.search,
        asking.show,
        asking.receipt,
        cataloguing.documents,
        cataloguing.compare,
        cataloguing.glossary,
        upkeep.index,
        upkeep.serve,
        plugging.mcp,
        upkeep.doctor,
        upkeep.settings,
    ):
        app.command()(command)
    app.add_typer(commitments.app, name="commitments")
    app.add_typer(bench.app, name="bench")
    app.add_typer(evaluating.app, name="eval")
    app.add_typer(slacking.app, name="slack")
    return app


def _say_version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  40 ms that only this line needs

        sys.stdout.write(f"charter {version('charter')}\n")
        raise typer.Exit


def _root(
    *,
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    del show_version  # its callback has spoken


if __name__ == "__main__":
    main()
