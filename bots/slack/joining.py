"""Charter joins a workspace, by the way that the settings say, and leaves it again."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Event

from fastapi import APIRouter

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.wiring import build_assistant, build_ledgers
from bots.following import following
from bots.in_step import bring_in_step
from bots.slack.app import build_app
from bots.slack.calls import Slack
from bots.slack.desk import Desk
from bots.slack.http import slack_router
from bots.slack.intake import Intake
from bots.slack.office import Office, open_office
from bots.slack.socket import connected
from corpus.errors import CharterError, CorpusError, SettingsError


@contextmanager
def joined(assistant: Assistant) -> Iterator[APIRouter | None]:
    """Be in Slack meanwhile; gives the route for Slack's requests, where it sends them by HTTP.

    Raises:
        SettingsError: something that it takes is not set.
        SlackError: Slack cannot be reached, or refuses the tokens.
    """
    settings = assistant.settings
    check_set(settings)
    stopped = Event()
    with ExitStack() as stack:
        ledgers = build_ledgers(settings)
        stack.callback(ledgers.close)
        token = settings.slack_bot_token.get_secret_value()
        slack = Slack(token, settings.slack_api_url, stopped=stopped)
        office = open_office(assistant, ledgers, slack)
        _warm_up(office)
        intake = stack.enter_context(Intake(office, Desk(office)))
        stack.callback(stopped.set)
        signing_secret = settings.slack_signing_secret.get_secret_value()
        app = build_app(office, intake, signing_secret)
        if settings.slack_mode == "socket":
            stack.enter_context(connected(app, settings.slack_app_token.get_secret_value()))
        sys.stdout.write(f"Charter listens in Slack: {office.me.team_name}, as {office.me.name}\n")
        sys.stdout.flush()
        yield slack_router(app, signing_secret) if settings.slack_mode == "http" else None


def _warm_up(office: Office) -> None:
    """Do once what the first question would wait for: connections, models, what is kept.

    Where it fails, the first question says why.
    """
    ledgers = office.ledgers
    with suppress(CharterError):
        ledgers.deliveries.waiting()
        ledgers.escalations.at("nowhere")
        ledgers.asked.latest("nobody")
        for example in office.examples():
            office.assistant.search(example)


def check_set(settings: Settings) -> None:
    """Raise what is not set and must be.

    Raises:
        SettingsError: it names the variable.
    """
    needed = {
        "CHARTER_SLACK_BOT_TOKEN": settings.slack_bot_token,
        **(
            {"CHARTER_SLACK_APP_TOKEN": settings.slack_app_token}
            if settings.slack_mode == "socket"
            else {"CHARTER_SLACK_SIGNING_SECRET": settings.slack_signing_secret}
        ),
    }
    for name, value in needed.items():
        if not value.get_secret_value():
            raise SettingsError(
                f"{name} is not set, and Slack’s mode {settings.slack_mode} needs it.",
                "docs/slack.md says in six steps where it is found.",
            )


def run_until_stopped(settings: Settings) -> None:
    """Follow the folder and answer in Slack until the process is told to end.

    Raises:
        CharterError: what stands between Charter and Slack, or the documents and an answer.
    """
    assistant = build_assistant(settings)
    ended = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    try:
        bring_in_step(settings, assistant)
        with suppress(CorpusError):  # said already; the bot waits for its folder
            assistant.ready()
        with following(settings), joined(assistant):
            ended.wait()
        sys.stderr.write("Stopped.\n")
    finally:
        assistant.close()
