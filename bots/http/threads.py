"""How many requests are worked on at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

# Starlette gives 40. Of Python one thread runs at a time: further ones only take turns with it, so
# that every request ends late, and by chance some much later: of 50 clients at once the slowest
# twentieth waited 2.1 times as long as the middle one, with few threads 1.4 times. Those that wait
# for a thread get it in the order in which they came. Beside the one that runs, some wait for the
# model, the disk or the database.
THREADS = 8


@asynccontextmanager
async def few_threads(_app: FastAPI) -> AsyncIterator[None]:
    """Limit the threads for as long as an application is served.

    It is asynchronous because the limit is that of the server's own loop.
    """
    current_default_thread_limiter().total_tokens = THREADS
    yield
