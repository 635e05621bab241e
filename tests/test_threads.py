"""Many requests at once: few are worked on, the rest wait their turn."""

from __future__ import annotations

import socket
from contextlib import closing
from threading import Thread

import httpx
import uvicorn
from anyio import from_thread
from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter

from assistant.ask import Assistant
from assistant.wiring import build_ledgers
from bots.app import create_app
from bots.http.threads import THREADS
from bots.server import config_of


def limit() -> float:
    """Return how many threads the loop of the server gives."""
    return from_thread.run_sync(lambda: current_default_thread_limiter().total_tokens)


def test_the_server_works_on_few_requests_at_once(small_assistant: Assistant) -> None:
    door = APIRouter()
    door.add_api_route("/limit", limit)
    with closing(build_ledgers(small_assistant.settings)) as ledgers, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(config_of(create_app(small_assistant, ledgers, door)))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            address = f"http://localhost:{listener.getsockname()[1]}/limit"
            told = httpx.get(address, timeout=60).json()
        finally:
            server.should_exit = True
            thread.join()
    assert told == THREADS
