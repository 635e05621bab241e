"""What a build tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears of each step of a build, in order, on the thread that called it."""

    def started(self, files: int) -> None:
        """The folder was listed."""

    def reading(self, relative: str) -> None:
        """One file is about to be read; kept files are not read and not named."""

    def embedding(self, done: int, total: int) -> None:
        """So many of all passages have their vector."""

    def writing(self, part: str) -> None:
        """A part of the index is about to be written, such as "keywords" or "pointer"."""


class SilentProgress:
    """Tells nobody."""

    def started(self, files: int) -> None:
        """Ignore it."""

    def reading(self, relative: str) -> None:
        """Ignore it."""

    def embedding(self, done: int, total: int) -> None:
        """Ignore it."""

    def writing(self, part: str) -> None:
        """Ignore it."""
