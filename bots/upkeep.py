"""The commands of whoever runs Charter: index, serve, doctor, settings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bots.asking import Json
from bots.exits import Exit
from bots.failures import log_to_home, told_plainly

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def index(
    path: Annotated[
        Path | None,
        typer.Argument(help="Folder of documents; CHARTER_CORPUS if left out.", show_default=False),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Read the documents and make them answerable.

    What has not changed is not read again. A build that is stopped leaves the index from before.
    """
    with told_plainly(as_json=as_json):
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from assistant.wiring import index_corpus  # noqa: PLC0415  the same
        from bots.building import report_shown, report_to_dict, watched  # noqa: PLC0415  the same
        from bots.terminal import write, write_json  # noqa: PLC0415  the same

        settings = load_settings(corpus=path)
        with watched() as progress:
            report = index_corpus(settings, progress)
        if as_json:
            write_json(report_to_dict(report))
        else:
            write(report_shown(report))


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
        from bots.terminal import hanging, write, write_json, written  # noqa: PLC0415  the same

        findings = examine(load_settings())
        if as_json:
            write_json({"findings": [asdict(finding) for finding in findings]})
        else:
            for finding in findings:
                sign, style = _SIGNS[finding.level]
                text = f"{finding.subject}: {finding.problem}"
                if finding.remedy:
                    text += f"\n→ {finding.remedy}"
                write(hanging(written(sign, style), written(text)))
        if any(finding.level == "error" for finding in findings):
            raise typer.Exit(Exit.FAILED)


def settings(*, as_json: Json = False) -> None:
    """List every setting and where its value comes from."""
    with told_plainly(as_json=as_json):
        from assistant.settings import describe, load_settings  # noqa: PLC0415  --help must not wait
        from bots.terminal import hanging, write, write_json, written  # noqa: PLC0415  the same

        lines = describe(load_settings())
        if as_json:
            write_json({"settings": [asdict(line) for line in lines]})
            return
        for line in lines:
            write(written(f"{line.name} = {line.value or '(empty)'}", "bold"))
            write(
                hanging(
                    written(" "), written(f"{line.help}\n{line.environment}; from: {line.source}")
                )
            )
