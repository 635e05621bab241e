"""Charter for one agent's program that starts it and speaks to it over stdin and stdout."""

from __future__ import annotations

import sys
from contextlib import suppress

from assistant.settings import Settings
from assistant.wiring import build_assistant
from bots.following import following
from bots.http.hosts import address_at
from bots.in_step import bring_in_step
from bots.mcp.protocol import serve_stdio
from bots.mcp.tools import Tools
from corpus.errors import CorpusError


def serve_until_closed(settings: Settings, groups: frozenset[str]) -> None:
    """Index what changed, then answer until stdin ends; all that is said goes to stderr.

    Raises:
        CharterError: what stands between the documents and an answer.
    """
    assistant = build_assistant(settings)
    try:
        with suppress(KeyboardInterrupt):
            bring_in_step(settings, assistant)
            with suppress(CorpusError):  # said already; each call says it again
                assistant.ready()
            with following(settings):
                # links lead to the page of `charter serve`
                base = settings.public_url or address_at(settings.host, settings.port)
                serve_stdio(Tools(assistant, base, groups))
        sys.stderr.write("Stopped.\n")
    finally:
        assistant.close()
