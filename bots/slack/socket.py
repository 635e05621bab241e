"""Slack's events over a connection that Charter opens: Socket Mode, without a public address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bots.slack.calls import quiet_logger
from corpus.errors import SlackLater, SlackRefused

HANDLERS = 10  # threads that take events; each writes one down, and is free again
CLOSED_WITHIN = 5.0  # seconds; a connection that does not end is left to the end of the process


@contextmanager
def connected(app: App, app_token: str) -> Iterator[SocketModeHandler]:
    """Take events meanwhile. A connection that breaks is opened anew by the vendor's client.

    Raises:
        SlackRefused, SlackLater: no connection can be opened.
    """
    handler = SocketModeHandler(app, app_token, concurrency=HANDLERS, logger=quiet_logger())
    try:
        handler.connect()  # type: ignore[no-untyped-call]  # the vendor gives no types here
    except SlackApiError as error:
        _close(handler)
        raise SlackRefused(
            f"Slack refuses the connection of Socket Mode: {error.response['error']}.",
            "Check CHARTER_SLACK_APP_TOKEN: an app-level token with connections:write.",
        ) from error
    except (OSError, SlackClientError) as error:
        _close(handler)
        raise SlackLater(
            f"Slack cannot be reached: {error}.", "Check the network, then try again."
        ) from error
    try:
        yield handler
    finally:
        closing = Thread(target=_close, args=(handler,), daemon=True)
        closing.start()
        closing.join(CLOSED_WITHIN)


def _close(handler: SocketModeHandler) -> None:
    handler.close()  # type: ignore[no-untyped-call]  # as above
