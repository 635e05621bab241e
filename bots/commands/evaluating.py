"""The commands of suites: ``charter eval``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands import feedback, suite_drafts, suite_runs
from bots.commands.asking import Json, opened
from bots.commands.exits import Exit
from bots.commands.failures import told_plainly
from corpus.errors import StoredIndexError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from evals.suites.files.preview import Preview
    from evals.suites.files.proposed import Proposing
    from evals.suites.files.read import ReadSuite
    from evals.suites.source import Source

app = typer.Typer(
    help="Test the answers with questions of your own.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
suite_runs.add_to(app)
app.command()(suite_drafts.draft)
feedback.add_to(app)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A .xlsx, .csv or .yaml file.", dir_okay=False)
]
SuiteFile = Annotated[
    Path,
    typer.Argument(metavar="SUITE", help="A suite’s name or its .yaml file.", dir_okay=False),
]
Into = Annotated[
    Path,
    typer.Option(
        metavar="SUITE", help="A suite’s name or its .yaml file; made anew where there is none."
    ),
]

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")
]
AcceptOffers = Annotated[
    bool, typer.Option("--accept-offers", help="Take the nearest text where a quote is not found.")
]
AcceptProposals = Annotated[
    bool,
    typer.Option(
        "--accept-proposals", help="Take the first place proposed where a case names none."
    ),
]
LeaveOutRejected = Annotated[
    bool,
    typer.Option("--leave-out-rejected", help="Import the others although some are rejected."),
]
RemoveGone = Annotated[
    bool, typer.Option("--remove-gone", help="Take out cases that the file no longer has.")
]


@app.command("import")
def import_(  # noqa: PLR0913  a command has the options that it has
    file: File,
    *,
    into: Into,
    dry_run: DryRun = False,
    accept_offers: AcceptOffers = False,
    accept_proposals: AcceptProposals = False,
    leave_out_rejected: LeaveOutRejected = False,
    remove_gone: RemoveGone = False,
    as_json: Json = False,
) -> None:
    """Take a spreadsheet into a suite, and show what changes.

    Every quote is looked for in the documents that are indexed, and places are proposed for cases
    that name none. Nothing is written while a row is rejected; the suite is replaced as a whole.
    """
    with told_plainly(as_json=as_json):
        from bots.commands.import_shown import preview_body, preview_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.suites.files.checking import OnShelf  # noqa: PLC0415  the same
        from evals.suites.files.preview import compare, without_gone  # noqa: PLC0415  the same
        from evals.suites.files.suite_file import parse_suite  # noqa: PLC0415  the same

        incoming, target = parse_suite(file), _source(into)
        with _documents(incoming, needed=accept_proposals) as assistant:
            library = OnShelf(assistant.shelf()) if assistant else None
            preview = compare(target.suite, incoming, library, accept_offers=accept_offers)
            proposing = _proposing(preview, assistant, accept=accept_proposals)
        preview = proposing.preview
        refused = _refused(preview, leave_out=leave_out_rejected, remove=remove_gone)
        changes = preview.changes_anything or (remove_gone and bool(preview.gone))
        written = changes and not (dry_run or refused)
        if written:
            target.write(without_gone(preview) if remove_gone else preview.suite)
        if as_json:
            write_json(preview_body(proposing, written=written))
        else:
            write(preview_shown(proposing, into, written=written, removed=remove_gone))
        raise typer.Exit(Exit.FAILED if refused else Exit.OK)


@app.command()
def export(suite: SuiteFile, file: File) -> None:
    """Write a suite as a spreadsheet (.xlsx or .csv) or as YAML."""
    with told_plainly():
        from bots.commands.terminal import write, written  # noqa: PLC0415  --help must not wait for it
        from evals.suites.files.suite_file import read_suite, write_suite  # noqa: PLC0415  the same

        read = _source(suite).suite or read_suite(suite)
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


def _source(said: Path) -> Source:
    from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
    from evals.suites.folder import SuiteFolder  # noqa: PLC0415  the same
    from evals.suites.source import source_of  # noqa: PLC0415  the same

    return source_of(said, SuiteFolder(load_settings().suites_folder))


@contextmanager
def _documents(incoming: ReadSuite, *, needed: bool) -> Iterator[Assistant | None]:
    """Open the documents that are indexed, if any case has to do with one.

    Without an index None will do where no case quotes a document.
    """
    cases = incoming.suite.cases
    if not any(case.evidence or case.must_say or case.without for case in cases):
        yield None
        return
    with opened() as assistant:
        needed = needed or any(case.evidence or case.without for case in cases)
        yield assistant if needed or _has_index(assistant) else None


def _has_index(assistant: Assistant) -> bool:
    try:
        assistant.live.current()
    except StoredIndexError:
        return False
    return True


def _proposing(preview: Preview, assistant: Assistant | None, *, accept: bool) -> Proposing:
    from evals.suites.authoring.proposal import Proposer  # noqa: PLC0415  the same
    from evals.suites.files.checking import OnShelf  # noqa: PLC0415  --help must not wait for it
    from evals.suites.files.proposed import Proposing, with_proposals  # noqa: PLC0415  the same

    if assistant is None:
        return Proposing(preview, ())
    propose = Proposer.of(assistant).propose
    return with_proposals(preview, propose, OnShelf(assistant.shelf()), accept=accept)


def _refused(preview: Preview, *, leave_out: bool, remove: bool) -> bool:
    """Tell whether nothing may be written: a row that is rejected may be of a case that is gone."""
    return preview.whole or bool(preview.rejected and (remove or not leave_out))
