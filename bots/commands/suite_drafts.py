"""The command that drafts cases from the documents and from a suite: ``charter eval draft``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import Json, opened
from bots.commands.failures import told_plainly

if TYPE_CHECKING:
    from evals.suites.drafts import Kind
    from evals.suites.model import Suite

_SuiteFile = Annotated[
    Path,
    typer.Argument(metavar="SUITE", help="The suite; begun where there is none.", dir_okay=False),
]
_Into = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Add the drafts to this suite instead; begun where there is none.",
        dir_okay=False,
        show_default=False,
    ),
]
_Rows = Annotated[bool, typer.Option("--rows", help="A draft for each row of a table.")]
_Figures = Annotated[
    bool, typer.Option("--figures", help="A draft for each sentence with a number or a date.")
]
_Twins = Annotated[
    bool,
    typer.Option(
        "--twins", help="Answered questions of the suite, without the section that answers them."
    ),
]
_Variants = Annotated[
    bool,
    typer.Option("--variants", help="Questions of the suite with slips, short, in other words."),
]
_Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="ID",
        help="Only of this document, by id or title; can be given several times.",
        show_default=False,
    ),
]
_Most = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="At most so many of each kind, from all documents in turn.",
        show_default=False,
    ),
]


def draft(  # noqa: PLR0913  a command has the options that it has
    suite: _SuiteFile,
    *,
    rows: _Rows = False,
    figures: _Figures = False,
    twins: _Twins = False,
    variants: _Variants = False,
    document: _Documents = None,
    most: _Most = None,
    into: _Into = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the drafts, and write nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add drafts of cases that the documents give: rows and figures, unless you choose.

    A draft decides nothing until a person sets its state to reviewed. What is in the suite stays
    as it is; run again, it adds only what is new.
    """
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.commands.drafts_shown import drafted_body, drafted_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.suites.drafts import USUAL, draft_cases  # noqa: PLC0415  the same
        from evals.suites.folder import SuiteFolder  # noqa: PLC0415  the same
        from evals.suites.source import source_of  # noqa: PLC0415  the same

        chosen = _chosen(rows=rows, figures=figures, twins=twins, variants=variants)
        folder = SuiteFolder(assistant.settings.suites_folder)
        source, file = source_of(into or suite, folder), into or suite
        target = source.suite or _begun(file)
        asked = source_of(suite, folder).suite if into else target
        drafted = draft_cases(
            _both(asked or _begun(suite), target),
            assistant.shelf(),
            chosen or USUAL,
            documents=tuple(document or ()),
            most=most,
        )
        written = bool(drafted.cases) and not dry_run
        if written:
            source.write(drafted.added_to(target))
        if as_json:
            write_json(drafted_body(drafted, written=written))
        else:
            write(drafted_shown(drafted, file, written=written))


def _chosen(**wanted: bool) -> tuple[Kind, ...]:
    from evals.suites.drafts import KINDS  # noqa: PLC0415  --help must not wait for it

    return tuple(kind for kind in KINDS if wanted[kind])


def _begun(file: Path) -> Suite:
    from evals.suites.model import Suite  # noqa: PLC0415  --help must not wait for it

    return Suite(file.stem, ())


def _both(suite: Suite, target: Suite) -> Suite:
    """Return a suite with what is in the one that is added to, so that nothing is drafted twice."""
    held = {case.id: case for case in (*target.cases, *suite.cases)}
    return replace(suite, cases=tuple(held.values()))
