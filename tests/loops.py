"""Asynchronous clients in tests: on a thread of their own, for a browser may run on this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

T = TypeVar("T")


def run_alone(do: Callable[..., Awaitable[T]], *arguments: object) -> T:
    """Run something asynchronous to its end."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, do, *arguments).result()
