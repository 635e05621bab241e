"""The server follows its folder from a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from assistant.following import follow
from assistant.settings import Settings
from bots import problems
from bots.commands.building import Journal, to_stderr
from bots.commands.indexing_shown import fetch
from bots.gate import gate
from corpus.errors import CharterError

_log = logging.getLogger("charter")


@contextmanager
def following(settings: Settings) -> Iterator[None]:
    """Keep the index in step with the folder meanwhile, unless the settings say not to."""
    if not settings.follow:
        yield
        return
    stop = Event()
    thread = Thread(target=_follow, args=(settings, stop), name="follower")
    thread.start()
    if settings.origins and settings.fetch_every:
        # not waited for: a server elsewhere may take its time, and a fetch can be stopped anywhere
        Thread(target=_fetch, args=(settings, stop), name="fetcher", daemon=True).start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _fetch(settings: Settings, stop: Event) -> None:
    """Fetch the origins again and again; the follower sees what they brought."""
    while not stop.wait(settings.fetch_every * 60):
        try:
            fetch(settings, _say)
        except CharterError as error:
            _say(f"The origins were not fetched: {error}")
        except Exception as error:  # noqa: BLE001  as in _follow; the next fetch may do better
            problem = problems.unexpected(error)
            _say(f"The origins were not fetched (error {problem.id}).")


def _follow(settings: Settings, stop: Event) -> None:
    try:
        follow(settings, Journal(_say), stop, gate(settings))
    except CharterError as error:
        _say(f"The folder is not followed: {error}")
    except Exception as error:  # noqa: BLE001  the thread's outermost loop: questions go on being answered
        problem = problems.unexpected(error)
        _say(f"The folder is not followed any more (error {problem.id}). Start the server again.")


def _say(line: str) -> None:
    """Tell whoever runs the server: where it was started, and in its log."""
    to_stderr(line)
    _log.info("%s", line)
