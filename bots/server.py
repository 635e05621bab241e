"""One process that serves the page and the API."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import uvicorn
from fastapi import APIRouter, FastAPI

from assistant.ask import Assistant
from assistant.listening import is_loopback, listen
from assistant.settings import Settings
from assistant.wiring import build_assistant, build_ledgers
from bots.app import create_app
from bots.following import following
from bots.gate import gate
from bots.http.hosts import address_at
from bots.in_step import bring_in_step
from bots.web.brand import Brand
from corpus.errors import CorpusError


def serve_forever(settings: Settings) -> None:
    """Index what changed, then serve until stopped.

    Raises:
        SettingsError: the logo cannot be shown, or a suite of the gate is not there.
        PortInUse: another program listens on the port.
        CharterError: what stands between the documents and an answer.
    """
    Brand(settings).check()
    gate(settings)  # a slip in its suites' names is said now, not when a document changes
    # taken first: a port in use is said at once, and no second server starts meanwhile
    with listen(settings.host, settings.port) as listener:
        assistant = build_assistant(settings)
        try:
            with suppress(KeyboardInterrupt):  # the way to end it
                bring_in_step(settings, assistant)
                with suppress(CorpusError):  # said already; the server waits for its folder
                    assistant.ready()
                with (
                    following(settings),
                    _in_slack(assistant) as doors,
                    closing(build_ledgers(settings)) as ledgers,
                ):
                    _say_where(listener, settings.host)
                    config = config_of(create_app(assistant, ledgers, *doors))
                    uvicorn.Server(config).run(sockets=[listener])
            # also where a shell started it in the background, which turns the interrupt off
            sys.stderr.write("Stopped.\n")
        finally:
            assistant.close()


@contextmanager
def _in_slack(assistant: Assistant) -> Iterator[tuple[APIRouter, ...]]:
    """Be in Slack as well, where that is set up; gives the routes that it takes."""
    if not assistant.settings.slack_bot_token.get_secret_value():
        yield ()
        return
    from bots.slack.joining import joined  # noqa: PLC0415  most servers are not in Slack

    with joined(assistant) as door:
        yield (door,) if door else ()


def _say_where(listener: socket.socket, host: str) -> None:
    address = address_at(host, listener.getsockname()[1])
    sys.stdout.write(f"Charter answers at {address}/ (stop with Ctrl-C)\n")
    sys.stdout.flush()
    if not is_loopback(host):
        sys.stderr.write(
            "There is no sign-in: whoever reaches this address can read every document.\n"
        )


def config_of(app: FastAPI) -> uvicorn.Config:
    """Return how the application is served."""
    return uvicorn.Config(
        app,
        log_level="warning",
        # the addresses of the page hold questions, and who asks what is nobody's business
        access_log=False,
        server_header=False,
        lifespan="on",  # it limits the threads
    )
