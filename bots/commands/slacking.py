"""The commands of Slack: run the bot, print its manifest, check its set-up."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from bots.commands.asking import Json
from bots.commands.exits import Exit
from bots.commands.failures import log_to_home, told_plainly

app = typer.Typer(
    help="Answer in Slack; `manifest` and `check` help to set it up.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@app.callback()
def slack(context: typer.Context) -> None:
    """Answer in Slack until stopped; `charter serve` does so as well, beside the page.

    Before that, the index is brought in step with the folder of documents.
    """
    if context.invoked_subcommand:
        return
    with told_plainly():
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.server import serve_forever  # noqa: PLC0415  the same
        from bots.slack.joining import check_set, run_until_stopped  # noqa: PLC0415  the same

        settings = load_settings()
        log_to_home(settings.home)
        check_set(settings)
        if settings.slack_mode == "http":
            serve_forever(settings)
        else:
            run_until_stopped(settings)


@app.command()
def manifest() -> None:
    """Print the manifest from which Slack makes the app, for the settings as they are."""
    with told_plainly():
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write_json  # noqa: PLC0415  the same
        from bots.slack.manifest import manifest as manifest_of  # noqa: PLC0415  the same
        from corpus.errors import SettingsError  # noqa: PLC0415  the same

        settings = load_settings()
        if settings.slack_mode == "http" and not settings.public_url:
            raise SettingsError(
                "Slack’s mode is http, and CHARTER_PUBLIC_URL is not set.",
                "Set it to the address at which Slack reaches Charter.",
            )
        write_json(manifest_of(settings))


@app.command()
def check(
    *,
    channel: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="A channel to post to for a moment; the one of CHARTER_SLACK_HR_CHANNEL if left "
            "out.",
            show_default=False,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Try tokens, scopes, events and the round trip, and say what is missing.

    Ends with 1 when something is.
    """
    with told_plainly(as_json=as_json):
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.commands.findings_shown import write_finding  # noqa: PLC0415  the same
        from bots.commands.terminal import write_json  # noqa: PLC0415  the same
        from bots.slack.check import check as check_all  # noqa: PLC0415  the same

        found = []
        for finding in check_all(load_settings(), channel):
            found.append(finding)
            if not as_json:
                write_finding(finding)
        if as_json:
            write_json({"findings": [asdict(finding) for finding in found]})
        if any(finding.level == "error" for finding in found):
            raise typer.Exit(Exit.FAILED)
