"""The commands of whoever runs Charter: index, serve, doctor, settings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bots.commands.asking import Json
from bots.commands.exits import Exit
from bots.commands.failures import log_to_home, told_plainly

Report = Annotated[bool, typer.Option("--report", help="Only show the report of the last build.")]
Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help="Build the index, serve it to nobody, and say which cases of suites quote text "
        "that would change or vanish, and whether the gate would hold it back.",
    ),
]
ServeAnyway = Annotated[
    bool, typer.Option("--serve-anyway", help="Serve the index also where the gate fails.")
]


def index(  # noqa: PLR0913  each is an option of the command
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Folder of documents; CHARTER_CORPUS if left out, else the one indexed last.",
            show_default=False,
        ),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Then follow the folder until stopped.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Read every file again, also what has not changed.")
    ] = False,
    report: Report = False,
    check: Check = False,
    serve_anyway: ServeAnyway = False,
    as_json: Json = False,
) -> None:
    """Read the documents and make them answerable.

    What has not changed is not read again. A build that is stopped leaves the index from before,
    and so does one that the suites of CHARTER_GATE hold back.

    --check ends with 0 where nothing is affected, 1 where the index would be held back, 6 where
    cases are affected and it would be served.
    """
    with told_plainly(as_json=as_json):
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.commands import indexing_shown  # noqa: PLC0415  the same

        if dry_run + watch + report + check > 1:
            raise typer.BadParameter("--dry-run, --watch, --report and --check do not go together.")
        if serve_anyway and dry_run + report + check:
            raise typer.BadParameter("--serve-anyway is for a build that is to be served.")
        settings = load_settings(corpus=path.resolve() if path else None)
        if report:
            indexing_shown.show_last_report(settings, as_json=as_json)
        elif dry_run:
            indexing_shown.show_plan(settings, as_json=as_json, again=again)
        elif check:
            raise typer.Exit(indexing_shown.show_check(settings, as_json=as_json))
        else:
            indexing_shown.index(settings, as_json=as_json, again=again, serve_anyway=serve_anyway)
            if watch:
                indexing_shown.follow_until_stopped(settings)


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default=False)
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port to listen on; 0 picks a free one.", show_default=False
        ),
    ] = None,
) -> None:
    """Serve the web page and the API.

    Before that, the index is brought in step with the folder of documents.
    """
    with told_plainly():
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.server import serve_forever  # noqa: PLC0415  the same

        settings = load_settings(host=host, port=port)
        log_to_home(settings.home)
        serve_forever(settings)


def doctor(*, as_json: Json = False) -> None:
    """Examine this installation.

    Says what to do about each finding; ends with 1 when one of them is an error.
    """
    with told_plainly(as_json=as_json):
        from assistant.doctor import examine  # noqa: PLC0415  --help must not wait for it
        from assistant.settings import load_settings  # noqa: PLC0415  the same
        from assistant.wiring import with_folder  # noqa: PLC0415  the same
        from bots.commands.findings_shown import write_finding  # noqa: PLC0415  the same
        from bots.commands.gate_examined import examine_gate  # noqa: PLC0415  the same
        from bots.commands.terminal import write_json  # noqa: PLC0415  the same

        read = load_settings()
        findings = (*examine(read), *examine_gate(with_folder(read)))
        if as_json:
            write_json({"findings": [asdict(finding) for finding in findings]})
        else:
            for finding in findings:
                write_finding(finding)
        if any(finding.level == "error" for finding in findings):
            raise typer.Exit(Exit.FAILED)


def settings(*, as_json: Json = False) -> None:
    """List every setting and where its value comes from."""
    with told_plainly(as_json=as_json):
        from assistant.settings import describe, load_settings  # noqa: PLC0415  --help must not wait
        from bots.commands.terminal import hanging, write, write_json, written  # noqa: PLC0415  the same

        lines = describe(load_settings())
        if as_json:
            write_json({"settings": [asdict(line) for line in lines]})
            return
        for line in lines:
            write(written(f"{line.name} = {line.value or '(unset)'}", "bold"))
            write(
                hanging(
                    written(" "), written(f"{line.help}\n{line.environment}; from: {line.source}")
                )
            )
