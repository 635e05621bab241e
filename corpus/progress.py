"""How far the reading of one file is."""

from __future__ import annotations

from collections.abc import Callable

OnPage = Callable[[int, int], None]  # pages (slides, sheets) finished, and how many there are


def unheard(number: int, total: int) -> None:
    """Tell nobody."""
